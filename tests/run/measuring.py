# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`make bench`: build and install the collection as a user would, then measure it."""

from __future__ import annotations

import os
import shlex

import collection
from commands import run
from paths import BUILD, ROOT

FOLDER = BUILD / "benchmark"

# The figures that the documentation shows are those of a full run.
PUBLISHED = ROOT / "docs" / "performance"


def bench() -> None:
    """Measure what a portal costs (ARGS=--quick: small fleets; ARGS=--simulator: that alone)."""
    arguments = shlex.split(os.environ.get("ARGS", ""))
    FOLDER.mkdir(parents=True, exist_ok=True)
    tarball = collection.build("bench", FOLDER / "dist")
    tree = collection.install("bench", tarball, FOLDER / "collections")
    output = FOLDER if arguments else PUBLISHED
    run(
        "bench",
        ["python", "-m", "benchmark", *arguments, "--output", str(output), str(tree)],
        env={"PYTHONPATH": str(ROOT / "tests")},
    )
