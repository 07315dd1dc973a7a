# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a program and measure it: seconds, CPU, and the memory of it and of all it started."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

# Looking at memory may take this share of the time at most, so that it is not what is measured.
WATCHING_SHARE = 0.02
SHORTEST_PAUSE_S = 0.2
PROC = Path("/proc")


class Measured(NamedTuple):
    """`seconds` on the wall and of CPU (all processes); MiB at the peak, 0 where it is not known.

    `parent_mib` is the resident memory of the program itself, `tree_mib` that of it and of its
    descendants, where pages that several share count once (sampled, so it may miss short peaks).
    """

    seconds: float
    cpu_seconds: float
    parent_mib: float
    tree_mib: float
    output: str


class Failed(Exception):
    """A measured program did not do what it should."""


def measured(command: Sequence[str], env: Mapping[str, str]) -> Measured:
    """Run `command` to its end; Failed with its output if its status is not 0."""
    before = os.times()
    began = time.perf_counter()
    with subprocess.Popen(
        command,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        watch = Watch(process.pid)
        watch.start()
        output, _errors = process.communicate()
        seconds = time.perf_counter() - began
        watch.end()
    after = os.times()
    if process.returncode:
        raise Failed(f"{' '.join(command)} ended with {process.returncode}:\n{output[-3000:]}")
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return Measured(seconds, cpu, watch.parent_mib, watch.tree_mib, output)


class Watch(threading.Thread):
    """Looks at a process and its descendants again and again, and keeps the peaks."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._ended = threading.Event()
        self.parent_mib = 0.0
        self.tree_mib = 0.0

    def end(self) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        pause = SHORTEST_PAUSE_S
        while not self._ended.wait(pause):
            began = time.thread_time()
            self.parent_mib = max(self.parent_mib, _mib(self._process, "status", "VmHWM"))
            tree = sum(_mib(one, "smaps_rollup", "Pss") for one in _tree(self._process))
            self.tree_mib = max(self.tree_mib, tree)
            pause = max(SHORTEST_PAUSE_S, (time.thread_time() - began) / WATCHING_SHARE)


def _tree(process: int) -> Iterator[int]:
    """Return a process and its descendants that are still alive."""
    yield process
    try:
        children = (PROC / str(process) / "task" / str(process) / "children").read_text()
    except OSError:
        return
    for child in children.split():
        yield from _tree(int(child))


def _mib(process: int, file: str, member: str) -> float:
    """A member of a file in /proc, which counts in kB; 0 where there is none (any more)."""
    try:
        found = re.search(rf"^{member}:\s+(\d+) kB", (PROC / str(process) / file).read_text(), re.M)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
