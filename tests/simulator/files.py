# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents of a portal: roots, rooms, folders, files, and access rights."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .bulk import Content

ROOT_TITLES = {
    "virtual_rooms": "Rooms",
    "archive": "Archive",
    "room_templates": "Templates",
    "trash": "Trash",
    "my": "My documents",
}
FOLDER_TYPES = {"virtual_rooms": 14, "archive": 20, "room_templates": 30, "trash": 3, "my": 5}
PLAIN_FOLDER_TYPE = 0
ROOM_FOLDER_TYPES = {1: 15, 2: 16, 5: 19, 6: 22, 8: 29, 9: 31}
FORBIDDEN_TARGETS = ("virtual_rooms", "room_templates", "archive")
AI_ROOM, PUBLIC_ROOM, CUSTOM_ROOM = 9, 6, 5
ROOM_MANAGER, CONTENT_CREATOR = 9, 11
PROVIDER, PROVIDER_KEY = "drive", "GoogleDrive"
WRITERS = (ROOM_MANAGER, CONTENT_CREATOR)


def _folder_id(kind: str, number: int, parent: Folder | None) -> int | str:
    """A number. In a connected cloud, the account and, below its first folder, a number."""
    if parent is not None and isinstance(parent.id, str):
        return f"{'-'.join(parent.id.split('-')[:2])}-{number}"
    return f"{PROVIDER}-{number}" if kind == "thirdparty" else number


def is_number(folder_id: str) -> bool:
    """Whether an ID is that of a portal's own folder instead of a third party's."""
    return folder_id.removeprefix("-").isdecimal()


@dataclass(slots=True, eq=False)
class StoredFile:
    """A file in a folder."""

    id: int
    title: str
    created: float
    created_by: str
    content: Content = b""

    @property
    def size(self) -> int:
        """The length in bytes."""
        return len(self.content)


@dataclass(slots=True, eq=False)
class Folder:
    """A root, room, plain folder or third-party folder.

    ``number`` is the order of creation. ``writable`` overrides the rights from here down, unless it
    is None.
    """

    id: int | str
    number: int
    title: str
    kind: str
    created: float
    created_by: str
    parent: Folder | None = None
    room_type: int | None = None
    writable: bool | None = None
    shares: dict[str, int] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    children: list[Folder] = field(default_factory=list)
    files: dict[int, StoredFile] = field(default_factory=dict)
    updated: float = 0.0

    def path(self) -> list[Folder]:
        """The folders from the root down to this one."""
        line: list[Folder] = []
        step: Folder | None = self
        while step is not None:
            line.append(step)
            step = step.parent
        return line[::-1]

    @property
    def root(self) -> Folder:
        """The root of this folder."""
        return self.path()[0]

    @property
    def room(self) -> Folder | None:
        """The room of this folder, or the folder itself if it is a room."""
        return next((f for f in self.path() if f.room_type is not None), None)

    @property
    def root_type(self) -> int:
        """rootFolderType: 14 active room, 20 archived, 5 My documents, 3 Trash."""
        return FOLDER_TYPES.get(self.root.kind, FOLDER_TYPES["my"])

    def within(self) -> Iterator[Folder]:
        """This folder and all folders below it."""
        yield self
        for child in self.children:
            yield from child.within()


class Tree:
    """All folders of one portal, by ID."""

    def __init__(self, new_id: Callable[[], int], owner_id: str, now: float) -> None:
        self._new_id = new_id
        self.folders: dict[int | str, Folder] = {}
        self._holders: dict[int, Folder] = {}
        self.roots = {
            kind: self.add(kind, ROOT_TITLES[kind], owner_id, now)
            for kind in ("virtual_rooms", "archive", "room_templates")
        }
        self._personal: dict[tuple[str, str], Folder] = {}
        self.my_root(owner_id, now)

    def add(
        self,
        kind: str,
        title: str,
        user_id: str,
        now: float,
        parent: Folder | None = None,
        **more: Any,
    ) -> Folder:
        """Create a folder of a kind."""
        number = self._new_id()
        folder_id = _folder_id(kind, number, parent)
        folder = Folder(folder_id, number, title, kind, now, user_id, parent, updated=now, **more)
        self.folders[folder.id] = folder
        if parent is not None:
            parent.children.append(folder)
        return folder

    def add_room(self, title: str, user_id: str, now: float) -> Folder:
        """Create a room of the custom kind."""
        rooms = self.roots["virtual_rooms"]
        return self.add("room", title, user_id, now, rooms, room_type=CUSTOM_ROOM)

    def my_root(self, user_id: str, now: float) -> Folder:
        """My documents of a user, created on first access (rooms contract 3.1)."""
        return self._personal_root("my", user_id, now)

    def trash_root(self, user_id: str, now: float) -> Folder:
        """The Trash of a user."""
        return self._personal_root("trash", user_id, now)

    def _personal_root(self, kind: str, user_id: str, now: float) -> Folder:
        root = self._personal.get((kind, user_id))
        if root is None:
            root = self.add(kind, ROOT_TITLES[kind], user_id, now)
            self._personal[kind, user_id] = root
        return root

    def find(self, folder_id: str) -> Folder | None:
        """The folder with an ID in the notation of a request."""
        key = int(folder_id) if is_number(folder_id) else folder_id
        return self.folders.get(key)

    def rooms(self, archived: bool) -> list[Folder]:
        """All active or archived rooms, including those in connected clouds."""
        root = self.roots["archive" if archived else "virtual_rooms"]
        return [folder for folder in root.children if folder.room_type is not None]

    def move(self, folder: Folder, target: Folder) -> None:
        """Move a folder below another one."""
        if folder.parent is not None:
            folder.parent.children.remove(folder)
        folder.parent = target
        target.children.append(folder)

    def remove(self, folder: Folder) -> None:
        """Delete a folder and everything below it."""
        for gone in list(folder.within()):
            self.folders.pop(gone.id, None)
            for file_id in gone.files:
                self._holders.pop(file_id, None)
        if folder.parent is not None:
            folder.parent.children.remove(folder)
        self._personal = {k: root for k, root in self._personal.items() if root is not folder}

    def store(
        self, folder: Folder, title: str, user_id: str, now: float, content: Content
    ) -> StoredFile:
        """Put a file into a folder."""
        stored = StoredFile(self._new_id(), title, now, user_id, content)
        folder.files[stored.id] = stored
        self._holders[stored.id] = folder
        return stored

    def holder(self, file_id: int) -> Folder | None:
        """The folder that contains a file."""
        return self._holders.get(file_id)

    def file(self, file_id: int) -> StoredFile | None:
        """The file with an ID."""
        holder = self.holder(file_id)
        return holder.files[file_id] if holder else None

    def drop_file(self, file_id: int) -> None:
        """Delete a file if it exists."""
        holder = self._holders.pop(file_id, None)
        if holder is not None:
            del holder.files[file_id]

    def __deepcopy__(self, memo: dict[int, Any]) -> Tree:
        twin = object.__new__(Tree)
        twin._new_id = self._new_id
        twin.roots = copy.deepcopy(self.roots, memo)
        twin._personal = copy.deepcopy(self._personal, memo)
        twin.folders = copy.deepcopy(self.folders, memo)
        twin._holders = copy.deepcopy(self._holders, memo)
        return twin

    def renumbered(self) -> tuple[Tree, dict[int | str, int | str]]:
        """A copy with new folder IDs, and a map from old to new IDs."""
        twin = copy.deepcopy(self)
        ids: dict[int | str, int | str] = {
            old: old if isinstance(old, str) else self._new_id() for old in twin.folders
        }
        for folder in twin.folders.values():
            folder.id = ids[folder.id]
        twin.folders = {folder.id: folder for folder in twin.folders.values()}
        return twin, ids


def may_create(folder: Folder, user_id: str) -> bool:
    """The right that the backup API checks (rooms contract 1.2, 3.4, 4)."""
    line = folder.path()
    if line[0].kind in ("archive", "trash", "room_templates"):
        return False
    for step in reversed(line):
        if step.writable is not None:
            return step.writable
    room = folder.room
    if room is not None:
        return room.room_type != AI_ROOM and _writes_in_room(room, user_id)
    return line[0].kind in ("my", "thirdparty") and line[0].created_by == user_id


def _writes_in_room(room: Folder, user_id: str) -> bool:
    return room.created_by == user_id or room.shares.get(user_id) in WRITERS


def may_read(folder: Folder, user_id: str, is_admin: bool) -> bool:
    """Whether a user may read a folder (rooms contract 1.4)."""
    room = folder.room
    if room is not None:
        return is_admin or room.created_by == user_id or user_id in room.shares
    root = folder.root
    if root.kind in ("my", "trash"):
        return root.created_by == user_id or (root.kind == "my" and folder.writable is True)
    return True
