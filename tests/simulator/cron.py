# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's cron rule: three kinds of schedules, and their next run (contract 4)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

from .errors import Thrown

EVERY_DAY, EVERY_WEEK, EVERY_MONTH = 0, 1, 2
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Cron:
    """A valid schedule: period, hour (0-23), day (0 for EveryDay, 1 for Sunday in EveryWeek)."""

    period: int
    hour: int
    day: int

    def next_after(self, moment: datetime) -> datetime:
        """The first run after a local time.

        The server adjusts the hour first, and then the day once, without checking the result. This
        is why day 30 can run on March 2.
        """
        start = moment.replace(microsecond=0) + timedelta(seconds=1)
        slot = start.replace(hour=self.hour, minute=0, second=0)
        if slot < start:
            slot += timedelta(days=1)
        return _MOVE[self.period](slot, self.day)


def _same_day(slot: datetime, _day: int) -> datetime:
    return slot


def _to_weekday(slot: datetime, day: int) -> datetime:
    quartz_today = slot.isoweekday() % 7 + 1
    return slot + timedelta(days=(day - quartz_today) % 7)


def _to_day_of_month(slot: datetime, day: int) -> datetime:
    if slot.day <= day <= monthrange(slot.year, slot.month)[1]:
        return slot.replace(day=day)
    year, month = (slot.year + 1, 1) if slot.month == DECEMBER else (slot.year, slot.month + 1)
    last = monthrange(year, month)[1]
    inside = slot.replace(year=year, month=month, day=min(day, last))
    return inside + timedelta(days=max(0, day - last))


_MOVE = {EVERY_DAY: _same_day, EVERY_WEEK: _to_weekday, EVERY_MONTH: _to_day_of_month}
_DAY_RULES = {
    EVERY_WEEK: (7, "Day-of-Week values must be between 1 and 7"),
    EVERY_MONTH: (31, "Day of month values must be between 1 and 31"),
}


def validated(period: int, hour: int, day: int) -> Cron:
    """The schedule. Raises the server's FormatException (500) with its message (contract 4)."""
    if period not in _MOVE:
        raise Thrown("System.FormatException", "Illegal characters for this position: 'ASC'")
    _check(hour, 0, 23, "Hour values must be between 0 and 23")
    if period == EVERY_DAY:
        return Cron(period, hour, 0)
    highest, complaint = _DAY_RULES[period]
    _check(day, 1, highest, complaint)
    return Cron(period, hour, day)


def _check(value: int, lowest: int, highest: int, complaint: str) -> None:
    if value < 0:
        raise Thrown("System.FormatException", "Unexpected character: -")
    if not lowest <= value <= highest:
        raise Thrown("System.FormatException", complaint)
