# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders: My documents, reading, subfolders, creating and renaming (rooms contract 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .binding import Member, query_int, string
from .call import Call
from .documents import content, folder_view, manages
from .errors import (
    FOLDER_TEXT,
    INVALID_OPERATION,
    ITEM_NOT_FOUND,
    OUT_OF_RANGE,
    Bare,
    Invalid,
    Thrown,
)
from .files import Folder, StoredFile, may_create, may_read
from .targets import find_folder
from .titles import FOLDER_LENGTH, demand_length, demand_title

NO_VIEW = "You don't have enough permission to view the folder content"
NO_CREATE = "You don't have enough permission to create"
NO_RENAME = "You don't have enough permission to rename the folder"
_TITLE = {"title": Member("title", string, required=True)}


def page(call: Call) -> tuple[int, int]:
    """``startIndex`` and ``count``, limited as in the release (rooms contract 1.1)."""
    profile = call.profile
    count = query_int(call.first("count"), "Count", profile.page_limit)
    if profile.page_limit_enforced and not 1 <= count <= profile.page_limit:
        raise Invalid("Count", f"The field Count must be between 1 and {profile.page_limit}.")
    start = query_int(call.first("startIndex"), "StartIndex", 0)
    if start < 0 and profile.page_limit_enforced:
        raise Thrown(OUT_OF_RANGE, "The value must be 0 or more. (Parameter 'startIndex')")
    return max(start, 0), min(max(count, 0), profile.page_limit)


def readable(call: Call, missing: tuple[str, str]) -> Folder:
    """The folder in the path, if the caller may read it."""
    folder = find_folder(call, call.args[0])
    if folder is None:
        raise Thrown(*missing)
    demand_read(call, folder)
    return folder


def demand_read(call: Call, folder: Folder) -> None:
    """Refuse anonymous callers with 401 (403 before 3.7), and others without the right with 403."""
    if call.identity is None and call.profile.anonymous_folder_status == 401:
        raise Bare(401)
    user = call.identity.user if call.identity else None
    if user is None or not may_read(folder, user.id, user.is_admin):
        raise Thrown(INVALID_OPERATION, NO_VIEW)


def one(call: Call) -> dict[str, Any]:
    """GET files/folder/{id} and files/rooms/{id}."""
    if call.identity is None:
        _demand_known_caller(call)
    return folder_view(call, readable(call, call.profile.missing_folder))


def _demand_known_caller(call: Call) -> None:
    if call.profile.anonymous_folder_status == 401:
        raise Bare(401)


def contents(call: Call) -> dict[str, Any]:
    """GET files/{id}: direct children, or with a filter everything below."""
    if call.identity is None:
        _demand_known_caller(call)
    start, count = page(call)
    folder = readable(call, (ITEM_NOT_FOUND, call.profile.missing_content_text))
    return _page_of(call, folder, start, count)


def _page_of(call: Call, folder: Folder, start: int, count: int) -> dict[str, Any]:
    wanted = (call.first("filterValue") or "").strip().lower()
    deep = bool(wanted or call.first("filterType"))
    if call.profile.with_subfolders and (call.first("withSubFolders") or "").lower() == "false":
        deep = False
    folders = [f for f in _below(folder, deep) if wanted in f.title.lower()]
    files = [
        (holder, stored)
        for holder, stored in _files(folder, deep)
        if wanted in stored.title.lower()
    ]
    return content(call, folder, _by_title(folders), files, start, count)


def _below(folder: Folder, deep: bool) -> list[Folder]:
    return list(folder.within())[1:] if deep else folder.children


def _files(folder: Folder, deep: bool) -> Iterator[tuple[Folder, StoredFile]]:
    for holder in folder.within() if deep else (folder,):
        for stored in holder.files.values():
            yield holder, stored


def _by_title(folders: list[Folder]) -> list[Folder]:
    return sorted(folders, key=lambda f: (f.title.lower(), str(f.id)))


def subfolders(call: Call) -> list[dict[str, Any]]:
    """GET files/{id}/subfolders: all direct children, A-Z."""
    folder = find_folder(call, call.args[0])
    if folder is None:
        raise Thrown(*call.profile.missing_subfolders)
    if call.profile.subfolders_checked:
        demand_read(call, folder)
    return [folder_view(call, child) for child in _by_title(folder.children)]


def path(call: Call) -> list[dict[str, Any]]:
    """GET files/folder/{id}/path: from the root to the folder."""
    folder = readable(call, (ITEM_NOT_FOUND, FOLDER_TEXT))
    return [folder_view(call, step) for step in folder.path()]


def my(call: Call) -> dict[str, Any]:
    """GET files/@my: My documents of the caller, created on first access."""
    start, count = page(call)
    root = call.portal.tree.my_root(call.user.id, call.now)
    return _page_of(call, root, start, count)


def roots(call: Call) -> list[dict[str, Any]]:
    """GET files/@root: all sections."""
    start, count = page(call)
    tree = call.portal.tree
    personal = [tree.my_root(call.user.id, call.now), tree.trash_root(call.user.id, call.now)]
    shared = [tree.roots["virtual_rooms"], tree.roots["archive"]]
    return [
        content(call, root, [f for f in root.children if _visible(call, f)], [], start, count)
        for root in (*personal, *shared)
    ]


def _visible(call: Call, folder: Folder) -> bool:
    return may_read(folder, call.user.id, call.user.is_admin)


def create(call: Call) -> dict[str, Any]:
    """POST files/folder/{id}: a subfolder. Titles need not be unique."""
    wanted = call.members(_TITLE, "ASC.Files.Core.ApiModels.RequestDto.CreateFolder")
    demand_length(wanted["title"], "Title", FOLDER_LENGTH)
    title = demand_title(call, wanted["title"])
    parent = find_folder(call, call.args[0])
    if parent is None:
        raise Thrown(INVALID_OPERATION, FOLDER_TEXT)
    if parent.kind == "virtual_rooms" or not may_create(parent, call.user.id):
        raise Thrown(INVALID_OPERATION, NO_CREATE)
    folder = call.portal.tree.add("folder", title, call.user.id, call.now, parent)
    return folder_view(call, folder)


def rename(call: Call) -> dict[str, Any]:
    """PUT files/folder/{id}."""
    wanted = call.members(_TITLE, "ASC.Files.Core.ApiModels.RequestDto.CreateFolder")
    demand_length(wanted["title"], "Title", FOLDER_LENGTH)
    folder = find_folder(call, call.args[0])
    if folder is None:
        raise Thrown(INVALID_OPERATION, FOLDER_TEXT)
    if folder.parent is None or not manages(folder, call.user.id):
        raise Thrown(INVALID_OPERATION, NO_RENAME)
    folder.title = demand_title(call, wanted["title"])
    folder.updated = call.now
    return folder_view(call, folder)
