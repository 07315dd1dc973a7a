# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The wanted room, the rooms of the portal, and the plan to get from one to the other.

Pure: no input or output, and independent of HTTP and Ansible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    OptionError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.types import (
    LINKED,
    ROOM_TYPES,
)

# In UTF-16 units, as the server counts.
LONGEST_TITLE = 170

# An extension of up to this number of units is kept when a title is truncated.
_EXTENSION = 20
_NOT_IN_TITLES = re.compile('[\t*+:"<>?|\\\\/\ud800-\udfff]')

# The characters that the server trims, which are fewer than those of str.strip().
_BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    chr(code) for code in range(0x2000, 0x200B)
)

MAKERS = "The owner of the key must be a DocSpace admin or room admin to create rooms."
ARCHIVERS = "Only the owner of the room, or a DocSpace admin, can archive it."


@dataclass(frozen=True)
class Room:
    """One room of the portal.

    `owner` is a display name. `writable` is whether the owner of the key can create files in the
    room, `movable` whether they can archive it, `linked` whether it has an external link,
    `expiring` whether its files are removed after a time, and `empty` whether it is known to be
    empty. `id` is None for a room that does not exist yet.
    """

    id: str | None
    title: str
    room_type: str
    owner: str | None = None
    writable: bool = True
    movable: bool = True
    archived: bool = False
    linked: bool = False
    private: bool = False
    expiring: bool = False
    empty: bool = False


@dataclass(frozen=True)
class Rooms:
    """All rooms that the owner of the key can see, and whether they can create new ones."""

    rooms: tuple[Room, ...]
    may_create: bool = True

    @property
    def ids(self) -> set[str | None]:
        return {room.id for room in self.rooms}


@dataclass(frozen=True)
class WantedRoom:
    """The room that a play wants. `title` is in the form that the server stores.

    `unarchive` is whether to restore the room from the archive.
    """

    title: str
    room_type: str = "CustomRoom"
    present: bool = True
    unarchive: bool = False


@dataclass(frozen=True)
class Plan:
    """The action to take.

    `action` is "create", "archive", "unarchive", or "". `room` is the room to archive, or the room
    that the portal has afterwards, or None. `before` and `after` are the two sides of the diff, {}
    for no room.
    """

    action: str
    room: Room | None
    before: dict[str, Any]
    after: dict[str, Any]
    warnings: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.action)


# --- options -> wanted


def wanted_from_options(options: Mapping[str, Any]) -> WantedRoom:
    """Return the wanted room. Raise OptionError for a title that the server would reject."""
    title: str = options["title"].strip(_BLANKS)
    if not title:
        raise OptionError("title", "it is empty")
    if _length(title) > LONGEST_TITLE:
        raise OptionError(
            "title",
            f"it has {_length(title)} characters, but the server allows only {LONGEST_TITLE}",
        )
    return WantedRoom(
        title=stored_title(title),
        room_type=options["room_type"],
        present=options["state"] == "present",
        unarchive=bool(options.get("unarchive")),
    )


def stored_title(title: str) -> str:
    """Return `title` in the form that the server stores: trimmed, truncated, characters replaced.

    The server counts UTF-16 units, so that it replaces an emoji with two characters (contract-rooms
    2.5).
    """
    units = _as_units(title.strip(_BLANKS))
    if len(units) > LONGEST_TITLE:
        dot = units.rfind(".")
        extension = units[dot:] if dot > LONGEST_TITLE - _EXTENSION else ""
        units = units[: LONGEST_TITLE - len(extension)] + extension
    return _NOT_IN_TITLES.sub("_", units)


def _length(text: str) -> int:
    return len(_as_units(text))


def _as_units(text: str) -> str:
    """Return `text` with each UTF-16 unit as one character."""
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2))


# --- wanted + actual -> plan


def plan(wanted: WantedRoom, actual: Rooms, portal: str) -> Plan:
    """Return the action after which `portal`, with the `actual` rooms, has the wanted state.

    Raise DocSpaceError if the title is ambiguous, if the room cannot be used, or if the owner of
    the key does not have the permission.
    """
    namesakes = [room for room in actual.rooms if room.title == wanted.title]
    active = [room for room in namesakes if not room.archived]
    writable = [room for room in active if room.writable]
    if len(writable) > 1:
        raise _ambiguous(wanted, writable, portal)
    if not wanted.present:
        return _plan_absent(wanted, writable, active, portal)
    if writable:
        room = writable[0]
        return Plan("", room, _shown(room), _shown(room), _warnings(room, wanted))
    if active:
        raise _not_writable(wanted, active, portal)
    if namesakes:
        return _plan_archived(wanted, namesakes, portal)
    if not actual.may_create:
        raise _not_allowed(wanted, portal)
    room = Room(None, wanted.title, wanted.room_type)
    return Plan("create", room, {}, _shown(room), _warnings(room, wanted))


def _plan_archived(wanted: WantedRoom, rooms: Sequence[Room], portal: str) -> Plan:
    """Handle a title with archived rooms only: restore the room, or fail; never create another."""
    if not wanted.unarchive:
        raise _archived(wanted, rooms, portal)
    if len(rooms) > 1:
        raise _ambiguous(wanted, rooms, portal)
    room = rooms[0]
    if not room.movable:
        raise _not_movable(wanted, room, portal)
    after = replace(room, archived=False, writable=True)
    shown = _shown(room)
    return Plan(
        "unarchive",
        after,
        {**shown, "archived": True},
        {**shown, "archived": False},
        _warnings(after, wanted),
    )


def _plan_absent(
    wanted: WantedRoom, writable: Sequence[Room], active: Sequence[Room], portal: str
) -> Plan:
    if not writable:
        return Plan("", None, {}, {}, (_left_alone(wanted, active),) if active else ())
    room = writable[0]
    if not room.movable:
        raise _not_movable(wanted, room, portal)
    return Plan("archive", room, _shown(room), {})


def _shown(room: Room) -> dict[str, Any]:
    return {"title": room.title, "room_type": room.room_type}


# --- two runs at the same time


def namesakes_of(made: Room, actual: Rooms) -> list[Room]:
    """Return the active rooms with the title of the new room `made`, including that room."""
    others = [
        room
        for room in actual.rooms
        if room.title == made.title and room.writable and not room.archived
    ]
    return others if made.id in {room.id for room in others} else [made, *others]


def oldest(rooms: Iterable[Room]) -> Room:
    """Return the room with the lowest ID, a number as text. Every run finds the same one."""
    return min(rooms, key=lambda room: (len(room.id or ""), room.id or ""))


# --- room -> result


def result_of(room: Room) -> dict[str, Any]:
    """Return `room` in the format of the result."""
    return {
        "id": room.id,
        "title": room.title,
        "room_type": room.room_type,
        "owner": room.owner,
        "writable": room.writable,
    }


def _warnings(room: Room, wanted: WantedRoom) -> tuple[str, ...]:
    """Return warnings about using this room for backups."""
    name = f"Room {room.title!r}"
    entry = ROOM_TYPES.get(room.room_type)
    found = []
    if room.room_type != wanted.room_type:
        found.append(
            f"{name} ({room.id}) has the type {room.room_type}, not {wanted.room_type}. The "
            "room is used anyway, because the type of a room cannot be changed."
        )
    if entry and entry.warning:
        found.append(f"{name} {entry.warning}")
    elif room.linked:
        found.append(f"{name} has an external link. {LINKED}")
    if room.expiring:
        found.append(
            f"Files in {name[0].lower()}{name[1:]} are removed after a time, including "
            "backups: disable the file lifetime of the room, or use another room."
        )
    if room.private:
        found.append(f"{name} is private (end-to-end encrypted): use another room for backups.")
    return tuple(found)


def _left_alone(wanted: WantedRoom, rooms: Sequence[Room]) -> str:
    return (
        f"Room {wanted.title!r} ({_ids(rooms)}) is not used: it belongs to {_owners(rooms)}, and "
        "the owner of the key cannot create files in it."
    )


# --- errors


def _ambiguous(wanted: WantedRoom, rooms: Sequence[Room], portal: str) -> DocSpaceError:
    return DocSpaceError(
        f"{portal} has {len(rooms)} rooms with the title {wanted.title!r} ({_ids(rooms)}).",
        kind="ambiguous",
        portal=portal,
        hint="Rename or archive all but one, or choose another title.",
    )


def _not_writable(wanted: WantedRoom, rooms: Sequence[Room], portal: str) -> DocSpaceError:
    return DocSpaceError(
        f"Room {wanted.title!r} ({_ids(rooms)}) on {portal} belongs to {_owners(rooms)}, and the "
        "owner of the key cannot create files in it.",
        kind="not_writable",
        portal=portal,
        hint="Make the owner of the key a room manager, use a key of the room owner, or choose "
        "another title.",
    )


def _archived(wanted: WantedRoom, rooms: Sequence[Room], portal: str) -> DocSpaceError:
    return DocSpaceError(
        f"Room {wanted.title!r} ({_ids(rooms)}) on {portal} is archived.",
        kind="archived",
        portal=portal,
        hint="Set unarchive to true, delete the room in the archive, or choose another title.",
    )


def _not_allowed(wanted: WantedRoom, portal: str) -> DocSpaceError:
    return DocSpaceError(
        f"{portal} has no room {wanted.title!r}, and the owner of the key cannot create one.",
        kind="forbidden",
        portal=portal,
        hint=MAKERS,
    )


def _not_movable(wanted: WantedRoom, room: Room, portal: str) -> DocSpaceError:
    return DocSpaceError(
        f"Room {wanted.title!r} ({room.id}) on {portal} belongs to {_owners([room])}, and the "
        "owner of the key cannot archive or restore it.",
        kind="forbidden",
        portal=portal,
        hint=ARCHIVERS,
    )


def _ids(rooms: Iterable[Room]) -> str:
    return ", ".join(f"ID {room.id}" for room in rooms)


def _owners(rooms: Iterable[Room]) -> str:
    return ", ".join(sorted({room.owner or "an unknown user" for room in rooms}))
