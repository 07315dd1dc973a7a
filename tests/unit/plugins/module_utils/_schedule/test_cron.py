# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The times of scheduled runs. Expected times are calculated by hand (contract 4, 5.3)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import zone_by_name
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.cron import (
    can_run,
    next_run,
    starts_extra_run,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule

UTC = timezone.utc


def daily(hour: int) -> Schedule:
    return Schedule("DataStore", {}, "EveryDay", hour, None, 7)


def weekly(hour: int, day: int) -> Schedule:
    return Schedule("DataStore", {}, "EveryWeek", hour, day, 7)


def monthly(hour: int, day: int, last: str | None = None) -> Schedule:
    return Schedule("DataStore", {}, "EveryMonth", hour, day, 7, False, last and at(last))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "zone", "now", "expected"),
    [
        (daily(2), "UTC", "2026-07-01 01:59:59", "2026-07-01 02:00:00"),
        (daily(2), "UTC", "2026-07-01 02:00:00", "2026-07-02 02:00:00"),
        (daily(0), "UTC", "2026-12-31 00:00:01", "2027-01-01 00:00:00"),
        # Berlin is two hours ahead in summer, one in winter.
        (daily(2), "Europe/Berlin", "2026-07-01 12:00:00", "2026-07-02 00:00:00"),
        (daily(2), "Europe/Berlin", "2026-12-01 12:00:00", "2026-12-02 01:00:00"),
        (daily(1), "Europe/Berlin", "2026-07-01 12:00:00", "2026-07-01 23:00:00"),
        # 02:00 does not exist in Berlin on March 29, 2026, so the run follows the gap.
        (daily(2), "Europe/Berlin", "2026-03-28 12:00:00", "2026-03-29 01:00:00"),
        (daily(2), "Europe/Berlin", "2026-03-29 01:00:00", "2026-03-30 00:00:00"),
        # 02:00 occurs twice in Berlin on October 25, 2026, and the run is at the first occurrence.
        (daily(2), "Europe/Berlin", "2026-10-24 12:00:00", "2026-10-25 00:00:00"),
        (daily(2), "Europe/Berlin", "2026-10-25 00:30:00", "2026-10-26 01:00:00"),
        (daily(23), "America/Los_Angeles", "2026-07-01 05:00:00", "2026-07-01 06:00:00"),
        (daily(3), "Pacific/Auckland", "2026-07-01 12:00:00", "2026-07-01 15:00:00"),
        # July 1, 2026 is a Wednesday, which is day 4 for the server.
        (weekly(5, 4), "UTC", "2026-07-01 04:00:00", "2026-07-01 05:00:00"),
        (weekly(5, 4), "UTC", "2026-07-01 06:00:00", "2026-07-08 05:00:00"),
        (weekly(5, 1), "UTC", "2026-07-01 06:00:00", "2026-07-05 05:00:00"),
        (weekly(5, 2), "UTC", "2026-07-01 06:00:00", "2026-07-06 05:00:00"),
        (weekly(5, 7), "UTC", "2026-12-30 06:00:00", "2027-01-02 05:00:00"),
        # On Saturday at noon UTC, it is already Sunday, July 5 in Auckland.
        (weekly(3, 1), "Pacific/Auckland", "2026-07-04 12:00:00", "2026-07-04 15:00:00"),
        (monthly(4, 1), "UTC", "2026-07-01 04:00:00", "2026-08-01 04:00:00"),
        (monthly(4, 28), "UTC", "2027-02-01 00:00:00", "2027-02-28 04:00:00"),
        # Day 31 runs only in months with 31 days.
        (monthly(4, 31), "UTC", "2027-01-31 05:00:00", "2027-03-31 04:00:00"),
        (monthly(4, 31), "UTC", "2027-08-31 05:00:00", "2027-10-31 04:00:00"),
        # Day 30 runs on March 2 (March 1 in leap years) instead of February if the last run was in
        # January, and again on March 30.
        (
            monthly(4, 30, "2027-01-30 04:00:05"),
            "UTC",
            "2027-01-31 00:00:00",
            "2027-03-02 04:00:00",
        ),
        (
            monthly(4, 30, "2028-01-30 04:00:05"),
            "UTC",
            "2028-02-15 00:00:00",
            "2028-03-01 04:00:00",
        ),
        (
            monthly(4, 30, "2027-03-02 04:00:05"),
            "UTC",
            "2027-03-02 05:00:00",
            "2027-03-30 04:00:00",
        ),
        (monthly(4, 30), "UTC", "2027-02-10 00:00:00", "2027-03-30 04:00:00"),
        # By the same rule, day 29 runs on March 1 in years that are not leap years.
        (
            monthly(4, 29, "2027-01-29 04:00:05"),
            "UTC",
            "2027-02-10 00:00:00",
            "2027-03-01 04:00:00",
        ),
        (
            monthly(4, 29, "2028-01-29 04:00:05"),
            "UTC",
            "2028-02-10 00:00:00",
            "2028-02-29 04:00:00",
        ),
        (
            monthly(4, 29, "2028-01-29 04:00:05"),
            "UTC",
            "2028-02-29 05:00:00",
            "2028-03-29 04:00:00",
        ),
        (monthly(4, 29), "UTC", "2027-02-10 00:00:00", "2027-03-29 04:00:00"),
        # A run in January of an earlier year does not count for this February.
        (
            monthly(4, 29, "2026-01-29 04:00:05"),
            "UTC",
            "2027-02-10 00:00:00",
            "2027-03-29 04:00:00",
        ),
    ],
)
def test_next_run(schedule, zone, now, expected):
    assert next_run(schedule, ZoneInfo(zone), at(now)) == at(expected)


@given(
    hour=st.integers(0, 23),
    period=st.sampled_from(["EveryDay", "EveryWeek", "EveryMonth"]),
    day=st.integers(1, 7),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati"]),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),
)
def test_the_next_run_is_the_first_slot_ahead(hour, period, day, zone, now):
    schedule = Schedule("DataStore", {}, period, hour, None if period == "EveryDay" else day, 7)
    run = next_run(schedule, ZoneInfo(zone), now)

    local = run.astimezone(ZoneInfo(zone))
    longest = {"EveryDay": 1, "EveryWeek": 7, "EveryMonth": 31}[period]
    assert now < run <= now + timedelta(days=longest, hours=2)
    assert local.minute in (0, 30)
    assert (local.hour - hour) % 24 in (0, 1)
    if period == "EveryWeek":
        assert local.strftime("%A") == [
            "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
        ][day - 1]  # fmt: skip
    if period == "EveryMonth":
        assert local.day == day


@pytest.mark.parametrize(
    ("schedule", "zone", "now", "expected"),
    [
        # The matrix of contract 15, rows 79 to 82, and the examples of 5.3.
        (daily(2), "UTC", "2026-07-01 15:05:00", True),
        (daily(2), "UTC", "2026-07-01 03:05:00", True),
        (daily(2), "UTC", "2026-07-01 23:05:00", True),
        (daily(2), "UTC", "2026-07-01 01:05:00", False),
        (daily(2), "UTC", "2026-07-01 02:00:00", True),
        (daily(2), "Etc/GMT+8", "2026-07-01 01:05:00", False),
        (daily(2), "Etc/GMT+8", "2026-07-01 09:59:00", False),
        (daily(2), "Etc/GMT+8", "2026-07-01 10:00:00", True),
        (daily(2), "Etc/GMT-12", "2026-07-01 15:05:00", True),
        (daily(2), "Etc/GMT-12", "2026-07-01 12:00:00", True),
        (daily(23), "Etc/GMT-12", "2026-07-01 10:59:00", False),
        # If the local date is tomorrow, today's slot in UTC has passed, whatever its hour.
        (daily(23), "Etc/GMT-12", "2026-07-01 12:00:00", True),
        # July 1, 2026 is a Wednesday, which is day 4 for the server.
        (weekly(2, 4), "UTC", "2026-07-01 15:05:00", True),
        (weekly(2, 4), "UTC", "2026-07-01 01:05:00", False),
        (weekly(2, 3), "UTC", "2026-07-01 15:05:00", False),
        (monthly(2, 1), "UTC", "2026-07-01 15:05:00", True),
        (monthly(2, 2), "UTC", "2026-07-01 15:05:00", False),
        # Without a zone: whether it starts in any zone.
        (daily(2), None, "2026-07-01 01:05:00", True),
        (daily(23), None, "2026-07-01 08:59:00", False),
        (daily(23), None, "2026-07-01 09:00:00", True),
        (weekly(2, 3), None, "2026-07-01 09:00:00", False),
        (weekly(2, 5), None, "2026-07-01 12:00:00", True),
        (Schedule("CustomCloud", {}, "EveryDay", 2, None, 7), "UTC", "2026-07-01 15:05:00", False),
    ],
)
def test_an_extra_run_after_a_save(schedule, zone, now, expected):
    assert starts_extra_run(schedule, zone and ZoneInfo(zone), at(now)) is expected


@pytest.mark.parametrize(
    "name", [None, "", "Nowhere/Land", "../etc/passwd", "Europe", "\x00", "W. Europe Standard Time"]
)
def test_an_unknown_zone_is_none(name):
    assert zone_by_name(name) is None


def test_a_known_zone():
    assert zone_by_name("Europe/Berlin") == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("storage_type", "expected"), [("Documents", True), ("CustomCloud", False), ("99", False)]
)
def test_types_that_never_run(storage_type, expected):
    assert can_run(Schedule(storage_type, {}, "EveryDay", 0, None, 1)) is expected


# --- the ends of the calendar, and types that do not exist


@pytest.mark.parametrize("last", ["0001-01-01T00:00:01", "9999-12-31T23:59:59"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "UTC"])
def test_a_last_run_at_an_end_of_the_calendar_is_no_reason_to_fail(last, zone):
    schedule = monthly(3, 29, last)
    found = next_run(schedule, ZoneInfo(zone), at("2026-02-10T12:00:00"))

    assert found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime(2026, 3, 29, 3)


@pytest.mark.parametrize("storage_type", ["-1", "6", "99", "CustomCloud"])
def test_a_type_that_does_not_exist_never_runs(storage_type):
    assert not can_run(Schedule(storage_type, {}, "EveryDay", 3, None, 7))
