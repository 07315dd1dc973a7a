# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Instants (seconds since 1970, UTC) and the forms in which the server writes them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo

UTC = timezone.utc
NEVER = "0001-01-01T00:00:00"
DAY_S = 86_400
_FRACTION = re.compile(r"\.(\d+)")


def utc(instant: float) -> datetime:
    """The UTC date and time of an instant, with zone information."""
    return datetime.fromtimestamp(instant, UTC)


def local(instant: float, zone: tzinfo) -> datetime:
    """The local time of a zone at an instant, without zone information."""
    return datetime.fromtimestamp(instant, zone).replace(tzinfo=None)


def plain(instant: float | None) -> str:
    """A DateTime as MySQL returns it: UTC, no zone, no fraction (contract 2.2)."""
    return NEVER if instant is None else utc(instant).strftime("%Y-%m-%dT%H:%M:%S")


def precise(instant: float) -> str:
    """A DateTime of kind UTC: seven fraction digits and Z (contract 1.3)."""
    return utc(instant).strftime("%Y-%m-%dT%H:%M:%S.%f0Z")


def api(instant: float, zone: tzinfo) -> str:
    """An ApiDateTime: seven fraction digits, portal offset, Z for offset 0 (contract 1.2)."""
    moment = datetime.fromtimestamp(instant, zone)
    offset = moment.utcoffset() or timedelta()
    suffix = "Z" if not offset else moment.strftime("%z")[:3] + ":" + moment.strftime("%z")[3:5]
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f0") + suffix


def parse(text: str, zone: tzinfo = UTC) -> float:
    """The instant of an ISO 8601 text, in ``zone`` if it has no offset. Raises ValueError."""
    # Python 3.10 supports neither Z nor short fractions.
    text = _FRACTION.sub(lambda m: f".{m[1]:0<6.6}", re.sub("[zZ]$", "+00:00", text))
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp()
