# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""What the server says of rooms and of work on them, turned into values. Server noise ends here.

Pure. Every function takes decoded JSON of any shape and raises ValueError, with words for a
person, where it is not what the contract describes.
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
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import one_line
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.plan import (
    Room,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.types import (
    room_type_name,
)

# rootFolderType of rooms; whatever else the list may hold lies elsewhere (contract-rooms 1.2).
_ACTIVE, _ARCHIVED = 14, 20


@dataclass(frozen=True)
class Page:
    """A part of the list of rooms.

    `total` is the number of all rooms, `ids` are those in this part, `rooms` the ones of them that
    are rooms, active or archived. `may_create` says whether the caller may make rooms.
    """

    total: int
    ids: tuple[str, ...]
    rooms: tuple[Room, ...]
    may_create: bool


@dataclass(frozen=True)
class Operation:
    """Work that the server does in the background; `error` is "" where there was none."""

    id: str
    finished: bool
    error: str


def page_from_wire(response: Any) -> Page:
    """A part of the list of rooms from `response` of files/rooms."""
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
    """The room that the server describes by `entry` (contract-rooms 1.2)."""
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
    """One file operation (contract-rooms 5.1)."""
    operation = member(entry, "the operation", dict)
    error = operation.get("error")
    return Operation(
        id=member_of(operation, "id", str),
        finished=operation.get("finished") is True,
        error=one_line(error) if isinstance(error, str) else "",
    )


def operations_from_wire(response: Any) -> tuple[Operation, ...]:
    """The caller's file operations from `response` of files/fileops; None is for none."""
    entries = member([] if response is None else response, "response", list)
    return tuple(operation_from_wire(entry) for entry in entries)


def _owner(room: Mapping[str, Any]) -> str | None:
    """Who owns the room: the member `ownedBy` is about something else (contract-rooms 1.2)."""
    person = mapping(room.get("createdBy"))
    for name in (person.get("displayName"), person.get("id")):
        if isinstance(name, str) and one_line(name):
            return one_line(name)
    return None


def _id(entry: Mapping[str, Any]) -> str:
    """A folder's id as text: a number, or a name in a connected cloud."""
    value = entry.get("id")
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError("id is not of the expected type")
    return str(value)
