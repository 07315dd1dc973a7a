# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Targets of backups: the checks before a schedule or a backup is accepted."""

from __future__ import annotations

from . import vault
from .call import Call
from .errors import (
    ARGUMENT,
    DIRECTORY_NOT_FOUND,
    FOLDER_TEXT,
    GENERAL,
    ITEM_NOT_FOUND,
    Thrown,
    access_denied,
    key_missing,
)
from .files import FORBIDDEN_TARGETS, Folder, is_number, may_create

PROVIDERS = ("drive-", "box-", "dropbox-", "onedrive-", "sbox-", "spoint-")
COLUMN_LENGTH = 255
_FOLDERS = (vault.DOCUMENTS, vault.THIRD_PARTY)


def checked_path(call: Call, storage_type: int, params: dict[str, str]) -> str | None:
    """The stored base path: folderId or filePath, or None for other storages."""
    if storage_type in _FOLDERS:
        path = _required(params, "folderId")
        checked_folder(call, path)
        return _fitting(path)
    if storage_type == vault.LOCAL:
        demand_local(call)
        return _fitting(_required(params, "filePath"))
    return None


def demand_local(call: Call) -> None:
    """Refuse local directories except on self-hosted servers (contract 6)."""
    if not call.portal.standalone:
        raise Thrown(GENERAL, "Access denied")


def find_folder(call: Call, folder_id: str) -> Folder | None:
    """The folder with this ID. Raises a 404 for an ID of an unknown kind."""
    if not is_number(folder_id) and not folder_id.startswith(PROVIDERS):
        raise Thrown(ITEM_NOT_FOUND, "Selector '' not found")
    return call.portal.tree.find(folder_id)


def checked_folder(call: Call, folder_id: str) -> Folder:
    """The target check of the backup API (rooms contract 4)."""
    folder = find_folder(call, folder_id)
    if folder is None:
        raise Thrown(DIRECTORY_NOT_FOUND, FOLDER_TEXT)
    if folder.kind in FORBIDDEN_TARGETS or not may_create(folder, call.user.id):
        raise access_denied()
    return folder


def demand_fitting_kind(storage_type: int, params: dict[str, str]) -> None:
    """startbackup only: Documents requires a number, and third parties require anything else."""
    if storage_type == vault.DOCUMENTS and not is_number(params.get("folderId", "")):
        raise Thrown(ARGUMENT, "wrong folder type")
    if storage_type == vault.THIRD_PARTY and is_number(_required(params, "folderId")):
        raise Thrown(ARGUMENT, "wrong folder type")


def _required(params: dict[str, str], key: str) -> str:
    if key not in params:
        raise key_missing(key)
    return params[key]


def _fitting(path: str) -> str:
    if len(path) > COLUMN_LENGTH:
        raise Thrown(ARGUMENT, f"The value is longer than {COLUMN_LENGTH} characters.")
    return path
