# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Convert responses of the server about folders to files and rooms. Pure.

Functions raise ValueError with a message for users if a response does not match the contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import (
    integer,
    member,
    member_of,
    of_type,
)


@dataclass(frozen=True)
class StoredFile:
    """A file of the portal: its ID, its title, and its size in bytes.

    The size is None if the portal does not report it, for example in some third-party folders.
    """

    id: str
    title: str
    size: int | None
    version: int | None


@dataclass(frozen=True)
class Page:
    """The IDs of the rooms on one page of the list, and the number of all rooms."""

    rooms: tuple[str, ...]
    total: int


def files_from_wire(response: Any) -> tuple[StoredFile, ...]:
    """Return the files in `response` of the content of a folder (contract-backups 4)."""
    content = member(response, "response", dict)
    return tuple(_file(member(entry, "file", dict)) for entry in member_of(content, "files", list))


def rooms_from_wire(response: Any) -> Page:
    """Return the page of rooms in `response` (contract-rooms 1.1)."""
    content = member(response, "response", dict)
    rooms = [member(entry, "room", dict) for entry in member_of(content, "folders", list)]
    total = integer(content.get("total", len(rooms)), "total")
    return Page(tuple(_id(room) for room in rooms), total)


def _file(entry: Mapping[str, Any]) -> StoredFile:
    size = of_type(entry.get("pureContentLength"), int)
    return StoredFile(
        id=_id(entry),
        title=member(entry.get("title"), "title", str),
        size=size if size and size > 0 else None,
        version=of_type(entry.get("version"), int),
    )


def _id(entry: Mapping[str, Any]) -> str:
    """Return an ID, which is a number, or a string in third-party folders."""
    value = entry.get("id")
    if isinstance(value, str) and value:
        return value
    return str(integer(value, "id"))
