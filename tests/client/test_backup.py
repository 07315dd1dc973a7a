# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docspace_backup against simulated portals: requests, results, and how backups end."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from support.control import Control
from support.portal import Portal

from client.support_backups import (
    CANCEL,
    COUNT,
    HISTORY,
    PROGRESS,
    QUOTA,
    SCHEDULE,
    START,
    START_OF_TIME,
    WALLET,
    PassingTime,
    backups,
    failed,
    read,
    run,
    seen,
    start,
    succeeded,
)

MakePortal = Callable[..., Portal]

# The requests of a run that starts a backup on a self-hosted portal, before and after its POST.
STARTS = [WALLET, START, PROGRESS, HISTORY]


@pytest.fixture
def time(control: Control) -> PassingTime:
    control.clock_at(START_OF_TIME)
    return PassingTime(control)


@pytest.fixture
def room(control: Control, portal: Portal, time: PassingTime) -> int | str:
    """Create a room for the backups of `portal`."""
    return control.folder(portal.alias, "Backups")


def to(folder: int | str) -> dict[str, Any]:
    """The storage options for this folder."""
    return {"storage_type": "Documents", "storage_params": {"folderId": folder}}


# --- present: recent backups


def test_a_fresh_backup_is_found_with_two_requests(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    made = control.backup(portal.alias, ended="2026-03-10T11:00:00Z", by="schedule")
    control.clear_requests()

    result = succeeded(run(portal, time, max_age="61m"))

    assert seen(control, portal) == [PROGRESS, HISTORY]
    assert (result["changed"], result["started"], result["removed"]) == (False, False, [])
    assert result["backup"] == {
        "id": made["id"],
        "file_name": made["fileName"],
        "storage_type": "Documents",
        "created_on": "2026-03-10T11:00:00Z",
        "expires_on": None,
        "incomplete": None,
        "dump": False,
    }


@pytest.mark.parametrize(
    ("ended", "max_age", "storage_type", "starts"),
    [
        ("2026-03-10T11:00:00Z", "59m", "Documents", True),
        ("2026-03-10T11:00:00Z", "61m", "DataStore", True),
        ("2026-03-10T11:00:00Z", "0", "Documents", True),
        ("2026-03-10T11:00:00Z", "3601", "Documents", False),
        # The server's clock was ahead when it made this backup.
        ("2026-03-10T12:30:00Z", "1s", "Documents", False),
    ],
)
def test_what_is_too_old_or_elsewhere_does_not_count(
    ended: str,
    max_age: str,
    storage_type: str,
    starts: bool,
    portal: Portal,
    control: Control,
    time: PassingTime,
    room: int,
) -> None:
    control.backup(portal.alias, ended=ended)
    place = to(room) if storage_type == "Documents" else {"storage_type": storage_type}

    result = succeeded(run(portal, time, max_age=max_age, **place))

    assert (result["started"], result["changed"]) == (starts, starts)


def test_ages_are_those_of_the_server_whatever_this_machine_believes(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.backup(portal.alias, ended="2026-03-10T11:00:00Z")
    wrong = datetime(2026, 3, 20, tzinfo=timezone.utc)

    for now in (wrong, wrong.replace(month=1)):
        make = time.client_maker(now=lambda now=now: now)
        assert not succeeded(run(portal, time, make=make, max_age="61m"))["started"]
    assert succeeded(run(portal, time, make=make, max_age="59m", **to(room)))["started"]


def test_an_expired_archive_does_not_count(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.backup(portal.alias, ended="2026-03-09T11:59:00Z", storageType="DataStore")

    assert succeeded(run(portal, time, max_age="7d", **to(room)))["started"]


# --- present: starting a backup


def test_a_new_backup_from_the_first_request_to_the_last(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.clear_requests()

    result = succeeded(run(portal, time, max_age="0", **to(room)))

    assert seen(control, portal) == [PROGRESS, *STARTS]
    assert (result["changed"], result["started"]) == (True, True)
    (record,) = backups(portal)
    assert result["backup"]["id"] == record["id"]
    assert result["backup"]["file_name"] == record["fileName"]
    assert result["backup"]["incomplete"] is False
    # The backup itself takes two seconds.
    assert 2 <= time.passed < 5
    again = succeeded(run(portal, time, max_age="1h", **to(room)))
    assert (again["changed"], again["backup"]) == (False, result["backup"])


def test_it_goes_where_the_schedule_goes(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.clear_requests()
    missing = failed(run(portal, time, max_age="1h"), "options")
    assert missing["msg"].startswith(
        "storage_type, storage_params: required, because the portal has"
    )
    assert seen(control, portal) == [PROGRESS, HISTORY, SCHEDULE]
    schedule = {
        "storageType": 0,
        "storageParams": [{"key": "folderId", "value": str(room)}],
        "cronParams": {"period": 0, "hour": 2},
        "backupsStored": 3,
    }
    assert portal.post("backup/createbackupschedule", schedule).status == 200
    control.clear_requests()

    result = succeeded(run(portal, time, max_age="1h"))

    assert seen(control, portal) == [PROGRESS, HISTORY, SCHEDULE, *STARTS]
    assert result["backup"]["storage_type"] == "Documents"


@pytest.mark.parametrize(
    ("storage_type", "says"),
    [
        (2, "every backup to CustomCloud fails with"),
        (0, "is not the number of a folder, which Documents requires"),
        (99, "storage type 99 does not exist"),
    ],
)
def test_a_schedule_whose_storage_cannot_run_is_no_place_to_go(
    storage_type: int,
    says: str,
    portal: Portal,
    control: Control,
    time: PassingTime,
) -> None:
    drive = control.folder(portal.alias, "Drive", kind="thirdparty")
    schedule = {
        "storageType": storage_type,
        "storageParams": [{"key": "folderId", "value": drive}],
        "cronParams": {"period": 0, "hour": 2},
    }
    assert portal.post("backup/createbackupschedule", schedule).status == 200

    shown = failed(run(portal, time, max_age="0"), "options")

    assert says in shown["msg"]
    assert START not in seen(control, portal)


def test_without_waiting_it_ends_when_the_server_has_accepted(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.clear_requests()

    result = succeeded(run(portal, time, max_age="0", wait=False, **to(room)))

    assert seen(control, portal) == [PROGRESS, WALLET, START]
    assert time.passed == 0
    assert (result["changed"], result["started"]) == (True, True)
    assert result["backup"]["storage_type"] == "Documents"
    assert result["backup"]["created_on"] is None
    joined = succeeded(run(portal, time, max_age="0", wait=False, **to(room)))
    assert (joined["changed"], joined["started"]) == (False, False)
    assert joined["backup"]["id"] == result["backup"]["id"]


def test_a_backup_of_the_whole_server(portal: Portal, control: Control, time: PassingTime) -> None:
    control.clear_requests()
    asked: dict[str, Any] = {
        "dump": True,
        "storage_type": "Local",
        "storage_params": {"filePath": "/backups"},
    }

    result = succeeded(run(portal, time, max_age="1h", **asked))

    assert seen(control, portal) == [PROGRESS, HISTORY, START, PROGRESS, HISTORY]
    assert (result["started"], result["backup"]["dump"]) == (True, True)
    assert backups(portal) == []
    assert not succeeded(run(portal, time, max_age="1h", **asked))["started"]


def test_a_link_to_the_archive_is_in_no_result(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    outcome = run(portal, time, max_age="0", storage_type="DataStore")

    result = succeeded(outcome)
    item = portal.get("backup/getbackupprogress").response
    assert item["link"]
    assert item["link"] not in outcome.text
    assert item["link"] not in str(read(portal, "progress", "history", "events"))
    assert result["backup"]["expires_on"] == "2026-03-11T12:00:02Z"
    assert "removes each archive after one day" in " ".join(result["warnings"])


# --- present: how a backup ends


def test_an_incomplete_backup_counts_and_is_warned_of(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.next_backup(portal.alias, "incomplete", warning="Some files were left out")

    for started in (True, False):
        result = succeeded(run(portal, time, max_age="1h", **to(room)))

        assert (result["started"], result["backup"]["incomplete"]) == (started, True)
        assert "is incomplete: Some files were left out" in result["warnings"][0]


def test_a_failed_backup_is_told_in_the_words_of_the_server(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.next_backup(portal.alias, "failed", error="No space left")

    shown = failed(run(portal, time, max_age="0", **to(room)), "backup_failed")

    assert (shown["changed"], shown["started"]) == (True, True)
    assert shown["error"]["server_message"] == "No space left"
    assert "failed: No space left." in shown["msg"]
    assert shown["backup"]["id"] in shown["msg"]


def test_a_restarted_worker_interrupts(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.next_backup(portal.alias, seconds=600)
    time.at[60] = control.restart_worker

    shown = failed(run(portal, time, max_age="0", **to(room)), "interrupted")

    assert (shown["changed"], shown["started"]) == (True, True)
    assert backups(portal) == []
    assert succeeded(run(portal, time, max_age="1h", **to(room)))["started"]


def test_what_takes_too_long_goes_on_and_is_joined(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.next_backup(portal.alias, seconds=1000)
    first = run(portal, time, max_age="0", wait_timeout="5m", **to(room))

    shown = failed(first, "wait_timeout")

    assert 300 <= time.passed < 302
    assert (shown["changed"], shown["started"]) == (True, True)
    assert "% complete after 5m" in shown["msg"]
    again = succeeded(run(portal, time, max_age="1h", **to(room)))
    assert (again["changed"], again["started"]) == (False, False)
    assert again["backup"]["id"] == shown["backup"]["id"]
    assert len(backups(portal)) == 1


def test_looks_are_a_second_apart_at_first_and_never_more_than_fifteen(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.next_backup(portal.alias, seconds=3600)
    control.clear_requests()
    told: list[str] = []

    succeeded(
        run(
            portal,
            time,
            make=time.client_maker(progress=told.append),
            max_age="0",
            wait_timeout="2h",
            **to(room),
        )
    )

    looks = [r.at for r in control.requests(portal.alias) if r.operation == "getbackupprogress"]
    moments = [datetime.fromisoformat(at.replace("Z", "+00:00")) for at in looks]
    gaps = [(b - a).total_seconds() for a, b in itertools.pairwise(moments[1:])]
    assert min(gaps) >= 1
    assert max(gaps) < 16
    assert len(looks) < 3600 / 15 + 15
    # One line per minute, because ten percent take longer than that.
    assert 60 <= len(told) <= 75
    assert told[0] == f"{portal.url}: the backup is 0 % complete."


# --- present: backups of other users


def test_a_backup_that_runs_is_waited_for_and_counts(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.next_backup(portal.alias, seconds=120)
    running = start(portal, room)
    control.clear_requests()

    result = succeeded(run(portal, time, max_age="0", **to(room)))

    assert seen(control, portal) == [PROGRESS, HISTORY]
    assert (result["changed"], result["started"]) == (False, False)
    assert result["backup"]["id"] == running


@pytest.mark.parametrize("end", ["failed", "cancelled", "restarted", "elsewhere"])
def test_one_of_our_own_follows_where_that_does_not_count(
    end: str, portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.next_backup(portal.alias, "failed" if end == "failed" else "completed", seconds=60)
    asked = to(room)
    if end == "elsewhere":
        asked = {"storage_type": "Local", "storage_params": {"filePath": "/backups"}}
    running = start(portal, room)
    if end == "cancelled":
        time.at[20] = lambda: portal.post("backup/cancelbackup")
    if end == "restarted":
        time.at[20] = control.restart_worker

    result = succeeded(run(portal, time, max_age="0", **asked))

    assert (result["changed"], result["started"]) == (True, True)
    assert result["backup"]["id"] != running
    assert len(backups(portal)) == (2 if end == "elsewhere" else 1)


# --- present: costs


def test_a_backup_that_would_be_charged_is_not_started(
    make_portal: MakePortal, control: Control, time: PassingTime
) -> None:
    hosted = make_portal(mode="saas", free_backups=1, wallet_backup=True)
    room = control.folder(hosted.alias, "Backups")
    control.clear_requests()

    first = succeeded(run(hosted, time, max_age="0", **to(room)))
    assert seen(control, hosted) == [PROGRESS, WALLET, QUOTA, COUNT, START, PROGRESS, HISTORY]
    for check_mode in (True, False):
        shown = failed(run(hosted, time, check_mode=check_mode, max_age="0", **to(room)), "payment")
        assert "changed" not in shown
        assert "1 of 1 free backups of this month are used" in shown["msg"]
        assert seen(control, hosted) == [PROGRESS, WALLET, QUOTA, COUNT]
    found = succeeded(run(hosted, time, max_age="1h", **to(room)))
    assert found["backup"]["id"] == first["backup"]["id"]
    assert seen(control, hosted) == [PROGRESS, HISTORY]

    paid = succeeded(run(hosted, time, max_age="0", allow_paid=True, **to(room)))

    assert paid["started"]
    assert seen(control, hosted) == [PROGRESS, START, PROGRESS, HISTORY]
    assert read(hosted, "usage")["usage"] == {
        "free": 1,
        "free_used": 1,
        "paid_used": 1,
        "wallet": True,
    }


def test_without_a_wallet_the_server_refuses_what_is_not_free(
    make_portal: MakePortal, control: Control, time: PassingTime
) -> None:
    hosted = make_portal(mode="saas", free_backups=0, wallet_backup=False)
    room = control.folder(hosted.alias, "Backups")

    shown = failed(run(hosted, time, max_age="0", **to(room)), "payment")

    assert (shown["error"]["status"], shown["error"]["method"]) == (402, "POST")
    assert "does not include another backup this month" in shown["msg"]


def test_a_release_that_does_not_count_backups_charges_for_none(
    make_portal: MakePortal, control: Control, time: PassingTime
) -> None:
    old = make_portal(server_version="3.2.1")
    room = control.folder(old.alias, "Backups")

    assert succeeded(run(old, time, max_age="0", **to(room)))["started"]


# --- canceled


def test_only_a_backup_that_runs_is_cancelled(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    assert not succeeded(run(portal, time, state="cancelled"))["changed"]
    control.next_backup(portal.alias, seconds=600)
    start(portal, room)
    control.clear_requests()

    for check_mode in (True, False):
        result = succeeded(run(portal, time, check_mode=check_mode, state="cancelled"))
        assert result["changed"] is True
    assert seen(control, portal) == [PROGRESS, CANCEL, PROGRESS]
    assert read(portal, "progress")["progress"]["status"] == "cancelled"
    assert not succeeded(run(portal, time, state="cancelled"))["changed"]
    assert CANCEL not in seen(control, portal)


def test_a_finished_backup_is_not_erased_by_cancelling(
    portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    succeeded(run(portal, time, max_age="0", **to(room)))

    assert not succeeded(run(portal, time, state="cancelled"))["changed"]

    assert read(portal, "progress")["progress"]["status"] == "completed"


def test_a_release_that_cannot_cancel(
    make_portal: MakePortal, control: Control, time: PassingTime
) -> None:
    old = make_portal(server_version="3.6.1")
    control.next_backup(old.alias, seconds=600)
    start(old, control.folder(old.alias, "Backups"))

    shown = failed(run(old, time, state="cancelled"), "unsupported")

    assert "changed" not in shown
    assert shown["error"]["status"] == 404
    assert "3.7.1" in shown["msg"]


# --- docspace_backup_info


def test_a_release_that_does_not_know_an_action_has_no_such_events(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    control.backup(portal.alias, ended="2026-03-10T11:00:00Z", by="schedule")
    control.fault({"status": 400}, path="/api/2.0/security/audit/events/filter", times=3)

    result = read(portal, "events")

    # The first three of the nine events are manual backups.
    assert {event["by"] for event in result["events"]} == {"schedule"}
    assert result["last_success"] == {"at": "2026-03-10T11:00:00Z", "evidence": "event"}


@pytest.mark.parametrize("end", ["completed", "incomplete", "failed", "cancelled"])
def test_how_the_last_backup_ended(
    end: str, portal: Portal, control: Control, time: PassingTime, room: int
) -> None:
    control.next_backup(portal.alias, end if end != "cancelled" else "completed", seconds=10)
    started = start(portal, room)
    running = read(portal, "progress")
    if end == "cancelled":
        portal.post("backup/cancelbackup")
    control.clock_forward(11)
    ended = read(portal, "progress")

    assert (running["progress"]["status"], running["progress"]["id"]) == ("running", started)
    assert ended["progress"]["status"] == end
    good = end in ("completed", "incomplete")
    assert ended["last_success"] == ({"at": None, "evidence": "progress"} if good else None)
    assert bool(ended["progress"]["error"]) is (end == "failed")
    assert bool(ended["progress"]["warning"]) is (end in ("incomplete", "cancelled"))
