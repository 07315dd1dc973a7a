# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit trail (contract 12)."""

from __future__ import annotations

import math
from typing import Any

from . import readings, times
from .binding import query_instant, query_int
from .call import Call
from .tenants import Portal

STARTED, COMPLETED, FAILED = 5041, 5125, 5126
SCHEDULED = {STARTED: 5127, COMPLETED: 5128, FAILED: 5129}
SCHEDULE_DELETED, CANCELLED, RESTORE_STARTED = 5130, 5131, 5132
SCHEDULE_CREATED, SCHEDULE_REMOVED = 5042, 5043
_NAMES = {
    5041: "BackupStarted",
    5042: "BackupScheduleCreated",
    5043: "BackupScheduleRemoved",
    5125: "BackupCompleted",
    5126: "BackupFailed",
    5127: "ScheduledBackupStarted",
    5128: "ScheduledBackupCompleted",
    5129: "ScheduledBackupFailed",
    5130: "ScheduledBackupDeleted",
    5131: "BackupCancelled",
    5132: "RestoreStarted",
}
DEFAULT_COUNT = 20
KEPT_S = 180 * times.DAY_S


def write(portal: Portal, action: int, now: float, user_id: str | None) -> None:
    """Add an event. ``user_id`` None stands for the server itself."""
    portal.audit.append(
        {"id": len(portal.audit) + 1, "at": now, "action": action, "user_id": user_id}
    )


def write_run(portal: Portal, action: int, now: float, user_id: str, scheduled: bool) -> None:
    """Add an event of a backup run, with a separate code for scheduled runs.

    Scheduled runs are logged only since 3.6 (contract 10).
    """
    if not scheduled:
        write(portal, action, now, user_id)
    elif portal.profile.scheduled_audit:
        write(portal, SCHEDULED[action], now, None)


def events(call: Call) -> list[dict[str, Any]]:
    """GET security/audit/events/filter: newest first, by action, time and page.

    If the plan has no audit trail, filters are ignored, and the last 20 events are returned.
    """
    call.demand_admin()
    trail = _kept(call.portal, call.now)
    if not call.portal.audit_trail:
        return [_view(call.portal, event) for event in trail[:DEFAULT_COUNT]]
    wanted = query_int(call.first("action"), "Action", 0)
    count = query_int(call.first("count"), "Count", DEFAULT_COUNT)
    start = query_int(call.first("startIndex"), "StartIndex", 0)
    first, last = _instant(call, "from", -math.inf), _instant(call, "to", math.inf)
    chosen = [e for e in trail if wanted in (0, e["action"]) and first <= e["at"] <= last]
    return [_view(call.portal, event) for event in chosen[max(start, 0) :][: max(count, 0)]]


def _kept(portal: Portal, now: float) -> list[dict[str, Any]]:
    """The events that are not too old, newest first."""
    kept = (event for event in reversed(portal.audit) if event["at"] >= now - KEPT_S)
    return sorted(kept, key=lambda event: -event["at"])


def _instant(call: Call, name: str, default: float) -> float:
    zone = call.portal.zone if readings.AUDIT_FILTER_IN_PORTAL_ZONE else times.UTC
    return query_instant(call.first(name), name.title(), default, zone)


def _view(portal: Portal, event: dict[str, Any]) -> dict[str, Any]:
    user = portal.users.get(event["user_id"] or "")
    who = {"user": user.name, "userId": user.id} if user else {"user": "System"}
    return {
        "id": event["id"],
        "date": times.api(event["at"], portal.zone),
        **who,
        "action": _NAMES[event["action"]],
        "actionId": event["action"],
        "ip": "127.0.0.1",
        "page": "",
    }
