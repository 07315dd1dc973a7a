# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Programs of .venv/packaging and .venv/packaging-old, which contain galaxy-importer.

The sessions of these names create the environments, and other sessions depend on them.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ENVIRONMENTS = Path(__file__).resolve().parents[2] / ".venv"
LONGEST_S = 600


def packaged(
    program: str, *arguments: str, cwd: Path | None = None, environment: str = "packaging"
) -> str:
    """Run a program of the environment, and return its output, errors first."""
    folder = ENVIRONMENTS / environment
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    path = f"{folder / 'bin'}{os.pathsep}{env['PATH']}"
    done = subprocess.run(
        [str(folder / "bin" / program), *arguments],
        cwd=cwd,
        env={**env, "PATH": path, "VIRTUAL_ENV": str(folder), "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stderr + done.stdout
