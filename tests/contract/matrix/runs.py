# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 1-26 of the matrix for backups: starting, watching, and canceling them."""

from __future__ import annotations

from contract.backup_steps import Next
from contract.matrix.bodies import HISTORY, PROGRESS, START, STARTED, copy_to, ended, pairs, start
from contract.matrix.copies import FINISH, NOON, RECORD, WRONG_TYPE, one_copy
from contract.matrix.trail import trail
from contract.matrix.writing import DONE, writes
from contract.notation import (
    AUTHORIZING,
    DIRECTORY_NOT_FOUND,
    EMPTY,
    KEY_NOT_FOUND,
    OK,
    SECURITY,
    E,
    Expected,
)
from contract.rows import Row
from contract.steps import Change, Folder, Forward, Key, Step, User, delete, get, post
from contract.values import GUID, TEXT, Bind, Has, Ref, Time, containing, unlike, within

CANCEL = "backup/cancelbackup"
DENIED = E(403, SECURITY, "Access denied")
NO_ADMIN = E(403, AUTHORIZING, "Access denied")
DAY_S, CLEANER_S = 86_400, 900


def refused(params: dict[str, object], answer: Expected, storage: str = "Documents") -> list[Step]:
    """A startbackup request with these parameters is refused."""
    body = {"storageType": storage, "storageParams": pairs(**params)}
    return [post(START, body, answer), get(PROGRESS, OK())]


def fails(body: dict[str, object], error: object) -> list[Step]:
    """A backup that is accepted but fails."""
    over = Has({"isCompleted": True, "error": error})
    return [
        NOON,
        post(START, body, OK(STARTED)),
        FINISH,
        get(PROGRESS, OK(over)),
        get(HISTORY, OK([])),
    ]


def role_refused(role: str) -> list[Step]:
    """A member with that role must not start a backup."""
    return [User("b", role), post(START, copy_to("DataStore"), NO_ADMIN, auth="Bearer {b}")]


ROWS = (
    Row(1, "nothing ever ran", [get(PROGRESS, OK())]),
    Row(2, "nothing was ever made", [get(HISTORY, OK([]))]),
    Row(3, "a backup is accepted", writes(start(OK(STARTED)), get(PROGRESS, OK(Has({}))))),
    Row(
        4,
        "a second start while one runs",
        [
            NOON,
            *writes(
                start(OK(Has({"taskId": Bind("task", GUID)}))),
                start(OK(Has({"taskId": Ref("task"), "isCompleted": False}))),
                FINISH,
                get(HISTORY, OK([Has({"id": Ref("task")})])),
            ),
        ],
    ),
    Row(
        5,
        "a backup under way",
        [
            NOON,
            Next(more={"seconds": 100}),
            *writes(
                start(),
                Forward(50),
                get(PROGRESS, OK(Has({"isCompleted": False, "progress": within(30, 90)}))),
            ),
        ],
    ),
    Row(6, "finished", one_copy(ended("", progress=100))),
    Row(7, "one record, with the id of the run", one_copy(get(HISTORY, OK([RECORD])))),
    Row(8, "a day later", one_copy(Forward(DAY_S), get(PROGRESS, OK()))),
    Row(
        9,
        "a new one replaces the finished item",
        one_copy(
            start(OK(Has({"taskId": unlike(Ref("copy"))}))),
            get(PROGRESS, OK(Has({"isCompleted": False, "taskId": unlike(Ref("copy"))}))),
        ),
    ),
    Row(
        10,
        "the folder is deleted while the backup runs",
        [
            NOON,
            Next(more={"seconds": 100}),
            *writes(
                start(),
                delete("files/rooms/{folder}", OK(Has({})), json={"deleteAfter": False}),
                Forward(120),
                get(PROGRESS, OK(Has({"isCompleted": True, "error": TEXT}))),
                get(HISTORY, OK([])),
            ),
        ],
    ),
    Row(11, "into documents, but no folder", refused({}, WRONG_TYPE)),
    Row(12, "into documents, but a cloud's folder", refused({"folderId": "drive-12"}, WRONG_TYPE)),
    Row(
        13,
        "into a cloud, but the portal's folder",
        refused({"folderId": "5"}, WRONG_TYPE, "ThridpartyDocuments"),
    ),
    Row(
        14,
        "into a folder that is not there",
        refused({"folderId": "999999"}, E(404, DIRECTORY_NOT_FOUND)),
    ),
    Row(
        15,
        "into a root, the archive, and a folder that is closed",
        [
            Folder("rooms", "virtual_rooms"),
            Folder("archive", "archive"),
            Folder("closed", "room", {"writable": False}),
            *(
                step
                for name in ("rooms", "archive", "closed")
                for step in refused({"folderId": Ref(name)}, DENIED)
            ),
        ],
    ),
    Row(
        16,
        "into a directory, but none is named",
        refused({}, E(500, KEY_NOT_FOUND, containing("'filePath'")), "Local"),
    ),
    Row(
        17,
        "into a directory that is not there",
        fails(copy_to("Local", filePath="/missing/b"), "Directory not found."),
    ),
    Row(18, "into a custom cloud", fails(copy_to("CustomCloud"), "Unknown storage type.")),
    Row(
        19,
        "the temporary store",
        [
            NOON,
            post(START, copy_to("DataStore"), OK(STARTED)),
            FINISH,
            get(PROGRESS, OK(Has({"isCompleted": True, "link": TEXT}))),
            get(
                HISTORY,
                OK([Has({"createdOn": Bind("made"), "expiresOn": Time("made", days=1)})]),
            ),
        ],
    ),
    Row(
        20,
        "the temporary store, a day and a round of the cleaner later",
        [
            NOON,
            post(START, copy_to("DataStore"), OK(STARTED)),
            FINISH,
            Forward(DAY_S + CLEANER_S),
            get(HISTORY, OK([])),
        ],
    ),
    Row(
        21,
        "a key that only reads",
        [
            Key("reader", limits={"permissions": ["*:read"]}),
            post(START, copy_to("DataStore"), EMPTY(403), auth="Bearer {reader}"),
        ],
    ),
    Row(22, "members who are no admins", role_refused("User") + role_refused("RoomAdmin")),
    Row(
        23,
        "cancelled while it runs",
        [
            NOON,
            Next(more={"seconds": 100}),
            *writes(
                start(),
                post(CANCEL, {}, DONE),
                FINISH,
                get(PROGRESS, OK(Has({"status": 3, "warning": TEXT, "error": ""}))),
                get(HISTORY, OK([])),
                trail(5131, 1),
                trail(5126, 0),
            ),
        ],
    ),
    Row(24, "cancelled, but there is nothing", [post(CANCEL, {}, OK(False))]),
    Row(
        25,
        "cancelled after its end",
        one_copy(post(CANCEL, {}, DONE), get(PROGRESS, OK()), get(HISTORY, OK([RECORD]))),
    ),
    Row(
        26,
        "releases that cannot cancel",
        [
            step
            for release in ("3.7.0", "3.6.1", "3.1.0")
            for step in (Change({"server_version": release}), post(CANCEL, {}, EMPTY(404)))
        ],
    ),
)
