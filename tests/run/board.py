# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run stages in two lanes and show a line for each, then a summary that a machine can read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

import pythons
from paths import LOGS, ROOT
from stages import Stage

LANES = 2
TAIL_LINES = 60

# pytest's last line: "=== 2 failed, 40 passed in 1.20s ===".
PYTEST_SUMMARY = re.compile(r"^(?:=+ )?(?:\d+ \w+, )*\d+ \w+(?:, \d+ \w+)* in [\d.]+s.*$", re.M)
PYTEST_COUNT = re.compile(r"(\d+) (passed|failed|error)")


class Outcome(NamedTuple):
    stage: Stage
    status: int
    seconds: float
    cpu_seconds: float
    passed: int
    failed: int

    @property
    def log(self) -> Path:
        return log_of(self.stage)


def log_of(stage: Stage) -> Path:
    return LOGS / f"{stage.name}.log"


class Board:
    """Which stages wait, run and have ended. Lanes take the first whose needs have ended."""

    def __init__(self, stages: list[Stage]) -> None:
        self._waiting = list(stages)
        self._names = {stage.name for stage in stages}
        self._width = width_of(stages)
        self._ended: dict[str, Outcome] = {}
        self._change = threading.Condition()

    def work(self) -> None:
        """One lane: until nothing waits."""
        while stage := self._take():
            outcome = execute(stage)
            with self._change:
                self._ended[stage.name] = outcome
                show(outcome, self._width)
                self._change.notify_all()

    def _take(self) -> Stage | None:
        with self._change:
            while self._waiting:
                for stage in self._waiting:
                    if all(need in self._ended for need in stage.needs if need in self._names):
                        self._waiting.remove(stage)
                        return stage
                self._change.wait()
        return None

    def outcomes(self) -> list[Outcome]:
        return list(self._ended.values())


def execute(stage: Stage) -> Outcome:
    """Run a stage in a process of its own, its output in its log."""
    log = log_of(stage)
    log.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with log.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "run"), "stage", stage.name],
            # Arguments are for a stage by itself.
            env={name: value for name, value in os.environ.items() if name != "ARGS"},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        # Tells what the stage and all that it started have used of the processors, which does not
        # depend on what else they had to do.
        _child, ended, used = os.wait4(process.pid, 0)
    process.returncode = status = os.waitstatus_to_exitcode(ended)
    passed, failed = count(log.read_text(errors="replace"), status)
    seconds = time.monotonic() - began
    return Outcome(stage, status, seconds, used.ru_utime + used.ru_stime, passed, failed)


def count(log: str, status: int) -> tuple[int, int]:
    """Tests passed and failed, as pytest says; a stage without pytest counts as one test.

    A stage that failed has at least one failure, whatever its tests say.
    """
    summary = " ".join(PYTEST_SUMMARY.findall(log))
    counted = [(int(number), word == "passed") for number, word in PYTEST_COUNT.findall(summary)]
    passed = sum(number for number, good in counted if good)
    failed = sum(number for number, good in counted if not good)
    if status == 0:
        return max(passed, 1), failed
    return passed, max(failed, 1)


def width_of(stages: list[Stage]) -> int:
    """Of the column of names."""
    return max((len(stage.name) for stage in stages), default=0) + 1


def show(outcome: Outcome, width: int) -> None:
    stage = outcome.stage
    mark = "ok  " if outcome.status == 0 else "FAIL"
    log = outcome.log.relative_to(ROOT)
    tests = (
        f"{outcome.passed + outcome.failed:5d}" if outcome.passed + outcome.failed > 1 else 5 * " "
    )
    times = f"{outcome.seconds:7.1f} s{outcome.cpu_seconds:7.1f} s"
    print(f"  {mark}  {stage.name:<{width}}{times} {tests}  {stage.what:<42} {log}", flush=True)


def run_all(stages: list[Stage]) -> int:
    """Run all that this machine can run; answer 0 if every one of them passed, else 1."""
    began = time.monotonic()
    path = os.pathsep.join(map(str, pythons.search_path()))
    left_out = [s for s in stages if s.program and not shutil.which(s.program, path=path)]
    stages = [stage for stage in stages if stage not in left_out]
    print(f"{len(stages)} stages in {LANES} lanes; the log of each tells what it does meanwhile.")
    width = width_of(stages)
    heading = f"  {'':4}  {'stage':<{width}}{'time':>9}{'cpu':>9} {'tests':>5}  {'what':<42} log"
    print(f"\n{heading}", flush=True)
    for stage in left_out:
        print(f"  --    {stage.name:<{width}}  left out: no {stage.program} here")
    board = Board(stages)
    lanes = [threading.Thread(target=board.work, daemon=True) for lane in range(LANES)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    outcomes = board.outcomes()
    failures = [outcome for outcome in outcomes if outcome.status]
    for outcome in failures:
        tail = outcome.log.read_text(errors="replace").splitlines()[-TAIL_LINES:]
        print(f"\n--- {outcome.stage.name}: the end of {outcome.log.relative_to(ROOT)}")
        print("\n".join(tail))
    good = len(outcomes) - len(failures)
    print(
        f"\n{good} of {len(outcomes)} stages passed in {time.monotonic() - began:.0f} s, "
        f"{sum(outcome.cpu_seconds for outcome in outcomes):.0f} s of the processors"
        + "".join(f"\n  failed: make {outcome.stage.name}" for outcome in failures)
    )
    print(f"{sum(o.passed for o in outcomes)} passed, {sum(o.failed for o in outcomes)} failed")
    return 1 if failures else 0
