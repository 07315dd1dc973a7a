# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The figures of `make bench` in docs/performance, as tables. Pure, except for reading."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from docs import tables
from docs.places import ROOT

Figures = Mapping[str, Any]

CANDIDATES = ("debug", "in-process", "module", "uri", "sdk")
HEADINGS = ("debug", "This collection", "As a module", "uri", "SDK loop")
OTHERS = {
    "backup": "``docspace_backup``",
    "audit": "``docspace_backup_audit``",
    "audit-uri": "The requests of the audit as five ``uri`` tasks",
}


def table(subject: str) -> str:
    """The table of that name."""
    file = "copies.json" if subject == "copies" else "benchmark.json"
    figures = json.loads((ROOT / "docs" / "performance" / file).read_text())
    return _TABLES[subject](figures)


def _seconds(figures: Figures) -> str:
    """A row for each fleet, with the seconds of each candidate: median, fastest and slowest."""
    fleets: dict[tuple[int, int, str], dict[str, str]] = {}
    for row in figures["rows"]:
        fleet = (row["portals"], row["forks"], row["fleet"])
        fleets.setdefault(fleet, {})[row["candidate"]] = _spread(row)
    rows = [
        [*map(str, fleet), *(seconds.get(name, "") for name in CANDIDATES)]
        for fleet, seconds in sorted(fleets.items(), key=lambda item: _order(item[0]))
    ]
    return tables.list_table(("Portals", "Forks", "Fleet", *HEADINGS), rows)


def _modules(figures: Figures) -> str:
    """A row for each fleet on which another module than that of the schedule was measured."""
    rows = [
        [
            OTHERS[row["candidate"]],
            str(row["portals"]),
            _spread(row),
            f"{row['ms_per_portal']:.0f}",
            _sent(row["requests"]),
        ]
        for row in figures["rows"]
        if row["candidate"] in OTHERS
    ]
    return tables.list_table(
        ("Task", "Portals", "Seconds", "Milliseconds per portal", "Requests"), rows
    )


def _spread(row: Mapping[str, Any]) -> str:
    middle = f"{row['seconds']:.1f}"
    if row["runs"] == 1:
        return middle
    return f"{middle} ({row['fastest']:.1f} to {row['slowest']:.1f})"


def _order(fleet: tuple[int, int, str]) -> tuple[bool, int, int]:
    portals, forks, state = fleet
    return state == "changed", forks, portals


def _requests(figures: Figures) -> str:
    """The requests in each state for the largest fleet that all candidates were measured on."""
    rows = []
    for state in ("unchanged", "changed"):
        measured = [row for row in figures["rows"] if row["fleet"] == state]
        whole = [
            size
            for size in {row["portals"] for row in measured}
            if {"in-process", "module", "uri", "sdk"}
            <= {row["candidate"] for row in measured if row["portals"] == size}
        ]
        sent = {
            row["candidate"]: _sent(row["requests"])
            for row in measured
            if row["portals"] == max(whole)
        }
        rows.append([str(max(whole)), state, *(sent.get(name, "") for name in CANDIDATES[1:])])
    return tables.list_table(("Portals", "Fleet", *HEADINGS[1:]), rows)


def _sent(requests: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {method}" for method, number in sorted(requests.items()))


def _ratios(figures: Figures) -> str:
    rows = [
        [ratio["name"], f"{ratio['value']:.2f}", ratio["wanted"]] for ratio in figures["ratios"]
    ]
    return tables.list_table(("Ratio", "Measured", "Target"), rows)


def _machine(figures: Figures) -> str:
    machine = figures["machine"]
    runs = [row["runs"] for row in figures["rows"]]
    often = (
        "once."
        if max(runs) == 1
        else (
            f"{min(runs)} times. The figures are medians, with the fastest and the slowest run in "
            "parentheses."
        )
    )
    return (
        f"Measured on {machine['cores']} processors with Python {machine['python']}, ansible-core "
        f"{machine['ansible_core']}, and requests {machine['requests']}. Each portal responds "
        f"after {figures['latency_ms']} ms. Each run was performed {often}"
    )


def _copies(figures: Figures) -> str:
    """The speed of fetching an archive, and the memory that a very large one takes."""
    rates, large = figures["mb_per_s"], figures["large_bytes"] / 2**30
    size = figures["bytes"] / 2**30
    return tables.list_table(
        ("What is measured", "Result"),
        [
            [f"curl, archive of {size:.0f} GiB", f"{rates['curl']} MB/s"],
            [f"The module, archive of {size:.0f} GiB", f"{rates['verified']} MB/s"],
            ["The module with ``verify: false``", f"{rates['not_verified']} MB/s"],
            [
                f"Memory of the module, archive of {large:.0f} GiB",
                f"{figures['large_peak_mib']} MiB",
            ],
            [f"Duration for {large:.0f} GiB", f"{figures['large_seconds']:.0f} s"],
        ],
    )


_TABLES: dict[str, Callable[[Figures], str]] = {
    "seconds": _seconds,
    "modules": _modules,
    "requests": _requests,
    "ratios": _ratios,
    "machine": _machine,
    "copies": _copies,
}
