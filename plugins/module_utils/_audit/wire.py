# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Convert responses of the server about a portal to values of an audit. Pure.

Every function accepts any decoded JSON, and raises ValueError with a message for users if the JSON
does not match the contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.values import (
    Settings,
    Target,
    Usage,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import (
    integer,
    mapping,
    member,
    member_of,
    of_type,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import printable
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import zone_as_told
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.types import room_type_name

# `tenantStatus` (contract 11).
STATES = (
    "active",
    "suspended",
    "removing",
    "transferring",
    "restoring",
    "migrating",
    "encrypting",
)

# `rootFolderType` (contract-rooms 1.2).
_SECTIONS = {3: "trash", 5: "documents", 14: "rooms", 20: "archive"}

_PUBLIC_ROOM = 6

# Days in the units of a room's lifetime: a day, a month, a year (contract-rooms 2.1).
_DAYS = {0: 1, 1: 30, 2: 365}


def settings_from_wire(response: Any) -> Settings:
    """Return the settings in `response` of settings (contract 11)."""
    settings = member(response, "response", dict)
    status = of_type(settings.get("tenantStatus"), int)
    name = of_type(settings.get("timezone"), str)
    return Settings(
        version=_text(settings.get("version")),
        standalone=of_type(settings.get("standalone"), bool),
        timezone=name and printable(name),
        zone=zone_as_told(name, settings.get("utcHoursOffset")),
        state=STATES[status] if status in range(len(STATES)) else None,
    )


def target_from_wire(folder: str, response: Any) -> Target:
    """Return the folder with the ID `folder` in `response` of files/ID (contract-rooms 3.2)."""
    content = member(response, "response", dict)
    current = member_of(content, "current", dict)
    path = [mapping(step) for step in of_type(content.get("pathParts"), list) or []]
    section = of_type(current.get("rootFolderType"), int)
    writable = mapping(current.get("security")).get("Create") is True
    rooms = [entry.get("roomType") for entry in (*path, current)]
    room = next((of_type(number, int) for number in rooms if number is not None), None)
    title = _text(current.get("title"))
    return Target(
        id=folder,
        problem={3: "trash", 20: "archive"}.get(section or 0, "" if writable else "read_only"),
        title=title,
        path=_text("/".join(filter(None, (_text(step.get("title")) for step in path)))) or title,
        section=_SECTIONS.get(section or 0, "other"),
        room_type=None if room is None else room_type_name(room),
        owner=_text(mapping(current.get("createdBy")).get("displayName")),
        writable=writable,
        public=room == _PUBLIC_ROOM or _has_link(current),
        lifetime=_lifetime(mapping(current.get("lifetime"))),
    )


def usage_from_wire(response: Any) -> Usage | None:
    """Return the free backups in `response` of payment/quota; None for no limit (contract 12)."""
    features = member_of(member(response, "response", dict), "features", list)
    found = [mapping(entry) for entry in features if mapping(entry).get("id") == "free_backup"]
    if not found:
        return None
    free = integer(found[0].get("value"), "value")
    used = mapping(found[0].get("used")).get("value", 0)
    return None if free < 0 else Usage(free, integer(used, "used"))


def access_from_wire(module: str, response: Any) -> str:
    """Return why the storage `module` cannot be used, as a case of `cannot_run`, or "".

    `response` is the response of settings/storage/backup (contract 6.1).
    """
    entries = [mapping(entry) for entry in member(response, "response", list)]
    found = next((entry for entry in entries if entry.get("id") == module), None)
    if found is None:
        return "module"
    return "" if member_of(found, "isSet", bool) else "access"


def _has_link(folder: Mapping[str, Any]) -> bool:
    """Return whether the folder, or one above it, has a link that works without an account."""
    return any(folder.get(name) is True for name in ("shared", "sharedExternal", "parentShared"))


def _lifetime(lifetime: Mapping[str, Any]) -> int | None:
    unit = _DAYS.get(of_type(lifetime.get("period"), int))
    value: int | None = of_type(lifetime.get("value"), int)
    return unit * value if lifetime.get("enabled") is True and unit and value else None


def _text(value: Any) -> str | None:
    return printable(value) or None if isinstance(value, str) else None
