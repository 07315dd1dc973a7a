# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a schedule of the simulated server runs (contract 4)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from simulator.cron import EVERY_DAY, EVERY_MONTH, EVERY_WEEK, Cron, validated
from simulator.errors import FORMAT, Thrown


def fires(cron: Cron, year: int) -> list[str]:
    """Month and day of every run in a year, each calculated from the previous one."""
    moment = datetime(year, 1, 1) - timedelta(seconds=1)
    found = []
    while (moment := cron.next_after(moment)).year == year:
        found.append(f"{moment:%m-%d}")
    return found


@pytest.mark.parametrize(
    ("day", "year", "expected"),
    [
        (31, 2027, ["01-31", "03-31", "05-31", "07-31", "08-31", "10-31", "12-31"]),
        (30, 2027, ["01-30", "03-02", "03-30", *[f"{m:02}-30" for m in range(4, 13)]]),
        (30, 2028, ["01-30", "03-01", "03-30", *[f"{m:02}-30" for m in range(4, 13)]]),
        (29, 2027, ["01-29", "03-01", "03-29", *[f"{m:02}-29" for m in range(4, 13)]]),
        (29, 2028, [f"{m:02}-29" for m in range(1, 13)]),
        (1, 2027, [f"{m:02}-01" for m in range(1, 13)]),
    ],
)
def test_days_of_the_month(day: int, year: int, expected: list[str]) -> None:
    assert fires(Cron(EVERY_MONTH, 3, day), year) == expected


@pytest.mark.parametrize("day", [29, 30])
def test_a_schedule_made_in_february_has_no_extra_run_in_march(day: int) -> None:
    made = datetime(2027, 2, 10, 12)
    assert Cron(EVERY_MONTH, 3, day).next_after(made) == datetime(2027, 3, day, 3)


def test_weekdays_are_counted_from_sunday() -> None:
    week = [Cron(EVERY_WEEK, 2, day).next_after(datetime(2026, 3, 1)) for day in range(1, 8)]
    assert [f"{moment:%a}" for moment in week] == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]


def test_weeks_roll_over_the_year() -> None:
    sunday = Cron(EVERY_WEEK, 2, 1)
    assert sunday.next_after(datetime(2026, 12, 27, 2)) == datetime(2027, 1, 3, 2)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (datetime(2026, 2, 28, 23, 59, 59), datetime(2026, 3, 1, 2)),
        (datetime(2026, 3, 1, 1, 59, 59), datetime(2026, 3, 1, 2)),
        (datetime(2026, 3, 1, 2), datetime(2026, 3, 2, 2)),
        (datetime(2026, 12, 31, 3), datetime(2027, 1, 1, 2)),
    ],
)
def test_every_day(after: datetime, expected: datetime) -> None:
    assert Cron(EVERY_DAY, 2, 0).next_after(after) == expected


@pytest.mark.parametrize(
    ("period", "hour", "day", "words"),
    [
        (0, 24, 0, "Hour values must be between 0 and 23"),
        (0, -1, 0, "Unexpected character: -"),
        (1, 2, 0, "Day-of-Week values must be between 1 and 7"),
        (1, 2, 8, "Day-of-Week values must be between 1 and 7"),
        (2, 2, 0, "Day of month values must be between 1 and 31"),
        (2, 2, 32, "Day of month values must be between 1 and 31"),
        (2, 2, -3, "Unexpected character: -"),
        (7, 2, 1, "Illegal characters for this position: 'ASC'"),
    ],
)
def test_what_the_server_cannot_read(period: int, hour: int, day: int, words: str) -> None:
    with pytest.raises(Thrown) as caught:
        validated(period, hour, day)
    assert (caught.value.type_name, caught.value.message) == (FORMAT, words)


def test_the_day_of_a_daily_schedule_is_dropped() -> None:
    assert validated(EVERY_DAY, 2, 99) == Cron(EVERY_DAY, 2, 0)
