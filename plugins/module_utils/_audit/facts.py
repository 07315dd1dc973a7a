# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The facts that an audit reads about the backups of a portal, and what they imply. Pure.

All times are in UTC, according to the clock of the server. None means that a fact is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.values import (
    Count,
    Lost,
    Settings,
    Target,
    Unread,
    Usage,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import (
    Backup,
    Event,
    Progress,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import utc_text
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.cron import (
    can_run,
    last_slot,
    with_next_run,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule

# Interval at which the scheduler checks the schedules (contract 5.3).
_POLL = timedelta(minutes=15)

# Time for which the server reports an item of the queue after its end (contract 7.1).
PROGRESS_LIFE = timedelta(hours=24)

# Time after the start of a run within which it may not be in the queue yet.
_START = timedelta(minutes=2)

# A time before the first backup of any portal.
EVER = datetime(2000, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Success:
    """A successful backup, with the time at which it ended and the evidence for it.

    Progress and counts have no time. For them, `at` is the earliest possible end of the backup.
    """

    at: datetime
    evidence: str


@dataclass(frozen=True)
class LastRun:
    """The start of the last scheduled backup, and the outcome of the last backup of any kind."""

    at: datetime | None
    outcome: str | None
    error: str | None = None


@dataclass(frozen=True)
class Facts:
    """Everything that was read from one portal. `read` lists the requests. The rest is None.

    `completed`, `started` and `deleted` are events of scheduled backups and of the schedule, the
    newest first. `access` is a case of the finding `cannot_run`. `dumps` says whether the server
    has a schedule for dumps. `failure` ended the audit, `problems` did not.
    """

    portal: str
    now: datetime
    dump: bool = False
    read: tuple[str, ...] = ()
    failure: Unread | None = None
    settings: Settings | None = None
    schedule: Schedule | None = None
    progress: Progress | None = None
    target: Target | None = None
    access: str = ""
    completed: tuple[Event, ...] | None = None
    started: tuple[Event, ...] | None = None
    deleted: tuple[Event, ...] | None = None
    dumps: bool | None = None
    counts: tuple[Count, ...] = ()
    history: tuple[Backup, ...] | None = None
    usage: Usage | None = None
    problems: tuple[str, ...] = ()

    @property
    def last_start(self) -> datetime | None:
        """The last start of the schedule, or None if it has not run since it was saved."""
        return self.schedule.last_backup_time if self.schedule else None

    @property
    def zone(self) -> tzinfo | None:
        """The time zone of the hour of the schedule."""
        if self.dump:
            return timezone.utc
        return self.settings.zone if self.settings else None

    @property
    def hosted(self) -> bool:
        """Whether the portal is in the vendor's cloud.

        Only there, backups can cost money. Only other servers have dumps. Events of dumps are among
        the events of the portal that saved their schedule, and look like events of its own backups.
        """
        return self.settings is not None and self.settings.standalone is False

    @property
    def self_hosted(self) -> bool:
        """Whether the portal says that it is not: there, no backup is charged."""
        return self.settings is not None and self.settings.standalone is True

    @property
    def counted(self) -> bool:
        """Whether the server may count what is audited: not dumps, and not before DocSpace 3.5."""
        return not self.dump and self.is_at_least(3, 5)

    def is_at_least(self, major: int, minor: int) -> bool:
        """Whether the portal has, or may have, this release or a later one."""
        return self.settings is None or self.settings.is_at_least(major, minor) is not False


def due_since(facts: Facts, grace: timedelta) -> datetime | None:
    """Return the time after which there must be a successful backup.

    This is the last start of the schedule, or a later slot, if it is at least `grace` ago. Return
    None if neither is: a schedule that has not run since it was saved may be a minute old.
    """
    deadline = facts.now - grace - _POLL
    start, slot = facts.last_start, _slot(facts, deadline)
    if start is None or start > deadline:
        return None
    return slot if slot and slot > start else start


def expected_since(facts: Facts, grace: timedelta) -> datetime | None:
    """Return the same, on the assumption that the schedule is old enough.

    If the schedule has not run since it was saved, and the server does not count backups, only the
    queue can show a success. In this case, return a time that the queue can prove.
    """
    due, slot = due_since(facts, grace), _slot(facts, facts.now - grace - _POLL)
    if due or not slot or facts.counted or facts.last_start:
        return due or slot
    return min(slot, facts.now - PROGRESS_LIFE)


def _slot(facts: Facts, deadline: datetime) -> datetime | None:
    schedule, zone = facts.schedule, facts.zone
    if schedule is None or zone is None or not can_run(schedule):
        return None
    return last_slot(schedule, zone, deadline)


def last_success(facts: Facts) -> Success | None:
    """Return the last known successful backup, scheduled or on demand."""
    return max(_successes(facts), key=lambda success: success.at, default=None)


def _successes(facts: Facts) -> Iterator[Success]:
    # If two have the same time, `max` takes the first one. Evidence with an exact time comes first.
    for event in (facts.completed or ())[:1]:
        if facts.hosted or _is_before(event.at, none_since(facts)):
            yield Success(event.at, "event")
    for backup in (facts.history or ())[:1]:
        yield Success(backup.created_on, "history")
    if facts.progress and facts.progress.status in ("completed", "incomplete"):
        yield Success(_earliest_end(facts), "progress")
    for count in facts.counts:
        if count.number and count.since != EVER:
            yield Success(count.since, "count")


def _is_before(moment: datetime, absence: datetime | None) -> bool:
    return absence is not None and moment < absence


def _earliest_end(facts: Facts) -> datetime:
    """Return the earliest time at which the last item of the queue can have ended.

    The start of a scheduled backup removes an earlier item from the queue, unless that backup is
    still running and therefore ends later (contract-backups 0.4, 0.5).
    """
    life, start = facts.now - PROGRESS_LIFE, facts.last_start
    return max(life, start) if start and start < facts.now - _START else life


def none_since(facts: Facts) -> datetime | None:
    """Return a time since which there was certainly no successful backup, or None."""
    return min(_absences(facts), default=None)


def _absences(facts: Facts) -> Iterator[datetime]:
    paid = {count.since: count.number for count in facts.counts if count.paid}
    for count in facts.counts:
        free_of_charge = facts.self_hosted or paid.get(count.since) == 0
        if not count.paid and not count.number and free_of_charge:
            yield count.since
    if facts.history is not None:
        yield _after([backup.created_on for backup in facts.history])


def _after(times: list[datetime]) -> datetime:
    return max(times) + timedelta(seconds=1) if times else EVER


def last_run(facts: Facts) -> LastRun | None:
    """Return what is known about the last run."""
    start, item = facts.last_start, facts.progress
    if item:
        return LastRun(start, item.status, item.error or item.warning or None)
    if start is None:
        return None
    success = last_success(facts)
    if success and success.at >= start:
        return LastRun(start, "completed")
    return LastRun(start, _outcome_without_trace(facts, start))


def _outcome_without_trace(facts: Facts, start: datetime) -> str | None:
    """Return how the run of `start` ended if the portal reports neither an item nor a success."""
    absent = none_since(facts)
    proven = absent is not None and absent <= start
    in_queue = start > facts.now - PROGRESS_LIFE
    if not in_queue:
        return "failed" if proven else None
    if "progress" not in facts.read or start > facts.now - _START:
        return None
    return "interrupted" if proven else None


def lost_schedule(facts: Facts) -> Lost | None:
    """Return the traces of a lost schedule, or None if the portal has a schedule or no traces."""
    events = (*(facts.completed or ()), *(facts.started or ()))
    if facts.schedule or not events or not (facts.hosted or facts.dumps is False):
        return None
    last = max(event.at for event in events)
    found = next((event for event in facts.deleted or () if event.at >= last), None)
    return Lost(last, found.at if found else None, (found.user or None) if found else None)


def as_result(facts: Facts, grace: timedelta) -> dict[str, Any]:
    """Return the facts in the structure of the result, with every key always present."""
    settings, schedule = facts.settings, facts.schedule
    success, run, lost = last_success(facts), last_run(facts), lost_schedule(facts)
    return {
        "portal": facts.portal,
        "checked_at": utc_text(facts.now),
        "dump": facts.dump,
        "version": settings and settings.version,
        "standalone": settings and settings.standalone,
        "timezone": settings and settings.timezone,
        "state": _state(facts),
        "schedule": schedule and with_next_run(schedule, facts.zone, facts.now),
        "last_success": success and {"at": utc_text(success.at), "evidence": success.evidence},
        "last_run": run and {**vars(run), "at": utc_text(run.at)},
        "due_since": utc_text(due_since(facts, grace)),
        "target": facts.target and _without_problem(facts.target),
        "usage": facts.usage and vars(facts.usage),
        "lost": lost
        and {
            "last_at": utc_text(lost.last_at),
            "deleted_at": utc_text(lost.deleted_at),
            "deleted_by": lost.deleted_by,
        },
        "backups": None if facts.history is None else len(facts.history),
        "read": list(facts.read),
    }


def _state(facts: Facts) -> str | None:
    if facts.failure and facts.failure.case == "unpaid":
        return "unpaid"
    return facts.settings.state if facts.settings else None


def _without_problem(target: Target) -> dict[str, Any]:
    return {name: value for name, value in vars(target).items() if name != "problem"}
