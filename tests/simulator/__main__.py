# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entry point of ``python tests/simulator``."""

from __future__ import annotations

import sys
from pathlib import Path

if not __package__:
    # Started as a folder, so make the folder importable as a package.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from simulator.cli import main

if __name__ == "__main__":
    sys.exit(main())
