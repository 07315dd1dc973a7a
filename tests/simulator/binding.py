# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a JSON body or a query to typed members, with the server's rules (contract 2.4, 3.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from . import times
from .errors import Invalid, duplicate_key, null_reference
from .jsontext import JsonError, Node, parse

INT_MIN, INT_MAX = -(2**31), 2**31 - 1
EMPTY_BODY = "A non-empty request body is required."
_INTEGER = re.compile(r"\s*[+-]?\d+\s*", re.ASCII)
_JSON_TYPES = re.compile(r"(application|text)/json|application/[^;\s]+\+json", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """The position of a value in a body, which its errors contain."""

    text: str
    path: str
    end: int

    def inside(self, name: str, end: int) -> Place:
        """The place of a member."""
        return Place(self.text, f"{self.path}.{name}", end)

    def refuse(self, type_name: str) -> Invalid:
        """The error for a value that cannot be converted to a .NET type."""
        return Invalid(
            self.path,
            f"The JSON value could not be converted to {type_name}. {self.where()}",
        )

    def where(self) -> str:
        """Path, line and byte in the notation of System.Text.Json."""
        before = self.text[: self.end]
        line = before.count("\n")
        column = len(before[before.rfind("\n") + 1 :].encode())
        return f"Path: {self.path} | LineNumber: {line} | BytePositionInLine: {column}."


Binder = Callable[[Node, Place], Any]


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a request: its name in our result, how to read it, and its default."""

    name: str
    read: Binder
    default: Any = None
    required: bool = False


def is_json(content_type: str | None) -> bool:
    """Whether the JSON formatter accepts this Content-Type (contract 2.4)."""
    return content_type is not None and bool(_JSON_TYPES.match(content_type.strip()))


def body_text(body: bytes, content_type: str) -> str:
    """The text of a body in the charset of its type (UTF-8 or UTF-16)."""
    charset = "utf-16" if "utf-16" in content_type.lower() else "utf-8-sig"
    return body.decode(charset, "replace")


def read_body(text: str, members: Mapping[str, Member], dto: str = "request") -> dict[str, Any]:
    """Bind a JSON object. The keys of ``members`` are lower case. Raises Invalid."""
    if not text.strip():
        raise Invalid("", EMPTY_BODY)
    try:
        node = parse(text)
    except JsonError as error:
        place = Place(text, error.path, error.offset)
        raise Invalid(error.path, f"{error.text} {place.where()}") from None
    if node.kind == "null":
        raise Invalid("", EMPTY_BODY)
    place = Place(text, "$", node.end)
    if node.kind != "object":
        raise place.refuse(dto)
    bound = bind(node, place, members)
    missing = [m.name for m in members.values() if m.required and m.name not in bound]
    if missing:
        names = ", ".join(f"'{name}'" for name in missing)
        raise Invalid(
            "$",
            f"JSON deserialization for type '{dto}' was missing required properties "
            f"including: {names}.",
        )
    return {m.name: m.default for m in members.values()} | bound


def bind(node: Node, place: Place, members: Mapping[str, Member]) -> dict[str, Any]:
    """The known members of an object in order. The last one of a name counts."""
    bound: dict[str, Any] = {}
    for name, value in node.members:
        member = members.get(name.lower())
        if member is not None:
            bound[member.name] = member.read(value, place.inside(name, value.end))
    return bound


def nested(members: Mapping[str, Member], type_name: str) -> Binder:
    """An object member, null allowed."""

    def read(node: Node, place: Place) -> dict[str, Any] | None:
        if node.kind == "null":
            return None
        if node.kind != "object":
            raise place.refuse(type_name)
        return {m.name: m.default for m in members.values()} | bind(node, place, members)

    return read


def integer(*, nullable: bool = False, strings: bool = True, wide: bool = False) -> Binder:
    """An int member: a number without a fraction, or a string of one."""
    inner = "System.Int64" if wide else "System.Int32"
    type_name = f"System.Nullable`1[{inner}]" if nullable else inner

    def read(node: Node, place: Place) -> int | None:
        if node.kind == "null" and nullable:
            return None
        text = _number_text(node, strings)
        if text is None or not _INTEGER.fullmatch(text):
            raise place.refuse(type_name)
        number = int(text)
        if not wide and not INT_MIN <= number <= INT_MAX:
            raise place.refuse(type_name)
        return number

    return read


def _number_text(node: Node, strings: bool) -> str | None:
    if node.kind == "number":
        return node.raw
    if node.kind == "string" and strings and isinstance(node.value, str):
        return node.value if node.value == node.value.strip() else None
    return None


def enum(
    names: tuple[str, ...] | Mapping[str, int], type_name: str, *, text: bool = True
) -> Binder:
    """A nullable enum: a name in any case, a number, a number as text, or a list with commas.

    Numbers need not be defined (contract 2.4). With ``text=False``, only numbers are accepted.
    """
    table = names if isinstance(names, Mapping) else {name: i for i, name in enumerate(names)}
    values = {name.lower(): value for name, value in table.items()}
    full = f"System.Nullable`1[{type_name}]"

    def one(word: str, place: Place) -> int:
        word = word.strip()
        if _INTEGER.fullmatch(word) and INT_MIN <= int(word) <= INT_MAX:
            return int(word)
        if word.lower() not in values:
            raise place.refuse(full)
        return values[word.lower()]

    def read(node: Node, place: Place) -> int | None:
        if node.kind == "null":
            return None
        if node.kind == "number":
            return one(node.raw, place)
        if node.kind != "string" or not text:
            raise place.refuse(full)
        result = 0
        for word in str(node.value).split(","):
            result |= one(word, place)
        return result

    return read


def boolean(*, nullable: bool = False) -> Binder:
    """A bool member, which must be true or false."""

    def read(node: Node, place: Place) -> bool | None:
        if node.kind == "null" and nullable:
            return None
        if node.kind != "bool":
            raise place.refuse(
                "System.Nullable`1[System.Boolean]" if nullable else "System.Boolean"
            )
        return bool(node.value)

    return read


def string(node: Node, place: Place) -> str | None:
    """A string member, null allowed."""
    if node.kind == "null":
        return None
    if node.kind != "string":
        raise place.refuse("System.String")
    return str(node.value)


def list_of(element: Binder, type_name: str) -> Binder:
    """An array member, null allowed."""

    def read(node: Node, place: Place) -> list[Any] | None:
        if node.kind == "null":
            return None
        if node.kind != "array":
            raise place.refuse(type_name)
        return [
            element(item, Place(place.text, f"{place.path}[{i}]", item.end))
            for i, item in enumerate(node.items)
        ]

    return read


def raw_text(node: Node, _place: Place) -> str:
    """A member whose JSON text is kept."""
    return node.raw


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and a value of storageParams, as objects, or None if null or missing."""

    key: str | None
    value: str | None


_PAIRS = (
    "System.Collections.Generic.IEnumerable`1"
    "[ASC.Api.Collections.ItemKeyValuePair`2[System.Object,System.Object]]"
)


def pairs(node: Node, place: Place) -> list[Pair] | None:
    """storageParams: an array of ``{"key", "value"}`` (contract 2.4)."""
    if node.kind == "null":
        return None
    if node.kind != "array":
        raise place.refuse(_PAIRS)
    return [_pair(item, place, i) for i, item in enumerate(node.items)]


def _pair(node: Node, place: Place, index: int) -> Pair:
    if node.kind != "object":
        raise Place(place.text, f"{place.path}[{index}]", node.end).refuse(
            "ASC.Api.Collections.ItemKeyValuePair`2[System.Object,System.Object]"
        )
    return Pair(_object_text(node.member("key")), _object_text(node.member("value")))


def _object_text(node: Node | None) -> str | None:
    """The result of ``object.ToString()``: unchanged numbers, True and False, raw JSON."""
    if node is None or node.kind == "null":
        return None
    if node.kind == "string":
        return str(node.value)
    if node.kind == "bool":
        return str(node.value)
    return node.raw


def to_map(given: list[Pair] | None) -> dict[str, str]:
    """The storage parameters as the server's dictionary. null causes 500, a duplicate 400."""
    result: dict[str, str] = {}
    for pair in given or []:
        if pair.key is None or pair.value is None:
            raise null_reference()
        if pair.key in result:
            raise duplicate_key(pair.key)
        result[pair.key] = pair.value
    return result


def query_bool(text: str | None, name: str, default: bool | None) -> bool | None:
    """A bool query parameter (contract 2.4). Raises Invalid under the C# name."""
    if text is None:
        return default
    lowered = text.strip().lower()
    if lowered in ("true", "false"):
        return lowered == "true"
    raise _bad_query(text, name)


def query_int(text: str | None, name: str, default: int) -> int:
    """An int query parameter. Raises Invalid under the C# name."""
    if text is None:
        return default
    if _INTEGER.fullmatch(text) and INT_MIN <= int(text) <= INT_MAX:
        return int(text)
    raise _bad_query(text, name)


def query_instant(text: str | None, name: str, default: float, zone: tzinfo = times.UTC) -> float:
    """A date and time in a query, in ``zone`` unless it has an offset. Raises Invalid."""
    if text is None:
        return default
    try:
        return times.parse(text.strip(), zone)
    except ValueError:
        raise _bad_query(text, name) from None


def query_enum(text: str, name: str, values: Mapping[str, int]) -> int:
    """An enum query parameter: a defined name in any case or a defined number."""
    known = {key.lower(): value for key, value in values.items()}
    word = text.strip().lower()
    if word in known:
        return known[word]
    if _INTEGER.fullmatch(word) and int(word) in values.values():
        return int(word)
    raise _bad_query(text, name)


def _bad_query(text: str, name: str) -> Invalid:
    if not text.strip():
        return Invalid(name, f"The value '{text}' is invalid.")
    return Invalid(name, f"The value '{text}' is not valid for {name}.")
