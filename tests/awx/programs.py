# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Programs of .venv/packaging: galaxy-importer, and ansible-builder, which comes with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "run"))

import environments

LONGEST_S = 600


def packaged(program: str, *arguments: str, cwd: Path | None = None) -> str:
    """Run a program of the environment; answer what it wrote, errors first."""
    folder = environments.ensure("packaging")
    done = subprocess.run(
        [str(folder / "bin" / program), *arguments],
        cwd=cwd,
        env={**environments.variables(folder), "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stderr + done.stdout
