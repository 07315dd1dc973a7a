# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Differences between the releases 3.1 to 3.7 for backups (contract 10, 3.3, 1.2)."""

from __future__ import annotations

from typing import Any

import pytest
from support.simulator import Simulator

from contract.matrix.access import UNKNOWN_KEY
from contract.matrix.bodies import (
    FOLDER,
    PROGRESS,
    READ,
    READ_DUMP,
    S0,
    SHOWN,
    START,
    STARTED,
    WRITE,
    bare,
    cron,
    into,
    s0,
    shows,
)
from contract.matrix.copies import FINISH, NOON
from contract.matrix.writing import UI_BODY
from contract.notation import (
    ARGUMENT,
    AUTHORIZING,
    BILLING,
    DIRECTORY_NOT_FOUND,
    EMPTY,
    OK,
    PD,
    SECURITY,
    E,
    Expected,
    V,
)
from contract.releases import Topic, cells
from contract.rows import play
from contract.steps import Clock, Folder, Forward, Key, Step, User, delete, get, post
from contract.values import ANY, All, Has, Lacks, Ref, unlike

AUDIT = "security/audit/events/filter?count=10&action="
SCHEDULED = {"started": 5127, "completed": 5128, "failed": 5129}
USED_UP = {"mode": "saas", "free_backups": 0, "wallet_backup": False}
RUN = (Clock("2026-03-02T12:00:00Z"), Forward(900), Forward(60))


def ran_and_recorded(response: Any) -> list[Step]:
    """A successful and a failed run, and their events in the audit trail."""
    before = Clock("2026-03-02T12:00:00Z")
    good, bad = bare("DataStore"), bare("CustomCloud")
    steps: list[Step] = [before, post(WRITE, good, OK(True)), Forward(900), Forward(60)]
    steps += [post(WRITE, bad, OK(True)), Forward(900), Forward(60)]
    return [*steps, *(get(f"{AUDIT}{code}", OK(response)) for code in SCHEDULED.values())]


def after_the_last_free_backup(read: Expected) -> list[Step]:
    """One free backup, used manually, and then a scheduled run."""
    return [
        Clock("2026-03-02T12:00:00Z"),
        post(START, {"storageType": 4}, OK(ANY)),
        FINISH,
        post(WRITE, bare("DataStore"), OK(True)),
        Forward(900),
        Forward(60),
        get(READ, read),
    ]


NOT_EMPTY = unlike([])
TOPICS = (
    Topic(
        "typed members are taken",
        {"3.1": OK(SHOWN)},
        lambda read: [FOLDER, post(WRITE, S0, OK(True)), get(READ, read)],
    ),
    Topic(
        "strings of integers are taken",
        {"3.1": OK(SHOWN)},
        lambda read: [FOLDER, post(WRITE, UI_BODY, OK(True)), get(READ, read)],
    ),
    Topic(
        "a dump has a row of its own",
        {"3.1": shows(dump=True)},
        lambda read: [
            FOLDER,
            post(WRITE, s0(dump=True), OK(True)),
            get(READ, OK()),
            get(READ_DUMP, read),
        ],
    ),
    Topic(
        "the number of copies is checked",
        {"3.1": E(400, ARGUMENT, "backupStored must be 1 - 30")},
        lambda refusal: [
            FOLDER,
            post(WRITE, s0(backupsStored=0), refusal),
            post(WRITE, s0(backupsStored=31), refusal),
        ],
    ),
    Topic(
        "the rights in a connected cloud are checked",
        {"3.1": E(403, SECURITY, "Access denied")},
        lambda refusal: [
            Folder("drive", "thirdparty", {"writable": False}),
            post(WRITE, s0(storageType="ThridpartyDocuments", **_drive()), refusal),
        ],
    ),
    Topic(
        "reading leaves CustomCloud alone",
        {"3.1": shows(storageType=2, storageParams={"folderId": None})},
        lambda read: [post(WRITE, bare("CustomCloud"), OK(True)), get(READ, read), get(READ, read)],
    ),
    Topic(
        "limited access forbids dumps only",
        {"3.1": E(403, SECURITY, "Access denied")},
        lambda refusal: [
            FOLDER,
            post(WRITE, s0(dump=True), refusal),
            get(READ_DUMP, refusal),
            post(WRITE, S0, OK(True)),
        ],
        portal={"limited_access": True},
    ),
    Topic(
        "scopes of a key",
        {"3.1": OK(), "3.2.1": EMPTY(403)},
        lambda read: [
            Key("files", limits={"permissions": ["files:read"]}),
            get(READ, read, auth="Bearer {files}"),
        ],
    ),
    Topic(
        "a bad key where none is needed",
        {"3.1": OK(), "3.7": PD(403)},
        lambda answer: [
            get("backup/getrestoreprogress", answer, auth=f"Bearer {UNKNOWN_KEY}"),
        ],
    ),
    Topic(
        "a caller who is no admin",
        {"3.1": E(403, AUTHORIZING, "Access denied")},
        lambda refusal: [User("plain", "User"), get(READ, refusal, auth="Bearer {plain}")],
    ),
    Topic(
        "a plan without backups",
        {"3.5": E(402, BILLING, "Your pricing plan does not support this option")},
        lambda refusal: [FOLDER, post(WRITE, S0, refusal)],
        portal=USED_UP,
    ),
    Topic(
        "a missing folder",
        {"3.1": 500, "3.7": 404},
        lambda status: [
            post(
                WRITE,
                into("999999"),
                E(status, DIRECTORY_NOT_FOUND, "The required folder was not found"),
            )
        ],
    ),
    Topic(
        "the envelope of a validation error",
        {"3.1": (0, 200), "3.7": (1, 400)},
        lambda inner: [FOLDER, post(WRITE, cron("EveryHour"), V("$.cronParams.period", inner))],
    ),
    Topic(
        "status of a backup",
        {"3.1": Lacks(("status",)), "3.7": Has({"status": 2})},
        lambda members: [
            NOON,
            post(START, {"storageType": 4}, OK(Has({"taskId": STARTED["taskId"]}))),
            FINISH,
            get(PROGRESS, OK(All((Has({"isCompleted": True, "error": ""}), members)))),
        ],
    ),
    Topic(
        "cancelling",
        {"3.1": EMPTY(404), "3.7": OK(False)},
        lambda answer: [post("backup/cancelbackup", {}, answer)],
    ),
    Topic(
        "counting backups",
        {"3.1": EMPTY(404), "3.5": OK(0)},
        lambda answer: [get("backup/getbackupscount", answer)],
    ),
    Topic(
        "the paid service",
        {"3.1": EMPTY(404), "3.5": OK({"enabled": False})},
        lambda answer: [get("backup/getservicestate", answer)],
    ),
    Topic(
        "the schedule after the last free backup",
        {"3.1": shows(storageType=4), "3.5": OK()},
        after_the_last_free_backup,
        portal={"mode": "saas", "free_backups": 1, "wallet_backup": False},
    ),
    Topic(
        "the end of the schedule in the audit trail",
        {"3.1": [], "3.7": NOT_EMPTY},
        lambda response: [
            post(WRITE, bare("DataStore"), OK(True)),
            delete("backup/deletebackupschedule", OK(True)),
            get(f"{AUDIT}5130", OK(response)),
        ],
    ),
    Topic(
        "scheduled runs in the audit trail",
        {"3.1": [], "3.6": NOT_EMPTY},
        ran_and_recorded,
    ),
    Topic(
        "the version that it calls itself",
        {release: release for release in ("3.1.0", "3.2.1", "3.5.0", "3.6.1", "3.7.2")},
        lambda version: [get("settings", OK(Has({"version": version})), auth=None)],
    ),
)


def _drive() -> dict[str, Any]:
    return {"storageParams": [{"key": "folderId", "value": Ref("drive")}]}


CELLS = list(cells(TOPICS))


@pytest.mark.parametrize(
    ("topic", "release"), [cell[1:] for cell in CELLS], ids=[cell[0] for cell in CELLS]
)
def test_release(simulator: Simulator, topic: Topic, release: str) -> None:
    portal = {**topic.portal, "server_version": release}
    play(simulator, topic.says, portal, topic.steps(topic.answer_of(release)))
