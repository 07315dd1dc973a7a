# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Text from servers and inventories, made safe to show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import visible

_LINE_END = re.compile(r"([\t\n\r]+)")

# Characters that move the cursor, color the terminal, end a line, or change the text direction.
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

_WIDE = ("F", "W")
_NO_WIDTH = ("Mn", "Me", "Cf")


def inert(value: Any) -> Any:
    """Return `value`, which is plain JSON, with escapes for what would act on a terminal.

    Line ends stay as they are.
    """
    if isinstance(value, str):
        pieces = _LINE_END.split(value)
        return "".join(piece if _LINE_END.match(piece) else visible(piece) for piece in pieces)
    if isinstance(value, dict):
        return {inert(name): inert(entry) for name, entry in value.items()}
    return [inert(entry) for entry in value] if isinstance(value, list) else value


def printable(text: str) -> str:
    """Return `text` on one line, with readable escapes instead of control characters."""
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], _LINE_END.sub(" ", text))


def sentence(text: str) -> str:
    """Return `text` with a full stop, which messages of servers and of Ansible may lack."""
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    return sum(
        0
        if unicodedata.category(letter) in _NO_WIDTH
        else 1 + (unicodedata.east_asian_width(letter) in _WIDE)
        for letter in text
    )


def padded(text: str, columns: int) -> str:
    """Return `text`, filled with spaces up to that many columns."""
    return text + " " * (columns - width(text))


def wrapped(text: str, columns: int) -> Iterator[str]:
    """Yield the lines of `text`, none of them wider than `columns`. Cut longer words."""
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width(joined) <= columns:
            line = joined
            continue
        if line:
            yield line
        *pieces, line = _cut(word, columns)
        yield from pieces
    yield line


def _cut(word: str, columns: int) -> Iterator[str]:
    """Yield pieces of `word` that are no wider than `columns`."""
    start, used = 0, 0
    for at, letter in enumerate(word):
        own = width(letter)
        if at > start and used + own > columns:
            yield word[start:at]
            start, used = at, 0
        used += own
    yield word[start:]
