# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON with positions: the binding rules need raw texts, duplicates, and positions of errors."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

MAX_DEPTH = 32
_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORDS = {"true": True, "false": False, "null": None}
_OPEN_TEXT = (
    "Expected depth to be zero at the end of the JSON payload. "
    "There is an open JSON object or array that should be closed."
)


class JsonError(Exception):
    """Malformed JSON: the path and the offset at which the parser stopped."""

    def __init__(self, path: str, offset: int, text: str) -> None:
        super().__init__(text)
        self.path = path
        self.offset = offset
        self.text = text


@dataclass(slots=True)
class Node:
    """A JSON value: its kind (object, array, string, number, bool, null), raw text and end."""

    kind: str
    value: str | bool | None
    raw: str
    end: int
    members: list[tuple[str, Node]] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)

    def member(self, name: str) -> Node | None:
        """The last member with this name, in any case."""
        lowered = name.lower()
        return next((v for k, v in reversed(self.members) if k.lower() == lowered), None)


def parse(text: str) -> Node:
    """Parse a complete JSON text. Raises JsonError."""
    reader = _Reader(text)
    node = reader.value("$", 0)
    reader.skip_space()
    if reader.at != len(text):
        raise reader.unexpected("$", "after a single JSON value. Expected end of data.")
    return node


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def skip_space(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def unexpected(self, path: str, where: str) -> JsonError:
        if self.at >= len(self.text):
            return JsonError(path, self.at, _OPEN_TEXT)
        return JsonError(path, self.at, f"'{self.text[self.at]}' is invalid {where}")

    def value(self, path: str, depth: int) -> Node:
        self.skip_space()
        start = self.at
        head = self.text[start : start + 1]
        if head in ("{", "["):
            if depth >= MAX_DEPTH:
                raise JsonError(
                    path, start, f"The maximum configured depth of {MAX_DEPTH} exceeded."
                )
            node = self._object(path, depth) if head == "{" else self._array(path, depth)
        elif head == '"':
            node = Node("string", self._string(path), "", 0)
        else:
            node = self._scalar(path)
        node.raw, node.end = self.text[start : self.at], self.at
        return node

    def _string(self, path: str) -> str:
        match = _STRING.match(self.text, self.at)
        if not match:
            raise JsonError(
                path, self.at, "Expected end of string, but instead reached end of data."
            )
        self.at = match.end()
        return str(json.loads(match[0]))

    def _scalar(self, path: str) -> Node:
        for word, value in _WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return Node("null" if value is None else "bool", value, word, self.at)
        match = _NUMBER.match(self.text, self.at)
        if not match:
            raise self.unexpected(path, "start of a value.")
        self.at = match.end()
        return Node("number", match[0], match[0], self.at)

    def _object(self, path: str, depth: int) -> Node:
        node = Node("object", None, "", 0)
        self.at += 1
        while not self._closes("}", path, bool(node.members)):
            if self.text[self.at : self.at + 1] != '"':
                raise self.unexpected(path, "start of a property name. Expected a '\"'.")
            name = self._string(path)
            self.skip_space()
            if self.text[self.at : self.at + 1] != ":":
                raise self.unexpected(path, "after a property name. Expected a ':'.")
            self.at += 1
            node.members.append((name, self.value(f"{path}.{name}", depth + 1)))
        return node

    def _array(self, path: str, depth: int) -> Node:
        node = Node("array", None, "", 0)
        self.at += 1
        while not self._closes("]", path, bool(node.items)):
            node.items.append(self.value(f"{path}[{len(node.items)}]", depth + 1))
        return node

    def _closes(self, bracket: str, path: str, filled: bool) -> bool:
        """Skip to the next element, or return True at the end of the container."""
        self.skip_space()
        if self.text[self.at : self.at + 1] == bracket:
            self.at += 1
            return True
        if not filled:
            return False
        if self.text[self.at : self.at + 1] != ",":
            raise self.unexpected(path, f"after a value. Expected either ',' or '{bracket}'.")
        self.at += 1
        self.skip_space()
        if self.text[self.at : self.at + 1] == bracket:
            raise JsonError(path, self.at, "The JSON contains a trailing comma at the end.")
        return False
