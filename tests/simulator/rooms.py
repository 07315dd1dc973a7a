# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rooms: list, create, change, share (rooms contract 1, 2, 5.1)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

from .binding import (
    Binder,
    Member,
    Place,
    boolean,
    enum,
    integer,
    list_of,
    nested,
    query_bool,
    query_enum,
    raw_text,
    string,
)
from .call import Call
from .documents import content, folder_view, manages
from .errors import (
    ARGUMENT_NULL,
    FOLDER_TEXT,
    FORMAT,
    INVALID_OPERATION,
    ITEM_NOT_FOUND,
    JSON,
    OUT_OF_RANGE,
    Thrown,
)
from .files import AI_ROOM, CONTENT_CREATOR, ROOM_MANAGER, Folder, may_read
from .folders import NO_CREATE, page
from .jsontext import Node
from .people import employee
from .targets import find_folder
from .titles import ROOM_LENGTH, demand_length, demand_title, stored

ROOM_TYPES = {
    "FillingFormsRoom": 1,
    "EditingRoom": 2,
    "CustomRoom": 5,
    "PublicRoom": 6,
    "VirtualDataRoom": 8,
    "AiRoom": AI_ROOM,
}
SEARCH_AREAS = {
    "Active": 0,
    "Archive": 1,
    "Any": 2,
    "RecentByLinks": 3,
    "Templates": 4,
    "Knowledge": 5,
    "ResultStorage": 6,
    "AiAgents": 7,
}
ACTIVE, ARCHIVE, ANY, TEMPLATES = 0, 1, 2, 4
STORAGE_FILTERS = {"None": 0, "Internal": 1, "ThirdParty": 2}
ANYWHERE, INTERNAL = 0, 1
ACCESSES = {
    "None": 0,
    "Read": 2,
    "Restrict": 3,
    "RoomManager": ROOM_MANAGER,
    "Editing": 10,
    "ContentCreator": CONTENT_CREATOR,
}
COLOR_LENGTH, COVER_LENGTH = 6, 50
_SORT_KEYS: dict[str, Callable[[Folder], Any]] = {
    "az": lambda room: room.title.lower(),
    "dateandtime": lambda room: room.updated,
    "dateandtimecreation": lambda room: room.created,
    "roomtype": lambda room: room.room_type,
    "author": lambda room: room.created_by,
}
_NO_EDIT = "You don't have enough permission to edit the room"
_TYPE_NAME = "ASC.Files.Core.ApiModels.RequestDto.RoomType"


def _room_type(*, text: bool) -> Binder:
    inner = enum(ROOM_TYPES, _TYPE_NAME, text=text)

    def read(node: Node, place: Place) -> int:
        value = inner(node, place)
        if value is None:
            raise place.refuse(_TYPE_NAME)
        return int(value)

    return read


_LIFETIME = {
    "enabled": Member("enabled", boolean(nullable=True), True),
    "period": Member(
        "period", enum(("Day", "Month", "Year"), "ASC.Files.Core.RoomDataLifetimePeriod"), 0
    ),
    "value": Member("value", integer(nullable=True), 1),
    "deletepermanently": Member("deletePermanently", boolean(), False),
}
_OPTIONAL = {
    "quota": Member("quota", integer(nullable=True, wide=True)),
    "indexing": Member("indexing", boolean(nullable=True), None),
    "denydownload": Member("denyDownload", boolean(nullable=True), None),
    "lifetime": Member("lifetime", nested(_LIFETIME, "ASC.Files.Core.RoomDataLifetimeDto")),
    "tags": Member("tags", list_of(string, "System.Collections.Generic.IEnumerable`1")),
    "color": Member("color", string),
    "cover": Member("cover", string),
    "logo": Member("logo", raw_text),
    "watermark": Member("watermark", raw_text),
    "share": Member("share", raw_text),
    "private": Member("private", boolean(), False),
}
_CREATE = {
    text: {
        "title": Member("title", string, required=True),
        "roomtype": Member("roomType", _room_type(text=text), required=True),
        **_OPTIONAL,
    }
    for text in (True, False)
}
_UPDATE = {"title": Member("title", string), **_OPTIONAL}
_CREATE_DTO = "ASC.Files.Core.ApiModels.RequestDto.CreateRoomRequestDto"


def listing(call: Call) -> dict[str, Any]:
    """GET files/rooms: one page of the rooms that the caller may see, filtered and sorted."""
    start, count = page(call)
    area = _area(call)
    tree = call.portal.tree
    rooms = tree.rooms(archived=False) if area in (ACTIVE, ANY) else []
    rooms += tree.rooms(archived=True) if area in (ARCHIVE, ANY) else []
    user = call.user
    rooms = [room for room in rooms if may_read(room, user.id, user.is_admin)]
    for keeps in _filters(call):
        rooms = [room for room in rooms if keeps(room)]
    root = {ARCHIVE: "archive", TEMPLATES: "room_templates"}.get(area, "virtual_rooms")
    return content(call, tree.roots[root], _sorted(call, rooms), [], start, count)


def _area(call: Call) -> int:
    text = call.first("searchArea")
    return ACTIVE if text is None else query_enum(text, "SearchArea", SEARCH_AREAS)


def _filters(call: Call) -> list[Callable[[Folder], bool]]:
    chosen: list[Callable[[Folder], bool]] = []
    wanted = (call.first("filterValue") or "").strip().lower()
    if call.profile.filter_cut_at_comma:
        wanted = wanted.partition(",")[0]
    if wanted:
        chosen.append(lambda room: wanted in room.title.lower())
    types = {query_enum(text, "Type", ROOM_TYPES) for text in call.query.get("type", [])}
    if types:
        chosen.append(lambda room: room.room_type in types)
    storage = query_enum(call.first("storageFilter") or "None", "StorageFilter", STORAGE_FILTERS)
    if storage != ANYWHERE:
        chosen.append(lambda room: isinstance(room.id, int) is (storage == INTERNAL))
    return [*chosen, *_tag_filters(call), *_subject_filters(call)]


def _tag_filters(call: Call) -> list[Callable[[Folder], bool]]:
    chosen: list[Callable[[Folder], bool]] = []
    if query_bool(call.first("withoutTags"), "WithoutTags", False):
        chosen.append(lambda room: not room.options.get("tags"))
    text = call.first("tags")
    if text:
        try:
            tags = {str(tag) for tag in json.loads(text)}
        except (ValueError, TypeError) as error:
            raise Thrown(JSON, f"'{text}' is an invalid JSON literal.") from error
        chosen.append(lambda room: bool(tags & set(room.options.get("tags") or [])))
    return chosen


def _subject_filters(call: Call) -> list[Callable[[Folder], bool]]:
    subject = _guid(call.first("subjectId"))
    owner = _guid(call.first("subjectOwnerId")) if call.profile.subject_owner else None
    chosen: list[Callable[[Folder], bool]] = []
    if subject:
        members_too = call.profile.subject_owner or call.first("subjectFilter") == "Member"
        exclude = bool(query_bool(call.first("excludeSubject"), "ExcludeSubject", False))
        chosen.append(
            lambda room: (
                (room.created_by == subject or (members_too and subject in room.shares))
                is not exclude
            )
        )
    if owner:
        chosen.append(lambda room: room.created_by == owner)
    return chosen


def _guid(text: str | None) -> str | None:
    if not text:
        return None
    try:
        return str(uuid.UUID(text))
    except ValueError as error:
        raise Thrown(FORMAT, "Unrecognized Guid format.") from error


def _sorted(call: Call, rooms: list[Folder]) -> list[Folder]:
    """The requested order becomes the default of the user, which is newest first initially."""
    asked = call.first("sortBy")
    orders = call.portal.sort_orders
    if asked:
        descending = (call.first("sortOrder") or "").lower() in ("descending", "1")
        orders[call.user.id] = (asked.lower(), descending)
    name, descending = orders.get(call.user.id, ("dateandtime", True))
    by_age = sorted(rooms, key=lambda room: room.number, reverse=descending)
    key = _SORT_KEYS.get(name, _SORT_KEYS["dateandtime"])
    return sorted(by_age, key=key, reverse=descending)


def create(call: Call) -> dict[str, Any]:
    """POST files/rooms, with the server's order of checks (rooms contract 2.4)."""
    wanted = call.members(_CREATE[call.profile.room_type_names], _CREATE_DTO)
    _demand_lengths(wanted)
    if wanted["private"] and wanted["share"] is None:
        raise Thrown(ARGUMENT_NULL, "Value cannot be null. (Parameter 'shares')")
    known = [v for n, v in ROOM_TYPES.items() if n != "AiRoom" or call.profile.ai_rooms]
    if wanted["roomType"] not in known:
        raise Thrown(
            OUT_OF_RANGE, "Exception of type 'System.ArgumentOutOfRangeException' was thrown."
        )
    title = demand_title(call, wanted["title"])
    if call.user.role in ("User", "Guest"):
        raise Thrown(INVALID_OPERATION, NO_CREATE)
    tree = call.portal.tree
    room = tree.add(
        "room",
        title,
        call.user.id,
        call.now,
        tree.roots["virtual_rooms"],
        room_type=wanted["roomType"],
        options=_options(wanted),
    )
    return folder_view(call, room)


def update(call: Call) -> dict[str, Any]:
    """PUT files/rooms/{id}: for owner and managers. An empty title changes nothing."""
    wanted = call.members(_UPDATE, "ASC.Files.Core.ApiModels.RequestDto.UpdateRoomRequest")
    _demand_lengths(wanted)
    room = _editable(call, missing=INVALID_OPERATION)
    if wanted["title"] and wanted["title"].strip():
        room.title = stored(wanted["title"])
        room.updated = call.now
    room.options |= _options(wanted)
    return folder_view(call, room)


def _demand_lengths(wanted: dict[str, Any]) -> None:
    demand_length(wanted["title"], "Title", ROOM_LENGTH)
    demand_length(wanted["color"], "Color", COLOR_LENGTH)
    demand_length(wanted["cover"], "Cover", COVER_LENGTH)


def _options(wanted: dict[str, Any]) -> dict[str, Any]:
    names = ("tags", "color", "cover", "lifetime", "indexing", "denyDownload", "quota")
    return {name: wanted[name] for name in names if wanted[name] is not None}


def _editable(call: Call, missing: str) -> Folder:
    room = find_folder(call, call.args[0])
    if room is None or room.room_type is None:
        raise Thrown(missing, FOLDER_TEXT)
    if room.root.kind == "archive" or not manages(room, call.user.id):
        raise Thrown(INVALID_OPERATION, _NO_EDIT)
    return room


_INVITATION = {
    "id": Member("id", string),
    "email": Member("email", string),
    "access": Member("access", enum(ACCESSES, "ASC.Files.Core.Security.FileShare"), 0),
}
_SHARE = {
    "invitations": Member(
        "invitations",
        list_of(
            nested(_INVITATION, "ASC.Files.Core.ApiModels.RoomInvitation"),
            "System.Collections.Generic.List`1",
        ),
    ),
    "notify": Member("notify", boolean(), False),
    "message": Member("message", string),
}


def share(call: Call) -> dict[str, Any]:
    """PUT files/rooms/{id}/share: grant or (access 0) remove rights, for owner and managers."""
    wanted = call.members(_SHARE, "ASC.Files.Core.ApiModels.RequestDto.RoomInvitationRequest")
    room = _editable(call, missing=ITEM_NOT_FOUND)
    given = []
    for invitation in wanted["invitations"] or []:
        user = call.portal.users.get(invitation["id"] or "") or call.portal.user_by_email(
            invitation["email"] or ""
        )
        if user is None:
            raise Thrown(ITEM_NOT_FOUND, "The required user was not found")
        if invitation["access"]:
            room.shares[user.id] = invitation["access"]
        else:
            room.shares.pop(user.id, None)
        given.append(_member(call, room, user.id))
    return {"members": given}


def shares(call: Call) -> list[dict[str, Any]]:
    """GET files/rooms/{id}/share: owner and members."""
    room = find_folder(call, call.args[0])
    if room is None or room.room_type is None:
        raise Thrown(ITEM_NOT_FOUND, FOLDER_TEXT)
    if not may_read(room, call.user.id, call.user.is_admin):
        raise Thrown(INVALID_OPERATION, _NO_EDIT)
    return [_member(call, room, user_id) for user_id in (room.created_by, *room.shares)]


def _member(call: Call, room: Folder, user_id: str) -> dict[str, Any]:
    owner = room.created_by == user_id
    return {
        "access": ROOM_MANAGER if owner else room.shares.get(user_id, 0),
        "sharedToUser": employee(call.portal, user_id),
        "sharedTo": employee(call.portal, user_id),
        "isLocked": owner,
        "isOwner": owner,
        "canEditAccess": not owner,
        "subjectType": 0,
    }
