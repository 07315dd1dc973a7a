# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Values out of decoded JSON of any shape. Pure.

What must have a type is taken with `name`, or ValueError says which member is not as the server's
contract has it; what may be missing is taken by `mapping` and `of_type`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

# Digits; what the server counts has fewer. Some Pythons need minutes for a number of a million.
_LONGEST_NUMBER = 100

# Values in one answer, each of which takes a hundred times the room that it has on the wire.
_MOST_VALUES = 500_000


def decoded_json(text: str) -> Any:
    """The value of `text`; ValueError or RecursionError if it is not sound JSON."""
    if sum(map(text.count, "[{,")) > _MOST_VALUES:
        raise ValueError("there are too many values")
    data = json.loads(text, parse_int=_whole_number)
    # Half a surrogate pair is valid JSON, but nothing that could be shown to anybody.
    json.dumps(data, ensure_ascii=False).encode()
    return data


def _whole_number(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return int(digits)


def member(value: Any, name: str, kind: type) -> Any:
    """`value` if it is of this type; a boolean is no number."""
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{name} is not of the expected type")
    return value


def integer(value: Any, name: str) -> int:
    """`value` as a number, also where the server gives it as text."""
    if isinstance(value, str) and len(value) < 12 and re.fullmatch(r"-?\d+", value.strip()):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f"{name} is not a whole number")


def within(value: Any, name: str, allowed: range) -> int:
    """`value` as a number of the range."""
    number = integer(value, name)
    if number not in allowed:
        raise ValueError(f"{name} is out of range")
    return number


def boolean(value: Any, name: str) -> bool:
    """`value` as a boolean, also where the server gives it as text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise ValueError(f"{name} is not a boolean")


def member_of(values: Mapping[str, Any], name: str, kind: type) -> Any:
    """The member `name` if it is of this type."""
    return member(values.get(name), name, kind)


def mapping(value: Any) -> Mapping[str, Any]:
    """`value` if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def of_type(value: Any, kind: type) -> Any:
    """`value` if it is of this type, else None; a boolean is no number."""
    is_number = kind is int and isinstance(value, bool)
    return value if isinstance(value, kind) and not is_number else None
