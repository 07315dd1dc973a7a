# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table at the end of the demo: text generated from the recorded runs, without I/O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from demo.runs import Run


def schedule_text(schedule: dict[str, Any] | None) -> str:
    """A schedule in words, such as "every sunday at 03:00, 7 kept, Documents"."""
    if not schedule:
        return "none"
    period = schedule.get("period")
    when = {
        "EveryDay": "every day",
        "EveryWeek": f"every {schedule.get('weekday')}",
        "EveryMonth": f"day {schedule.get('day')} of the month",
    }.get(str(period), str(period))
    hour, kept = schedule.get("hour"), schedule.get("backups_stored")
    return f"{when} at {int(hour or 0):02d}:00, {kept} kept, {schedule.get('storage_type')}"


def outcome(run: Run, host: str) -> str:
    """What a run did to a host, in one word."""
    noted = run.hosts.get(host)
    if noted is None:
        return "not reached"
    if noted["failed"]:
        return "failed"
    if run.check:
        return "would change" if noted["changed"] else "fine"
    return "changed" if noted["changed"] else "unchanged"


def rows(runs: Sequence[Run]) -> list[list[str]]:
    """The table: a heading, then a row for each host of any run."""
    hosts = sorted({host for run in runs for host in run.hosts})
    table = [["portal", "schedule", *(run.heading for run in runs)]]
    for host in hosts:
        last = [run.hosts[host]["schedule"] for run in runs if host in run.hosts]
        table.append([host, schedule_text(last[-1]), *(outcome(run, host) for run in runs)])
    return table


def table_text(table: list[list[str]]) -> str:
    """Aligned columns with a rule below the heading."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in table
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(f"  {line}".rstrip() for line in lines)


def problems(runs: Sequence[Run]) -> list[str]:
    """The problems, one line each: failures, wrong predictions, changes in the second run."""
    check, first, second = runs
    found = [
        f"{host}: {noted['failed']}"
        for host, noted in {**check.hosts, **first.hosts, **second.hosts}.items()
        if noted["failed"]
    ]
    for host, noted in first.hosts.items():
        if check.hosts.get(host, {}).get("changed") != noted["changed"]:
            found.append(f"{host}: the check did not predict what the run did")
    for host, noted in second.hosts.items():
        if noted["changed"]:
            found.append(f"{host}: the second run changed something again")
    found += [
        f"{run.heading}: ansible-playbook ended with status {run.status}"
        for run in runs
        if run.status
    ]
    if not first.hosts:
        found.append("no portal was reached")
    return found
