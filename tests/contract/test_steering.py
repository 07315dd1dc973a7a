# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the remote control affects backups, in addition to the rows of the matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.control import Control
from support.portal import Portal

from contract.matrix.bodies import (
    HISTORY,
    NEVER,
    PROGRESS,
    READ,
    RESTORE,
    START,
    WRITE,
    bare,
    copy_to,
)
from contract.matrix.copies import COUNT

MakePortal = Callable[..., Portal]
NOON = "2026-03-02T12:00:00Z"
BEFORE = "2026-03-01T02:00:00Z"
EVENTS = "security/audit/events/filter?count=100"
DAY_S = 86_400


def events(portal: Portal, query: str = "") -> list[int]:
    """The numbers of the events in the audit trail, newest first."""
    return [event["actionId"] for event in portal.get(EVENTS + query).response]


def run(portal: Portal, control: Control, body: object = None) -> Any:
    """Start a backup, wait until it ends, and return its progress."""
    assert portal.post(START, body or copy_to("DataStore")).status == 200
    control.clock_forward(120)
    return portal.get(PROGRESS).response


@pytest.fixture(autouse=True)
def noon(control: Control) -> None:
    control.clock_at(NOON)


class TestMade:
    """Finished backups."""

    @pytest.mark.parametrize(("by", "codes"), [("hand", [5125, 5041]), ("schedule", [5128, 5127])])
    def test_who_made_it_is_in_the_audit_trail(
        self, portal: Portal, control: Control, by: str, codes: list[int]
    ) -> None:
        made = control.backup(portal.alias, BEFORE, by)
        assert events(portal) == codes
        (record,) = portal.get(HISTORY).response
        assert record == {name: made[name] for name in record}
        assert record["createdOn"] == "2026-03-01T02:00:00"
        assert record["fileName"] == f"{portal.alias}_2026-03-01_01-59-58.tar.gz"

    @pytest.mark.parametrize("storage", ["Local", "DataStore", 5, "ThirdPartyConsumer"])
    def test_storages(self, portal: Portal, control: Control, storage: object) -> None:
        ended = "2026-03-02T11:00:00Z"
        for archive in ("present", "missing"):
            control.backup(portal.alias, ended, storageType=storage, archive=archive)
        assert len(portal.get(HISTORY).response) == 1

    def test_the_archive_lies_where_the_schedule_puts_its_own(
        self, portal: Portal, control: Control
    ) -> None:
        control.folder(portal.alias, "First")
        folder = control.folder(portal.alias, "Second")
        portal.post(
            WRITE, {**bare("Documents"), "storageParams": [{"key": "folderId", "value": folder}]}
        )
        made = control.backup(portal.alias, BEFORE)
        files = portal.get(f"files/{folder}").response["files"]
        assert [(file["id"], file["title"]) for file in files] == [
            (made["fileId"], made["fileName"])
        ]

    def test_a_missing_archive_leaves_the_history_at_the_first_look(
        self, portal: Portal, control: Control
    ) -> None:
        control.backup(portal.alias, BEFORE, archive="missing")
        assert portal.get(HISTORY).response == []

    def test_whole_server_backups_are_apart(self, portal: Portal, control: Control) -> None:
        made = control.backup(portal.alias, BEFORE, dump=True)
        assert made["fileName"].startswith("workspace_")
        assert portal.get(HISTORY).response == []
        assert len(portal.get(HISTORY + "?dump=true").response) == 1
        assert portal.get(COUNT).response == 0

    def test_paid_ones_count_as_such(self, portal: Portal, control: Control) -> None:
        control.backup(portal.alias, BEFORE, paid=True)
        assert portal.get(COUNT).response == 0
        assert portal.get(COUNT + "?paid=true").response == 1


class TestNext:
    """The outcome of the next run."""

    def test_it_fails_with_these_words_and_only_once(
        self, portal: Portal, control: Control
    ) -> None:
        control.next_backup(portal.alias, "failed", error="Disk full")
        failed = run(portal, control)
        assert (failed["isCompleted"], failed["error"], failed["status"]) == (True, "Disk full", 2)
        assert portal.get(HISTORY).response == []
        assert events(portal) == [5126, 5041]
        assert run(portal, control)["error"] == ""

    def test_a_scheduled_run_obeys_too(self, portal: Portal, control: Control) -> None:
        control.next_backup(portal.alias, "failed")
        portal.post(WRITE, bare("DataStore"))
        control.clock_forward(960)
        assert events(portal)[:2] == [5129, 5127]

    def test_it_is_incomplete_with_these_words(self, portal: Portal, control: Control) -> None:
        control.next_backup(portal.alias, "incomplete", warning="Two files")
        done = run(portal, control)
        assert (done["warning"], done["error"], done["progress"]) == ("Two files", "", 100)
        assert len(portal.get(HISTORY).response) == 1

    def test_it_takes_so_long(self, portal: Portal, control: Control) -> None:
        control.next_backup(portal.alias, seconds=7200)
        assert run(portal, control)["isCompleted"] is False
        control.clock_forward(7200)
        assert portal.get(PROGRESS).response["isCompleted"] is True

    def test_before_3_6_a_warning_is_not_shown(
        self, make_portal: MakePortal, control: Control
    ) -> None:
        portal = make_portal(server_version="3.5.0")
        control.next_backup(portal.alias, "incomplete")
        assert "warning" not in run(portal, control)


class TestPlaces:
    """Unavailable storages."""

    BUCKET = copy_to("ThirdPartyConsumer", module="s3", bucket="b")

    def test_the_history_is_an_error_while_one_is_unreachable(
        self, portal: Portal, control: Control
    ) -> None:
        control.backup(portal.alias, BEFORE, storageType="ThirdPartyConsumer")
        control.place(portal.alias, "s3", reachable=False)
        assert portal.get(HISTORY).status == 500
        control.place(portal.alias, "s3", reachable=True)
        assert len(portal.get(HISTORY).response) == 1

    def test_a_run_into_it_fails(self, portal: Portal, control: Control) -> None:
        control.storage(portal.alias, "s3")
        control.place(portal.alias, "s3", reachable=False)
        assert "Connection refused" in run(portal, control, self.BUCKET)["error"]
        control.place(portal.alias, "s3", reachable=True)
        assert run(portal, control, self.BUCKET)["error"] == ""

    def test_the_worker_sees_a_directory_that_is_not_mounted(
        self, portal: Portal, control: Control
    ) -> None:
        control.place(portal.alias, "Local", mounted=False)
        assert run(portal, control, copy_to("Local", filePath="/b"))["error"] == ""
        assert portal.get(HISTORY).response == []

    def test_what_is_not_mounted_is_not_asked_whether_it_can_be_reached(
        self, portal: Portal, control: Control
    ) -> None:
        control.backup(portal.alias, BEFORE, storageType="Local")
        control.place(portal.alias, "Local", reachable=False, mounted=False)
        assert portal.get(HISTORY).response == []

    def test_a_file_that_is_not_there_is_no_error(self, portal: Portal, control: Control) -> None:
        made = control.backup(portal.alias, BEFORE, storageType="Local")
        control.place(portal.alias, "Local", mounted=False)
        assert portal.delete(f"backup/deletebackup/{made['id']}").response is True

    def test_removing_all_says_true_whatever_happens(
        self, portal: Portal, control: Control
    ) -> None:
        control.backup(portal.alias, BEFORE, storageType="Local")
        control.place(portal.alias, "Local", reachable=False)
        assert portal.delete("backup/deletebackuphistory").response is True
        assert portal.get(HISTORY).response == []


class TestWorker:
    """Restarts of the worker."""

    def test_finished_items_go_and_their_records_stay(
        self, portal: Portal, control: Control
    ) -> None:
        run(portal, control)
        control.restart_worker()
        assert portal.get(PROGRESS).response is None
        assert len(portal.get(HISTORY).response) == 1

    def test_the_next_start_is_a_new_one(self, portal: Portal, control: Control) -> None:
        first = portal.post(START, copy_to("DataStore")).response["taskId"]
        control.restart_worker()
        assert run(portal, control)["taskId"] != first
        assert len(portal.get(HISTORY).response) == 1

    def test_a_restore_that_is_cut_short_leaves_the_portal_as_it_was(
        self, portal: Portal, control: Control
    ) -> None:
        run(portal, control)
        (record,) = portal.get(HISTORY).response
        body = {"backupId": record["id"], "storageParams": []}
        assert portal.post(RESTORE, body).status == 200
        assert portal.get(READ).status == 403
        control.restart_worker()
        assert portal.get(READ).status == 200


class TestAudit:
    """The filter of the audit trail."""

    def test_time_and_page(self, make_portal: MakePortal, control: Control) -> None:
        portal = make_portal(timezone="Asia/Tokyo")
        for day in range(1, 4):
            control.backup(portal.alias, f"2026-02-0{day}T02:00:00Z")
        completed = "&action=5125"
        assert len(events(portal, completed)) == 3
        assert len(events(portal, f"{completed}&from=2026-02-02T02:00:00Z")) == 2
        assert len(events(portal, f"{completed}&to=2026-02-02T01:00:00Z")) == 1
        assert len(events(portal, f"{completed}&from=2026-02-02T11:00:00")) == 2, "local time"
        assert len(events(portal, f"{completed}&startIndex=1")) == 2
        first = portal.get(f"{EVENTS}{completed}&startIndex=2").response[0]
        assert first["date"] == "2026-02-01T11:00:00.0000000+09:00"

    def test_events_are_kept_for_180_days(self, portal: Portal, control: Control) -> None:
        control.backup(portal.alias, BEFORE)
        control.clock_forward(178 * DAY_S)
        assert len(events(portal)) == 2
        control.clock_forward(2 * DAY_S)
        assert events(portal) == []


class TestRestores:
    """Archives that cannot be restored."""

    def restored(self, portal: Portal, control: Control, backup_id: str) -> Any:
        """The outcome of restoring a record."""
        portal.post(RESTORE, {"backupId": backup_id, "storageParams": []})
        control.clock_forward(60)
        return portal.get("backup/getrestoreprogress", auth=None).response

    def test_that_of_another_version(self, portal: Portal, control: Control) -> None:
        made = control.backup(portal.alias, BEFORE, storageType="Local")
        control.change(portal.alias, server_version="3.7.1")
        assert "ersion" in self.restored(portal, control, made["id"])["error"]
        assert portal.get(READ).status == 200

    def test_that_of_a_storage_that_is_away(self, portal: Portal, control: Control) -> None:
        made = control.backup(portal.alias, BEFORE, storageType="Local")
        control.place(portal.alias, "Local", reachable=False)
        assert self.restored(portal, control, made["id"])["error"]
        assert portal.get(READ).status == 200


def test_names_of_archives_have_the_local_time_of_the_server(other_server: Any) -> None:
    """On a self-hosted server. Hosted servers use UTC."""
    server = other_server({"timezone": "Asia/Tokyo"})
    try:
        for mode, hour in (("standalone", "11-59-58"), ("saas", "02-59-58")):
            portal = server.fresh_portal(mode=mode)
            made = server.control.backup(portal.alias, "2026-03-01T03:00:00Z")
            assert made["fileName"] == f"{portal.alias}_2026-03-01_{hour}.tar.gz"
            assert made["createdOn"] == "2026-03-01T03:00:00"
    finally:
        server.control.reset()


def test_a_schedule_goes_when_nothing_pays_for_its_run(
    make_portal: MakePortal, control: Control
) -> None:
    portal = make_portal(mode="saas", free_backups=1)
    portal.post(WRITE, bare("DataStore"))
    control.backup(portal.alias, BEFORE)
    control.clock_forward(960)
    assert portal.schedule() is None
    assert events(portal, "&action=5130") == []


def test_somebody_who_deletes_a_schedule_is_in_the_audit_trail(
    make_portal: MakePortal, control: Control
) -> None:
    portal = make_portal()
    portal.post(WRITE, bare("DataStore"))
    assert portal.delete("backup/deletebackupschedule").response is True
    assert events(portal, "&action=5130") == [5130]


def test_the_wallet_pays_for_scheduled_runs(make_portal: MakePortal, control: Control) -> None:
    portal = make_portal(mode="saas", free_backups=1, wallet_backup=True)
    portal.post(WRITE, bare("DataStore"))
    control.backup(portal.alias, BEFORE)
    control.clock_forward(960)
    shown = portal.schedule()
    assert shown is not None and shown["lastBackupTime"] != NEVER
    assert portal.get(COUNT + "?paid=true").response == 1
