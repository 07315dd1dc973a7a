# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Extra runs: those that the module predicts are those that the server starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.portal import Portal
from support.simulator import Control

from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule import info, task

# Wednesday, in the middle of the day.
NOON = "2026-07-01T12:05:00Z"
ONE_POLL_S = 16 * 60
DAY_S = 24 * 60 * 60


def options(portal: Portal, **more: Any) -> dict[str, Any]:
    return {
        "api_host": portal.url,
        "api_key": portal.api_key,
        "validate_certs": True,
        "timeout": 30,
        "retries": 0,
        "state": "present",
        "storage_type": "DataStore",
        "hour": 2,
        "backups_stored": 7,
        "verify_target": False,
        "extra_run": "warn",
        **more,
    }


def last_run(portal: Portal) -> str:
    schedule = portal.schedule()
    assert schedule is not None
    return str(schedule["lastBackupTime"])


def ran(portal: Portal) -> bool:
    return last_run(portal) != "0001-01-01T00:00:00"


def late_start_warnings(result: dict[str, Any]) -> list[str]:
    return [text for text in result["warnings"] if "Set an hour below" in text]


def extra_run_warnings(result: dict[str, Any]) -> list[str]:
    return [text for text in result["warnings"] if "extra backup" in text]


@pytest.mark.parametrize(
    ("timezone", "hour", "period"),
    [
        ("UTC", 2, {}),
        ("UTC", 13, {}),
        ("UTC", 12, {}),
        ("America/New_York", 7, {}),
        ("America/New_York", 9, {}),
        ("Pacific/Auckland", 23, {}),
        ("Pacific/Auckland", 2, {}),
        ("Asia/Kolkata", 17, {}),
        ("Asia/Kolkata", 18, {}),
        ("UTC", 2, {"period": "EveryWeek", "weekday": "wednesday"}),
        ("UTC", 2, {"period": "EveryWeek", "weekday": "tuesday"}),
        ("UTC", 2, {"period": "EveryMonth", "day": 1}),
        ("UTC", 2, {"period": "EveryMonth", "day": 2}),
    ],
)
def test_what_is_foreseen_is_what_the_server_does(
    control: Control,
    make_portal: Callable[..., Portal],
    timezone: str,
    hour: int,
    period: dict[str, Any],
) -> None:
    portal = make_portal(timezone=timezone)
    control.clock_at(NOON)
    result = task.run(options(portal, hour=hour, **period), False)
    control.clock_forward(ONE_POLL_S)

    assert result["changed"]
    assert bool(extra_run_warnings(result)) is ran(portal)


def test_a_repeated_post_starts_an_extra_backup_and_the_module_does_not(
    control: Control, portal: Portal
) -> None:
    control.clock_at("2026-07-01T00:05:00Z")
    task.run(options(portal), False)
    control.clock_at("2026-07-01T02:20:00Z")
    assert ran(portal)
    first = last_run(portal)
    control.clock_at(NOON)
    control.clear_requests()

    for _turn in range(100):
        assert not task.run(options(portal), False)["changed"]
    control.clock_forward(ONE_POLL_S)

    assert last_run(portal) == first
    assert {request.method for request in control.requests(portal.alias)} == {"GET"}
    assert len(portal.get("backup/getbackuphistory").response) == 1

    posted = {
        "storageType": "DataStore",
        "cronParams": {"period": "EveryDay", "hour": 2, "day": 0},
        "backupsStored": 7,
    }
    assert portal.post("backup/createbackupschedule", posted).status == 200
    control.clock_forward(ONE_POLL_S)

    assert len(portal.get("backup/getbackuphistory").response) == 2


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_deferred_change_is_made_when_it_is_safe(
    control: Control, portal: Portal, check_mode: bool
) -> None:
    control.clock_at(NOON)
    late = task.run(options(portal, extra_run="defer"), check_mode)

    assert (late["changed"], late["deferred"]) == (False, True)
    assert late["safe_from"] == "2026-07-02T00:00:00Z"
    assert late["schedule"] is None
    assert portal.schedule() is None

    control.clock_at("2026-07-02T00:00:01Z")
    safe = task.run(options(portal, extra_run="defer"), check_mode)

    assert (safe["changed"], safe["deferred"], safe["safe_from"]) == (True, False, None)
    control.clock_forward(ONE_POLL_S)
    assert check_mode or not ran(portal)


def test_allow_saves_the_request_for_the_zone(control: Control, portal: Portal) -> None:
    control.clock_at(NOON)
    control.clear_requests()
    result = task.run(options(portal, extra_run="allow"), False)

    assert extra_run_warnings(result) == []
    assert [request.operation for request in control.requests(portal.alias)] == [
        "getbackupschedule",
        "createbackupschedule",
        "getbackupschedule",
    ]


def test_warn_costs_one_request_more_for_a_change(control: Control, portal: Portal) -> None:
    control.clock_at(NOON)
    control.clear_requests()
    task.run(options(portal), False)

    assert [request.operation for request in control.requests(portal.alias)] == [
        "getbackupschedule",
        "settings",
        "createbackupschedule",
        "getbackupschedule",
    ]


@pytest.mark.parametrize(
    ("timezone", "expected"),
    [
        ("UTC", "2026-07-02T02:00:00Z"),
        ("Europe/Berlin", "2026-07-02T00:00:00Z"),
        ("America/New_York", "2026-07-02T06:00:00Z"),
        ("Asia/Kolkata", "2026-07-01T20:30:00Z"),
    ],
)
def test_the_next_run_is_counted_from_the_portals_own_time(
    control: Control, make_portal: Callable[..., Portal], timezone: str, expected: str
) -> None:
    portal = make_portal(timezone=timezone)
    task.run(options(portal), False)
    control.clock_at(NOON)
    asked = options(portal, dump=False, gather=[])

    assert info.run(asked, False)["schedule"]["next_run"] == expected


@pytest.mark.parametrize(
    "period",
    [{}, {"period": "EveryWeek", "weekday": "thursday"}, {"period": "EveryMonth", "day": 2}],
)
@pytest.mark.parametrize("extra_run", ["warn", "defer"])
def test_a_late_hour_behind_utc_never_starts_and_the_advised_one_does(
    control: Control, make_portal: Callable[..., Portal], extra_run: str, period: dict[str, Any]
) -> None:
    portal = make_portal(timezone="America/New_York")
    control.clock_at("2026-07-02T23:05:00Z")
    late = options(portal, hour=22, extra_run=extra_run, **period)
    foreseen = task.run(late, True)
    control.clear_requests()
    result = task.run(late, False)

    (warning,) = late_start_warnings(result)
    assert "never starts" in warning and "hour 22" in warning and "America/New_York" in warning
    assert "Set an hour below 19." in warning
    assert late_start_warnings(foreseen) == [warning]
    assert len(control.requests(portal.alias)) == 4
    # Reading an unchanged schedule takes one request, whose response does not contain the time
    # zone.
    control.clear_requests()
    assert not late_start_warnings(task.run(late, False))
    assert len(control.requests(portal.alias)) == 1
    assert late_start_warnings(info.run(options(portal, dump=False, gather=[]), False)) == [warning]
    control.clock_forward(40 * DAY_S)
    assert not ran(portal)

    advised = task.run({**late, "hour": 18, "extra_run": "allow"}, False)
    assert not late_start_warnings(advised)
    control.clock_forward(40 * DAY_S)
    assert ran(portal)


def test_a_schedule_that_has_run_is_not_warned_about(
    control: Control, make_portal: Callable[..., Portal]
) -> None:
    """It ran immediately when it was saved, an hour before the clock change."""
    portal = make_portal(timezone="America/New_York")
    control.clock_at("2026-10-31T23:30:00Z")
    result = task.run(options(portal, hour=19), False)
    control.clock_forward(ONE_POLL_S)
    first = last_run(portal)
    control.clock_forward(2 * DAY_S)

    assert not late_start_warnings(result) and extra_run_warnings(result)
    assert ran(portal) and last_run(portal) > first
