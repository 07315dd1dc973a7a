# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Manage the backup schedules of a small fleet: check, run, run again, and show the results.

Usage: PYTHONPATH=tests python -m demo COLLECTIONS_PATH FOLDER. COLLECTIONS_PATH contains the
installed collection, and the demo writes its files to FOLDER. The portals are those of the
inventory in DOCSPACE_INVENTORY, or three simulated portals by default.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from demo import fleet, report, runs

BOLD, GREEN, RED, DIM, PLAIN = "\033[1m", "\033[32m", "\033[31m", "\033[2m", "\033[0m"
RUNS = (
    ("check", True, "What would change? Nothing is written."),
    ("run", False, "Apply the changes."),
    ("run again", False, "Is anything left to do?"),
)


def paint(text: str, style: str) -> str:
    """`text` in a style, if the output is a terminal or a picture that supports colors."""
    wanted = sys.stdout.isatty() or "FORCE_COLOR" in os.environ
    colored = wanted and "NO_COLOR" not in os.environ
    return f"{style}{text}{PLAIN}" if colored else text


def say(text: str = "") -> None:
    print(text, flush=True)


@contextlib.contextmanager
def portals(folder: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """Describe the portals, and yield the inventory and a function for their traffic."""
    given = os.environ.get("DOCSPACE_INVENTORY")
    if given:
        say(f"The portals of {given} (DOCSPACE_INVENTORY).")
        yield given, str
        return
    say("Three simulated portals (name an inventory in DOCSPACE_INVENTORY for real ones):\n")
    with fleet.simulated(folder) as (inventory, control):
        for portal in fleet.PORTALS:
            about = f"DocSpace {portal.server_version}, {portal.mode}, {portal.timezone}"
            say(f"  {portal.alias:<10}  {about:<45}  {portal.about}")
        fleet.traffic(control)
        yield os.path.relpath(inventory), lambda: fleet.traffic(control)


def main(collections: Path, folder: Path) -> int:
    done, sent = [], []
    with portals(folder) as (inventory, traffic):
        for number, (heading, check, about) in enumerate(RUNS, start=1):
            words = runs.command(inventory, check=check)
            say("\n" + paint(f"[{number}/{len(RUNS)}] {about}", BOLD))
            say(paint(f"$ {shlex.join(words)}", DIM))
            done.append(runs.run(heading, words, collections, folder))
            sent.append(traffic())
    say(paint("What each run did", BOLD) + "\n")
    table = report.rows(done)
    if any(sent):
        table.append([""] * len(table[0]))
        table.append(["requests", "to all portals together", *sent])
    say(report.table_text(table))
    found = report.problems(done)
    if found:
        say(paint("\nProblems:", RED))
        for problem in found:
            say(f"  - {problem}")
        return 1
    say(paint("\nThe check predicted what the run did, and the second run changed nothing.", GREEN))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
