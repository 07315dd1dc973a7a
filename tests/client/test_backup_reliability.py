# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docspace_backup with lost responses, portals that are away, and other users."""

from __future__ import annotations

import threading
import time as real_time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from support.control import Control
from support.portal import Portal

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import Transport
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from client.faults import LOGIN_PAGE, NEVER, PASS, RESET
from client.support_backups import (
    HISTORY,
    PROGRESS,
    START,
    START_OF_TIME,
    WALLET,
    PassingTime,
    backups,
    failed,
    read,
    run,
    succeeded,
)

API = "/api/2.0/backup/"
# A storage that has no requirements on the portal.
LOCAL: dict[str, Any] = {"storage_type": "Local", "storage_params": {"filePath": "/backups"}}

# Temporary faults of a single response.
FAULTS: Mapping[str, Mapping[str, Any]] = {
    "reset": RESET,
    "reset in the body": {"reset": "mid_body"},
    "cut": {"truncate": 40},
    "nothing": {"truncate": 0},
    "late": NEVER,
    "bad gateway": {"html": 502},
    "unavailable": {"status": 503, "headers": {"Retry-After": "7"}},
    "gateway timeout": {"html": 504},
    "too many": {"status": 429},
    "failed": {"status": 500},
    "other answer": {"status": 200, "body": '{"response": 7, "count": 1}'},
    "log-in page": {"status": 200, "body": LOGIN_PAGE},
}
TRUE = '{"response": true, "count": 1, "status": 0, "statusCode": 200}'

# Each step of a task: its request, and the number of earlier requests of the same kind.
STEPS = {
    "look": (PROGRESS, 0),
    "history": (HISTORY, 0),
    "wallet": (WALLET, 0),
    "start": (START, 0),
    "poll": (PROGRESS, 1),
    "record": (HISTORY, 1),
}
# The steps before the start of a backup.
BEFORE_THE_START = ("look", "history", "wallet")


@pytest.fixture
def time(control: Control) -> PassingTime:
    control.clock_at(START_OF_TIME)
    return PassingTime(control)


def starts(control: Control, portal: Portal) -> int:
    """The number of requests to start a backup."""
    return sum(r.operation == "startbackup" for r in control.requests(portal.alias))


def spoil(
    control: Control, portal: Portal, step: str, fault: str, times: int = 1, *, after: bool = False
) -> None:
    """Break the responses to a step, and with `after` let the portal process the request first."""
    request, earlier = STEPS[step]
    rule: dict[str, Any] = {"portal": portal.alias, "path": API + request.partition(" ")[2]}
    if earlier:
        control.fault(PASS, times=earlier, **rule)
    control.fault(FAULTS[fault], times=times, after=after, **rule)


# --- one fault at a time


# Each late response takes a second of real time, and all GET requests handle it alike.
CASES = [(s, f) for s in STEPS for f in FAULTS if f != "late" or s in ("start", "poll")]


@pytest.mark.parametrize(("step", "fault"), CASES)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_fault_at_any_step_leaves_one_backup(
    step: str, fault: str, after: bool, portal: Portal, control: Control, time: PassingTime
) -> None:
    """Regardless of whether the portal processed the request."""
    spoil(control, portal, step, fault, after=after)

    outcome = run(portal, time, max_age="1h", timeout=1, **LOCAL)

    made = len(backups(portal))
    lasting = fault in ("failed", "other answer")
    if lasting and (step in BEFORE_THE_START or (step == "start" and not after)):
        # The fault is not temporary, so the task fails, and no backup was started.
        assert outcome.error is not None
        assert made == 0
        return
    if step == "start" and fault in ("late", "gateway timeout") and not after:
        # The task cannot know that the portal will never process the request.
        shown = failed(outcome, "timeout" if fault == "late" else "unavailable")
        assert (shown["changed"], shown["started"], made) == (True, None, 0)
        assert "may still process the request" in shown["msg"]
        return
    result = succeeded(outcome)
    assert (result["changed"], result["started"], made) == (True, True, 1)
    assert result["backup"]["created_on"] is not None


@pytest.mark.parametrize("step", ["look", "history"])
def test_a_portal_that_is_away_for_long_is_asked_until_it_is_back(
    step: str, portal: Portal, control: Control, time: PassingTime
) -> None:
    """The outage lasts longer than the retries of one request."""
    control.next_backup(portal.alias, seconds=60)
    time.at[2 if step == "look" else 59] = lambda: spoil(control, portal, step, "bad gateway", 12)

    result = succeeded(run(portal, time, max_age="0", retries=1, **LOCAL))

    assert (result["started"], len(backups(portal))) == (True, 1)
    assert starts(control, portal) == 1


@pytest.mark.parametrize("status", ["Restoring", "Suspended", "Transfering", "Encryption"])
def test_a_portal_in_another_state_is_waited_for(
    status: str, portal: Portal, control: Control, time: PassingTime
) -> None:
    control.next_backup(portal.alias, seconds=300)
    time.at[20] = lambda: control.change(portal.alias, status=status)
    time.at[200] = lambda: control.change(portal.alias, status="Active")

    assert succeeded(run(portal, time, max_age="0", **LOCAL))["started"]


def test_a_portal_that_stays_away_is_given_up_when_the_time_is_over(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    control.next_backup(portal.alias, seconds=300)
    time.at[20] = lambda: control.change(portal.alias, status="Suspended")

    shown = failed(run(portal, time, max_age="0", wait_timeout="10m", **LOCAL), "wait_timeout")

    assert 600 <= time.passed < 602
    assert (shown["changed"], shown["started"]) == (True, True)
    assert "% complete after 10m. GET /api/2.0/backup/getbackupprogress" in shown["msg"]


def test_a_key_that_ends_while_it_waits_ends_the_task(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    """This happens after a restore, which removes all keys (contract-backups 0.9)."""
    control.next_backup(portal.alias, seconds=300)
    key = control.key(portal.alias, portal.owner.email, expires_at="2026-03-10T12:01:00Z")

    shown = failed(run(portal, time, max_age="0", api_key=key, **LOCAL), "unauthorized")

    assert time.passed < 90
    assert (shown["changed"], shown["started"]) == (True, True)


# --- lost responses to the start


def test_an_answer_that_is_cut_anywhere_is_settled_without_a_second_start(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    control.next_backup(portal.alias, seconds=100_000)
    whole = len(portal.post("backup/startbackup", {"storageType": "4"}).text.encode())
    portal.post("backup/cancelbackup")
    assert whole > 250
    for cut in range(whole):
        control.clear_requests()
        control.next_backup(portal.alias, seconds=100_000)
        control.fault({"truncate": cut}, path=API + "startbackup", after=True)

        result = succeeded(run(portal, time, max_age="0", wait=False, allow_paid=True, **LOCAL))

        assert (result["changed"], result["started"]) == (True, True), cut
        assert starts(control, portal) == 1, cut
        portal.post("backup/cancelbackup")


@pytest.mark.parametrize("retries", [0, 1, 3])
def test_a_start_of_which_nobody_knows_is_not_repeated(
    retries: int, portal: Portal, control: Control, time: PassingTime
) -> None:
    """The portal becomes permanently unreachable with this response."""
    control.fault(RESET, path=API + "startbackup", after=True)
    control.fault({"delay_ms": 0}, path=API + "getbackupprogress")
    control.fault({"html": 502}, path=API + "getbackupprogress", times=0)

    shown = failed(
        run(portal, time, max_age="0", retries=retries, wait_timeout="5m", **LOCAL), "connection"
    )

    assert starts(control, portal) == 1
    assert (shown["changed"], shown["started"], shown["backup"]) == (True, None, None)
    assert "It is not known whether the portal made the change" in shown["msg"]
    control.clear_faults()
    assert len(backups(portal)) == 1
    assert not succeeded(run(portal, time, max_age="1h", **LOCAL))["started"]


def test_a_start_that_failed_and_cannot_be_looked_for_is_unclear(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    control.fault({"status": 500}, path=API + "startbackup", after=True)
    control.fault(PASS, path=API + "getbackupprogress")
    control.fault({"html": 502}, path=API + "getbackupprogress", times=0)

    shown = failed(run(portal, time, max_age="0", wait_timeout="5m", **LOCAL), "server")

    assert (shown["changed"], shown["started"]) == (True, None)


def test_a_backup_of_somebody_else_that_takes_too_long_is_not_ours(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    control.next_backup(portal.alias, seconds=1000)
    begin(portal, control)

    shown = failed(run(portal, time, max_age="0", wait_timeout="5m"), "wait_timeout")

    assert (shown["changed"], shown["started"]) == (False, False)
    assert shown["backup"]["id"] in shown["msg"]


def test_a_start_is_settled_when_the_portal_is_back_after_minutes(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    control.fault({"delay_ms": 0}, path=API + "getbackupprogress")
    control.fault(RESET, path=API + "startbackup", after=True)
    control.fault({"html": 502}, path=API + "getbackupprogress", times=20)

    result = succeeded(run(portal, time, max_age="0", **LOCAL))

    assert (result["started"], starts(control, portal), len(backups(portal))) == (True, 1, 1)


# --- other users


def cancel(portal: Portal, _control: Control) -> None:
    portal.post("backup/cancelbackup")


def begin(portal: Portal, _control: Control) -> None:
    portal.post("backup/startbackup", {"storageType": "4"})


def delete(portal: Portal, _control: Control) -> None:
    portal.delete("backup/deletebackuphistory")


def restart(_portal: Portal, control: Control) -> None:
    control.restart_worker()


class Meddled(Transport):
    """A transport that lets another user act before request number `turn`."""

    def __init__(self, connection: Connection, turn: int, meddle: Callable[[], None]) -> None:
        super().__init__(connection)
        self._turn = turn
        self._meddle = meddle

    def send(self, method: str, url: str, body: bytes | None = None) -> Any:
        self._turn -= 1
        if self._turn == 0:
            self._meddle()
        return super().send(method, url, body)


@pytest.mark.parametrize("turn", range(1, 8))
@pytest.mark.parametrize("actor", [begin, cancel, delete, restart])
def test_somebody_else_between_any_two_requests(
    actor: Callable[[Portal, Control], None],
    turn: int,
    portal: Portal,
    control: Control,
    time: PassingTime,
) -> None:
    """It succeeds with an existing backup, or reports that there is none. It starts at most one."""
    control.next_backup(portal.alias, seconds=3)

    def make(connection: Connection, **how: Any) -> Client:
        transport = Meddled(connection, turn, lambda: actor(portal, control))
        return time.client_maker(transport=transport)(connection, **how)

    outcome = run(portal, time, make=make, max_age="1h", **LOCAL)

    there = {record["id"] for record in backups(portal)}
    begun = [e for e in read(portal, "events")["events"] if e["event"] == "started"]
    assert len(begun) <= 1 + (actor is begin)
    if outcome.error is None:
        result = succeeded(outcome)
        assert result["backup"]["id"] in there
        assert result["changed"] == result["started"]
    else:
        shown = outcome.error.as_result()
        assert shown["error"]["kind"] in ("backup_failed", "interrupted")
        assert (shown["changed"], shown["started"]) == (True, True)
        assert shown["backup"]["id"] not in there


def test_the_same_portal_twice_in_a_fleet_gets_one_backup(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    control.next_backup(portal.alias, seconds=30)
    first = succeeded(run(portal, time, max_age="1h", wait=False, **LOCAL))

    second = succeeded(run(portal, time, max_age="1h", **LOCAL))

    assert (second["started"], second["backup"]["id"]) == (False, first["backup"]["id"])
    assert len(backups(portal)) == 1


# --- removing


def many(control: Control, portal: Portal, count: int) -> list[str]:
    """Create this many backups on different days, and return their IDs, newest first."""
    made = [
        control.backup(portal.alias, ended=f"2026-02-{day:02}T00:00:00Z", storageType="Local")
        for day in range(count, 0, -1)
    ]
    return [record["id"] for record in made]


def test_the_oldest_go_first_and_one_that_stays_stops_nothing(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    ids = many(control, portal, 5)
    control.clear_requests()
    control.fault({"status": 500}, path=f"{API}deletebackup/{ids[3]}", times=0)

    shown = failed(run(portal, time, state="pruned", keep=2), "server")

    deleted = [r.operation for r in control.requests(portal.alias) if r.method == "DELETE"]
    assert deleted == [ids[4], ids[3], ids[2]]
    assert [b["id"] for b in shown["removed"]] == [ids[4], ids[2]]
    assert shown["changed"] is True
    assert shown["msg"].startswith(f"1 of 3 backups of {portal.url} could not be removed: ")


def test_an_archive_that_is_left_behind_is_told(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    """The record is deleted first, so the archive can no longer be removed (contract-backups 3)."""
    room = control.folder(portal.alias, "Backups")
    made = control.backup(portal.alias, ended="2026-02-01T00:00:00Z", storageType="Local")
    control.place(portal.alias, "Local", reachable=True)
    control.fault({"status": 500}, path=f"{API}deletebackup/{made['id']}", after=True, times=1)

    shown = failed(run(portal, time, state="absent", backup_id=made["id"]), "server")

    assert room
    assert (shown["changed"], len(shown["removed"])) == (True, 1)
    assert "is no longer in the history, but its archive may still exist" in shown["msg"]
    assert "remove the archive from it manually" in shown["msg"]


def test_a_portal_that_is_gone_is_not_asked_for_every_backup(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    many(control, portal, 6)
    control.clear_requests()
    control.fault({"html": 502}, method="DELETE", times=0)

    shown = failed(run(portal, time, state="pruned", keep=1, retries=0), "unavailable")

    assert sum(r.method == "DELETE" for r in control.requests(portal.alias)) == 1
    assert (shown["changed"], shown["removed"]) == (False, [])


@pytest.mark.parametrize("fault", ["reset", "bad gateway", "cut"])
def test_a_lost_answer_to_a_removal_is_settled(
    fault: str, portal: Portal, control: Control, time: PassingTime
) -> None:
    ids = many(control, portal, 2)
    control.fault(FAULTS[fault], method="DELETE", after=True)

    result = succeeded(run(portal, time, state="absent", backup_id=ids[0]))

    assert [b["id"] for b in result["removed"]] == [ids[0]]
    assert [record["id"] for record in backups(portal)] == [ids[1]]


@pytest.mark.parametrize(
    ("path", "kind", "removed"),
    [
        # The DELETE succeeded, but the request that verifies it failed.
        ("getbackuphistory", "server", 1),
        # The response reported success, but the backup is still there.
        ("deletebackup/", "not_applied", 0),
    ],
)
def test_what_was_removed_is_told_as_far_as_it_is_known(
    path: str, kind: str, removed: int, portal: Portal, control: Control, time: PassingTime
) -> None:
    (only,) = many(control, portal, 1)
    if path == "getbackuphistory":
        control.fault(PASS, path=API + path)
        control.fault({"status": 500}, path=API + path)
    else:
        control.fault({"status": 200, "body": TRUE}, path=API + path)

    shown = failed(run(portal, time, state="absent", backup_id=only), kind)

    assert (shown["changed"], len(shown["removed"])) == (True, removed)


# --- canceling


@pytest.mark.parametrize("fault", ["reset", "bad gateway", "cut"])
def test_a_lost_answer_to_cancelling_is_settled(
    fault: str, portal: Portal, control: Control, time: PassingTime
) -> None:
    control.next_backup(portal.alias, seconds=600)
    begin(portal, control)
    control.fault(FAULTS[fault], path=API + "cancelbackup", after=True)

    assert succeeded(run(portal, time, state="cancelled"))["changed"]
    assert sum(r.operation == "cancelbackup" for r in control.requests(portal.alias)) == 1


def test_a_backup_that_ends_before_it_is_cancelled_changes_nothing(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    control.next_backup(portal.alias, seconds=600)
    begin(portal, control)

    def make(connection: Connection, **how: Any) -> Client:
        transport = Meddled(connection, 2, control.restart_worker)
        return time.client_maker(transport=transport)(connection, **how)

    assert not succeeded(run(portal, time, make=make, state="cancelled"))["changed"]


def test_a_backup_that_runs_on_when_it_was_cancelled_is_told(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    control.next_backup(portal.alias, seconds=6000)
    begin(portal, control)
    control.fault({"status": 200, "body": TRUE}, path=API + "cancelbackup")

    shown = failed(run(portal, time, state="cancelled", wait_timeout="5m"), "wait_timeout")

    assert shown["changed"] is True


# --- large numbers


def test_fifty_tasks_that_wait_at_once_cost_next_to_nothing(control: Control) -> None:
    """In real time, each task with a separate portal, like forks of Ansible."""
    portals = [control.portal(f"waiting-{n}") for n in range(50)]
    for portal in portals:
        control.next_backup(portal.alias, seconds=2)
    before = real_time.process_time()
    outcomes: list[Any] = []

    def wait(portal: Portal) -> None:
        outcomes.append(run(portal, RealTime(control), make=Client, max_age="0", **LOCAL))

    threads = [threading.Thread(target=wait, args=(portal,)) for portal in portals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert [succeeded(outcome)["started"] for outcome in outcomes] == [True] * 50
    assert real_time.process_time() - before < 50 * 0.2


class RealTime(PassingTime):
    """The real clock."""


def test_a_start_that_is_answered_with_another_backup_is_sent_when_that_has_ended(
    portal: Portal, control: Control, time: PassingTime
) -> None:
    """Another user starts a backup between the check and the start."""
    control.next_backup(portal.alias, seconds=30)

    def make(connection: Connection, **how: Any) -> Client:
        transport = Meddled(connection, 3, lambda: begin(portal, control))
        return time.client_maker(transport=transport)(connection, **how)

    result = succeeded(run(portal, time, make=make, max_age="0", **LOCAL))

    assert (result["started"], result["backup"]["storage_type"]) == (True, "Local")
    assert [record["storageType"] for record in backups(portal)] == [4, 3]
