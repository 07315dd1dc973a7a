# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Convert responses of the server about rooms and file operations to our values. Pure.

Every function accepts any decoded JSON, and raises ValueError with a message for users if the JSON
does not match the contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import (
    mapping,
    member,
    member_of,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import (
    one_line,
    printable,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.plan import (
    Room,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.types import (
    room_type_name,
)

# rootFolderType of rooms. Other entries of the list are not rooms (contract-rooms 1.2).
_ACTIVE, _ARCHIVED = 14, 20


@dataclass(frozen=True)
class Page:
    """A page of the list of rooms.

    `total` is the number of all entries, `ids` are the entries on this page, and `rooms` the active
    and archived rooms among them. `may_create` is whether the owner of the key can create rooms.
    """

    total: int
    ids: tuple[str, ...]
    rooms: tuple[Room, ...]
    may_create: bool


@dataclass(frozen=True)
class Operation:
    """An operation that the server performs in the background. `error` is "" if there was none."""

    id: str
    finished: bool
    error: str


def page_from_wire(response: Any) -> Page:
    """Return a page of the list of rooms in `response` of files/rooms."""
    content = member(response, "response", dict)
    entries = [member(entry, "folders", dict) for entry in member_of(content, "folders", list)]
    rooms = [
        room_from_wire(entry)
        for entry in entries
        if entry.get("rootFolderType") in (_ACTIVE, _ARCHIVED)
    ]
    rights = mapping(mapping(content.get("current")).get("security"))
    return Page(
        total=member_of(content, "total", int),
        ids=tuple(_id(entry) for entry in entries),
        rooms=tuple(rooms),
        may_create=rights.get("Create") is not False,
    )


def room_from_wire(entry: Any) -> Room:
    """Return the room in `entry` (contract-rooms 1.2)."""
    room = member(entry, "the room", dict)
    rights = mapping(room.get("security"))
    return Room(
        id=_id(room),
        title=member_of(room, "title", str),
        room_type=room_type_name(member_of(room, "roomType", int)),
        owner=_owner(room),
        writable=rights.get("Create") is True,
        movable=rights.get("Move") is not False,
        archived=member_of(room, "rootFolderType", int) == _ARCHIVED,
        linked=room.get("shared") is True,
        private=room.get("private") is True,
        expiring=mapping(room.get("lifetime")).get("enabled") is True,
        empty=room.get("filesCount") == 0 and room.get("foldersCount") == 0,
    )


def operation_from_wire(entry: Any) -> Operation:
    """Return the file operation in `entry` (contract-rooms 5.1)."""
    operation = member(entry, "the operation", dict)
    error = operation.get("error")
    return Operation(
        id=member_of(operation, "id", str),
        finished=operation.get("finished") is True,
        error=one_line(error) if isinstance(error, str) else "",
    )


def operations_from_wire(response: Any) -> tuple[Operation, ...]:
    """Return the file operations in `response` of files/fileops, which can be None."""
    entries = member([] if response is None else response, "response", list)
    return tuple(operation_from_wire(entry) for entry in entries)


def _owner(room: Mapping[str, Any]) -> str | None:
    """Return the owner of the room, which is not `ownedBy` (contract-rooms 1.2)."""
    person = mapping(room.get("createdBy"))
    for name in (person.get("displayName"), person.get("id")):
        if isinstance(name, str) and one_line(name):
            return printable(name)
    return None


def _id(entry: Mapping[str, Any]) -> str:
    """Return the ID of a folder as text: a number, or a name in a connected cloud."""
    value = entry.get("id")
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError("id is not of the expected type")
    return str(value)
