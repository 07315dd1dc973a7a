# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rooms, folders and files as the server returns them (rooms contract 1.2, 3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import times
from .call import Call
from .files import (
    FOLDER_TYPES,
    PLAIN_FOLDER_TYPE,
    PROVIDER_KEY,
    PUBLIC_ROOM,
    ROOM_FOLDER_TYPES,
    ROOM_MANAGER,
    Folder,
    StoredFile,
    may_create,
    may_read,
)
from .people import employee

_OWNER_RIGHTS = (
    "Delete",
    "EditRoom",
    "Rename",
    "CopyTo",
    "MoveTo",
    "Copy",
    "Pin",
    "Mute",
    "EditAccess",
    "Duplicate",
    "Download",
    "CopySharedLink",
    "CopyLink",
)
_NEVER = ("Reconnect", "CreateRoomFrom", "Embed", "IndexExport", "UseChat")
_ORDER = (
    "Read", "Create", "Delete", "EditRoom", "Rename", "CopyTo", "MoveTo", "Copy", "Move", "Pin",
    "Mute", "EditAccess", "Duplicate", "Download", "CopySharedLink", "Reconnect",
    "CreateRoomFrom", "CopyLink", "Embed", "ChangeOwner", "IndexExport", "UseChat",
)  # fmt: skip


def manages(folder: Folder, user_id: str) -> bool:
    """Whether a user is owner or manager of the room, or owner of the folder."""
    room = folder.room or folder.root
    return room.created_by == user_id or room.shares.get(user_id) == ROOM_MANAGER


def security(call: Call, folder: Folder) -> dict[str, bool]:
    """The rights of the caller. The backup API checks ``Create``."""
    if call.identity is None:
        return dict.fromkeys(_ORDER, False)
    user = call.user
    active = folder.root.kind not in ("archive", "trash")
    is_root = folder.parent is None
    owns = manages(folder, user.id) and not is_root
    owner_or_admin = (folder.created_by == user.id or user.is_admin) and not is_root
    rights = dict.fromkeys(_OWNER_RIGHTS, owns and active) | dict.fromkeys(_NEVER, False)
    rights |= {
        "Read": may_read(folder, user.id, user.is_admin),
        "Create": _may_add(call, folder),
        "Delete": owns if active else owner_or_admin,
        "Move": owner_or_admin,
        "ChangeOwner": owner_or_admin and folder.room_type is not None and active,
    }
    return {name: rights[name] for name in _ORDER}


def _may_add(call: Call, folder: Folder) -> bool:
    """For the root of rooms, Create is the right to create rooms."""
    if folder.kind == "virtual_rooms":
        return call.user.is_admin or call.user.role == "RoomAdmin"
    return may_create(folder, call.user.id)


def folder_type(folder: Folder) -> int:
    """The server's number for the type of a folder."""
    if folder.room_type is not None:
        return ROOM_FOLDER_TYPES[folder.room_type]
    return FOLDER_TYPES.get(folder.kind, PLAIN_FOLDER_TYPE)


def folder_view(call: Call, folder: Folder) -> dict[str, Any]:
    """FolderDto, which has more members for a room."""
    portal, profile = call.portal, call.profile
    room = folder.room_type is not None
    user_id = call.identity.user.id if call.identity else ""
    inside = folder.room
    shared = folder.room_type == PUBLIC_ROOM
    shown: dict[str, Any] = {
        "parentId": folder.parent.id if folder.parent else 0,
        "filesCount": sum(len(f.files) for f in folder.within()),
        "foldersCount": sum(1 for _item in folder.within()) - 1,
        "new": 0,
        "mute": False,
    }
    if room:
        shown |= {"tags": folder.options.get("tags", []), "logo": _logo(folder)}
    shown["pinned"] = False
    if room:
        shown["roomType"] = folder.room_type
    for member, option in _FLAGS:
        shown[member] = folder.options.get(option, False)
    if room:
        if folder.options.get("lifetime"):
            shown["lifetime"] = folder.options["lifetime"]
        shown["inRoom"] = folder.created_by == user_id or user_id in folder.shares
        shown["usedSpace"] = sum(f.size for step in folder.within() for f in step.files.values())
    shown |= {
        "fileEntryType": 1,
        "id": folder.id,
        "rootFolderId": folder.root.id,
        "canShare": manages(folder, user_id) and folder.parent is not None,
    }
    if profile.share_members and room:
        shown["shareSettings"] = {"PrimaryExternalLink": 1, "ExternalLink": 5}
    shown["security"] = security(call, folder)
    if profile.share_members and room:
        shown["availableShareRights"] = {
            "User": ["RoomManager", "ContentCreator", "Editing", "Read", "None"]
        }
    shown |= {
        "title": folder.title,
        "access": inside.shares.get(user_id, 0) if inside else 0,
        "shared": shared,
    }
    if profile.share_members:
        shown["sharedForUser"] = False
    if profile.shared_external:
        shown["sharedExternal"] = shared
    shown |= {
        "parentShared": bool(inside and not room and inside.room_type == PUBLIC_ROOM),
        "shortWebUrl": "",
        "created": times.api(folder.created, portal.zone),
        "createdBy": employee(portal, folder.created_by),
    }
    if profile.owned_by:
        shown["ownedBy"] = employee(portal, folder.root.created_by)
    shown |= {
        "updated": times.api(folder.updated, portal.zone),
        "updatedBy": employee(portal, folder.created_by),
        "rootFolderType": folder.root_type,
        **_provider(folder),
        "isFavorite": False,
    }
    if inside is not None and not room:
        shown["parentRoomType"] = folder_type(inside)
    return shown


def _provider(folder: Folder) -> dict[str, Any]:
    """Members that only folders of a connected cloud have: its kind and its account number."""
    if isinstance(folder.id, int):
        return {}
    account = int(folder.id.split("-")[1])
    return {"providerItem": True, "providerKey": PROVIDER_KEY, "providerId": account}


_FLAGS = (("private", "private"), ("indexing", "indexing"), ("denyDownload", "denyDownload"))


def _logo(folder: Folder) -> dict[str, Any]:
    logo = dict.fromkeys(("original", "large", "medium", "small"), "")
    return logo | {"color": folder.options.get("color") or "6191F2"}


def file_view(call: Call, holder: Folder, stored: StoredFile) -> dict[str, Any]:
    """The main members of FileDto."""
    author = employee(call.portal, stored.created_by)
    moment = times.api(stored.created, call.portal.zone)
    return {
        "folderId": holder.id,
        "version": 1,
        "versionGroup": 1,
        "contentLength": f"{stored.size / 1024:.2f} KB",
        "pureContentLength": stored.size,
        "fileStatus": 0,
        "mute": False,
        "fileType": 1,
        "fileExst": ".gz",
        "comment": "",
        "fileEntryType": 2,
        "id": stored.id,
        "rootFolderId": holder.root.id,
        "title": stored.title,
        "access": 0,
        "shared": False,
        "created": moment,
        "createdBy": author,
        "updated": moment,
        "updatedBy": author,
        "rootFolderType": holder.root_type,
    }


def path_parts(folder: Folder) -> list[dict[str, Any]]:
    """The path from the root to a folder."""
    parts = []
    for step in folder.path():
        part = {"id": step.id, "title": step.title}
        if step.room_type is not None:
            part["roomType"] = step.room_type
        parts.append(part | {"folderType": folder_type(step)})
    return parts


def content(
    call: Call,
    current: Folder,
    folders: Sequence[Folder],
    files: Sequence[tuple[Folder, StoredFile]],
    start: int,
    count: int,
) -> dict[str, Any]:
    """FolderContent: one page of a folder, folders before files (rooms contract 1.2, 3.2)."""
    total = len(folders) + len(files)
    page = folders[start : start + count]
    rest = max(0, count - len(page))
    first = max(0, start - len(folders))
    shown = files[first : first + rest]
    return {
        "files": [file_view(call, holder, stored) for holder, stored in shown],
        "folders": [folder_view(call, folder) for folder in page],
        "current": folder_view(call, current),
        "pathParts": path_parts(current),
        "startIndex": start,
        "count": len(page) + len(shown),
        "total": total,
        "new": 0,
    }
