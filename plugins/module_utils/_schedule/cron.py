# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""When the server runs a schedule, according to its special rules (contract 4). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import (
    in_zone,
    utc_text,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import (
    Schedule,
    options_of,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.types import (
    STORAGE_TYPES,
)

# The longest wait, from the 31st of a month to the 31st of the month after next.
_DAYS_AHEAD = 70

# Days that include a summer and a winter in every time zone, and every day of a month.
A_YEAR = 400

# The easternmost time zone.
_EASTERNMOST = timezone(timedelta(hours=14))

# Storage types that the server cannot run (contract 6).
_NEVER_RUN = ("CustomCloud",)


def can_run(schedule: Schedule) -> bool:
    """Return whether the server can run the storage type of the schedule."""
    return schedule.storage_type in STORAGE_TYPES and schedule.storage_type not in _NEVER_RUN


def next_run(schedule: Schedule, zone: tzinfo, now: datetime) -> datetime:
    """Return the first slot after `now`, in UTC. `zone` is that of the portal, or UTC for a dump.

    The hour is local time. If daylight saving time skips it, the slot is right after the gap. If it
    occurs twice, the slot is the first occurrence. A run that the server starts because the
    schedule was saved after its hour (contract 5.3) is not a slot.
    """
    today = now.astimezone(zone).date()
    last = schedule.last_backup_time
    last_day = in_zone(last, zone).date() if last else None
    days = (today + timedelta(days=n) for n in range(_DAYS_AHEAD))
    return next(slot for slot in _slots(schedule, days, last_day, zone) if slot > now)


def last_slot(schedule: Schedule, zone: tzinfo, now: datetime) -> datetime:
    """Return the last slot up to `now`, in UTC, with the rules of `next_run`."""
    today = now.astimezone(zone).date()
    last = schedule.last_backup_time
    last_day = in_zone(last, zone).date() if last else None
    days = (today - timedelta(days=n) for n in range(_DAYS_AHEAD))
    return next(slot for slot in _slots(schedule, days, last_day, zone) if slot <= now)


def first_start(
    schedule: Schedule, zone: tzinfo, now: datetime, days_ahead: int = _DAYS_AHEAD
) -> datetime | None:
    """Return the first slot after `now` at which the server starts a schedule that has never run.

    Return None if it never does: in a time zone behind UTC, the slot of a late hour is on the next
    UTC day, and the server treats the schedule as if it had already run on that day (contract 5.3).
    """
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=n) for n in range(days_ahead))
    slots = (slot for slot in _slots(schedule, days, None, zone) if slot > now)
    return next((slot for slot in slots if starts_extra_run(schedule, zone, slot)), None)


def late_hour(zone: tzinfo, now: datetime) -> int:
    """Return the first hour that is on the next day in UTC, in summer or winter, or 24."""
    moments = (now + timedelta(days=n) for n in range(0, A_YEAR, 7))
    offsets = (moment.astimezone(zone).utcoffset() or timedelta(0) for moment in moments)
    return 24 - max(timedelta(0), -min(offsets)) // timedelta(hours=1)


def with_next_run(schedule: Schedule, zone: tzinfo | None, now: datetime) -> dict[str, Any]:
    """Return `schedule` in the structure of the options, with the time of its next slot.

    This time is None if the time zone is unknown, or if the storage type never runs.
    """
    moment = next_run(schedule, zone, now) if zone and can_run(schedule) else None
    return {**options_of(schedule), "next_run": utc_text(moment)}


def starts_extra_run(schedule: Schedule, zone: tzinfo | None, now: datetime) -> bool:
    """Return whether the server starts `schedule` at its next check if it is saved at `now`.

    A saved schedule has never run. The server treats this as a run at the last second before the
    current UTC day, read as a time in the time zone of the portal (contract 5.3). Without a `zone`,
    return whether it starts in any time zone.
    """
    midnight = datetime.combine(now.astimezone(timezone.utc).date(), time(0))
    local = now.astimezone(zone or _EASTERNMOST).replace(tzinfo=None)
    days = (midnight.date() + timedelta(days=n) for n in range((local - midnight).days + 1))
    slots = (
        datetime.combine(day, time(schedule.hour)) for day in days if _runs_on(schedule, day, None)
    )
    return can_run(schedule) and any(midnight <= slot <= local for slot in slots)


def safe_from(schedule: Schedule, zone: tzinfo | None, now: datetime) -> datetime | None:
    """Return the first time after `now` at which saving `schedule` starts no extra run, or None.

    The start of the next UTC day can make it safe again.
    """
    today = datetime.combine(now.astimezone(timezone.utc).date(), time(0), tzinfo=timezone.utc)
    midnights = (today + timedelta(days=n) for n in range(1, _DAYS_AHEAD))
    return next((at for at in midnights if not starts_extra_run(schedule, zone, at)), None)


def _slots(
    schedule: Schedule, days: Iterator[date], last_day: date | None, zone: tzinfo
) -> Iterator[datetime]:
    for day in days:
        if _runs_on(schedule, day, last_day):
            local = datetime.combine(day, time(schedule.hour), tzinfo=zone)
            yield local.astimezone(timezone.utc)


def _runs_on(schedule: Schedule, day: date, last_day: date | None) -> bool:
    if schedule.period == "EveryDay":
        return True
    if schedule.period == "EveryWeek":
        return day.isoweekday() % 7 + 1 == schedule.day
    return day.day == schedule.day or day == _instead_of_february(schedule, day.year, last_day)


def _instead_of_february(schedule: Schedule, year: int, last_day: date | None) -> date | None:
    """Return the day in March that replaces day 29 or 30, if the last run was in January."""
    if schedule.day not in (29, 30) or not last_day or (last_day.year, last_day.month) != (year, 1):
        return None
    overflow = date(year, 2, 1) + timedelta(days=schedule.day - 1)
    return overflow if overflow.month == 3 else None
