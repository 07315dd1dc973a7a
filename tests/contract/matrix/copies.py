# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 92-119: backups on demand, progress, history, restore (contract 7)."""

from __future__ import annotations

from contract.matrix.access import UNKNOWN_KEY
from contract.matrix.bodies import (
    COPY,
    HISTORY,
    NEVER,
    PROGRESS,
    RESTORE,
    START,
    STARTED,
    copy_to,
    ended,
    start,
)
from contract.matrix.writing import DONE, writes
from contract.notation import (
    ARGUMENT,
    EMPTY,
    FILE_NOT_FOUND,
    KEY_NOT_FOUND,
    NULL_REFERENCE,
    OK,
    PD,
    QUOTA,
    E,
    V,
)
from contract.rows import Row
from contract.steps import Clock, Forward, Step, delete, get, post
from contract.values import GUID, STORED_TIME, Bind, Has, Ref, containing, pattern

NOON = Clock("2026-03-02T12:00:00Z")
FINISH = Forward(60)  # seconds; a backup takes two
UNKNOWN_ID = "11111111-2222-3333-4444-555555555555"
WRONG_TYPE = E(400, ARGUMENT, "wrong folder type")
COUNT = "backup/getbackupscount"

RECORD = {
    "id": Ref("copy"),
    "fileName": pattern("alias_time.tar.gz", r"[a-z0-9-]+_2026-03-02_12-00-\d\d\.tar(\.gz)?"),
    "storageType": 0,
    "createdOn": STORED_TIME,
    "expiresOn": NEVER,
}


def one_copy(*steps: Step) -> list[Step]:
    """Steps on a portal with one finished backup in ``folder``, whose ID is ``copy``."""
    began = start(OK(Has({"taskId": Bind("copy", GUID)})))
    return [NOON, *writes(began, FINISH, ended("", progress=100)), *steps]


def failed_copy(*steps: Step) -> list[Step]:
    """Steps on a portal whose only backup has failed."""
    return [NOON, post(START, copy_to("CustomCloud"), OK(STARTED)), FINISH, *steps]


def restore(**body: object) -> dict[str, object]:
    """The body of startrestore."""
    return {"storageType": "Documents", "storageParams": [], "notify": False, **body}


ROWS = (
    Row(92, "a backup is accepted", writes(post(START, COPY, OK(STARTED)))),
    Row(
        93,
        "a second one while the first is running is the first one",
        [
            NOON,
            *writes(
                start(OK(Has({"taskId": Bind("task", GUID), "isCompleted": False}))),
                start(OK(Has({"taskId": Ref("task"), "isCompleted": False}))),
                FINISH,
                get(HISTORY, OK([Has({"id": Ref("task")})])),
            ),
        ],
    ),
    Row(94, "into documents, but no folder", [post(START, copy_to("Documents"), WRONG_TYPE)]),
    Row(
        95,
        "into a connected cloud, but the folder is of the portal",
        [post(START, copy_to("ThridpartyDocuments", folderId="5"), WRONG_TYPE)],
    ),
    Row(
        96,
        "into a connected cloud, but no folder",
        [post(START, {"storageType": "ThridpartyDocuments"}, E(500, KEY_NOT_FOUND))],
    ),
    Row(
        97,
        "into the temporary store, as the web UI asks for it",
        [post(START, {"storageType": "4", "storageParams": None}, OK(STARTED))],
    ),
    Row(
        98,
        "the free backups of the month are used up",
        [
            NOON,
            *writes(
                start(),
                FINISH,
                start(),
                FINISH,
                start(
                    E(402, QUOTA, "The number of free backups should not exceed 2 within a month")
                ),
            ),
        ],
        portal={"mode": "saas", "free_backups": 2, "wallet_backup": False},
    ),
    Row(99, "no progress", [get(PROGRESS, OK())]),
    Row(
        100,
        "a failed backup counts as completed",
        failed_copy(ended("Unknown storage type.", link="")),
    ),
    Row(
        101,
        "the progress is kept for 24 hours",
        one_copy(Forward(86400 - 120), ended(""), Forward(240), get(PROGRESS, OK())),
    ),
    Row(102, "cancel, and nothing is there", [post("backup/cancelbackup", {}, OK(False))]),
    Row(
        103,
        "cancel after the end takes the record away",
        one_copy(post("backup/cancelbackup", {}, DONE), get(PROGRESS, OK())),
    ),
    Row(
        104,
        "3.6 cannot cancel",
        [post("backup/cancelbackup", {}, EMPTY(404))],
        portal={"server_version": "3.6.1"},
    ),
    Row(105, "an empty history", [get(HISTORY, OK([]))]),
    Row(106, "a history of one", one_copy(get(HISTORY, OK([RECORD])))),
    Row(
        107,
        "a copy whose file is gone leaves the history",
        one_copy(
            get(HISTORY, OK([RECORD])),
            delete("files/rooms/{folder}", OK(Has({})), json={"deleteAfter": False}),
            FINISH,
            get(HISTORY, OK([])),
            get(HISTORY, OK([])),
        ),
    ),
    Row(
        108,
        "removing a copy",
        one_copy(
            delete("backup/deletebackup/{copy}", DONE),
            get(HISTORY, OK([])),
            delete("backup/deletebackup/{copy}", DONE),
        ),
    ),
    Row(
        109,
        "removing an unknown copy",
        [delete(f"backup/deletebackup/{UNKNOWN_ID}", E(500, NULL_REFERENCE))],
    ),
    Row(110, "removing what is no id", [delete("backup/deletebackup/abc", EMPTY(404))]),
    Row(
        111,
        "removing all copies",
        one_copy(delete("backup/deletebackuphistory", DONE), get(HISTORY, OK([]))),
    ),
    Row(112, "no backups this month", [get(COUNT, OK(0))]),
    Row(
        113,
        "a count from later to earlier",
        [
            get(
                COUNT + "?from=2026-02-01&to=2026-01-01",
                E(400, ARGUMENT, containing("From date must be less than to date")),
            )
        ],
    ),
    Row(114, "the paid service is off", [get("backup/getservicestate", OK({"enabled": False}))]),
    Row(115, "anybody may ask for a restore", [get("backup/getrestoreprogress", OK(), auth=None)]),
    Row(
        116,
        "but not with a wrong key",
        [get("backup/getrestoreprogress", PD(403), auth=f"Bearer {UNKNOWN_KEY}")],
    ),
    Row(117, "a restore of nothing", [post(RESTORE, restore(), V("$"))]),
    Row(
        118,
        "a restore of an unknown copy",
        [
            post(
                RESTORE,
                restore(backupId=UNKNOWN_ID),
                E(404, FILE_NOT_FOUND, "Unable to find the specified file."),
            )
        ],
    ),
    Row(
        119,
        "a restore from no file",
        [post(RESTORE, restore(backupId=""), E(500, KEY_NOT_FOUND, containing("'filePath'")))],
    ),
)
