# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Why a play for many portals did not manage a host. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import one_line

_NO_REASON = "no reason given"
_NEVER_RAN = "no task ran for this host"


def trouble(variables: Mapping[str, Any], failure: str, results: Iterable[str]) -> tuple[str, str]:
    """Return a word and a reason on one line, or ("", "") for a host that was managed.

    `variables` are the variables of the host. `failure` is the name of the variable with the reason
    for a failure, and `results` are the names of the variables with the registered results. With
    ignore_unreachable, a play continues with an unreachable host, and registers its results too.
    """
    recorded = variables.get(failure)
    if recorded is not None:
        return "failed", _line(recorded)
    found = [result for result in map(variables.get, results) if isinstance(result, Mapping)]
    for result in found:
        if result.get("unreachable"):
            return "unreachable", _line(result.get("msg"))
    return ("", "") if found else ("skipped", _NEVER_RAN)


def _line(reason: Any) -> str:
    return one_line(str(reason or "")) or _NO_REASON
