# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Programs of .venv/packaging: galaxy-importer, and ansible-builder, which comes with it.

`make awx` makes that environment first.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / ".venv" / "packaging"
LONGEST_S = 600


def packaged(program: str, *arguments: str, cwd: Path | None = None) -> str:
    """Run a program of the environment; answer what it wrote, errors first."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    path = f"{FOLDER / 'bin'}{os.pathsep}{env['PATH']}"
    done = subprocess.run(
        [str(FOLDER / "bin" / program), *arguments],
        cwd=cwd,
        env={**env, "PATH": path, "VIRTUAL_ENV": str(FOLDER), "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stderr + done.stdout
