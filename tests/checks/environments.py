# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The virtual environments in .venv/, which sessions share: .venv/NAME is requirements/NAME.txt."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import sys
from pathlib import Path

import nox
from checks.collection import BUILD, ROOT, link
from nox.command import CommandFailed

# The newest Python 3 that an environment supports. It determines the ansible-core of `test`.
NEWEST = {
    "core-2.16": 12, "core-2.17": 12, "core-2.18": 13, "core-2.19": 13, "oldest": 11,
    "packaging-old": 13, "awx-modules": 13,
}  # fmt: skip

# pyenv's shims fail unless a version is selected, so its real interpreters come first, newest
# first.
PYENV = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv").glob("versions/3.*/bin")
VERSIONS = {tuple(map(int, re.findall(r"\d+", path.parent.name))): str(path) for path in PYENV}
GIVEN = [entry for entry in os.environ["PATH"].split(os.pathsep) if "/shims" not in entry]
PATH = os.pathsep.join([VERSIONS[version] for version in sorted(VERSIONS, reverse=True)] + GIVEN)

VARIABLES = {
    # Ansible does not start without a UTF-8 locale, which a minimal container does not set.
    "LC_ALL": "C.UTF-8",
    "PYTHONUNBUFFERED": "1",
    # Keeps Ansible's files in .build/, and its output independent of the settings of this machine.
    "ANSIBLE_HOME": str(BUILD / "ansible"),
    "ANSIBLE_COLLECTIONS_PATH": str(BUILD / "tree"),
    "PYTHONPATH": str(BUILD / "tree"),
    "ANSIBLE_LOCALHOST_WARNING": "False",
    "ANSIBLE_NOCOLOR": "0" if sys.stdout.isatty() else "1",
    "UV_PYTHON_DOWNLOADS": "never",
    # Without this, uv would not trust the certificate authority of a company's proxy.
    "UV_SYSTEM_CERTS": "1",
}


def enter(session: nox.Session, name: str, version: str = "") -> None:
    """Run the session in .venv/NAME on the newest Python, or on `version`.

    The session is skipped if this machine does not have that version.
    """
    versions = [version] if version else [f"3.{n}" for n in range(NEWEST.get(name, 14), 9, -1)]
    found = (shutil.which(f"python{one}", path=PATH) for one in versions)
    python = next(filter(None, found), "" if version else sys.executable)
    if not python:
        session.skip(f"no Python {version} here")
    folder = ROOT / ".venv" / (f"{name}-python{version}" if version else name)
    for variable in [one for one in os.environ if one.startswith("PYTHON")]:
        del os.environ[variable]
    os.environ |= VARIABLES | {"VIRTUAL_ENV": str(folder), "PATH": f"{folder}/bin:{PATH}"}
    link()
    with folder.with_name(f".{folder.name}.lock").open("w") as lock:
        # Two sessions that start at the same time must create the environment only once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        make(session, folder, python, f"tests/requirements/{name}.txt")


def make(session: nox.Session, folder: Path, python: str, requirements: str) -> None:
    """Create the environment, or update it to match the requirements."""
    uv, current = f"{sys.prefix}/bin/uv", folder / "bin" / "python"
    if current.resolve() != Path(python).resolve():
        session.run(uv, "venv", "--quiet", "--clear", "--python", python, str(folder), log=False)
    install = ["install", "--quiet", "--requirement", requirements]
    # Otherwise, Ansible may compile its modules at each start. Only one of 47 collections is
    # needed.
    compiled = {"UV_COMPILE_BYTECODE": "0" if folder.name == "awx-modules" else "1"}
    try:
        session.run(uv, "pip", *install, env=compiled, log=False)
    except CommandFailed:
        # uv does not read the configuration of pip, where companies set their package index.
        session.log("uv is of no use here, going on with pip ...")
        session.run(sys.executable, "-m", "pip", "--python", str(current), *install)
