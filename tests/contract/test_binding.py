# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON values that members of a schedule accept, and the stored values (contract 2.4)."""

from __future__ import annotations

from typing import Any

import pytest
from support.portal import Portal
from support.simulator import Simulator

from contract.matrix.bodies import OMIT, READ, WRITE, pairs
from contract.notation import FORMAT, NULL_REFERENCE, OK, E, Expected, V
from contract.rows import play
from contract.steps import get, post
from contract.values import Has

CRON = {"period": 0, "hour": 2, "day": 0}
NO_OBJECT = E(500, NULL_REFERENCE)


def schedule(member: str, value: Any) -> dict[str, Any]:
    """A schedule without a folder in which one member (``cronParams.hour``) has this value."""
    body: dict[str, Any] = {"storageType": 4, "backupsStored": 7, "cronParams": dict(CRON)}
    *parents, name = member.split(".")
    holder = body[parents[0]] if parents else body
    if value is OMIT:
        holder.pop(name, None)
    else:
        holder[name] = value
    return body


def kept(member: str, value: Any) -> OK:
    """The schedule that is read has this value in that member."""
    *parents, name = member.split(".")
    inner = Has({name: value})
    return OK(Has({parents[0]: inner}) if parents else inner)


# Member, posted value, value that is read back.
TAKEN: tuple[tuple[str, Any, Any], ...] = (
    ("storageType", "DataStore", 4),
    ("storageType", "datastore", 4),
    ("storageType", " DataStore ", 4),
    ("storageType", 4, 4),
    ("storageType", "4", 4),
    ("storageType", 77, 77),
    ("storageType", "77", 77),
    ("backupsStored", 1, 1),
    ("backupsStored", "30", 30),
    ("backupsStored", None, 1),
    ("backupsStored", OMIT, 1),
    ("cronParams.period", None, 0),
    ("cronParams.period", OMIT, 0),
    ("cronParams.period", "EVERYDAY", 0),
    ("cronParams.period", "0", 0),
    ("cronParams.hour", "23", 23),
    ("cronParams.hour", 0, 0),
    ("cronParams.hour", OMIT, 0),
    ("cronParams.day", None, 0),
    ("cronParams.day", OMIT, 0),
    ("cronParams.day", "5", 0),
    ("dump", False, False),
    ("dump", OMIT, False),
    ("storageParams", None, {"folderId": None}),
    ("storageParams", [], {"folderId": None}),
    ("storageParams", pairs(a={"b": [1, 2]}), {"a": '{"b": [1, 2]}', "folderId": None}),
    ("storageParams", [{"Key": "a", "Value": "b"}], {"a": "b", "folderId": None}),
)
REFUSED: tuple[tuple[str, Any, Expected], ...] = (
    ("storageType", "Nowhere", V("$.storageType")),
    ("storageType", True, V("$.storageType")),
    ("storageType", 1.5, V("$.storageType")),
    ("storageType", [], V("$.storageType")),
    ("backupsStored", "seven", V("$.backupsStored")),
    ("backupsStored", 5.5, V("$.backupsStored")),
    ("backupsStored", "5.0", V("$.backupsStored")),
    ("backupsStored", True, V("$.backupsStored")),
    ("backupsStored", {}, V("$.backupsStored")),
    ("cronParams", None, NO_OBJECT),
    ("cronParams", OMIT, NO_OBJECT),
    ("cronParams", "daily", V("$.cronParams")),
    ("cronParams", [], V("$.cronParams")),
    ("cronParams.period", "Yearly", V("$.cronParams.period")),
    ("cronParams.period", False, V("$.cronParams.period")),
    ("cronParams.period", 3, E(500, FORMAT)),
    ("cronParams.hour", "", V("$.cronParams.hour")),
    ("cronParams.hour", None, V("$.cronParams.hour")),
    ("cronParams.hour", "2.0", V("$.cronParams.hour")),
    ("cronParams.hour", True, V("$.cronParams.hour")),
    ("cronParams.hour", 24, E(500, FORMAT)),
    ("cronParams.hour", "24", E(500, FORMAT)),
    ("cronParams.day", "Monday", V("$.cronParams.day")),
    ("cronParams.day", True, V("$.cronParams.day")),
    ("dump", None, V("$.dump")),
    ("dump", "false", V("$.dump")),
    ("dump", 0, V("$.dump")),
    ("storageParams", {}, V("$.storageParams")),
    ("storageParams", "a=b", V("$.storageParams")),
    ("storageParams", [{"key": "a"}], NO_OBJECT),
    ("storageParams", [{"value": "b"}], NO_OBJECT),
    ("storageParams", [{"key": None, "value": "b"}], NO_OBJECT),
)


def name_of(value: Any) -> str:
    """A readable ID for a value of the tables."""
    return "absent" if value is OMIT else repr(value)[:30]


@pytest.mark.parametrize(("member", "value", "read"), TAKEN, ids=name_of)
def test_taken(simulator: Simulator, member: str, value: Any, read: Any) -> None:
    steps = [post(WRITE, schedule(member, value), OK(True)), get(READ, kept(member, read))]
    play(simulator, f"{member} = {value!r}", {}, steps)


@pytest.mark.parametrize(("member", "value", "answer"), REFUSED, ids=name_of)
def test_refused(simulator: Simulator, member: str, value: Any, answer: Expected) -> None:
    steps = [post(WRITE, schedule(member, value), answer), get(READ, OK())]
    play(simulator, f"{member} = {value!r}", {}, steps)


def test_a_refused_write_leaves_the_schedule_as_it_was(portal: Portal) -> None:
    portal.post(WRITE, schedule("backupsStored", 3))
    before = portal.schedule()
    for member, value, _problem in REFUSED:
        assert portal.post(WRITE, schedule(member, value)).status in (400, 500)
    assert portal.schedule() == before


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "application/json; charset=utf-8", "text/json", "application/x+json"],
)
def test_kinds_of_json(portal: Portal, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    assert portal.post(WRITE, schedule("hour", OMIT), headers=headers).status == 200


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/html", ""])
def test_other_kinds_of_body(portal: Portal, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    answer = portal.post(WRITE, schedule("hour", OMIT), headers=headers)
    assert answer.status == 415
    assert portal.schedule() is None
