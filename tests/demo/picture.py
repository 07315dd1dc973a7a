# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Draw the output of the demo. Of Ansible's output, it shows only the diff of the check.

Usage: PYTHONPATH=tests python -m demo.picture COLLECTIONS_PATH FOLDER, like the demo itself.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "demo.svg"
WIDTH = 116
DIFF = "Apply the backup schedule"

# The places where the demo's own output continues after a run of Ansible.
_OWN_WORDS = re.compile(r"(?m)^(?=\S*(?:\[\d/\d\]|What each run did))")
_SECTION = re.compile(r"(?m)^(?=(?:TASK|PLAY|PLAY RECAP) \S)")
_WARNING = re.compile(r"(?m)^.*\[WARNING\].*\n")
_BLANK = re.compile(r"\n(?:(?:\x1b\[[0-9;]*m| )*\n){2,}")
# Would download a font.
_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def excerpt(said: str) -> str:
    """The demo's own output, and the diffs of the task DIFF of each run, or else the recap."""
    parts = []
    for part in _OWN_WORDS.split(said):
        own, *sections = _SECTION.split(part)
        diffs = [section for section in sections if DIFF in section and "+++ after" in section]
        parts += [own.rstrip() + "\n\n", *(diffs or sections[-1:])]
    return _BLANK.sub("\n\n", _WARNING.sub("", "".join(parts)))


def draw(text: str) -> str:
    """Render this text, including its terminal colors, as an SVG picture of a terminal."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(text.strip()))
    return _FONT.sub("", console.export_svg(title="make demo", unique_id="demo"))


def main(collections: str, folder: str) -> None:
    colors = {"FORCE_COLOR": "1", "ANSIBLE_FORCE_COLOR": "1", "ANSIBLE_NOCOLOR": "0"}
    said = subprocess.run(
        [sys.executable, "-m", "demo", collections, folder],
        env={**os.environ, **colors},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    PICTURE.write_text(draw(excerpt(said)))


if __name__ == "__main__":
    main(*sys.argv[1:])
