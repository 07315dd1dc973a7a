# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Storage types and their parameters: the one table, and the one canonical form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What stands in results in the place of a secret parameter. Given back as an option it means
# "what the portal has", so that a schedule that was read can be applied again.
HIDDEN = "(hidden)"

# Keys of third-party modules that are secrets: ssekey, secretaccesskey, acesskey (sic), apiKey,
# json (the service account of Google Cloud), and whatever else is named like one.
_SECRET = re.compile(r"secret|passw|passphrase|token|credential|(?:key|pwd|json)$", re.IGNORECASE)


@dataclass(frozen=True)
class StorageType:
    """One storage type: its number and name on the wire, the parameter that it cannot do without,
    and what an administrator should know before he relies on it.
    """

    number: int
    wire_name: str
    required: str = ""
    warning: str = ""


# Numbers, wire names (one is misspelt there) and required parameters: contract 6.
STORAGE_TYPES: dict[str, StorageType] = {
    "Documents": StorageType(0, "Documents", "folderId"),
    "ThirdPartyDocuments": StorageType(1, "ThridpartyDocuments", "folderId"),
    "CustomCloud": StorageType(
        2,
        "CustomCloud",
        warning="Storage type CustomCloud is accepted by the server but never runs: every backup "
        "ends with 'Unknown storage type'. Use Documents, Local or ThirdPartyConsumer.",
    ),
    "Local": StorageType(3, "Local", "filePath"),
    "DataStore": StorageType(
        4,
        "DataStore",
        warning="Storage type DataStore is a temporary store: the server removes each archive "
        "after one day. Use another storage type to keep backups.",
    ),
    "ThirdPartyConsumer": StorageType(5, "ThirdPartyConsumer", "module"),
}

_FOLDER_TYPES = ("Documents", "ThirdPartyDocuments")
_BY_WIRE_NAME = {entry.wire_name.lower(): name for name, entry in STORAGE_TYPES.items()}
_BY_NUMBER = {entry.number: name for name, entry in STORAGE_TYPES.items()}

# A value longer than this does not fit the server's column (contract 5.2).
LONGEST_VALUE = 255


def type_by_wire_name(name: str) -> str | None:
    """The storage type that the server calls `name`, upper or lower case; None if there is none."""
    return _BY_WIRE_NAME.get(name.strip().lower())


def type_by_number(number: int) -> str | None:
    """The storage type that the server gives as `number`; None if there is none."""
    return _BY_NUMBER.get(number)


def canonical_params(storage_type: str, params: Mapping[str, Any]) -> dict[str, str]:
    """`params` as both sides are compared: strings, without what the server adds by itself.

    The server puts `tenantId` and, where it has no meaning, `folderId` among the parameters, and
    stores a JSON true as "True" (contract 5.4).
    """
    return {
        key: _text(value)
        for key, value in params.items()
        if value is not None
        and key != "tenantId"
        and (key != "folderId" or storage_type in _FOLDER_TYPES)
    }


def params_problem(storage_type: str, params: Mapping[str, str]) -> str:
    """Why the server could not work with these canonical parameters; "" where it can."""
    entry = STORAGE_TYPES.get(storage_type)
    if entry and entry.required and not params.get(entry.required, "").strip():
        return f"storage_type {storage_type} needs {entry.required}"
    too_long = [key for key, value in params.items() if len(value) > LONGEST_VALUE]
    if too_long:
        return f"{too_long[0]} is longer than {LONGEST_VALUE} characters"
    return ""


def is_secret(key: str) -> bool:
    """Whether a parameter is named like something that must not be shown."""
    return bool(_SECRET.search(key))


def secrets_of(params: Mapping[str, str]) -> list[str]:
    """The values among `params` that must not be shown."""
    return [value for key, value in params.items() if is_secret(key)]


def masked(params: Mapping[str, str]) -> dict[str, str]:
    """`params` as they may be shown."""
    return {key: HIDDEN if is_secret(key) else value for key, value in params.items()}


def _text(value: Any) -> str:
    text = str(value)
    return text.lower() if text in ("True", "False") else text
