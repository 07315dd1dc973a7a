# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`make demo`: build and install the collection as a user would, then show it at work."""

from __future__ import annotations

import os

import collection
from commands import run
from paths import BUILD, ROOT

FOLDER = BUILD / "demo"


def demo() -> None:
    """Run the playbook over a small fleet: check, run, run again."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    tarball = collection.build("demo", FOLDER / "dist")
    tree = collection.install("demo", tarball, FOLDER / "collections")
    print(flush=True)
    run(
        "demo",
        ["python", "-m", "demo", *(os.path.relpath(path, ROOT) for path in (tree, FOLDER))],
        env={"PYTHONPATH": str(ROOT / "tests")},
    )
