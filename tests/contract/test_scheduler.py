# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When the server runs a schedule, and how a repeated write affects it (contract 4, 5.2, 5.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from support.control import Control
from support.portal import Portal

from contract.matrix.bodies import HISTORY, NEVER, PROGRESS, READ, WRITE, bare

POLL_S = 900
MakePortal = Callable[..., Portal]


def daily(hour: int = 2, copies: int = 7, storage_type: str = "DataStore") -> dict[str, object]:
    """A daily schedule that needs no folder."""
    body = bare(storage_type, backupsStored=copies)
    return {**body, "cronParams": {"period": 0, "hour": hour}}


def monthly(day: int) -> dict[str, object]:
    """A monthly schedule at 2 o'clock."""
    return {**bare("DataStore"), "cronParams": {"period": 2, "hour": 2, "day": day}}


def weekly(day: int) -> dict[str, object]:
    """A weekly schedule at 2 o'clock."""
    return {**bare("DataStore"), "cronParams": {"period": 1, "hour": 2, "day": day}}


def last_run(portal: Portal) -> str:
    """The time of the last scheduled start."""
    shown = portal.schedule()
    assert shown is not None
    time: str = shown["lastBackupTime"]
    return time


def copies_of(portal: Portal) -> list[str]:
    """The IDs in the history."""
    return [record["id"] for record in portal.get(HISTORY).response]


class TestExtraBackup:
    """The effect on a portal of a client that posts at every run."""

    def test_posting_again_unchanged_starts_an_extra_backup(
        self, portal: Portal, control: Control
    ) -> None:
        control.clock_at("2026-03-02T01:00:00Z")
        portal.post(WRITE, daily())
        control.clock_at("2026-03-02T12:00:00Z")
        ran = last_run(portal)
        assert "2026-03-02T01:59:59" < ran <= "2026-03-02T02:15:30"
        assert len(copies_of(portal)) == 1
        first = portal.get(PROGRESS).response["taskId"]

        assert portal.post(WRITE, daily()).status == 200
        assert last_run(portal) == NEVER
        control.clock_forward(POLL_S)
        assert "2026-03-02T12:00:00" < last_run(portal) <= "2026-03-02T12:15:30"
        control.clock_forward(60)
        assert portal.get(PROGRESS).response["isCompleted"] is True
        assert portal.get(PROGRESS).response["taskId"] != first
        assert len(copies_of(portal)) == 2

    def test_reading_starts_none(self, portal: Portal, control: Control) -> None:
        control.clock_at("2026-03-02T01:00:00Z")
        portal.post(WRITE, daily())
        control.clock_at("2026-03-02T12:00:00Z")
        ran = last_run(portal)
        for _turn in range(20):
            portal.get(READ)
            control.clock_forward(POLL_S)
        assert last_run(portal) == ran
        assert len(copies_of(portal)) == 1

    def test_every_repetition_costs_one_backup(self, portal: Portal, control: Control) -> None:
        control.clock_at("2026-03-02T12:00:00Z")
        for _turn in range(5):
            portal.post(WRITE, daily(copies=30))
            control.clock_forward(POLL_S + 60)
        assert len(copies_of(portal)) == 5
        assert portal.get("backup/getbackupscount").response == 5

    def test_posting_again_before_the_hour_costs_none(
        self, portal: Portal, control: Control
    ) -> None:
        control.clock_at("2026-03-02T00:30:00Z")
        for _turn in range(3):
            portal.post(WRITE, daily())
            control.clock_forward(POLL_S)
        assert last_run(portal) == NEVER
        assert copies_of(portal) == []


# Day of the month -> days on which it runs, from January 2027 to April of the leap year 2028. There
# is no run in a month that is too short, except that after a run in January, the 29th and 30th are
# made up for in March, on the day that many days after the first of February.
DAYS_OF_MONTH = {
    29: [
        *("2027-01-29", "2027-03-01", "2027-03-29", "2027-04-29", "2027-05-29", "2027-06-29"),
        *("2027-07-29", "2027-08-29", "2027-09-29", "2027-10-29", "2027-11-29", "2027-12-29"),
        *("2028-01-29", "2028-02-29", "2028-03-29", "2028-04-29"),
    ],
    30: [
        *("2027-01-30", "2027-03-02", "2027-03-30", "2027-04-30", "2027-05-30", "2027-06-30"),
        *("2027-07-30", "2027-08-30", "2027-09-30", "2027-10-30", "2027-11-30", "2027-12-30"),
        *("2028-01-30", "2028-03-01", "2028-03-30", "2028-04-30"),
    ],
    31: [
        *("2027-01-31", "2027-03-31", "2027-05-31", "2027-07-31", "2027-08-31", "2027-10-31"),
        *("2027-12-31", "2028-01-31", "2028-03-31"),
    ],
}


class TestDays:
    """The days on which weekly and monthly schedules run."""

    def test_the_last_days_of_a_month(self, make_portal: MakePortal, control: Control) -> None:
        """Sixteen months. Before each expected run, the last run must still be the previous one."""
        control.clock_at("2027-01-01T00:00:00Z")
        portals = {day: make_portal() for day in DAYS_OF_MONTH}
        for day, portal in portals.items():
            portal.post(WRITE, monthly(day))
        runs = sorted((date, day) for day, dates in DAYS_OF_MONTH.items() for date in dates)
        seen = dict.fromkeys(portals, NEVER[:10])
        for date, day in runs:
            control.clock_at(f"{date}T01:59:00Z")
            assert last_run(portals[day])[:10] == seen[day], f"before {date}, day {day}"
            control.clock_at(f"{date}T02:16:00Z")
            assert f"{date}T01:59:59" < last_run(portals[day]) <= f"{date}T02:15:30"
            seen[day] = date

    @pytest.mark.parametrize(
        ("day", "first"), [(29, "2027-03-29"), (30, "2027-03-30"), (31, "2027-03-31")]
    )
    def test_a_schedule_made_in_february_waits_for_its_day(
        self, portal: Portal, control: Control, day: int, first: str
    ) -> None:
        control.clock_at("2027-02-10T12:00:00Z")
        portal.post(WRITE, monthly(day))
        control.clock_at(f"{first}T01:59:00Z")
        assert last_run(portal) == NEVER
        control.clock_at(f"{first}T02:16:00Z")
        assert last_run(portal).startswith(first)

    def test_weekdays_are_numbered_from_sunday(
        self, make_portal: MakePortal, control: Control
    ) -> None:
        control.clock_at("2026-02-28T12:00:00Z")  # a Saturday
        portals = [make_portal() for _turn in range(7)]
        for number, portal in enumerate(portals, 1):
            portal.post(WRITE, weekly(number))
        sunday = datetime(2026, 3, 1)
        for offset, portal in enumerate(portals[:6]):
            date = f"{sunday + timedelta(days=offset):%Y-%m-%d}"
            control.clock_at(f"{date}T01:59:00Z")
            assert last_run(portal) == NEVER
            control.clock_at(f"{date}T02:16:00Z")
            assert last_run(portal).startswith(date)
        assert last_run(portals[6]).startswith("2026-02-28T12"), "Saturday was today, and is 7"


# For a schedule that has never run: (zone, UTC time of the POST, cron) -> whether it runs at the
# next poll. "Today" is the date in UTC, whatever the portal's zone (contract 5.3).
EVERY_DAY = {"period": 0, "hour": 2}
AT_ONCE = {
    "before-the-hour": ("UTC", "2026-03-02T01:05:00Z", EVERY_DAY, False),
    "after-the-hour": ("UTC", "2026-03-02T03:05:00Z", EVERY_DAY, True),
    "in-the-afternoon": ("UTC", "2026-03-02T15:05:00Z", EVERY_DAY, True),
    "late-at-night": ("UTC", "2026-03-02T23:05:00Z", EVERY_DAY, True),
    "hour-0": ("UTC", "2026-03-02T00:05:00Z", {"period": 0, "hour": 0}, True),
    "hour-23": ("UTC", "2026-03-02T22:30:00Z", {"period": 0, "hour": 23}, False),
    "east-and-tomorrow": ("Etc/GMT-12", "2026-03-02T13:05:00Z", EVERY_DAY, True),
    "east-and-today": ("Etc/GMT-12", "2026-03-02T01:05:00Z", EVERY_DAY, True),
    "west-and-yesterday": ("Etc/GMT+8", "2026-03-02T05:05:00Z", EVERY_DAY, False),
    "west-and-too-early": ("Etc/GMT+8", "2026-03-02T09:05:00Z", EVERY_DAY, False),
    "west-and-today": ("Etc/GMT+8", "2026-03-02T10:05:00Z", EVERY_DAY, True),
    "the-weekday": ("UTC", "2026-03-02T03:05:00Z", {"period": 1, "hour": 2, "day": 2}, True),
    "another-weekday": ("UTC", "2026-03-02T03:05:00Z", {"period": 1, "hour": 2, "day": 1}, False),
    "the-day": ("UTC", "2026-03-02T03:05:00Z", {"period": 2, "hour": 2, "day": 2}, True),
    "the-day-before": ("UTC", "2026-03-02T03:05:00Z", {"period": 2, "hour": 2, "day": 1}, False),
}


@pytest.mark.parametrize(("zone", "now", "cron", "runs"), AT_ONCE.values(), ids=AT_ONCE)
def test_a_new_schedule_runs_at_once_or_waits(
    make_portal: MakePortal,
    control: Control,
    zone: str,
    now: str,
    cron: dict[str, int],
    runs: bool,
) -> None:
    control.clock_at(now)
    portal = make_portal(timezone=zone)
    portal.post(WRITE, {**bare("DataStore"), "cronParams": cron})
    control.clock_forward(POLL_S)
    assert (last_run(portal) != NEVER) is runs


# An hour in Berlin, and the UTC hours in which it runs on days around the clock changes.
CLOCK_CHANGES = {
    "winter": ("2026-03-27", 2, "2026-03-28T01"),
    "spring-forward-hour-2": ("2026-03-28", 2, "2026-03-29T01"),
    "spring-forward-hour-4": ("2026-03-28", 4, "2026-03-29T02"),
    "summer": ("2026-03-29", 2, "2026-03-30T00"),
    "autumn-back-hour-2": ("2026-10-24", 2, "2026-10-25T00"),
    "autumn-back-hour-4": ("2026-10-24", 4, "2026-10-25T03"),
    "after-autumn": ("2026-10-25", 2, "2026-10-26T01"),
}


@pytest.mark.parametrize(("posted", "hour", "runs"), CLOCK_CHANGES.values(), ids=CLOCK_CHANGES)
def test_the_hour_follows_the_clocks_of_the_portal(
    make_portal: MakePortal, control: Control, posted: str, hour: int, runs: str
) -> None:
    """It is posted at noon, so it runs once immediately, and then in the following night."""
    control.clock_at(f"{posted}T12:00:00Z")
    portal = make_portal(timezone="Europe/Berlin")
    portal.post(WRITE, daily(hour=hour))
    control.clock_forward(86400)
    assert last_run(portal).startswith(runs)


class TestRuns:
    """What a scheduled run does and does not do."""

    def test_a_failed_run_is_not_repeated_before_the_next_slot(
        self, portal: Portal, control: Control
    ) -> None:
        control.clock_at("2026-03-02T01:00:00Z")
        portal.post(WRITE, daily(storage_type="CustomCloud"))
        control.clock_at("2026-03-02T03:00:00Z")
        ran = last_run(portal)
        assert ran.startswith("2026-03-02T02")
        control.clock_at("2026-03-03T01:59:00Z")
        assert last_run(portal) == ran
        control.clock_at("2026-03-03T02:20:00Z")
        assert last_run(portal).startswith("2026-03-03T02")

    def test_a_running_backup_swallows_the_scheduled_one(
        self, portal: Portal, control: Control
    ) -> None:
        control.clock_at("2026-03-02T12:00:00Z")
        portal.post(WRITE, daily())
        control.clock_forward(POLL_S)
        poll = datetime.fromisoformat(last_run(portal))  # shows the minutes of the polls
        while poll < datetime(2026, 3, 3, 2):
            poll += timedelta(seconds=POLL_S)
        control.clock_at(f"{poll - timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}")
        running = portal.post("backup/startbackup", {"storageType": 4}).response["taskId"]
        control.clock_forward(60)
        assert last_run(portal) >= f"{poll:%Y-%m-%dT%H:%M:%S}", "the slot counts as used"
        assert portal.get(PROGRESS).response["taskId"] == running
        assert len(copies_of(portal)) == 2

    def test_the_newest_scheduled_copies_are_kept(self, portal: Portal, control: Control) -> None:
        control.clock_at("2026-03-02T12:00:00Z")
        by_hand = portal.post("backup/startbackup", {"storageType": 4})
        assert by_hand.status == 200
        folder = control.folder(portal.alias, "Backups")
        body = {**daily(copies=2), "storageType": 0}
        body["storageParams"] = [{"key": "folderId", "value": folder}]
        portal.post(WRITE, body)
        for _turn in range(5):
            control.clock_forward(86400)
        control.clock_forward(2 * POLL_S)
        kept = [record for record in portal.get(HISTORY).response if record["storageType"] == 0]
        assert len(kept) == 2
        assert min(record["createdOn"] for record in kept) > "2026-03-06T02"

    def test_the_hour_is_that_of_the_portal(
        self, make_portal: MakePortal, control: Control
    ) -> None:
        control.clock_at("2026-03-02T00:00:00Z")
        portal = make_portal(timezone="Asia/Tokyo")
        portal.post(WRITE, daily(hour=10))
        control.clock_at("2026-03-02T00:59:00Z")
        assert last_run(portal) == NEVER
        control.clock_at("2026-03-02T01:16:00Z")
        assert last_run(portal).startswith("2026-03-02T01"), "10 o'clock in Tokyo, given in UTC"

    def test_the_hour_of_a_dump_is_utc(self, make_portal: MakePortal, control: Control) -> None:
        control.clock_at("2026-03-02T00:00:00Z")
        portal = make_portal(timezone="Asia/Tokyo")
        portal.post(WRITE, {**daily(hour=10), "dump": True})
        control.clock_at("2026-03-02T09:59:00Z")
        shown = portal.schedule(dump=True)
        assert shown is not None and shown["lastBackupTime"] == NEVER
        control.clock_at("2026-03-02T10:16:00Z")
        shown = portal.schedule(dump=True)
        assert shown is not None and shown["lastBackupTime"].startswith("2026-03-02T10")
        assert portal.schedule() is None

    @pytest.mark.parametrize("status", ["Suspended", "Restoring", "Transfering"])
    def test_only_active_portals_run(self, portal: Portal, control: Control, status: str) -> None:
        control.clock_at("2026-03-02T01:00:00Z")
        portal.post(WRITE, daily())
        control.change(portal.alias, status=status)
        control.clock_at("2026-03-02T12:00:00Z")
        control.change(portal.alias, status="Active")
        assert last_run(portal) == NEVER

    def test_an_unpaid_portal_keeps_its_schedule_and_does_not_run(
        self, portal: Portal, control: Control
    ) -> None:
        control.clock_at("2026-03-02T01:00:00Z")
        portal.post(WRITE, daily())
        control.change(portal.alias, paid=False)
        control.clock_at("2026-03-02T12:00:00Z")
        control.change(portal.alias, paid=True)
        assert last_run(portal) == NEVER
        control.clock_forward(POLL_S)
        assert last_run(portal).startswith("2026-03-02T12")

    def test_the_server_drops_the_schedule_when_the_free_backups_are_used_up(
        self, make_portal: MakePortal, control: Control
    ) -> None:
        control.clock_at("2026-03-02T01:00:00Z")
        portal = make_portal(mode="saas", free_backups=2, wallet_backup=False)
        portal.post(WRITE, daily())
        control.clock_at("2026-03-04T01:00:00Z")
        assert last_run(portal).startswith("2026-03-03T02")
        control.clock_at("2026-03-04T02:20:00Z")
        assert portal.schedule() is None
