# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every block of the README, role pages, and guides is used as described, in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from docs import generators, regions
from docs.blocks import PROMPT, Block, blocks_of, with_text
from docs.places import ROOT, documents, name_of
from docs.sandbox import FOLDER, Sandbox

Agree = Callable[[Path, str], None]
Sandboxes = Callable[[], Sandbox]

# The number of blocks that are not run. The document gives a reason for each of them.
NOT_RUN = {
    "README.md": 2,
    "awx.rst": 1,
    "backup_audit.rst": 1,
    "dry_runs.rst": 1,
    "quick_start.rst": 2,
}

# This warning contains the time of day of the run.
_DATED = "[WARNING]: Saving the schedule resets the time of its last run on the server."


def _id(document: Path) -> str:
    return name_of(document)


@pytest.mark.parametrize("document", documents(), ids=_id)
def test_every_block_is_used_as_the_text_says(
    document: Path, sandbox: Sandbox, agree: Agree
) -> None:
    blocks = blocks_of(document)
    if any(str(FOLDER) in block.text for block in blocks):
        sandbox.make_folder()
    text = document.read_text()
    printed: list[tuple[Block, str]] = []

    for block in blocks:
        said = use(block, sandbox)
        if "with output of" in block.marks:
            assert str(ROOT) not in said, f"{block.place}: tells of this machine"
            printed.append((block, said))
        else:
            assert block.language != "console" or shows_commands_only(block), block.place

    for block, said in reversed(printed):
        if not says_the_same(block.text, said):
            text = with_text(text, block, said)
    agree(document, text)
    assert sum("not run" in block.marks for block in blocks) == NOT_RUN.get(name_of(document), 0)


def use(block: Block, sandbox: Sandbox) -> str:
    """Use the block as a reader would, and return the output."""
    if "not run" in block.marks:
        return ""
    if block.language == "console":
        status, task = int(block.marks.get("status", 0)), block.marks.get("with output of", "")
        return "\n".join(
            f"{PROMPT}{command}\n{shown(sandbox.run(command, status), task)}"
            for command in block.commands
        )
    if "file" in block.marks:
        sandbox.place(block.marks["file"], block.text)
        return ""
    assert block.language == "yaml", f"{block.place}: nothing says what to do with it"
    return sandbox.play(block.text)


def shown(said: str, task: str) -> str:
    """The output of a command for one `task` or all, without what differs between runs."""
    lines = [line.rstrip() for line in said.splitlines() if not line.startswith(_DATED)]
    text = "\n".join(lines).strip() + "\n"
    if task:
        section = re.search(rf"^TASK \[{re.escape(task)}\].*?\n\n", text, re.DOTALL | re.MULTILINE)
        assert section, f"there is no task {task}:\n{text}"
        return f"...\n\n{section[0]}...\n"
    return text


def shows_commands_only(block: Block) -> bool:
    lines = [f"{PROMPT}{command}" for command in block.commands]
    return "\n".join(lines) == block.text.strip()


def says_the_same(one: str, other: str) -> bool:
    """Whether two outputs differ only in line breaks, which depend on ansible-core."""
    return one.split() == other.split()


@pytest.mark.parametrize("document", documents(), ids=_id)
def test_what_is_generated_is_up_to_date(
    document: Path, sandboxes: Sandboxes, agree: Agree
) -> None:
    text = document.read_text()

    agree(document, regions.filled(text, lambda name: generators.make(name, sandboxes)))
