# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every write of every module with a broken response, with and without an effect on the portal.

Whatever the portal responds, a task reports what it has changed or may have changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from requests.structures import CaseInsensitiveDict
from support.control import Control
from support.portal import Portal

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import (
    Answer,
    Transport,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import NoAnswer
from client import support_backups, support_runs, test_room
from client.support_backups import PassingTime
from client.support_runs import Outcome

_TRUE = json.dumps({"response": True, "count": 1}).encode()

# Responses that replace those of the portal.
ANSWERS: dict[str, Answer | NoAnswer] = {
    "201": Answer(201, CaseInsensitiveDict(), _TRUE),
    "204": Answer(204, CaseInsensitiveDict(), b""),
    "true": Answer(200, CaseInsensitiveDict(), _TRUE),
    "empty": Answer(200, CaseInsensitiveDict(), b""),
    "foreign": Answer(200, CaseInsensitiveDict(), b'{"ok": true}'),
    "redirect": Answer(302, CaseInsensitiveDict({"Location": "https://[x"}), b""),
    "malformed": NoAnswer("malformed", "two lengths", sent=True),
    "too large": NoAnswer("too_large", "too large", sent=True),
    "truncated": NoAnswer("truncated", "cut", sent=True),
    "connection": NoAnswer("connection", "reset", sent=True),
}


@dataclass
class Liar(Transport):
    """Forwards all requests except for the first `lies` writes, which it answers itself.

    It forwards those writes too if `done` is true. The next `late` reads return the earlier state
    of the portal.
    """

    connection: Connection
    answer: Answer | NoAnswer
    done: bool
    late: int
    lies: int = 1
    before: dict[str, Answer] = field(default_factory=dict)
    passed: int = 0

    def __post_init__(self) -> None:
        super().__init__(self.connection)

    def send(self, method: str, url: str, body: bytes | None = None) -> Answer:
        if method == "GET":
            return self._read(url)
        if not self.lies:
            self.passed += 1
            return super().send(method, url, body)
        self.lies -= 1
        if self.done:
            self.passed += 1
            assert super().send(method, url, body).status == 200
        if isinstance(self.answer, NoAnswer):
            raise self.answer
        return self.answer

    def _read(self, url: str) -> Answer:
        if self.passed and self.late and url in self.before:
            self.late -= 1
            return self.before[url]
        self.before[url] = super().send("GET", url)
        return self.before[url]


@dataclass(frozen=True)
class Write:
    """A task that writes once, and a function that reads the state which it changes."""

    prepare: Callable[[Portal, Control], Any]
    run: Callable[[Portal, PassingTime, Any, Callable[..., Client]], Outcome]
    state: Callable[[Portal], Any]


def _schedule(portal: Portal, _control: Control) -> None:
    body = {
        "storageType": "Local",
        "storageParams": [{"key": "filePath", "value": "/b"}],
        "cronParams": {"period": "EveryDay", "hour": 3},
        "backupsStored": 7,
    }
    assert portal.post("backup/createbackupschedule", body).status == 200


def _run_schedule(**own: Any) -> Any:
    def run(portal: Portal, _time: PassingTime, _made: Any, make: Any) -> Outcome:
        return support_runs.run(support_runs.options_for(portal, **own), make_client=make)

    return run


def _run_room(**own: Any) -> Any:
    def run(portal: Portal, _time: PassingTime, _made: Any, make: Any) -> Outcome:
        return test_room.run(portal, make_client=make, **own)

    return run


def _run_backup(state: str, **own: Any) -> Any:
    def run(portal: Portal, time: PassingTime, made: Any, make: Any) -> Outcome:
        which = {"backup_id": made} if state == "absent" else {}
        return support_backups.run(portal, time, make=make, state=state, **which, **own)

    return run


def _backup(portal: Portal, control: Control) -> str:
    return str(
        control.backup(portal.alias, ended="2026-02-01T00:00:00Z", storageType="Local")["id"]
    )


def _running(portal: Portal, control: Control) -> None:
    control.next_backup(portal.alias, seconds=600)
    support_backups.start(portal, control.folder(portal.alias, "Backups"))


def _archived(portal: Portal, control: Control) -> None:
    test_room.archive(portal, test_room.make_room(portal))
    control.clock_forward(60)


def _progress(portal: Portal) -> Any:
    answer = portal.get("backup/getbackupprogress")
    item = answer.response if answer.body else None
    return item and not item["isCompleted"]


LOCAL = {"storage_type": "Local", "storage_params": {"filePath": "/b"}}

WRITES: dict[str, Write] = {
    "save a schedule": Write(
        _schedule, _run_schedule(hour=4), lambda p: (p.schedule() or {})["cronParams"]["hour"]
    ),
    "delete a schedule": Write(
        _schedule, _run_schedule(state="absent"), lambda p: p.schedule() is None
    ),
    "make a room": Write(lambda _p, _c: None, _run_room(), test_room.titles),
    "archive a room": Write(
        lambda p, _c: test_room.make_room(p), _run_room(state="absent"), test_room.titles
    ),
    "unarchive a room": Write(_archived, _run_room(unarchive=True), test_room.titles),
    "start a backup": Write(
        lambda _p, _c: None,
        _run_backup("present", max_age="0", **LOCAL),
        lambda p: len(support_backups.backups(p)),
    ),
    "delete a backup": Write(
        _backup, _run_backup("absent"), lambda p: len(support_backups.backups(p))
    ),
    "prune backups": Write(
        lambda p, c: [_backup(p, c), _backup(p, c)],
        _run_backup("pruned", keep=1),
        lambda p: len(support_backups.backups(p)),
    ),
    "cancel a backup": Write(
        _running,
        _run_backup("cancelled"),
        lambda p: bool(_progress(p) or support_backups.backups(p)),
    ),
}


@dataclass(frozen=True)
class Report:
    """What a task reports, whether it changed the portal, and the number of forwarded writes."""

    failed: bool
    changed: bool
    really: bool
    writes: int


def report(
    portal: Portal, control: Control, write: str, answer: str, done: bool, late: int, lies: int = 1
) -> Report:
    """Run the task with a transport that lies in this way."""
    control.clock_at(support_backups.START_OF_TIME)
    time, case = PassingTime(control), WRITES[write]
    made = case.prepare(portal, control)
    before = case.state(portal)
    liars: list[Liar] = []

    def make(connection: Connection, **how: Any) -> Client:
        liars.append(Liar(connection, ANSWERS[answer], done, late, lies))
        return time.client_maker(transport=liars[0])(connection, **how)

    outcome = case.run(portal, time, made, make)
    control.clock_forward(3600)
    really = case.state(portal) != before
    shown = outcome.result or (outcome.error and outcome.error.as_result()) or {}
    (liar,) = liars
    return Report(outcome.error is not None, shown.get("changed", False), really, liar.passed)


EVERY = list(product(WRITES, ANSWERS))
# Responses that look like success.
ACCEPTED = ("201", "204", "true", "foreign", "too large")


@pytest.mark.parametrize("late", [0, 2])
@pytest.mark.parametrize("lies", [1, 99])
@pytest.mark.parametrize(("write", "answer"), EVERY)
def test_what_was_done_is_a_success(
    write: str, answer: str, late: int, lies: int, portal: Portal, control: Control
) -> None:
    told = report(portal, control, write, answer, True, late, lies)

    assert told == Report(False, True, True, told.writes)
    assert told.writes == 1 or write not in ("make a room", "start a backup")


@pytest.mark.parametrize("lies", [1, 99])
@pytest.mark.parametrize(("write", "answer"), EVERY)
def test_what_was_not_done_is_never_a_change_that_is_believed(
    write: str, answer: str, lies: int, portal: Portal, control: Control
) -> None:
    told = report(portal, control, write, answer, False, 0, lies)

    assert told.changed or not told.really
    # A backup that was not canceled has ended in the meantime.
    assert told.failed or told.really or write == "cancel a backup"


@pytest.mark.parametrize(("write", "answer"), [w for w in EVERY if w[1] in ACCEPTED])
def test_what_was_accepted_and_is_not_seen_may_have_changed_the_portal(
    write: str, answer: str, portal: Portal, control: Control
) -> None:
    told = report(portal, control, write, answer, True, 99)

    assert told.changed
    assert told.writes == 1
