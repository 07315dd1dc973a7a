# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""File operations: moving and deleting, and their progress (rooms contract 5.1)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from .binding import Member, boolean, integer, list_of, string
from .call import Call
from .documents import folder_view
from .errors import FOLDER_TEXT, ITEM_NOT_FOUND, Thrown, access_denied
from .files import Folder
from .targets import find_folder

MOVE, DELETE = 0, 2
RUNNING, COMPLETED = 1, 2
BODY = {
    "deleteafter": Member("delete_after", boolean(), False),
    "immediately": Member("immediately", boolean(), False),
}
_DENIED = "You don't have enough permission to delete the folder"


@dataclass(slots=True)
class FileOperation:
    """The result of an operation. It ends immediately, but the first response hides this."""

    kind: int
    folders: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def view(self, call: Call, *, finished: bool) -> dict[str, Any]:
        """FileOperationDto, with its capital ``Operation``."""
        shown: dict[str, Any] = {
            "id": self.id,
            "Operation": self.kind,
            "progress": 100 if finished else 0,
            "error": self.error,
            "processed": "1" if finished else "0",
            "finished": finished,
            "folders": self.folders,
            "files": [],
        }
        if call.profile.operation_status:
            shown["status"] = COMPLETED if finished else RUNNING
        return shown


def listing(call: Call) -> list[dict[str, Any]]:
    """GET files/fileops: the operations of the caller."""
    if call.identity is None:
        return []
    mine: list[FileOperation] = call.portal.operations.get(call.user.id, [])
    return [operation.view(call, finished=True) for operation in mine]


def archive(call: Call) -> dict[str, Any]:
    """PUT files/rooms/{id}/archive: for the room's owner and all administrators."""
    return _move_room(call, "archive")


def unarchive(call: Call) -> dict[str, Any]:
    """PUT files/rooms/{id}/unarchive: for the room's owner and all administrators."""
    return _move_room(call, "virtual_rooms")


def _move_room(call: Call, root: str) -> dict[str, Any]:
    wanted = call.members(BODY)
    room = find_folder(call, call.args[0])
    user = call.user
    allowed = room is not None and (user.is_admin or room.created_by == user.id)
    operation = FileOperation(MOVE)
    if room is None or room.room_type is None or not allowed:
        _refuse(call, operation, room)
    else:
        call.portal.tree.move(room, call.portal.tree.roots[root])
        operation.folders = [folder_view(call, room)]
    return _accept(call, operation, wanted["delete_after"])


def delete_room(call: Call) -> dict[str, Any]:
    """DELETE files/rooms/{id}: permanently, without the Trash."""
    wanted = call.members(BODY)
    room = find_folder(call, call.args[0])
    operation = FileOperation(DELETE)
    if room is None or not _may_delete_room(call, room):
        _refuse(call, operation, room)
    else:
        operation.folders = [folder_view(call, room)]
        call.portal.tree.remove(room)
    return _accept(call, operation, wanted["delete_after"])


def delete_folder(call: Call) -> list[dict[str, Any]]:
    """DELETE files/folder/{id}: to the Trash unless ``immediately``."""
    wanted = call.members(BODY)
    folder = find_folder(call, call.args[0])
    operation = FileOperation(DELETE)
    user_id = call.user.id
    if folder is None or folder.parent is None or not _owns(folder, user_id):
        _refuse(call, operation, folder)
    else:
        _dispose(call, folder, at_once=wanted["immediately"])
    return [_accept(call, operation, wanted["delete_after"])]


def delete_file(call: Call) -> list[dict[str, Any]]:
    """DELETE files/file/{id}: permanently for backups."""
    wanted = call.members(BODY)
    number = int(call.args[0]) if call.args[0].isdecimal() else -1
    holder = call.portal.tree.holder(number)
    operation = FileOperation(DELETE)
    if holder is None or not _owns(holder, call.user.id):
        _refuse(call, operation, holder)
    else:
        call.portal.tree.drop_file(number)
    return [_accept(call, operation, wanted["delete_after"])]


_OWNER = {
    "userid": Member("user_id", string),
    "folderids": Member("folders", list_of(integer(), "System.Collections.Generic.List`1")),
}


def change_owner(call: Call) -> list[dict[str, Any]]:
    """POST files/owner: transfer rooms to another user, for their owner and all administrators."""
    wanted = call.members(_OWNER)
    heir = call.portal.users.get(wanted["user_id"] or "")
    if heir is None or heir.disabled or heir.role in ("User", "Guest"):
        raise Thrown(ITEM_NOT_FOUND, "The required user was not found")
    changed = []
    for folder_id in wanted["folders"] or []:
        room = call.portal.tree.find(str(folder_id))
        if room is None or room.room_type is None:
            raise Thrown(ITEM_NOT_FOUND, FOLDER_TEXT)
        if not call.user.is_admin and room.created_by != call.user.id:
            raise access_denied()
        room.created_by = heir.id
        room.shares.pop(heir.id, None)
        changed.append(folder_view(call, room))
    return changed


def _owns(folder: Folder, user_id: str) -> bool:
    room = folder.room
    return folder.created_by == user_id or (room is not None and room.created_by == user_id)


def _may_delete_room(call: Call, room: Folder) -> bool:
    """Since 3.5, owners may delete active rooms. Administrators may delete archived ones."""
    owns = room.created_by == call.user.id
    if room.root.kind == "archive":
        return owns or call.user.is_admin
    return owns and call.profile.delete_active_room


def _dispose(call: Call, folder: Folder, *, at_once: bool) -> None:
    tree = call.portal.tree
    if at_once:
        tree.remove(folder)
    else:
        tree.move(folder, tree.trash_root(call.user.id, call.now))


def _refuse(call: Call, operation: FileOperation, folder: Folder | None) -> None:
    """Raise an HTTP error, or before 3.7 set the error of the operation."""
    if call.profile.delete_checked_at_once:
        raise Thrown(ITEM_NOT_FOUND, FOLDER_TEXT) if folder is None else access_denied()
    operation.error = FOLDER_TEXT if folder is None else _DENIED


def _accept(call: Call, operation: FileOperation, forget: bool) -> dict[str, Any]:
    if not forget:
        call.portal.operations.setdefault(call.user.id, []).append(operation)
    return operation.view(call, finished=False)
