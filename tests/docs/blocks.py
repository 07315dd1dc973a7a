# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The code blocks of a document in Markdown or reStructuredText, and their marks. Pure.

A comment directly above a block says how to use it:

    docs: file group_vars/all.yml    save it under this name
    docs: status 2                   its commands exit with this status instead of 0
    docs: with output                it shows the output of its commands, and is compared
    docs: with output of TASK        the same, but only for one task
    docs: not run: why               skip it

Without a comment, a YAML block is run as a playbook or as the tasks of one, and the lines of a
console block that start with "$ " are run as commands.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PROMPT = "$ "

_MARK = re.compile(r"(?:<!--|\.\.) docs: (?P<mark>.*?)(?: -->)?$")
_FENCE = re.compile(r"```(?P<language>\w*)$")
_DIRECTIVE = re.compile(r"\.\. code-block:: (?P<language>\w+)$")


class BadMark(ValueError):
    """A comment above a block that this module does not recognize."""


@dataclass(frozen=True)
class Block:
    """One block. `first` and `last` are the indexes of its own lines in the document."""

    document: Path
    language: str
    first: int
    last: int
    indent: str
    text: str
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The location of the block, such as README.md:12."""
        return f"{self.document.name}:{self.first + 1}"

    @property
    def commands(self) -> list[str]:
        """Return the commands of a console block. A backslash at the end continues the line."""
        found: list[str] = []
        for line in self.text.splitlines():
            if found and found[-1].endswith("\\"):
                found[-1] += "\n" + line.removeprefix("> ")
            elif line.startswith(PROMPT):
                found.append(line.removeprefix(PROMPT))
        return found


def blocks_of(document: Path) -> list[Block]:
    """The blocks of `document`, in order."""
    lines = document.read_text().splitlines()
    find = _fences if document.suffix == ".md" else _directives
    return [
        Block(document, language, first, last, indent, text, marks_above(lines, above))
        for language, above, first, last, indent in find(lines)
        for text in [textwrap.dedent("\n".join(lines[first:last]) + "\n")]
    ]


def marks_above(lines: list[str], index: int) -> dict[str, str]:
    """The marks in the comments directly above line `index`, ignoring blank lines."""
    marks: dict[str, str] = {}
    for line in reversed(lines[:index]):
        found = _MARK.match(line.strip())
        if found:
            name, value = _mark(found["mark"])
            marks[name] = value
        elif line.strip():
            break
    return marks


def _mark(text: str) -> tuple[str, str]:
    for name in ("file ", "status ", "not run: ", "with output of "):
        if text.startswith(name) and text.removeprefix(name).strip():
            return name.strip(" :"), text.removeprefix(name).strip()
    if text == "with output":
        return "with output of", ""
    raise BadMark(text)


# Language, index of the opening line, first and last line, indentation.
_Found = tuple[str, int, int, int, str]


def _fences(lines: list[str]) -> Iterator[_Found]:
    language, above, is_open = "", 0, False
    for index, line in enumerate(lines):
        if is_open and line == "```":
            yield language, above, above + 1, index, ""
            is_open = False
        elif not is_open and (fence := _FENCE.match(line)):
            language, above, is_open = fence["language"], index, True


def _directives(lines: list[str]) -> Iterator[_Found]:
    for above, line in enumerate(lines):
        directive = _DIRECTIVE.match(line.strip())
        if not directive:
            continue
        own = len(line) - len(line.lstrip())
        first = next((n for n in range(above + 1, len(lines)) if lines[n].strip()), above)
        last = first
        for n in range(first, len(lines)):
            if lines[n].strip() and len(lines[n]) - len(lines[n].lstrip()) <= own:
                break
            if lines[n].strip():
                last = n + 1
        indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
        yield directive["language"], above, first, last, indent


def with_text(document: str, block: Block, text: str) -> str:
    """`document` with the block's own lines replaced by `text`."""
    lines = document.splitlines()
    lines[block.first : block.last] = textwrap.indent(text.rstrip("\n"), block.indent).splitlines()
    return "\n".join(lines) + "\n"
