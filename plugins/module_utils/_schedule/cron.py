# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""When the server runs a schedule: its own rules, with its own oddities (contract 4). Pure."""

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

# The longest wait is from one 31st to the next but one month.
_DAYS_AHEAD = 70

# So far ahead that every zone has had its summer and its winter, and every month its last day.
A_YEAR = 400

# The zone whose clocks are ahead of all others.
_EASTERNMOST = timezone(timedelta(hours=14))

# Types that the server's worker cannot run (contract 6).
_NEVER_RUN = ("CustomCloud",)


def can_run(schedule: Schedule) -> bool:
    """Whether the server's worker is able to run this storage type at all."""
    return schedule.storage_type in STORAGE_TYPES and schedule.storage_type not in _NEVER_RUN


def next_run(schedule: Schedule, zone: tzinfo, now: datetime) -> datetime:
    """The first slot after `now`, in UTC. `zone` is the portal's, UTC for a dump.

    The hour is wall-clock time: one that a DST change leaves out is met right after the gap, one
    that comes twice at its first coming. A run that the server starts at once because the schedule
    was saved after today's hour (contract 5.3) is not a slot.
    """
    today = now.astimezone(zone).date()
    last = schedule.last_backup_time
    last_day = in_zone(last, zone).date() if last else None
    days = (today + timedelta(days=n) for n in range(_DAYS_AHEAD))
    return next(slot for slot in _slots(schedule, days, last_day, zone) if slot > now)


def last_slot(schedule: Schedule, zone: tzinfo, now: datetime) -> datetime:
    """The last slot up to `now`, in UTC; otherwise as `next_run`."""
    today = now.astimezone(zone).date()
    last = schedule.last_backup_time
    last_day = in_zone(last, zone).date() if last else None
    days = (today - timedelta(days=n) for n in range(_DAYS_AHEAD))
    return next(slot for slot in _slots(schedule, days, last_day, zone) if slot <= now)


def first_start(
    schedule: Schedule, zone: tzinfo, now: datetime, days_ahead: int = _DAYS_AHEAD
) -> datetime | None:
    """The first slot after `now` at which the server starts a schedule that has never run.

    None for never: in a zone behind UTC, the slot of a late hour is on the next day of UTC, and
    each day of UTC begins as if the schedule had run in it already (contract 5.3).
    """
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=n) for n in range(days_ahead))
    slots = (slot for slot in _slots(schedule, days, None, zone) if slot > now)
    return next((slot for slot in slots if starts_extra_run(schedule, zone, slot)), None)


def late_hour(zone: tzinfo, now: datetime) -> int:
    """The first hour that is on the next day of UTC at some time of the year; 24 where none is."""
    moments = (now + timedelta(days=n) for n in range(0, A_YEAR, 7))
    offsets = (moment.astimezone(zone).utcoffset() or timedelta(0) for moment in moments)
    return 24 - max(timedelta(0), -min(offsets)) // timedelta(hours=1)


def with_next_run(schedule: Schedule, zone: tzinfo | None, now: datetime) -> dict[str, Any]:
    """`schedule` in the shape of the options, plus the time of its next slot.

    That is None if the zone is not known, or if the storage type never runs.
    """
    moment = next_run(schedule, zone, now) if zone and can_run(schedule) else None
    return {**options_of(schedule), "next_run": utc_text(moment)}


def starts_extra_run(schedule: Schedule, zone: tzinfo | None, now: datetime) -> bool:
    """Whether saving `schedule` at `now` makes the server start it at its next poll.

    A saved schedule has never run. To the server that means: it ran at the last second before this
    day of UTC, read as a time of the portal's zone (contract 5.3). Without a `zone` the answer is
    whether there is any zone in which it starts.
    """
    midnight = datetime.combine(now.astimezone(timezone.utc).date(), time(0))
    local = now.astimezone(zone or _EASTERNMOST).replace(tzinfo=None)
    days = (midnight.date() + timedelta(days=n) for n in range((local - midnight).days + 1))
    slots = (
        datetime.combine(day, time(schedule.hour)) for day in days if _runs_on(schedule, day, None)
    )
    return can_run(schedule) and any(midnight <= slot <= local for slot in slots)


def safe_from(schedule: Schedule, zone: tzinfo | None, now: datetime) -> datetime | None:
    """The first time after `now` at which saving `schedule` starts no extra run; None for never.

    What was too late on one day of UTC is decided again at the start of the next.
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
    """The day in March on which a day 29 or 30 is made up for, when January's run was the last."""
    if schedule.day not in (29, 30) or not last_day or (last_day.year, last_day.month) != (year, 1):
        return None
    overflow = date(year, 2, 1) + timedelta(days=schedule.day - 1)
    return overflow if overflow.month == 3 else None
