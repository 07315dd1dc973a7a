# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run programs of an environment: printed first, so that a log tells what was run."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

import environments
from paths import BUILD, ROOT


class CommandFailed(Exception):
    """A program ended with a status other than 0; its output has been shown."""


def run(
    environment: str,
    command: list[str],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run `command` in the environment; the caller's output is its output."""
    _start(environment, command, cwd, env, capture=False)


def output(
    environment: str,
    command: list[str],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> str:
    """Run `command` and answer what it wrote, errors included, after showing it."""
    return _start(environment, command, cwd, env, capture=True)


def _start(
    environment: str,
    command: list[str],
    cwd: Path,
    env: Mapping[str, str] | None,
    *,
    capture: bool,
) -> str:
    folder = environments.ensure(environment)
    print("$", shlex.join(_short(part) for part in command), flush=True)
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**environments.variables(folder), **ansible_variables(), **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if capture else None,
        stderr=subprocess.STDOUT if capture else None,
        text=True,
        check=False,
    )
    if capture:
        print(done.stdout, end="", flush=True)
    if done.returncode != 0:
        raise CommandFailed(f"{_short(command[0])} ended with status {done.returncode}")
    return done.stdout or ""


def _short(part: str) -> str:
    return part.replace(f"{ROOT}{os.sep}", "")


def ansible_variables() -> dict[str, str]:
    """Keep ansible's files in .build/, and its answers free of this machine's settings."""
    return {
        "ANSIBLE_HOME": str(BUILD / "ansible"),
        "ANSIBLE_LOCALHOST_WARNING": "False",
        "ANSIBLE_NOCOLOR": "1" if not os.isatty(1) else "0",
    }
