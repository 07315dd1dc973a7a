# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The report as metrics for the textfile collector of the Prometheus node exporter. Pure.

The collector reads the text format of Prometheus, and other tools read OpenMetrics. The output is
valid in both formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    Document,
    moment_of,
)

_Portal = Mapping[str, Any]
# The labels of a sample in addition to those of its portal, and the value of the sample.
_Sample = tuple[dict[str, str], int]

_ESCAPES = {"\\": r"\\", '"': r"\"", "\n": r"\n"}


def metrics(report: Document) -> str:
    """Return the text of a file with one value for each portal, or for each of its findings."""
    return "\n".join([*_of_the_audit(report), *_of_the_portals(report["portals"]), "# EOF", ""])


def _of_the_audit(report: Document) -> Iterator[str]:
    name = "docspace_backup_audit_timestamp_seconds"
    yield from _head(name, "Time of the audit.")
    yield f"{name} {_seconds(moment_of(report['audited_at']))}"


def _of_the_portals(portals: list[dict[str, Any]]) -> Iterator[str]:
    for name, (meaning, samples_of) in _METRICS.items():
        yield from _head(name, meaning)
        for portal in portals:
            own = {"host": portal["host"], "portal": portal["portal"] or ""}
            for labels, value in samples_of(portal):
                yield f"{name}{{{_labels({**own, **labels})}}} {value}"


def _protected(portal: _Portal) -> Iterator[_Sample]:
    yield {}, int(portal["verdict"] == "protected")


def _last_success(portal: _Portal) -> Iterator[_Sample]:
    yield from _time(portal["last_success"])


def _next_run(portal: _Portal) -> Iterator[_Sample]:
    yield from _time(portal["next_run"])


def _findings(portal: _Portal) -> Iterator[_Sample]:
    severities = {finding["name"]: finding["severity"] for finding in portal["findings"]}
    for name, severity in severities.items():
        yield {"finding": name, "severity": severity}, 1


_METRICS: dict[str, tuple[str, Callable[[_Portal], Iterator[_Sample]]]] = {
    "docspace_backup_protected": (
        "Whether the audit found the portal protected (1), or at risk or unprotected (0).",
        _protected,
    ),
    "docspace_backup_last_success_timestamp_seconds": (
        "Time of the last successful backup of the portal.",
        _last_success,
    ),
    "docspace_backup_next_run_timestamp_seconds": (
        "Time of the next scheduled backup of the portal.",
        _next_run,
    ),
    "docspace_backup_finding": (
        "A finding of the audit, 1 as long as the audit reports it.",
        _findings,
    ),
}


def _head(name: str, meaning: str) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} gauge"


def _time(text: str | None) -> Iterator[_Sample]:
    moment = moment_of(text)
    if moment:
        yield {}, _seconds(moment)


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0


def _labels(labels: Mapping[str, str]) -> str:
    return ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())


def _escaped(value: str) -> str:
    return "".join(_ESCAPES.get(letter, letter) for letter in value)
