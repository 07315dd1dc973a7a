# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a program and measure its time, its CPU time, and the memory of its process tree."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

# The maximum share of time for sampling memory, so that sampling does not distort the result.
WATCHING_SHARE = 0.02
SHORTEST_PAUSE_S = 0.2
PROC = Path("/proc")


class Measured(NamedTuple):
    """Elapsed seconds, CPU seconds of all processes, and peak MiB, which is 0 if unknown.

    `parent_mib` is the resident memory of the program, and `tree_mib` that of the program and its
    descendants. Pages that several processes share count once. Memory is sampled, so short peaks
    can be missed.
    """

    seconds: float
    cpu_seconds: float
    parent_mib: float
    tree_mib: float
    output: str


class Failed(Exception):
    """The status of a measured program is not 0."""


def measured(command: Sequence[str], env: Mapping[str, str]) -> Measured:
    """Run `command` until it ends. Raises Failed with its output if its status is not 0."""
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
    """Samples a process and its descendants repeatedly, and keeps the peaks."""

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
    """Return the living processes among a process and its descendants."""
    yield process
    try:
        children = (PROC / str(process) / "task" / str(process) / "children").read_text()
    except OSError:
        return
    for child in children.split():
        yield from _tree(int(child))


def _mib(process: int, file: str, member: str) -> float:
    """A value in kB from a file in /proc as MiB, or 0 if the process has ended."""
    try:
        found = re.search(rf"^{member}:\s+(\d+) kB", (PROC / str(process) / file).read_text(), re.M)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
