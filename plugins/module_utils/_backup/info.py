# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The task of docspace_backup_info: read and report. Options in, result out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.api import BackupsApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import (
    Backup,
    Event,
    Progress,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.plan import shown
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.wire import EVENTS
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.settings import (
    portal_facts,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import utc_text

# The choices of the option `gather`.
GATHER = ("progress", "history", "events", "usage")

# Number of events of each kind to read.
_EVENTS_EACH = 20


def run(
    options: Mapping[str, Any],
    _check_mode: bool,
    make_client: Callable[..., Client] = Client,
) -> dict[str, Any]:
    """Return the facts about backups that `gather` requests.

    Send one GET for the progress, one for the history, one for each kind of event, and up to five
    for the usage. Raise DocSpaceError if the portal cannot be read.
    """
    connection = Connection.from_options(options)
    dump, gather = bool(options["dump"]), options["gather"]
    with closing(make_client(connection, read_only=True)) as client:
        api = BackupsApi(client)
        item = api.progress(dump) if "progress" in gather else None
        history = api.history(dump) if "history" in gather else ()
        events = _events(api) if "events" in gather else None
        usage = _usage(client, api) if "usage" in gather else None
    result: dict[str, Any] = {"changed": False}
    if "progress" in gather:
        result["progress"] = _progress(item)
    if "history" in gather:
        result["backups"] = [
            shown(b.id, dump, backup=b, incomplete=_incomplete(b, item)) for b in history
        ]
    if "events" in gather:
        result["events"] = None if events is None else [_event(event) for event in events]
    if "usage" in gather:
        result["usage"] = usage
    # The audit trail does not distinguish backups of the portal from those of the whole server.
    result["last_success"] = last_success(item, history, [] if dump else events or [])
    result["warnings"] = connection.warnings()
    return result


def last_success(
    item: Progress | None, history: Iterable[Backup], events: Iterable[Event]
) -> dict[str, Any] | None:
    """Return the last successful backup and its evidence, or None if there is no evidence.

    The progress does not contain a time, so it counts only if there is no other evidence.
    """
    known = [(event.at, "event") for event in events if event.event == "completed"]
    known += [(backup.created_on, "history") for backup in history]
    if known:
        at, evidence = max(known)
        return {"at": utc_text(at), "evidence": evidence}
    if item and item.status in ("completed", "incomplete"):
        return {"at": None, "evidence": "progress"}
    return None


def _events(api: BackupsApi) -> list[Event] | None:
    """Return the last events of every kind, or None if the plan has no audit trail."""
    found: list[Event] = []
    for action in EVENTS:
        events = api.events(action, _EVENTS_EACH)
        if events is None:
            return None
        found += events
    return newest_first(found)


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Sort events, the newest first. Within one second, the end of a backup is after its start."""
    return sorted(events, key=lambda event: (event.at, event.event != "started"), reverse=True)


def _usage(client: Client, api: BackupsApi) -> dict[str, Any] | None:
    """Return how a hosted portal uses its plan, or None on a self-hosted server."""
    if portal_facts(client).standalone:
        return None
    return {
        "free": api.free(),
        "free_used": api.made(paid=False),
        "paid_used": api.made(paid=True),
        "wallet": api.wallet(),
    }


def _progress(item: Progress | None) -> dict[str, Any]:
    return {
        "status": item.status if item else "none",
        "percent": item.percent if item else None,
        "error": (item.error or None) if item else None,
        "warning": (item.warning or None) if item else None,
        "id": item.id if item else None,
    }


def _incomplete(backup: Backup, item: Progress | None) -> bool | None:
    """Return whether files are missing, or None if the progress belongs to another backup."""
    known = item and item.finished and item.id == backup.id
    return item.status == "incomplete" if item and known else None


def _event(event: Event) -> dict[str, Any]:
    return {"event": event.event, "by": event.by, "at": utc_text(event.at)}
