# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where things are. Everything that is made goes to .build/ and .venv/, and nowhere else."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
VENVS = ROOT / ".venv"
LOGS = BUILD / "logs"

NAMESPACE, NAME = "onlyoffice", "docspace"
COLLECTION = f"{NAMESPACE}.{NAME}"


def collection_in(tree: Path) -> Path:
    """The collection's own folder below a collections path."""
    return tree / "ansible_collections" / NAMESPACE / NAME
