# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Extra runs: when they are predicted, the messages, and the choices of a play."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.cron import (
    safe_from,
    starts_extra_run,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.extra_run import (
    ExtraRun,
    extra_run_of,
    zone_of_change,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.plan import (
    Plan,
    plan,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule

UTC = timezone.utc
LATE = datetime(2026, 7, 1, 15, 5, tzinfo=UTC)
EARLY = datetime(2026, 7, 1, 1, 5, tzinfo=UTC)


class Portal:
    """Answers requests for the settings, and counts them."""

    def __init__(self, **settings: Any) -> None:
        self.settings = settings
        self.asked = 0

    def get(self, path: str) -> Any:
        assert path == "/api/2.0/settings"
        self.asked += 1
        if "error" in self.settings:
            raise DocSpaceError("no", kind="scope")
        return self.settings


def daily(hour: int = 2, **changes: Any) -> Schedule:
    return Schedule(**{
        "storage_type": "DataStore", "storage_params": {}, "period": "EveryDay", "hour": hour,
        "day": None, "backups_stored": 7, **changes,
    })  # fmt: skip


CHANGE = plan(daily(), daily(hour=9))


def foreseen(portal: Portal, todo: Plan, policy: str, now: datetime) -> ExtraRun | None:
    """The prediction with the time zone that the portal reports."""
    return extra_run_of(todo, policy, zone_of_change(portal, todo, policy, now), now)


@pytest.mark.parametrize(
    ("todo", "policy", "now", "asked"),
    [
        (CHANGE, "allow", LATE, 0),
        (plan(daily(), daily()), "warn", LATE, 0),
        (plan(None, daily()), "warn", LATE, 0),
        # No time zone on earth has reached hour 23 of this day.
        (plan(daily(23), daily()), "warn", EARLY, 0),
        (plan(daily(dump=True), None), "warn", EARLY, 0),
        (CHANGE, "warn", EARLY, 1),
    ],
)
def test_none_is_foreseen_and_the_zone_is_read_only_where_it_matters(todo, policy, now, asked):
    portal = Portal(timezone="UTC")

    assert foreseen(portal, todo, policy, now) is None
    assert portal.asked == asked


@pytest.mark.parametrize("policy", ["warn", "defer"])
def test_a_late_change_is_foreseen(policy):
    portal = Portal(timezone="Europe/Berlin")
    found = foreseen(portal, CHANGE, policy, LATE)

    assert portal.asked == 1
    assert found.deferred is (policy == "defer")
    assert found.safe_from is None
    assert "hour 2 has already passed today (Europe/Berlin)" in found.warning


def test_a_deferred_change_names_the_time_from_which_it_is_safe():
    found = foreseen(Portal(timezone="UTC"), CHANGE, "defer", LATE)

    assert found.safe_from == datetime(2026, 7, 2, tzinfo=UTC)
    assert "at 2026-07-02T00:00:00Z or later that day" in found.warning
    assert "was deferred" in found.warning


def test_a_dump_is_in_utc_and_nobody_is_asked():
    portal = Portal(timezone="Pacific/Auckland")
    found = foreseen(portal, plan(daily(dump=True), None), "warn", LATE)

    assert portal.asked == 0
    assert found.safe_from == datetime(2026, 7, 2, tzinfo=UTC)


@pytest.mark.parametrize("settings", [{}, {"error": True}, {"timezone": 5}])
def test_without_a_zone_it_may_be_late(settings):
    found = foreseen(Portal(**settings), CHANGE, "warn", LATE)

    assert "If hour 2 has already passed today in the time zone of the portal" in found.warning


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"timezone": "Unknown/Zone", "utcHoursOffset": 0}, False),
        ({"timezone": "Unknown/Zone", "utcHoursOffset": 3}, True),
        ({"timezone": "Unknown/Zone", "utcHoursOffset": 5.75}, True),
        # Without a valid offset the local time is unknown, so the hour may have passed.
        ({"timezone": "Unknown/Zone", "utcHoursOffset": 99}, True),
        ({"timezone": "Unknown/Zone"}, True),
    ],
)
def test_an_unknown_name_has_an_offset_still(settings, expected):
    found = foreseen(Portal(**settings), CHANGE, "warn", EARLY)

    assert (found is not None) is expected


@pytest.mark.parametrize(
    ("schedule", "zone", "expected"),
    [
        (daily(2), "UTC", "2026-07-02"),
        (daily(2), "America/New_York", "2026-07-02"),
        # When the day starts in UTC, it is noon there.
        (daily(12), "Etc/GMT-12", None),
        (daily(13), "Etc/GMT-12", "2026-07-02"),
        (daily(2, period="EveryWeek", day=4), "UTC", "2026-07-02"),
        (daily(2, period="EveryMonth", day=1), "UTC", "2026-07-02"),
    ],
)
def test_safe_from(schedule, zone, expected):
    found = safe_from(schedule, ZoneInfo(zone), LATE)

    assert found == (expected and datetime.fromisoformat(expected).replace(tzinfo=UTC))


@given(
    hour=st.integers(0, 23),
    zone=st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Auckland"]),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
)
def test_a_safe_time_is_safe_and_none_before_it_is(hour, zone, now):
    schedule, place = daily(hour), ZoneInfo(zone)
    found = safe_from(schedule, place, now)

    if found is not None:
        assert found > now
        assert not starts_extra_run(schedule, place, found)
    if starts_extra_run(schedule, place, now):
        until = found or now + timedelta(days=3)
        moment = now
        while moment < until:
            assert starts_extra_run(schedule, place, moment)
            moment += timedelta(minutes=37)
