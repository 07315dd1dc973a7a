# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of one backup: running, completed, failed, canceled, removed (contract 7, 12)."""

from __future__ import annotations

from typing import Any

import pytest
from support.control import Control
from support.portal import Portal

from contract.matrix.bodies import HISTORY, NEVER, PROGRESS, START, WRITE, bare, copy_to, pairs

NOON = "2026-03-02T12:00:00Z"
COUNT = "backup/getbackupscount"
AUDIT = "security/audit/events/filter?count=10&action="


def progress(portal: Portal) -> Any:
    """The progress of the last backup."""
    return portal.get(PROGRESS).response


def finish(portal: Portal, control: Control, body: object) -> Any:
    """Start a backup, wait until it ends, and return its progress."""
    assert portal.post(START, body).status == 200
    control.clock_forward(60)
    return progress(portal)


def test_a_backup_is_seen_running(portal: Portal, control: Control) -> None:
    control.clock_at(NOON)
    portal.post(START, copy_to("DataStore"))
    control.clock_forward(1)
    running = progress(portal)
    assert running["isCompleted"] is False
    assert running["status"] == 1
    assert 0 < running["progress"] < 100
    assert (running["error"], running["link"]) == ("", "")


LINKS = {
    "Documents": ({}, False),
    "Local": ({"filePath": "/b"}, False),
    "DataStore": ({}, True),
    "ThirdPartyConsumer": ({"module": "s3", "bucket": "b"}, True),
}


@pytest.mark.parametrize("storage_type", LINKS)
def test_where_a_backup_can_be_fetched(portal: Portal, control: Control, storage_type: str) -> None:
    control.clock_at(NOON)
    control.storage(portal.alias, "s3")
    params, linked = LINKS[storage_type]
    if storage_type == "Documents":
        params = {"folderId": str(control.folder(portal.alias, "Backups"))}
    done = finish(portal, control, copy_to(storage_type, **params))
    assert (done["isCompleted"], done["progress"], done["error"]) == (True, 100, "")
    assert bool(done["link"]) is linked


FAILURES = {
    "custom-cloud": (copy_to("CustomCloud"), "Unknown storage type."),
    "storage-without-credentials": (copy_to("ThirdPartyConsumer", module="s3"), "Object reference"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_only_the_error_tells_that_a_backup_failed(
    portal: Portal, control: Control, name: str
) -> None:
    control.clock_at(NOON)
    body, error = FAILURES[name]
    failed = finish(portal, control, body)
    assert (failed["isCompleted"], failed["status"]) == (True, 2)
    assert failed["error"].startswith(error)
    assert portal.get(HISTORY).response == []


def test_a_copy_in_the_temporary_store_expires_after_a_day(
    portal: Portal, control: Control
) -> None:
    control.clock_at(NOON)
    finish(portal, control, copy_to("DataStore"))
    (record,) = portal.get(HISTORY).response
    assert record["expiresOn"].startswith("2026-03-03T12:0")
    control.clock_forward(86400 + 1800)
    assert portal.get(HISTORY).response == []


def test_a_new_backup_replaces_the_progress(portal: Portal, control: Control) -> None:
    control.clock_at(NOON)
    first = finish(portal, control, copy_to("DataStore"))
    second = finish(portal, control, copy_to("DataStore"))
    assert first["taskId"] != second["taskId"]
    assert len(portal.get(HISTORY).response) == 2


def test_a_cancelled_backup(portal: Portal, control: Control) -> None:
    control.clock_at(NOON)
    portal.post(START, copy_to("DataStore"))
    assert portal.post("backup/cancelbackup").response is True
    control.clock_forward(60)
    cancelled = progress(portal)
    assert (cancelled["isCompleted"], cancelled["status"], cancelled["error"]) == (True, 3, "")
    assert cancelled["warning"] == "Backup cancelled"
    assert len(portal.get(f"{AUDIT}5131").response) == 1
    assert portal.get(HISTORY).response == []


def test_the_count_is_that_of_the_month_and_forgets_nothing(
    portal: Portal, control: Control
) -> None:
    control.clock_at("2026-02-27T12:00:00Z")
    finish(portal, control, copy_to("DataStore"))
    control.clock_at(NOON)
    for _turn in range(2):
        finish(portal, control, copy_to("DataStore"))
    portal.delete("backup/deletebackuphistory")
    assert portal.get(HISTORY).response == []
    assert portal.get(COUNT).response == 2
    assert portal.get(COUNT + "?from=2026-02-01&to=2026-03-01").response == 1
    assert portal.get(COUNT + "?paid=true").response == 0


def test_other_portals_copies_are_not_touched(
    portal: Portal, control: Control, simulator: Any
) -> None:
    control.clock_at(NOON)
    finish(portal, control, copy_to("DataStore"))
    (record,) = portal.get(HISTORY).response
    stranger = simulator.fresh_portal()
    assert stranger.delete(f"backup/deletebackup/{record['id']}").response is True
    assert [kept["id"] for kept in portal.get(HISTORY).response] == [record["id"]]


@pytest.mark.parametrize(
    ("body", "codes"),
    [(bare("DataStore"), (5127, 5128)), (bare("CustomCloud"), (5127, 5129))],
    ids=["done", "failed"],
)
def test_scheduled_runs_are_in_the_audit_trail(
    portal: Portal, control: Control, body: object, codes: tuple[int, ...]
) -> None:
    control.clock_at(NOON)
    portal.post(WRITE, body)
    control.clock_forward(960)
    written = [code for code in range(5127, 5130) if portal.get(f"{AUDIT}{code}").response]
    assert tuple(written) == codes


def test_manual_backups_are_in_the_audit_trail(portal: Portal, control: Control) -> None:
    control.clock_at(NOON)
    finish(portal, control, copy_to("DataStore"))
    finish(portal, control, copy_to("CustomCloud"))
    written = {code: len(portal.get(f"{AUDIT}{code}").response) for code in (5041, 5125, 5126)}
    assert written == {5041: 2, 5125: 1, 5126: 1}


def test_a_restore_brings_the_schedule_of_its_moment_back(portal: Portal, control: Control) -> None:
    control.clock_at("2026-03-02T01:00:00Z")
    portal.post(WRITE, bare("DataStore", backupsStored=5))
    local = copy_to("Local", filePath="/b")
    finish(portal, control, local)
    (record,) = portal.get(HISTORY).response
    portal.post(WRITE, bare("DataStore", backupsStored=9))
    body = {
        "backupId": record["id"],
        "storageType": "Local",
        "storageParams": pairs(filePath="/b"),
        "notify": False,
    }
    assert portal.post("backup/startrestore", body).status == 200
    control.clock_forward(60)
    done = portal.get("backup/getrestoreprogress", auth=None).response
    assert (done["isCompleted"], done["error"], done["backupProgressEnum"]) == (True, "", 1)
    assert done["tenantId"] != portal.id, "a restored portal has a new number"
    owner = portal.owner
    login = {"userName": owner.email, "password": owner.password}
    token = portal.post("authentication", login, auth=None).response["token"]
    shown = portal.get("backup/getbackupschedule", auth=token).response
    assert (shown["backupsStored"], shown["lastBackupTime"]) == (5, NEVER)
