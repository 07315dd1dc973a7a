# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Durations in plays: whole seconds, or a number with a unit. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_FORM = re.compile(r"(\d{1,12})|(\d{1,12}(?:\.\d{1,3})?)([smhdw])", re.ASCII)


def duration(option: str, value: str) -> timedelta:
    """Return the duration in `value` of `option`. Raise OptionError if it is not a duration."""
    found = _FORM.fullmatch(value.strip())
    if not found:
        raise OptionError(
            option,
            f"{value!r} is not a duration; use whole seconds, or a number with the unit s, m, h, d "
            "or w, such as 26h",
        )
    seconds, number, unit = found.groups()
    try:
        return timedelta(seconds=float(seconds or number) * _UNITS[unit or "s"])
    except OverflowError:
        raise OptionError(option, f"the duration {value} is too long") from None


def duration_text(value: timedelta) -> str:
    """Return `value` in whole seconds, minutes, hours, or days, with the largest unit that fits."""
    seconds = int(value.total_seconds())
    unit = next((u for u in ("d", "h", "m") if seconds and seconds % _UNITS[u] == 0), "s")
    return f"{seconds // _UNITS[unit]}{unit}"
