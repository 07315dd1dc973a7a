# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Convert between requests and responses of the server about backups and our values. Pure.

Every function accepts any decoded JSON, and raises ValueError with a message for users if the JSON
does not match the contract.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import (
    Backup,
    Event,
    Progress,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import (
    boolean,
    integer,
    member,
    within,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import (
    LONGEST_ADDRESS,
    one_line,
    printable,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import utc_time
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.wire import (
    Storage,
    storage_to_wire,
    storage_type_from_wire,
)

# `status` of an item in DocSpace 3.7 and later (contract 7.1). "Completed" can also be a failure.
_CANCELLED, _FAILED = 3, 4

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# Actions of the audit trail (contract 12): the event, and what caused it.
EVENTS: Mapping[int, tuple[str, str]] = {
    5041: ("started", "hand"),
    5125: ("completed", "hand"),
    5126: ("failed", "hand"),
    5127: ("started", "schedule"),
    5128: ("completed", "schedule"),
    5129: ("failed", "schedule"),
    5130: ("schedule_deleted", "hand"),
    5131: ("cancelled", "hand"),
    5132: ("restore_started", "hand"),
}


def guid(text: str) -> str | None:
    """Return `text` in the server's format of the ID of a backup, or None if it is not an ID."""
    lower = text.strip().lower()
    return lower if _GUID.fullmatch(lower) else None


def progress_from_wire(response: Any) -> Progress | None:
    """Return the item in `response` of getbackupprogress or startbackup, if any (contract 7.1)."""
    if response is None:
        return None
    item = member(response, "response", dict)
    finished = boolean(item.get("isCompleted"), "isCompleted")
    status = integer(item.get("status") or 0, "status")
    error, link = _text(item, "error"), _text(item, "link")
    if len(link) > LONGEST_ADDRESS:
        raise ValueError("link is too long")
    return Progress(
        id=_id(item.get("taskId"), "taskId"),
        percent=within(item.get("progress"), "progress", range(101)),
        finished=finished,
        error=error if error or status != _FAILED else "no reason given",
        warning=_text(item, "warning"),
        cancelled=finished and status == _CANCELLED,
        link=link,
    )


def history_from_wire(response: Any) -> tuple[Backup, ...]:
    """Return the records in `response` of getbackuphistory, newest first (contract-backups 1)."""
    records = [_backup(entry) for entry in _list(response)]
    return tuple(sorted(records, key=lambda b: (b.created_on, b.id), reverse=True))


def events_from_wire(response: Any, action: int) -> tuple[Event, ...] | None:
    """Return the events in `response` to a filter by `action`, the newest first.

    Return None if the plan has no audit trail. The server then ignores the filter (contract-backups
    6).
    """
    entries = [member(entry, "event", dict) for entry in _list(response)]
    if any(integer(entry.get("actionId"), "actionId") != action for entry in entries):
        return None
    events = [_event(entry, action) for entry in entries]
    return tuple(sorted(events, key=lambda event: event.at, reverse=True))


def start_to_wire(storage: Storage, dump: bool) -> dict[str, Any]:
    """Return the body of startbackup (contract 7.2)."""
    return {**storage_to_wire(storage), "dump": dump}


def _backup(entry: Any) -> Backup:
    record = member(entry, "backup", dict)
    created = utc_time(record.get("createdOn"), "createdOn")
    if created is None:
        raise ValueError("createdOn is not a time")
    return Backup(
        id=_id(record.get("id"), "id"),
        file_name=one_line(_text(record, "fileName")),
        storage_type=storage_type_from_wire(record.get("storageType")),
        created_on=created,
        expires_on=utc_time(record.get("expiresOn"), "expiresOn"),
    )


def _event(entry: dict[str, Any], action: int) -> Event:
    at = utc_time(entry.get("date"), "date")
    if at is None:
        raise ValueError("date is not a time")
    event, by = EVENTS[action]
    user = printable(_text(entry, "user")) if entry.get("userId") else ""
    return Event(event, by, at, user)


def _list(response: Any) -> list[Any]:
    entries: list[Any] = [] if response is None else member(response, "response", list)
    return entries


def _id(value: Any, name: str) -> str:
    found = guid(member(value, name, str))
    if found is None:
        raise ValueError(f"{name} is not an id")
    return found


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    text: str = "" if value is None else member(value, name, str)
    return text
