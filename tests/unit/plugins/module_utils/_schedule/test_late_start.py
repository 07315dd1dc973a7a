# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Schedules that the server does not start at their first slot, and the warnings about them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.cron import late_hour
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.late_start import (
    late_start_warning,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule

UTC = timezone.utc
SUMMER = datetime(2026, 7, 1, 15, 5, tzinfo=UTC)
WINTER = datetime(2026, 12, 1, 15, 5, tzinfo=UTC)


def daily(hour: int, **changes: Any) -> Schedule:
    return Schedule(**{
        "storage_type": "DataStore", "storage_params": {}, "period": "EveryDay", "hour": hour,
        "day": None, "backups_stored": 7, **changes,
    })  # fmt: skip


def said(hour: int, zone: str, now: datetime, **changes: Any) -> str:
    return late_start_warning(daily(hour, **changes), ZoneInfo(zone), now) or ""


@pytest.mark.parametrize(
    ("zone", "hour", "now", "starts"),
    [
        ("America/New_York", 19, SUMMER, True),
        ("America/New_York", 20, SUMMER, False),
        ("America/New_York", 18, WINTER, True),
        ("America/New_York", 19, WINTER, False),
        ("America/Phoenix", 16, SUMMER, True),
        ("America/Phoenix", 17, SUMMER, False),
        ("America/Phoenix", 23, SUMMER, False),
        # An offset of three and a half hours, in winter.
        ("America/St_Johns", 20, WINTER, True),
        ("America/St_Johns", 21, WINTER, False),
        ("Asia/Tokyo", 0, SUMMER, True),
        ("Asia/Tokyo", 23, SUMMER, True),
        ("Europe/London", 23, WINTER, True),
        ("UTC", 23, SUMMER, True),
    ],
)
@pytest.mark.parametrize(
    "when", [{}, {"period": "EveryWeek", "day": 4}, {"period": "EveryMonth", "day": 9}]
)
def test_who_is_warned(
    zone: str, hour: int, now: datetime, starts: bool, when: dict[str, Any]
) -> None:
    assert bool(said(hour, zone, now, **when)) is not starts


def test_one_that_never_starts() -> None:
    text = said(22, "America/New_York", SUMMER)

    assert "never starts this schedule, because hour 22" in text
    assert "(America/New_York) is on the next day in UTC" in text
    assert "Set an hour below 19." in text


def test_one_that_starts_when_the_clocks_change() -> None:
    """Only in winter, 19:00 in New York is on the next day in UTC."""
    text = said(19, "America/New_York", WINTER)

    assert "does not start this schedule before 2027-03-14T23:00:00Z, because hour 19" in text
    assert "Set an hour below 19." in text


@pytest.mark.parametrize(
    "changes",
    [
        # After its first run, the schedule runs as planned.
        {"last_backup_time": SUMMER - timedelta(days=1)},
        # Another warning reports that it never runs.
        {"storage_type": "CustomCloud"},
    ],
)
def test_nothing_is_said_of_one_that_has_run_or_cannot(changes: dict[str, Any]) -> None:
    assert not said(22, "America/New_York", SUMMER, **changes)


def test_an_extra_run_is_a_run_too() -> None:
    """At 23:30 UTC it is 19:30 there, so a schedule saved at that time starts within minutes."""
    before = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)

    assert said(19, "America/New_York", before + timedelta(days=2))
    assert not said(19, "America/New_York", before)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/New_York", 19),
        ("America/Phoenix", 17),
        ("America/St_Johns", 21),
        ("Pacific/Pago_Pago", 13),
        ("Atlantic/Azores", 23),
        ("Europe/London", 24),
        ("Asia/Kolkata", 24),
    ],
)
@pytest.mark.parametrize("now", [SUMMER, WINTER])
def test_the_first_late_hour_of_the_year(zone: str, expected: int, now: datetime) -> None:
    assert late_hour(ZoneInfo(zone), now) == expected


@given(
    hour=st.integers(0, 23),
    zone=st.sampled_from(
        ["UTC", "Asia/Tokyo", "America/New_York", "America/St_Johns", "Pacific/Pago_Pago"]
    ),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
)
def test_what_is_advised_starts_all_year(hour: int, zone: str, now: datetime) -> None:
    """If there is a warning, the server's rule for the day of the next slot confirms it."""
    place = ZoneInfo(zone)
    text = said(hour, zone, now)

    assert not said(late_hour(place, now) - 1, zone, now)
    if text:
        local = now.astimezone(place)
        slot = local.replace(hour=hour, minute=0, second=0, microsecond=0)
        if slot <= local:
            slot += timedelta(days=1)
        assert slot.astimezone(UTC).date() > slot.date()
