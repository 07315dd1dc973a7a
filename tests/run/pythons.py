# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find the Pythons of this machine: real interpreters, never shims that may not start."""

from __future__ import annotations

import functools
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# What the pinned versions of ansible-core in tests/requirements/demo.txt run on.
SUPPORTED = ((3, 10), (3, 14))

# A Python without ensurepip, as Debian's before python3-venv, cannot make an environment.
PROBE = (
    "import sys, ensurepip, ssl, venv;"
    "print(sys.version_info[0], sys.version_info[1], sys.executable)"
)


class Python(NamedTuple):
    version: tuple[int, int]
    path: Path

    def __str__(self) -> str:
        return ".".join(map(str, self.version))


class NoPython(Exception):
    """No interpreter of this machine will do; the text says what to install."""


def pyenv_folders() -> list[Path]:
    """The folders of pyenv's interpreters, newest first. Its shims fail unless one is selected."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    return sorted(root.glob("versions/3.*/bin"), key=_release, reverse=True)


def _release(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.parent.name.split(".") if part.isdigit())


def search_path() -> list[Path]:
    """PATH, with pyenv's real interpreters in place of the shims."""
    entries = [Path(entry) for entry in os.environ.get("PATH", os.defpath).split(os.pathsep)]
    return pyenv_folders() + [entry for entry in entries if entry.name != "shims"]


def _candidates() -> Iterator[Path]:
    low, high = SUPPORTED
    for minor in range(high[1], low[1] - 1, -1):
        for folder in search_path():
            yield folder / f"python3.{minor}"
    for folder in search_path():
        yield folder / "python3"


def probe(path: Path) -> Python | None:
    """The Python at `path`, or None if it does not start or cannot make an environment."""
    if not os.access(path, os.X_OK):
        return None
    found = subprocess.run(
        [str(path), "-c", PROBE], capture_output=True, text=True, timeout=30, check=False
    )
    if found.returncode != 0:
        return None
    major, minor, executable = found.stdout.strip().split(" ", 2)
    return Python((int(major), int(minor)), Path(executable))


@functools.cache
def best(newest: tuple[int, int] = SUPPORTED[1]) -> Python:
    """The newest usable Python, at most `newest`. It decides which ansible-core is installed."""
    for path in _candidates():
        python = probe(path)
        if python and SUPPORTED[0] <= python.version <= newest:
            return python
    raise NoPython(
        "No Python 3.10 or later that can make a virtual environment was found. "
        "On Debian and Ubuntu: apt-get install python3-venv"
    )


def exactly(version: str) -> Python:
    """The usable Python of this version, such as "3.11"; NoPython if this machine has none."""
    found = (probe(folder / f"python{version}") for folder in search_path())
    for python in found:
        if python and str(python) == version:
            return python
    raise NoPython(f"No Python {version} that can make a virtual environment was found.")
