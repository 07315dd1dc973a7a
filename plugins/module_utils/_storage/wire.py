# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Storage as the server says it, and as it takes it. Server noise ends here. Pure.

ValueError, with words for a person, where it is not what the contract describes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import (
    integer,
    member,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.types import (
    type_by_number,
    type_by_wire_name,
)


def storage_type_from_wire(value: Any) -> str:
    """The type's name; the number as text where the server holds one that does not exist."""
    name = type_by_wire_name(value) if isinstance(value, str) else None
    if name:
        return name
    number = integer(value, "storageType")
    return type_by_number(number) or str(number)


def params_from_wire(value: Any) -> Mapping[str, Any]:
    """Storage parameters from a map, or from the list of pairs that a request would hold."""
    if value is None:
        return {}
    if isinstance(value, list):
        value = dict(_pair(entry) for entry in value)
    params: dict[str, Any] = member(value, "storageParams", dict)
    for entry in params.values():
        if isinstance(entry, (dict, list)):
            raise ValueError("storageParams holds more than plain values")
    return params


def _pair(entry: Any) -> tuple[str, Any]:
    pair = member(entry, "storageParams", dict)
    return member(pair.get("key"), "storageParams", str), pair.get("value")


def pairs(params: Mapping[str, str]) -> list[dict[str, str]]:
    """`params` as the server takes them (contract 2.4)."""
    return [{"key": key, "value": value} for key, value in params.items()]
