# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare ways to manage the schedules of a fleet: `python -m benchmark COLLECTIONS FOLDER`.

COLLECTIONS is the collections path with the installed collection. The candidates take turns, so
that other load on the machine affects all of them. Writes benchmark.json, .txt and .svg: a full run
writes to the folder of the documentation, and a quick run to FOLDER.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from support.simulator import Simulator

from benchmark import copies, plot, report, simulator_rate
from benchmark.cells import AUDITS, FULL, LATENCY_MS, QUICK, Cell, Plan
from benchmark.fleet import Fleet
from benchmark.process import Failed, Measured, measured

PLAYBOOKS = Path(__file__).resolve().parent / "playbooks"
PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "performance"


class Bench:
    """Measures the cells of a plan on one simulator."""

    def __init__(self, fleet: Fleet, collections: Path, folder: Path) -> None:
        self._fleet = fleet
        self._env = _environment(collections, folder)
        self.results: dict[Cell, list[Measured]] = defaultdict(list)
        self.traffic: dict[Cell, dict[str, int]] = {}

    def work(self, plan: Plan) -> None:
        """Measure every cell once per round, in reverse order in every second round."""
        for turn in range(plan.rounds):
            print(f"Round {turn + 1} of {plan.rounds}")
            for cell in plan.cells()[:: -1 if turn % 2 else 1]:
                self._measure(cell)

    def _measure(self, cell: Cell) -> None:
        rooms = cell.candidate in AUDITS
        inventory = self._fleet.inventory(cell.size, cell.changed, rooms=rooms)
        env = {**self._env, "ANSIBLE_FORKS": str(cell.forks)}
        run = measured(_command(cell, inventory), env)
        traffic = self._fleet.traffic()
        self._check(cell, traffic)
        self.results[cell].append(run)
        self.traffic[cell] = traffic
        fleet = "changed" if cell.changed else "unchanged"
        print(
            f"  {cell.size:5d} portals  {cell.forks:2d} forks  {fleet:<9}  "
            f"{cell.candidate.name:<10} {run.seconds:8.2f} s",
            flush=True,
        )

    @staticmethod
    def _check(cell: Cell, traffic: dict[str, int]) -> None:
        """Fail if a candidate did not do its job, because its time would be meaningless."""
        writes = traffic.get("POST", 0)
        reads = cell.candidate.playbook != "floor"
        if cell.candidate.reads and traffic != {"GET": cell.candidate.reads * cell.size}:
            raise Failed(f"{cell} had this on the wire: {traffic}")
        if writes != (cell.size if cell.changed else 0) or bool(traffic) != reads:
            raise Failed(f"{cell} had this on the wire: {traffic}")


def _environment(collections: Path, folder: Path) -> dict[str, str]:
    return {
        **{name: os.environ[name] for name in ("PATH", "LC_ALL") if name in os.environ},
        "HOME": str(folder),
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "ANSIBLE_HOME": str(folder / ".ansible"),
        "ANSIBLE_COLLECTIONS_PATH": str(collections),
        "ANSIBLE_LOCALHOST_WARNING": "False",
        "ANSIBLE_NOCOLOR": "1",
    }


def _command(cell: Cell, inventory: Path) -> list[str]:
    python = Path(sys.executable)
    if cell.candidate.playbook is None:
        return [str(python), "-m", "benchmark.sdk_loop", str(inventory)]
    playbook = PLAYBOOKS / f"{cell.candidate.playbook}.yml"
    program = str(python.with_name("ansible-playbook"))
    return [program, "-i", str(inventory), "-e", cell.candidate.variables, str(playbook)]


def _machine() -> dict[str, Any]:
    return {
        "cores": len(os.sched_getaffinity(0)),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "ansible_core": version("ansible-core"),
        "requests": version("requests"),
        "docspace_api_sdk": version("docspace-api-sdk"),
        "system": f"{platform.system()} {platform.machine()}",
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmark")
    parser.add_argument("collections", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true", help="small fleets, under three minutes")
    parser.add_argument("--simulator", action="store_true", help="measure the simulator instead")
    parser.add_argument("--copies", type=Path, help="measure fetching into this folder instead")
    return parser.parse_args()


def main() -> None:
    options = _arguments()
    if options.simulator:
        simulator_rate.main()
        return
    if options.copies:
        copies.main(options.copies, options.collections, PUBLISHED)
        return
    plan = QUICK if options.quick else FULL
    machine = _machine()
    print(f"Simulated portals with {LATENCY_MS} ms latency. Candidates take turns.\n", flush=True)
    with (
        tempfile.TemporaryDirectory(prefix="docspace-benchmark-") as folder,
        Simulator(portals=max(plan.sizes), latency_ms=LATENCY_MS) as simulator,
    ):
        fleet = Fleet(simulator, Path(folder))
        bench = Bench(fleet, options.collections.resolve(), Path(folder))
        began = time.monotonic()
        bench.work(plan)
    output = options.folder if options.quick else PUBLISHED
    _write(bench, machine, time.monotonic() - began, output)


def _write(bench: Bench, machine: dict[str, Any], seconds: float, output: Path) -> None:
    rows = report.rows(bench.results, bench.traffic)
    ratios = report.Ratios(rows).lines()
    text = report.table(rows) + "\n\n" + report.ratios_text(ratios)
    output.mkdir(parents=True, exist_ok=True)
    figures = {
        "latency_ms": LATENCY_MS,
        "took_seconds": round(seconds),
        "machine": machine,
        "ratios": ratios,
        "rows": rows,
    }
    (output / "benchmark.json").write_text(json.dumps(figures, indent=2) + "\n")
    (output / "benchmark.txt").write_text(text + "\n")
    plot.draw(rows, output / "benchmark.svg")
    print(f"\n{text}\n\n{seconds:.0f} s. Written: {output}/benchmark.json, .txt and .svg")


if __name__ == "__main__":
    main()
