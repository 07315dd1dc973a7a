# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 49-58 of the matrix for backups: restoring one."""

from __future__ import annotations

from contract.backup_steps import Made
from contract.matrix.bodies import READ, RESTORE, WRITE, pairs, s0, shows
from contract.matrix.copies import FINISH, NOON, one_copy, restore
from contract.matrix.writing import DONE, writes
from contract.notation import EMPTY, ITEM_NOT_FOUND, OK, PD, E
from contract.rows import Row
from contract.steps import Call, Step, get, post
from contract.values import GUID, TEXT, All, Bind, Has, Lacks, Ref, unlike, within

WATCH = "backup/getrestoreprogress"
OF_RECORD = restore(backupId=Ref("copy"))


def restoring(*steps: Step) -> list[Step]:
    """Steps on a portal that is being restored."""
    return one_copy(post(RESTORE, OF_RECORD, OK(Has({"taskId": Bind("restore")}))), *steps)


def from_file(name: str) -> dict[str, object]:
    """A restore from a file of the portal."""
    return restore(backupId="", storageParams=pairs(filePath=Ref(name, str)))


def watched(**members: object) -> Call:
    """The progress of the restore, visible to anyone."""
    return get(WATCH, OK(Has(members)), auth=None)


def ends_badly(name: str) -> list[Step]:
    """A restore from a file fails, and the portal is unchanged."""
    return [
        post(RESTORE, from_file(name), OK(Has({"isCompleted": False}))),
        FINISH,
        watched(isCompleted=True, error=TEXT, tenantId=Ref("tenant")),
        get("settings", OK(Has({"tenantStatus": 0}))),
        get(READ, OK()),
    ]


ROWS = (
    Row(
        49,
        "a restore is accepted",
        one_copy(
            post(
                RESTORE,
                OF_RECORD,
                OK(All((Has({"backupProgressEnum": 1, "taskId": GUID}), Lacks(("link",))))),
            )
        ),
    ),
    Row(50, "the portal is closed meanwhile", restoring(get(READ, PD(403)))),
    Row(
        51,
        "the restore is watched by anybody",
        restoring(watched(isCompleted=False, progress=within(10, 75))),
    ),
    Row(
        52,
        "restored, as another tenant",
        restoring(
            FINISH,
            watched(isCompleted=True, progress=100, error="", tenantId=unlike(Ref("tenant"))),
        ),
    ),
    Row(53, "restored, and the key is void", restoring(FINISH, get(READ, EMPTY(401)))),
    Row(
        54,
        "restored, with the schedule of its day",
        [
            NOON,
            *writes(post(WRITE, s0(backupsStored=5), DONE)),
            *one_copy(
                post(WRITE, s0(backupsStored=9), DONE),
                post(RESTORE, OF_RECORD, OK(Has({}))),
                FINISH,
                get(READ, shows(backupsStored=5), auth="{token}"),
            ),
        ],
    ),
    Row(
        55,
        "a broken archive",
        [
            NOON,
            *writes(
                Made("2026-03-01T02:00:00Z", more={"archive": "broken"}), *ends_badly("made_file")
            ),
        ],
    ),
    Row(
        56,
        "a file that is not there",
        [post(RESTORE, from_file("tenant"), E(404, ITEM_NOT_FOUND))],
    ),
    Row(
        57,
        "the archive of another portal, on a hosted one",
        [
            NOON,
            *writes(Made("2026-03-01T02:00:00Z", more={"foreign": True}), *ends_badly("made_file")),
        ],
        portal={"mode": "saas"},
    ),
    Row(
        58,
        "a second start meanwhile",
        restoring(
            post(RESTORE, OF_RECORD, PD(403)),
            watched(isCompleted=False, taskId=Ref("restore")),
        ),
    ),
)
