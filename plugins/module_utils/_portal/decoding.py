# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Get values from decoded JSON of any shape. Pure.

Functions with a `name` raise ValueError with this name if a value does not have the expected type.
`mapping` and `of_type` are for values that can be missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

# Maximum number of digits. Some releases of Python need minutes for a number with a million.
_LONGEST_NUMBER = 100

# Maximum number of values in one response. A value takes a hundred times its size in memory.
_MOST_VALUES = 500_000


def decoded_json(text: str) -> Any:
    """Return the value of `text`, or raise ValueError or RecursionError if it is not valid JSON."""
    if sum(map(text.count, "[{,")) > _MOST_VALUES:
        raise ValueError("there are too many values")
    data = json.loads(text, parse_int=_whole_number)
    # Half of a surrogate pair is valid JSON, but cannot be shown.
    json.dumps(data, ensure_ascii=False).encode()
    return data


def _whole_number(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return int(digits)


def member(value: Any, name: str, kind: type) -> Any:
    """Return `value` if it has this type. A boolean is not a number."""
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{name} is not of the expected type")
    return value


def integer(value: Any, name: str) -> int:
    """Return `value` as a number, even if the server sends it as a string."""
    if isinstance(value, str) and len(value) < 12 and re.fullmatch(r"-?\d+", value.strip()):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f"{name} is not a whole number")


def within(value: Any, name: str, allowed: range) -> int:
    """Return `value` as a number in the range."""
    number = integer(value, name)
    if number not in allowed:
        raise ValueError(f"{name} is out of range")
    return number


def boolean(value: Any, name: str) -> bool:
    """Return `value` as a boolean, even if the server sends it as a string."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise ValueError(f"{name} is not a boolean")


def member_of(values: Mapping[str, Any], name: str, kind: type) -> Any:
    """Return the member `name` if it has this type."""
    return member(values.get(name), name, kind)


def mapping(value: Any) -> Mapping[str, Any]:
    """Return `value` if it is a mapping, otherwise an empty one."""
    return value if isinstance(value, dict) else {}


def of_type(value: Any, kind: type) -> Any:
    """Return `value` if it has this type, otherwise None. A boolean is not a number."""
    is_number = kind is int and isinstance(value, bool)
    return value if isinstance(value, kind) and not is_number else None
