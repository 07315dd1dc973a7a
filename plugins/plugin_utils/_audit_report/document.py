# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The document on the whole fleet from which every form of the report is generated. Pure."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any, NamedTuple

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.text import inert

# Increase the first number if a member is renamed or removed, or if its meaning changes.
SCHEMA_VERSION = "1.0"

# The worst first.
VERDICTS = ("unprotected", "at_risk", "protected")
SEVERITIES = ("critical", "warning", "note")

UNREACHABLE = "unreachable"
NOT_AUDITED = "not_audited"
_NO_SCHEDULE = ("no_schedule", "schedule_lost")

# Not more digits than Python takes for a number.
_NUMBER = re.compile(r"([0-9]{1,9})")

Document = dict[str, Any]


class Audited(NamedTuple):
    """One host of the play.

    `result` is the result of the audit, or None if the audit did not run. `failure` is the reason
    why the task failed.
    """

    host: str
    result: Mapping[str, Any] | None
    failure: str = ""


def document(fleet: Iterable[Audited], now: datetime) -> Document:
    """Return the report on `fleet` as plain JSON, the worst portals first.

    `now` is the time of the audit.
    """
    portals = sorted((_portal(audited) for audited in fleet), key=_worst_first)
    return {
        "schema_version": SCHEMA_VERSION,
        "audited_at": as_text(now),
        "summary": _summary(portals),
        "portals": portals,
    }


def as_json(report: Document) -> str:
    """The report as the text of a file."""
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def as_text(moment: datetime) -> str:
    """Return a time in the format of the report: UTC, whole seconds."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: str | None) -> datetime | None:
    """Return the time in `text`, or None if it is not a time."""
    try:
        return datetime.strptime(text or "", "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    except ValueError:
        return None


def words(verdict: str) -> str:
    """Return a verdict for display."""
    return verdict.replace("_", " ")


def is_without_schedule(portal: Mapping[str, Any]) -> bool:
    """Return whether the portal is known to have no schedule, and therefore no next run."""
    return any(finding["name"] in _NO_SCHEDULE for finding in portal["findings"])


def _portal(audited: Audited) -> dict[str, Any]:
    result = audited.result or {}
    if result.get("verdict") not in VERDICTS:
        result = _without_audit(audited)
    facts = result.get("facts") or {}
    portal: dict[str, Any] = inert(
        {
            "host": audited.host,
            "portal": facts.get("portal"),
            "verdict": result["verdict"],
            "last_success": (facts.get("last_success") or {}).get("at"),
            "next_run": (facts.get("schedule") or {}).get("next_run"),
            "findings": sorted(result["findings"], key=_by_severity),
            "facts": facts,
        }
    )
    return portal


def _without_audit(audited: Audited) -> dict[str, Any]:
    """Return a result for a host without one. It counts as unprotected, for lack of evidence."""
    result = audited.result or {}
    reason = audited.failure or str(result.get("msg") or "")
    if result.get("unreachable"):
        finding = {
            "name": UNREACHABLE,
            "text": f"Ansible could not reach the host: {reason}",
            "remedy": "Check the connection variables of the host. A portal requires"
            " ansible_connection: local.",
        }
    else:
        finding = {
            "name": NOT_AUDITED,
            "text": f"The audit did not run: {reason or 'the host failed in an earlier task.'}",
            "remedy": "Correct the variables of the host, then run the audit again.",
        }
    return {"verdict": VERDICTS[0], "findings": [{**finding, "severity": SEVERITIES[0]}]}


def _by_severity(finding: Mapping[str, Any]) -> int:
    return SEVERITIES.index(finding["severity"])


def _worst_first(portal: Mapping[str, Any]) -> tuple[Any, ...]:
    """By verdict, then by the numbers of findings of each severity, then by name."""
    found = Counter(finding["severity"] for finding in portal["findings"])
    return (
        VERDICTS.index(portal["verdict"]),
        *(-found[severity] for severity in SEVERITIES),
        *_by_name(portal["host"]),
    )


def _by_name(host: str) -> list[str | int]:
    """A name in the order in which a person expects it: p2 before p10."""
    parts = _NUMBER.split(host)
    return [int(part) if turn % 2 else part for turn, part in enumerate(parts)]


def _summary(portals: list[dict[str, Any]]) -> dict[str, Any]:
    """Count portals by verdict and by finding, the worst and most frequent findings first."""
    verdicts = Counter(portal["verdict"] for portal in portals)
    found = Counter(
        (finding["name"], finding["severity"])
        for portal in portals
        for finding in {each["name"]: each for each in portal["findings"]}.values()
    )
    ordered = sorted(
        found.items(), key=lambda item: (SEVERITIES.index(item[0][1]), -item[1], item[0])
    )
    return {
        "portals": len(portals),
        "verdicts": {verdict: verdicts[verdict] for verdict in VERDICTS},
        "findings": [
            {"name": name, "severity": severity, "portals": count}
            for (name, severity), count in ordered
        ],
    }
