# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documents with examples, and their names."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "docs" / "docsite" / "rst"


def documents() -> list[Path]:
    """Every document with examples for users."""
    return [
        ROOT / "README.md",
        *sorted(ROOT.glob("roles/*/README.md")),
        *sorted(GUIDES.glob("*.rst")),
    ]


def name_of(document: Path) -> str:
    """A short name, such as README.md, roles/backup_schedule/README.md, or fleet.rst."""
    within = document.relative_to(ROOT)
    return document.name if document.parent == GUIDES else within.as_posix()
