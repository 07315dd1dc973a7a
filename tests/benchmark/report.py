# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Medians and their spread, ratios, and the table. Pure: does not measure or assert anything."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmark.cells import (
    AUDIT,
    AUDIT_URI,
    AUDITS,
    BACKUP,
    CANDIDATES,
    FLOOR,
    LATENCY_MS,
    MODULE,
    OURS,
    URI,
    Candidate,
    Cell,
)
from benchmark.process import Measured

Results = Mapping[Cell, Sequence[Measured]]
Rows = list[dict[str, Any]]


def rows(results: Results, traffic: Mapping[Cell, Mapping[str, int]]) -> Rows:
    """A row for each cell with medians of its runs. `ratio` is relative to the in-process path."""
    found = []
    for cell, runs in sorted(results.items(), key=lambda item: _place(item[0])):
        seconds = statistics.median(run.seconds for run in runs)
        ours = results.get(cell._replace(candidate=OURS))
        base = statistics.median(run.seconds for run in ours) if ours else None
        found.append(
            {
                "candidate": cell.candidate.name,
                "portals": cell.size,
                "forks": cell.forks,
                "fleet": "changed" if cell.changed else "unchanged",
                "runs": len(runs),
                "seconds": round(seconds, 3),
                "fastest": round(min(run.seconds for run in runs), 3),
                "slowest": round(max(run.seconds for run in runs), 3),
                "seconds_of_each_run": [round(run.seconds, 3) for run in runs],
                "ms_per_portal": round(1000 * seconds / cell.size, 1),
                "cpu_seconds": round(statistics.median(run.cpu_seconds for run in runs), 2),
                "ratio": round(seconds / base, 2) if base else None,
                "parent_mib": round(max(run.parent_mib for run in runs), 1),
                "tree_mib": round(max(run.tree_mib for run in runs), 1),
                "requests": dict(traffic[cell]),
            }
        )
    return found


def _place(cell: Cell) -> tuple[bool, int, int, int]:
    order = [*CANDIDATES, BACKUP, *AUDITS]
    return cell.changed, cell.forks, cell.size, order.index(cell.candidate)


def _traffic(row: Mapping[str, Any]) -> str:
    sent = [f"{number} {method}" for method, number in sorted(row["requests"].items())]
    return ", ".join(sent) or "none"


COLUMNS: tuple[tuple[str, Callable[[Mapping[str, Any]], str]], ...] = (
    ("portals", lambda row: str(row["portals"])),
    ("forks", lambda row: str(row["forks"])),
    ("fleet", lambda row: row["fleet"]),
    ("candidate", lambda row: row["candidate"]),
    ("runs", lambda row: str(row["runs"])),
    ("fastest", lambda row: f"{row['fastest']:.2f}"),
    ("median s", lambda row: f"{row['seconds']:.2f}"),
    ("slowest", lambda row: f"{row['slowest']:.2f}"),
    ("ms/portal", lambda row: f"{row['ms_per_portal']:.1f}"),
    ("CPU s", lambda row: f"{row['cpu_seconds']:.1f}"),
    ("x in-process", lambda row: f"{row['ratio']:.2f}" if row["ratio"] else ""),
    ("parent MiB", lambda row: f"{row['parent_mib']:.0f}"),
    ("tree MiB", lambda row: f"{row['tree_mib']:.0f}"),
    ("requests", _traffic),
)


def table(found: Rows) -> str:
    """The rows as text."""
    lines = [[heading for heading, _text in COLUMNS]]
    lines += [[text(row) for _heading, text in COLUMNS] for row in found]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = [
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    ]
    return "\n".join([shown[0], "  ".join("-" * width for width in widths), *shown[1:]])


class Ratios:
    """The results for the unchanged fleets with the fewest forks."""

    def __init__(self, found: Rows) -> None:
        forks = min(row["forks"] for row in found)
        self._forks = forks
        self._rows = {
            (row["candidate"], row["portals"]): row
            for row in found
            if row["fleet"] == "unchanged" and row["forks"] == forks
        }
        self._sizes = sorted({size for _name, size in self._rows})

    def lines(self) -> list[dict[str, Any]]:
        """Each ratio with its target: name, value, target in words, whether it is met."""
        size = 500 if 500 in self._sizes else self._sizes[-1]
        small = 100 if 100 in self._sizes else self._sizes[-2]
        common = max(size for name, size in self._rows if name == URI.name)
        large = self._sizes[-1]
        latency = size * LATENCY_MS / 1000 / min(self._forks, size)
        floor = self._seconds(FLOOR, size)
        growth = self._each(large) / self._each(small)
        memory = (self._parent(large) - self._parent(small)) / (large - small)
        return [
            _line(f"uri / in-process, {common} portals", self._over(URI, common), 8, least=True),
            _line(
                f"module / in-process, {common} portals",
                self._over(MODULE, common),
                8,
                least=True,
            ),
            _line(
                f"in-process / (debug + latency), {size} portals",
                self._seconds(OURS, size) / (floor + latency),
                2,
                least=False,
            ),
            *self._backup(),
            *self._audit(),
            _line(f"cost per portal, {large} / {small} portals", growth, 1.2, least=False),
            _line(f"MiB of the parent per portal, {small} to {large}", memory, 0.2, least=False),
        ]

    def _backup(self) -> list[dict[str, Any]]:
        """Finding a backup takes two requests, and the schedule takes one."""
        return [
            _line(f"backup / in-process, {size} portals", row["ratio"], 1.5, least=False)
            for (name, size), row in self._rows.items()
            if name == BACKUP.name
        ]

    def _audit(self) -> list[dict[str, Any]]:
        """Five requests and an evaluation, compared with one request for the schedule."""
        sizes = sorted(size for name, size in self._rows if name == AUDIT.name)
        if not sizes:
            return []
        small, large = sizes[0], sizes[-1]
        by_hand = self._seconds(AUDIT_URI, small) / self._seconds(AUDIT, small)
        return [
            _line(f"audit-uri / audit, {small} portals", by_hand, 12, least=True),
            _line(
                f"audit / in-process, {large} portals", self._over(AUDIT, large), 2.5, least=False
            ),
        ]

    def _seconds(self, candidate: Candidate, size: int) -> float:
        return float(self._rows[candidate.name, size]["seconds"])

    def _over(self, candidate: Candidate, size: int) -> float:
        return self._seconds(candidate, size) / self._seconds(OURS, size)

    def _each(self, size: int) -> float:
        return float(self._rows[OURS.name, size]["ms_per_portal"])

    def _parent(self, size: int) -> float:
        return float(self._rows[OURS.name, size]["parent_mib"])


def _line(name: str, value: float, limit: float, *, least: bool) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 3),
        "wanted": f"at {'least' if least else 'most'} {limit:g}",
        "holds": value >= limit if least else value <= limit,
    }


def ratios_text(ratios: Sequence[Mapping[str, Any]]) -> str:
    """A line for each ratio: the value, its target, and whether it is met."""
    width = max(len(ratio["name"]) for ratio in ratios)
    return "\n".join(
        f"{ratio['name']:<{width}}  {ratio['value']:7.2f}  {ratio['wanted']:<12}  "
        f"{'holds' if ratio['holds'] else 'DOES NOT HOLD'}"
        for ratio in ratios
    )
