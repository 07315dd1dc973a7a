# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paths, request bodies and responses that many rows share.

``S0`` is the standard schedule of the matrix: every day at 2, seven copies, in the room ``folder``.
"""

from __future__ import annotations

from typing import Any

from contract.notation import OK
from contract.steps import Call, Folder, get, post
from contract.values import GUID, INT, Has, Ref

READ = "backup/getbackupschedule"
READ_DUMP = "backup/getbackupschedule?dump=true"
WRITE = "backup/createbackupschedule"
ERASE = "backup/deletebackupschedule"
START = "backup/startbackup"
PROGRESS = "backup/getbackupprogress"
HISTORY = "backup/getbackuphistory"
RESTORE = "backup/startrestore"

NEVER = "0001-01-01T00:00:00"
OMIT = object()

FOLDER = Folder("folder")
NUMERIC_FOLDER = Ref("folder", int)


def pairs(**params: Any) -> list[dict[str, Any]]:
    """Storage parameters in the form that the server requires."""
    return [{"key": key, "value": value} for key, value in params.items()]


def s0(**changes: Any) -> dict[str, Any]:
    """The standard schedule with changed members. ``OMIT`` removes a member."""
    body: dict[str, Any] = {
        "storageType": "Documents",
        "storageParams": pairs(folderId=Ref("folder")),
        "backupsStored": 7,
        "cronParams": {"period": "EveryDay", "hour": 2},
    }
    body.update(changes)
    return {name: value for name, value in body.items() if value is not OMIT}


def cron(period: Any = "EveryDay", hour: Any = 2, **day: Any) -> dict[str, Any]:
    """The standard schedule at another time."""
    return s0(cronParams={"period": period, "hour": hour, **day})


def into(folder: Any) -> dict[str, Any]:
    """The standard schedule with another folder."""
    return s0(storageParams=pairs(folderId=folder))


def bare(storage_type: Any, params: Any = OMIT, **more: Any) -> dict[str, Any]:
    """A daily schedule at 2 of another storage type, without further members."""
    body = {"storageType": storage_type, "cronParams": {"period": 0, "hour": 2}, **more}
    return body if params is OMIT else {**body, "storageParams": params}


def copy_to(storage_type: Any = "Documents", **params: Any) -> dict[str, Any]:
    """The body of startbackup."""
    return {"storageType": storage_type, "storageParams": pairs(**params)}


S0 = s0()
COPY = copy_to(folderId=Ref("folder"))
CONSUMER = pairs(module="s3", bucket="b")

SHOWN = {
    "storageType": 0,
    "storageParams": {"folderId": Ref("folder")},
    "cronParams": {"period": 0, "hour": 2, "day": 0},
    "backupsStored": 7,
    "lastBackupTime": NEVER,
    "dump": False,
}
STARTED = {
    "isCompleted": False,
    "progress": 0,
    "error": "",
    "link": "",
    "tenantId": Ref("tenant"),
    "backupProgressEnum": 0,
    "status": 0,
    "taskId": GUID,
}


def shows(**members: Any) -> OK:
    """A read schedule with at least these members."""
    return OK(Has(members))


def last_run(time: Any) -> Call:
    """Read the schedule; its last scheduled start is ``time``."""
    return get(READ, shows(lastBackupTime=time))


def ended(error: str, **more: Any) -> Call:
    """Read the progress of a backup that has ended with this error, or "" for none."""
    return get(PROGRESS, OK(Has({"isCompleted": True, "status": 2, "error": error, **more})))


def start(expect: Any = None) -> Call:
    """Start a backup into ``folder``."""
    return post(START, COPY, expect or OK(Has({"taskId": GUID, "tenantId": INT})))
