# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the members of a control request. Invalid ones raise BadInput."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Any

from . import times
from .errors import BadInput

_REQUIRED: Any = object()


def only(given: dict[str, Any], known: Iterable[str]) -> None:
    """Refuse unknown members."""
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise BadInput(f"unknown member: {', '.join(unknown)}")


def text(given: dict[str, Any], name: str, default: Any = None) -> Any:
    """A string member. If absent or null, the default."""
    value = given.get(name)
    if value is None:
        if default is _REQUIRED:
            raise BadInput(f"{name} is needed")
        return default
    if not isinstance(value, str):
        raise BadInput(f"{name} is a string")
    return value


def needed_text(given: dict[str, Any], name: str) -> str:
    """A required string member that is not empty."""
    value = text(given, name, _REQUIRED)
    if not value:
        raise BadInput(f"{name} is empty")
    return str(value)


def one_of(given: dict[str, Any], name: str, known: Iterable[str], default: Any = None) -> Any:
    """A string member with a known value."""
    value = text(given, name, default)
    if value is not default and value not in tuple(known):
        raise BadInput(f"{name} is one of {', '.join(known)}")
    return value


def boolean(given: dict[str, Any], name: str, default: Any = None) -> Any:
    """A bool member."""
    value = given.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise BadInput(f"{name} is true or false")
    return value


def integer(
    given: dict[str, Any],
    name: str,
    default: Any = _REQUIRED,
    *,
    lowest: int | None = None,
    highest: int | None = None,
) -> Any:
    """An int member within bounds."""
    value = given.get(name)
    if value is None and default is not _REQUIRED:
        return default
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput(f"{name} is a whole number")
    if (lowest is not None and value < lowest) or (highest is not None and value > highest):
        raise BadInput(f"{name} is out of range: {value}")
    return value


def seconds(given: dict[str, Any], name: str) -> float | None:
    """A number of seconds, 0 or more. If absent or null, None."""
    value = given.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e10:
        raise BadInput(f"{name} is a number of seconds, 0 or more")
    return float(value)


def index_of(given: dict[str, Any], name: str, known: Sequence[str], default: int) -> int:
    """A member of a server enum by name or number."""
    value = given.get(name)
    if value is None:
        return default
    if isinstance(value, str) and value in known:
        return known.index(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(known):
        return value
    raise BadInput(f"{name} is one of {', '.join(known)}, or its number")


def binary(given: dict[str, Any], name: str) -> bytes | None:
    """Bytes in base64. If absent or null, None."""
    value = text(given, name)
    try:
        return None if value is None else base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise BadInput(f"{name} is not base64") from error


def mapping(given: dict[str, Any], name: str, default: Any = _REQUIRED) -> dict[str, Any]:
    """An object member."""
    value = given.get(name)
    if value is None and default is not _REQUIRED:
        return dict(default)
    if not isinstance(value, dict):
        raise BadInput(f"{name} is an object")
    return value


def strings(given: dict[str, Any], name: str) -> list[str] | None:
    """A list of strings. If absent or null, None."""
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadInput(f"{name} is a list of strings")
    return value


def moment(given: dict[str, Any], name: str) -> float | None:
    """An ISO 8601 time. If absent or null, None."""
    value = text(given, name)
    if value is None:
        return None
    try:
        return times.parse(value)
    except (ValueError, OverflowError) as error:
        raise BadInput(f"{name} is not a time: {value}") from error
