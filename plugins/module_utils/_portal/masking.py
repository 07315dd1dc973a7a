# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Hide secrets in texts, in whatever form a server repeats them. Pure.

A server can escape any character of a secret, in any notation, more than once. Therefore, the text
is decoded layer by layer, and a secret that is found in a layer is hidden in the original text. The
time is linear in the length of the text.
"""

from __future__ import annotations

import base64
import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import one_line

MARK = "***"

# Maximum number of layers of escapes, and maximum length of one character of a secret in them.
_LAYERS = 4
_LONGEST_ESCAPE = 24

# Minimum lengths, because shorter texts occur by chance: of a secret in base64 or hexadecimal, of a
# secret that looks like escapes after they are resolved, and of a line of a secret.
_SHORTEST_CODED = 8
_SHORTEST_DECODED = 4
_SHORTEST_LINE = 16

# One character in the notation of URLs, JSON (and repr) or HTML. Each is of bounded length.
_ESCAPE = re.compile(
    r"%[0-7][0-9A-Fa-f]"
    r"|%[C-Fc-f][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){1,3}"
    r"|[\\%]u[Dd][89ABab][0-9A-Fa-f]{2}[\\%]u[Dd][C-Fc-f][0-9A-Fa-f]{2}"
    r"|[\\%]u[0-9A-Fa-f]{4}"
    r"|\\u\{[0-9A-Fa-f]{1,6}\}"
    r"|\\U[0-9A-Fa-f]{8}"
    r"|\\[0-3][0-7]{2}"
    r"|\\x[0-9A-Fa-f]{2}"
    r"""|\\[\\"'/bfnrt]"""
    r"|&#0{0,8}[0-9]{1,7};?"
    r"|&#[xX]0{0,8}[0-9A-Fa-f]{1,6};?"
    r"|&[A-Za-z][A-Za-z0-9]{1,30};"
)
_CONTROLS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def forms_of(secret: str) -> set[str]:
    """Return the forms of `secret` in a text without escapes."""
    data = secret.encode("utf-8", "surrogatepass")
    lines = {line.strip() for line in secret.splitlines()}
    coded = {data.hex(), data.hex().upper(), *_base64_forms(data)}
    resolved = {text for text in _resolved(secret) if len(text) >= _SHORTEST_DECODED}
    found = {secret, secret.strip(), secret.replace(" ", "+"), *resolved}
    # The form in a text that was put on one line.
    found |= {one_line(text) for text in found}
    found |= {line for line in lines if len(line) >= _SHORTEST_LINE}
    found |= {text for text in coded if len(text) >= _SHORTEST_CODED}
    return {text for text in found if text}


def _resolved(secret: str) -> Iterator[str]:
    """Yield the forms of a secret that itself looks like escapes, with these resolved."""
    for _layer in range(_LAYERS):
        layer = _decoded(secret)
        if layer is None:
            return
        secret = layer.text
        yield secret


def _base64_forms(data: bytes) -> Iterator[str]:
    """Yield `data` in base64, alone and in the middle of other encoded data."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(data).decode()
        for before, first in ((0, 0), (1, 2), (2, 3)):
            whole = (before + len(data)) * 8 // 6
            yield encode(bytes(before) + data).decode()[first:whole]


class Mask:
    """Hides secrets in every text.

    `Mask(["s3cret"])("key s3cret, or s%33cret")` is "key ***, or ***".
    """

    def __init__(self, secrets: Iterable[str] = (), mark: str = MARK) -> None:
        self._forms: set[str] = set()
        self._mark = mark
        self.add(secrets)

    def add(self, secrets: Iterable[str]) -> None:
        """Also hide these secrets."""
        for secret in secrets:
            self._forms |= forms_of(secret)

    def __call__(self, text: str, most: int | None = None) -> str:
        """Return `text` without secrets and, with `most`, only its first `most` characters.

        A secret that crosses this limit is hidden too.
        """
        kept = text if most is None else text[:most]
        spans = self._spans(text if most is None else text[: most + self._margin])
        pieces = []
        end = 0
        for start, stop in spans:
            if start >= len(kept):
                break
            pieces += [kept[end:start], self._mark]
            end = stop
        return "".join([*pieces, kept[end:]])

    @property
    def _margin(self) -> int:
        return _LONGEST_ESCAPE * max(map(len, self._forms), default=0)

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Return the positions of the secrets, from left to right and without overlaps."""
        found: set[tuple[int, int]] = set()
        layers: list[_Layer] = []
        while True:
            for start, stop in self._in_layer(text):
                for layer in reversed(layers):
                    start, stop = layer.origin(start, stop)
                found.add((start, stop))
            decoded = _decoded(text) if self._forms and len(layers) < _LAYERS else None
            if decoded is None:
                return _merged(sorted(found))
            layers.append(decoded)
            text = decoded.text

    def _in_layer(self, text: str) -> Iterator[tuple[int, int]]:
        for form in self._forms:
            start = text.find(form)
            step = _least_distance(form) if start >= 0 else 0
            while start >= 0:
                stop = start + len(form)
                # The next match can overlap this one. The rest of it is a part of a secret too.
                while text.startswith(form[-step:], stop):
                    stop += step
                yield start, stop
                start = text.find(form, stop - len(form) + step)


def _least_distance(form: str) -> int:
    """Return the minimum distance between two overlapping matches, to keep the search linear."""
    borders = [0]
    length = 0
    for letter in form[1:]:
        while length and letter != form[length]:
            length = borders[length - 1]
        length += letter == form[length]
        borders.append(length)
    return len(form) - borders[-1]


@dataclass(frozen=True)
class _Layer:
    """A text with its escapes resolved once, and the start of each piece here and in its source."""

    text: str
    here: list[int]
    there: list[int]

    def origin(self, start: int, stop: int) -> tuple[int, int]:
        """Return where the characters from `start` to `stop` are in the source of this text."""
        first = bisect_right(self.here, start) - 1
        last = bisect_right(self.here, stop - 1) - 1
        begin, end = self.there[first], self.there[last + 1]
        if self._is_literal(first):
            begin += start - self.here[first]
        if self._is_literal(last):
            end -= self.here[last + 1] - stop
        return begin, end

    def _is_literal(self, piece: int) -> bool:
        here, there = self.here, self.there
        return here[piece + 1] - here[piece] == there[piece + 1] - there[piece]


def _decoded(text: str) -> _Layer | None:
    """Return `text` with its escapes resolved once, or None if it has none."""
    pieces: list[str] = []
    here, there = [0], [0]

    def add(piece: str, end: int) -> None:
        if piece:
            pieces.append(piece)
            here.append(here[-1] + len(piece))
            there.append(end)

    for escape in _ESCAPE.finditer(text):
        add(text[there[-1] : escape.start()], escape.start())
        add(_character(escape[0]), escape.end())
    if not pieces:
        return None
    add(text[there[-1] :], len(text))
    return _Layer("".join(pieces), here, there)


def _character(escape: str) -> str:
    if escape[0] == "%" and escape[1] != "u":
        return unquote(escape, errors="replace")
    if escape[0] == "&":
        # An empty reference needs a placeholder here.
        return unescape(escape) or "\ufffd"
    if escape[1].isdigit():
        return chr(int(escape[1:], 8))
    if escape[1] == "U" or escape[2:3] == "{":
        code = int(escape[2:].strip("{}"), 16)
        return chr(code) if code <= sys.maxunicode else "\ufffd"
    if escape[1] in "ux":
        units = [int(number, 16) for number in re.split(r"[\\%][ux]", escape)[1:]]
        return _of_units(units)
    return _CONTROLS.get(escape[1], escape[1])


def _of_units(units: list[int]) -> str:
    if len(units) == 1:
        return chr(units[0])
    high, low = units
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, stop in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(stop, merged[-1][1])
        else:
            merged.append((start, stop))
    return merged
