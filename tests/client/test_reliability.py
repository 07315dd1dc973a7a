# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every row of `faults.py` with the simulated portal."""

from __future__ import annotations

import time
from typing import Any

import pytest
from support.control import Control
from support.portal import Portal

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from client.faults import (
    AFTER_COPIES,
    API,
    BEFORE_COPIES,
    ELSEWHERE,
    FIRST,
    OPERATIONS,
    READS,
    UNCHANGED,
    WRITES,
    Failed,
    Fault,
    Row,
)
from client.places import Places
from client.support_runs import Outcome, Waits, client_maker, options, options_for, run, seeded

ROWS = (*READS, *WRITES, *ELSEWHERE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_fault(row: Row, portal: Portal, control: Control, places: Places, waits: Waits) -> None:
    """Requests, waiting times, the state of the portal, and the result are as in the row."""
    if row.task != "create":
        set_schedule(portal, BEFORE_COPIES)
    control.clear_requests()
    for fault in row.faults:
        inject(control, portal, fault)
    asked = task(portal, row.task, **row.options)
    if row.where != "portal":
        asked["api_host"] = places.address(row.where)
    started = time.monotonic()
    outcome = run(asked, make_client=client_maker(waits, seeded(row.name).random))
    took = time.monotonic() - started

    assert " ".join(places.seen + seen(control, portal)) == row.sent
    control.clear_faults()
    assert state_of(portal) == row.portal
    assert_result(outcome, row.result, asked["api_host"])
    assert len(waits.asked) == len(row.waits), waits.asked
    for waited, (least, most) in zip(waits.asked, row.waits, strict=True):
        assert least <= waited <= most
    assert took < 10 * row.hangs_s


def task(portal: Portal, name: str, **more: Any) -> dict[str, Any]:
    """The options of a task: keep, change or create, or remove."""
    own: dict[str, Any] = {"hour": 2, "storage_type": "DataStore", "period": "EveryDay"}
    if name == "remove":
        own = {"state": "absent"}
    else:
        own["backups_stored"] = BEFORE_COPIES if name == "keep" else AFTER_COPIES
    return options_for(portal, **own, **more)


def set_schedule(portal: Portal, copies: int) -> None:
    """Create the schedule that a task finds, as the web interface would."""
    body = {
        "storageType": "4",
        "storageParams": None,
        "backupsStored": str(copies),
        "cronParams": {"Period": "0", "Hour": "2", "Day": None},
        "dump": False,
    }
    assert portal.post("backup/createbackupschedule", body).status == 200


def inject(control: Control, portal: Portal, fault: Fault) -> None:
    """Send one rule to the simulator."""
    control.fault(
        fault.action,
        portal=portal.alias,
        method=fault.method,
        times=fault.times,
        after=fault.after,
    )


def seen(control: Control, portal: Portal) -> list[str]:
    """The methods of the requests that the portal received, in order, each to its own operation."""
    requests = control.requests(portal.alias)
    assert all(one.path == API + OPERATIONS[one.method] for one in requests)
    return [one.method for one in requests]


def state_of(portal: Portal) -> str:
    """The state of the portal: before, after, or nothing."""
    schedule = portal.schedule()
    names = {BEFORE_COPIES: "before", AFTER_COPIES: "after"}
    return names[schedule["backupsStored"]] if schedule else "nothing"


def assert_result(outcome: Outcome, expected: str | Failed, address: str) -> None:
    """Check the result, or every member of the error and the required parts of the message."""
    if not isinstance(expected, Failed):
        assert outcome.result is not None, outcome.text
        assert outcome.result["changed"] is (expected != UNCHANGED)
        return
    assert outcome.error is not None
    shown = outcome.error.as_result()
    path = API + OPERATIONS[expected.method]
    error = shown["error"]
    assert (error["kind"], error["status"]) == (expected.kind, expected.status), shown
    assert (error["method"], error["path"]) == (expected.method, path)
    assert (error["retries"], error["portal"]) == (expected.retries, address)
    assert expected.says in shown["msg"]
    assert address in shown["msg"]


@pytest.mark.parametrize("seed", range(12))
def test_half_of_the_answers_fail(
    seed: int, portal: Portal, control: Control, waits: Waits
) -> None:
    """About every second request finds a busy portal. Each of the three requests is repeated."""
    chance = seeded(seed)
    busy = [chance.random() < 0.5 for _turn in range(60)]
    set_schedule(portal, BEFORE_COPIES)
    control.clear_requests()
    for fails in busy:
        inject(control, portal, Fault({"html": 503} if fails else {"delay_ms": 0}))
    outcome = run(
        task(portal, "change", retries=20), make_client=client_maker(waits, chance.random)
    )

    expected, turn = [], iter(busy)
    for method in ("GET", "POST", "GET"):
        expected.append(method)
        while next(turn):
            expected.append(method)
    assert seen(control, portal) == expected
    assert len(waits.asked) == len(expected) - 3
    assert outcome.result is not None and outcome.result["changed"] is True
    control.clear_faults()
    assert state_of(portal) == "after"


LOSSES: tuple[tuple[dict[str, Any], bool], ...] = (
    ({"delay_ms": 0}, False),
    ({"delay_ms": 0}, False),
    ({"html": 503}, False),
    ({"reset": "before_headers"}, False),
    ({"reset": "before_headers"}, True),
    ({"truncate": 12}, True),
)


@pytest.mark.parametrize("seed", range(20))
def test_losses_at_random(seed: int, portal: Portal, control: Control, waits: Waits) -> None:
    """Whatever responses are lost, "changed" is true, and every error has a message."""
    chance = seeded(seed)
    removing = seed % 2 == 1
    set_schedule(portal, BEFORE_COPIES)
    control.clear_requests()
    for _turn in range(60):
        action, after = chance.choice(LOSSES)
        inject(control, portal, Fault(action, after=after))
    outcome = run(
        task(portal, "remove" if removing else "change", retries=2),
        make_client=client_maker(waits, chance.random),
    )

    requests = seen(control, portal)
    control.clear_faults()
    final = state_of(portal)
    if outcome.result is not None:
        assert outcome.result["changed"] is True
        assert final == ("nothing" if removing else "after")
    else:
        assert outcome.error is not None and outcome.error.kind in (
            "connection",
            "truncated",
            "unavailable",
        )
        assert str(outcome.error.retries) in outcome.error.what or outcome.error.retries == 0
    # One read, up to three writes with three reads each, and a final read. Reads take up to three
    # attempts.
    assert 1 <= len(requests) <= 3 + 3 * (1 + 3) + 3
    assert len(waits.asked) <= len(requests)
    assert all(FIRST[0] <= asked <= 8 for asked in waits.asked)


def test_enough_rows() -> None:
    """Each row has a fault, and no row appears twice."""
    assert len(ROWS) >= 30
    assert len({row.name for row in ROWS}) == len(ROWS)
    assert all(bool(row.faults) is (row.where == "portal") for row in ROWS)


@pytest.mark.parametrize("where", ["closed port", "unknown name", "host that does not pick up"])
def test_write_that_never_left(where: str, places: Places, waits: Waits) -> None:
    """A write without a connection cannot have been performed, so no read is needed."""
    asked = options(api_host=places.address(where), api_key="sk-1", timeout=1, retries=1)
    client = client_maker(waits)(Connection.from_options(asked))
    looked = []

    def settled(_get: Any) -> bool:
        looked.append("read")
        return False

    with pytest.raises(DocSpaceError) as failed:
        client.write("POST", API, settled=settled)
    assert failed.value.retries == 1
    assert not looked
    assert len(waits.asked) == 1
