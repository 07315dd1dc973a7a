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

# Half of a pair of UTF-16, which no file in UTF-8 can hold.
_SURROGATE = re.compile(r"[\ud800-\udfff]")

_LINE_END = re.compile(r"[\t\n\r]+")

# What moves a cursor, colors a terminal, ends a line or turns the direction of reading.
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)

_WIDE = ("F", "W")
_NO_WIDTH = ("Mn", "Me", "Cf")


def encodable(value: Any) -> Any:
    """`value`, plain JSON, with texts that UTF-8 can encode."""
    if isinstance(value, str):
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {encodable(name): encodable(entry) for name, entry in value.items()}
    return [encodable(entry) for entry in value] if isinstance(value, list) else value


def printable(text: str) -> str:
    """`text` on one line, with control characters as escapes that can be read."""
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], _LINE_END.sub(" ", text))


def width(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return sum(
        0
        if unicodedata.category(letter) in _NO_WIDTH
        else 1 + (unicodedata.east_asian_width(letter) in _WIDE)
        for letter in text
    )


def padded(text: str, columns: int) -> str:
    """`text` with spaces up to that many columns."""
    return text + " " * (columns - width(text))


def wrapped(text: str, columns: int) -> Iterator[str]:
    """The lines of `text`, none of them wider than `columns`; a longer word is cut."""
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
    """Pieces of `word` that are no wider than `columns`."""
    piece = ""
    for letter in word:
        if piece and width(piece + letter) > columns:
            yield piece
            piece = ""
        piece += letter
    yield piece
