# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""What a play over many portals says of a host that it did not manage. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_NO_REASON = "no reason given"
_NEVER_RAN = "no task ran for this host"


def trouble(variables: Mapping[str, Any], failure: str, results: Iterable[str]) -> tuple[str, str]:
    """A word and a reason on one line; ("", "") for a host that was managed.

    `variables` are those of the host, `failure` names the one with the reason of a failure, and
    `results` those with the registered results of the tasks. A play with ignore_unreachable goes on
    with a host that cannot be reached, and registers that too.
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
    return " ".join(str(reason or "").split()) or _NO_REASON
