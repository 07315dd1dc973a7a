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
    with _started(environment, command, cwd, env) as process:
        process.wait()
    _check(process, command)


def output(
    environment: str,
    command: list[str],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> str:
    """Run `command` and answer what it wrote, errors included, which is shown as it comes."""
    lines = []
    with _started(environment, command, cwd, env, stdout=subprocess.PIPE) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    _check(process, command)
    return "".join(lines)


def _started(
    environment: str,
    command: list[str],
    cwd: Path,
    env: Mapping[str, str] | None,
    *,
    stdout: int | None = None,
) -> subprocess.Popen[str]:
    folder = environments.ensure(environment)
    print("$", shlex.join(_short(part) for part in command), flush=True)
    return subprocess.Popen(
        command,
        cwd=cwd,
        env={**environments.variables(folder), **ansible_variables(), **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.STDOUT if stdout else None,
        text=True,
        errors="replace",
    )


def _check(process: subprocess.Popen[str], command: list[str]) -> None:
    if process.returncode != 0:
        raise CommandFailed(f"{_short(command[0])} ended with status {process.returncode}")


def _short(part: str) -> str:
    return part.replace(f"{ROOT}{os.sep}", "")


def ansible_variables() -> dict[str, str]:
    """Keep ansible's files in .build/, and its answers free of this machine's settings."""
    return {
        "ANSIBLE_HOME": str(BUILD / "ansible"),
        "ANSIBLE_LOCALHOST_WARNING": "False",
        "ANSIBLE_NOCOLOR": "1" if not os.isatty(1) else "0",
    }
