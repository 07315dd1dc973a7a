# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Test a changed module in a forked process, with everything else imported already."""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from mutation.mutants import Mutant

# A mutant that runs away is stopped. Time of the processor, so that a busy machine stops nobody.
MAX_CPU_S = 60
MAX_BYTES = 4 << 30
WORKERS = 2


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a source in memory."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        self._name, self._path, self._source = name, path, source

    def find_spec(
        self, fullname: str, path: object, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=str(self._path))

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._source, str(self._path), "exec"), module.__dict__)  # noqa: S102 - ours


def survivors(
    name: str, path: Path, mutants: Sequence[Mutant], tests: Sequence[Path]
) -> Iterator[Mutant]:
    """The mutants of module `name` with which all `tests` pass, as they are found."""
    running: dict[int, Mutant] = {}
    waiting = list(mutants)
    while waiting or running:
        while waiting and len(running) < WORKERS:
            mutant = waiting.pop()
            running[_start(_Changed(name, path, mutant.source), tests)] = mutant
        child, status = os.wait()
        mutant = running.pop(child)
        if os.waitstatus_to_exitcode(status) == 0:
            yield mutant


def passes(name: str, path: Path, source: str, tests: Sequence[Path]) -> bool:
    """Whether all `tests` pass with this source, their output shown."""
    child = _start(_Changed(name, path, source), tests, quiet=False)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _start(changed: _Changed, tests: Sequence[Path], *, quiet: bool = True) -> int:
    """Fork a process that ends with status 0 if the tests pass; answer its id."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        status = _tested(changed, tests, quiet)
    except BaseException:  # noqa: BLE001 - the process ends below, whatever it is
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def _tested(changed: _Changed, tests: Sequence[Path], quiet: bool) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))
    # One that waits for ever uses no time of the processor.
    signal.alarm(10 * MAX_CPU_S)
    sys.meta_path.insert(0, changed)
    # Without pytest.ini: what it asks for leaves files behind, and two of these run at a time.
    options = ["-c", os.devnull, "--import-mode=importlib", "-W", "error", "--exitfirst", "--quiet"]
    options += ["-p", "no:cacheprovider", "-p", "no:faulthandler", "--assert=plain"]
    with contextlib.ExitStack() as stack:
        if quiet:
            nowhere = stack.enter_context(open(os.devnull, "w"))
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        return int(pytest.main([*options, *map(str, tests)]))
