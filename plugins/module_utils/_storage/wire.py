# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Convert between a storage in the API and its canonical form. Pure.

Functions raise ValueError with a message for users if a response does not match the contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import (
    integer,
    member,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.params import (
    canonical_params,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.types import (
    STORAGE_TYPES,
    type_by_number,
    type_by_wire_name,
)

# Limits that no real storage reaches. Each value can be a secret, which is searched in every
# message.
_MOST_PARAMS = 100
_LONGEST_PARAM = 16 * 1024


@dataclass(frozen=True)
class Storage:
    """A storage: a name in the table of storage types, and canonical parameters.

    `type` is the number of the server as text if the table does not contain it.
    """

    type: str
    params: Mapping[str, str]


def storage_from_wire(holder: Mapping[str, Any]) -> Storage:
    """Return the storage of a schedule (contract 2.3)."""
    storage_type = storage_type_from_wire(holder.get("storageType"))
    params = params_from_wire(holder.get("storageParams"))
    return Storage(storage_type, canonical_params(storage_type, params))


def storage_to_wire(storage: Storage) -> dict[str, Any]:
    """Return the members of a request for a storage of a known type (contract 2.4)."""
    named: dict[str, Any] = {"storageType": STORAGE_TYPES[storage.type].wire_name}
    if storage.params:
        named["storageParams"] = pairs(storage.params)
    return named


def storage_type_from_wire(value: Any) -> str:
    """Return the name of the type, or the number as text if it is unknown."""
    name = type_by_wire_name(value) if isinstance(value, str) else None
    if name:
        return name
    number = integer(value, "storageType")
    return type_by_number(number) or str(number)


def params_from_wire(value: Any) -> Mapping[str, Any]:
    """Return storage parameters from a map, or from a list of pairs as in requests."""
    if value is None:
        return {}
    if isinstance(value, list):
        value = dict(_pair(entry) for entry in value)
    params: dict[str, Any] = member(value, "storageParams", dict)
    if len(params) > _MOST_PARAMS:
        raise ValueError("storageParams contains too many values")
    for entry in params.values():
        if isinstance(entry, (dict, list)) or len(str(entry)) > _LONGEST_PARAM:
            raise ValueError("storageParams contains nested values")
    return params


def _pair(entry: Any) -> tuple[str, Any]:
    pair = member(entry, "storageParams", dict)
    return member(pair.get("key"), "storageParams", str), pair.get("value")


def pairs(params: Mapping[str, str]) -> list[dict[str, str]]:
    """Return `params` in the format of requests (contract 2.4)."""
    return [{"key": key, "value": value} for key, value in params.items()]
