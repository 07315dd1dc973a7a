# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The virtual environments in .venv/, one for each purpose, made when first needed.

An environment is its requirements file in tests/requirements/ on the newest Python that will do.
The environment `core-2.18-python3.11` is that of `core-2.18` on another Python. It is made anew
when the file, or one that it includes, or the Python changes.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pythons
from paths import ROOT, VENVS

REQUIREMENTS = ROOT / "tests" / "requirements"
UV = "uv==0.13.8"

# Environments whose packages do not run on newer Pythons.
NEWEST_PYTHON = {
    "core-2.16": (3, 12),
    "core-2.17": (3, 12),
    "core-2.18": (3, 13),
    "core-2.19": (3, 13),
    "packaging-old": (3, 13),
}


def ensure(name: str) -> Path:
    """Make the environment `name` if it is missing or out of date; answer its folder."""
    folder = VENVS / name
    with _lock(name):
        purpose, _separator, version = name.partition("-python")
        python = (
            pythons.exactly(version)
            if version
            else pythons.best(NEWEST_PYTHON.get(purpose, pythons.SUPPORTED[1]))
        )
        requirements = REQUIREMENTS / f"{purpose}.txt"
        wanted = _fingerprint(requirements, python)
        stamp = folder / ".made-from"
        if not stamp.is_file() or stamp.read_text() != wanted:
            said = f"making .venv/{name} with Python {python}"
            print(said, "...", file=sys.stderr, flush=True)
            _make(folder, requirements, python)
            stamp.write_text(wanted)
    return folder


def variables(folder: Path) -> dict[str, str]:
    """This process's environment variables with the virtual environment in front."""
    path = os.pathsep.join(map(str, [folder / "bin", *pythons.search_path()]))
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return {
        **kept,
        "PATH": path,
        "VIRTUAL_ENV": str(folder),
        "PYTHONUNBUFFERED": "1",
        # ansible refuses to start without a UTF-8 locale, which a bare container does not set.
        "LC_ALL": "C.UTF-8",
    }


@contextlib.contextmanager
def _lock(name: str) -> Iterator[None]:
    """Two stages that start at the same time make the environment once."""
    VENVS.mkdir(exist_ok=True)
    with (VENVS / f".{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint(requirements: Path, python: pythons.Python) -> str:
    content = "\n".join(_included(requirements))
    return f"{hashlib.sha256(content.encode()).hexdigest()} {python.path}\n"


def _included(requirements: Path) -> Iterator[str]:
    for line in requirements.read_text().splitlines():
        if line.startswith("-r "):
            yield from _included(requirements.parent / line[3:].strip())
        elif line and not line.startswith("#"):
            yield line


def _make(folder: Path, packages: Path, python: pythons.Python) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    subprocess.run([str(python.path), "-m", "venv", str(folder)], check=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip"]
    requirements = ["-r", str(packages)]
    quiet = ["install", "--quiet", "--disable-pip-version-check"]
    if _succeeds([*pip, *quiet, UV]) and _succeeds(
        # Without --compile-bytecode every start of ansible would compile its modules anew, and
        # without --system-certs the authority of a company's proxy would not be trusted.
        [str(folder / "bin" / "uv"), "pip", "install", "--quiet", "--compile-bytecode"]
        + ["--system-certs", "--python", str(folder / "bin" / "python"), *requirements]
    ):
        return
    # uv does not read pip's configuration, in which a company names its own index.
    print("uv is of no use here, going on with pip ...", file=sys.stderr, flush=True)
    subprocess.run([*pip, *quiet, *requirements], check=True)


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, check=False).returncode == 0
