# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The table of storage types. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StorageType:
    """A storage type: its number and name in the API, its required parameter, and a warning."""

    number: int
    wire_name: str
    required: str = ""
    warning: str = ""


# Numbers, names in the API (one is misspelled there), and required parameters: contract 6.
STORAGE_TYPES: dict[str, StorageType] = {
    "Documents": StorageType(0, "Documents", "folderId"),
    "ThirdPartyDocuments": StorageType(1, "ThridpartyDocuments", "folderId"),
    "CustomCloud": StorageType(
        2,
        "CustomCloud",
        warning="Storage type CustomCloud is accepted by the server, but never runs: every "
        "backup fails with 'Unknown storage type'. Use Documents, Local, or "
        "ThirdPartyConsumer.",
    ),
    "Local": StorageType(3, "Local", "filePath"),
    "DataStore": StorageType(
        4,
        "DataStore",
        warning="Storage type DataStore is a temporary storage: the server removes each "
        "archive after one day. To keep backups, use another storage type.",
    ),
    "ThirdPartyConsumer": StorageType(5, "ThirdPartyConsumer", "module"),
}

FOLDER_TYPES = ("Documents", "ThirdPartyDocuments")
_BY_WIRE_NAME = {entry.wire_name.lower(): name for name, entry in STORAGE_TYPES.items()}
_BY_NUMBER = {entry.number: name for name, entry in STORAGE_TYPES.items()}


def type_by_wire_name(name: str) -> str | None:
    """Return the storage type with the case-insensitive API name `name`, or None."""
    return _BY_WIRE_NAME.get(name.strip().lower())


def type_by_number(number: int) -> str | None:
    """Return the storage type with the API number `number`, or None."""
    return _BY_NUMBER.get(number)
