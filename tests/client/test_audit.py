# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docspace_backup_audit against simulated portals of every release: findings and requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import urllib3
from support.control import Control
from support.portal import Portal

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_audit_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit import task
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from client.places import Places
from client.support_runs import client_maker

VERSIONS = ("3.1.0", "3.2.1", "3.5.0", "3.6.1", "3.7.2")

# A Wednesday. The schedule of these tests runs at 02:00 UTC.
MORNING = "2026-07-01T01:00:00Z"
HOUR, DAY = 3600, 86400

MakePortal = Callable[..., Portal]


def audit(portal: Portal, **own: Any) -> dict[str, Any]:
    """Return the result of the module on `portal`, without waiting."""
    options = {name: entry.get("default") for name, entry in backup_audit_spec().items()}
    options |= {"api_host": portal.url, "api_key": portal.api_key, **own}
    return task.run(options, True, client_maker())


def names(result: dict[str, Any]) -> list[str]:
    return [found["name"] for found in result["findings"]]


def text(result: dict[str, Any], name: str) -> str:
    (found,) = [found for found in result["findings"] if found["name"] == name]
    return f"{found['text']} {found['remedy']}"


def room(control: Control, portal: Portal, **more: Any) -> str:
    return str(control.folder(portal.alias, "Backups", "room", **more))


def schedule(portal: Portal, storage: str = "DataStore", **changes: Any) -> None:
    """Save a daily schedule at 02:00 with these changes. `storage_params` are its parameters."""
    params = [{"key": k, "value": v} for k, v in changes.pop("params", {}).items()]
    given = {
        "storageType": storage,
        "storageParams": params,
        "cronParams": {"period": "EveryDay", "hour": 2},
        "backupsStored": 7,
        **changes,
    }
    assert portal.post("backup/createbackupschedule", given).status == 200


def into_room(control: Control, portal: Portal, **changes: Any) -> str:
    """Save a daily schedule into a new room, and return the ID of the room."""
    folder = room(control, portal)
    schedule(portal, "Documents", params={"folderId": folder}, **changes)
    return folder


@pytest.fixture
def morning(control: Control) -> None:
    """Set the clock to an hour before the schedule runs."""
    control.clock_at(MORNING)


@pytest.mark.usefixtures("morning")
class TestProtected:
    @pytest.mark.parametrize("version", VERSIONS)
    def test_a_backup_of_the_last_night(
        self, control: Control, make_portal: MakePortal, version: str
    ) -> None:
        portal = make_portal(server_version=version)
        into_room(control, portal)
        control.clock_forward(2 * HOUR)
        control.clear_requests()

        result = audit(portal)

        assert result["verdict"] == "protected"
        assert names(result) == ["inside_only"]
        assert [call.operation for call in control.requests()][:3] == [
            "getbackupschedule",
            "settings",
            "getbackupprogress",
        ]
        assert len(control.requests()) == 4
        assert result["facts"]["last_success"]["evidence"] == "progress"

    @pytest.mark.parametrize(
        "settings",
        [
            {"mode": "standalone"},
            {"mode": "standalone", "audit": False},
            {"mode": "standalone", "server_version": "3.5.0"},
            {"mode": "saas"},
            {"mode": "saas", "audit": False},
        ],
    )
    def test_a_backup_of_the_last_week(
        self, control: Control, make_portal: MakePortal, settings: dict[str, Any]
    ) -> None:
        portal = make_portal(**settings)
        into_room(control, portal, cronParams={"period": "EveryWeek", "hour": 2, "day": 4})
        control.clock_forward(3 * DAY)

        result = audit(portal)

        assert names(result) == ["inside_only"]
        assert result["facts"]["last_success"]["evidence"] == "count"
        assert result["facts"]["last_success"]["at"].startswith("2026-07-01T02:00:0")


@pytest.mark.usefixtures("morning")
def test_all_requests_use_one_connection(
    control: Control, make_portal: MakePortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = make_portal(mode="saas", free_backups=2)
    into_room(control, portal)
    control.clock_forward(2 * HOUR)
    opened: list[Any] = []
    connect = urllib3.util.connection.create_connection

    def counted(address: Any, *more: Any, **named: Any) -> Any:
        opened.append(address)
        return connect(address, *more, **named)

    monkeypatch.setattr(urllib3.util.connection, "create_connection", counted)

    result = audit(portal)

    assert len(result["facts"]["read"]) == 5
    assert len(opened) == 1


class TestUnread:
    """A portal that does not respond is a finding and never a failure, whatever the reason."""

    def test_nobody_answers(self, portal: Portal, places: Places) -> None:
        result = audit(portal, api_host=places.address("closed port"), retries=0)

        assert result["verdict"] == "unprotected"
        assert names(result) == ["unreachable"]
        assert "received no response" in text(result, "unreachable")
        assert result["facts"]["read"] == ["schedule"]

    @pytest.mark.parametrize(
        "action", [{"html": 502}, {"status": 500}, {"status": 429}, {"redirect": "https://b.test"}]
    )
    @pytest.mark.parametrize(
        "path", ["/api/2.0/backup/getbackupschedule", "/api/2.0/backup/getbackupp"]
    )
    def test_no_answer_is_of_use(
        self, control: Control, portal: Portal, action: dict[str, Any], path: str
    ) -> None:
        schedule(portal)
        control.fault(action, path=path, times=0)

        found = names(audit(portal, retries=0))

        passing = "redirect" in action or action.get("status") == 500
        assert ("unreachable" in found) is not (passing and path.endswith("backupp"))

    @pytest.mark.parametrize("version", VERSIONS)
    def test_the_key_is_unknown(self, make_portal: MakePortal, version: str) -> None:
        result = audit(make_portal(server_version=version), api_key="sk-" + "0" * 64)

        assert names(result) == ["key_refused"]
        assert result["facts"]["version"] is None

    @pytest.mark.parametrize("version", ["3.2.1", "3.7.2"])
    def test_the_key_lacks_a_scope(
        self, control: Control, make_portal: MakePortal, version: str
    ) -> None:
        portal = make_portal(server_version=version)
        key = control.key(portal.alias, portal.owner.email, permissions=["files:read"])

        assert "*:read" in text(audit(portal, api_key=key), "key_refused")

    def test_the_owner_of_the_key_is_no_admin(self, control: Control, portal: Portal) -> None:
        user = control.user(portal.alias, "user@example.com", "User")

        assert "DocSpace admin" in text(audit(portal, api_key=user.token), "key_refused")

    @pytest.mark.parametrize(
        ("status", "state", "words"),
        [
            ("Suspended", "suspended", "suspended"),
            ("Transfering", "transferring", "being transferred"),
            ("Restoring", "restoring", "being restored"),
            ("Encryption", "encrypting", "being encrypted"),
        ],
    )
    @pytest.mark.parametrize("version", ["3.1.0", "3.7.2"])
    def test_the_portal_is_closed(
        self,
        control: Control,
        make_portal: MakePortal,
        version: str,
        status: str,
        state: str,
        words: str,
    ) -> None:
        portal = make_portal(server_version=version)
        control.change(portal.alias, status=status)

        result = audit(portal)

        assert names(result) == ["portal_state"]
        assert f"The portal is {words}." in text(result, "portal_state")
        assert result["facts"]["state"] == state
        assert result["facts"]["read"] == ["schedule", "settings"]

    def test_the_portal_is_about_to_be_removed(self, control: Control, portal: Portal) -> None:
        control.change(portal.alias, status="RemovePending")

        assert names(audit(portal)) == ["portal_state"]

    def test_a_portal_that_moves_is_open(self, control: Control, portal: Portal) -> None:
        control.change(portal.alias, status="Migrating")

        assert names(audit(portal)) == ["no_schedule"]

    def test_the_plan_is_not_paid(self, control: Control, portal: Portal) -> None:
        control.change(portal.alias, paid=False)

        result = audit(portal)

        assert "is not paid" in text(result, "portal_state")
        assert result["facts"]["state"] == "unpaid"


@pytest.mark.usefixtures("morning")
class TestSchedule:
    @pytest.mark.parametrize("version", VERSIONS)
    def test_it_was_deleted(self, control: Control, make_portal: MakePortal, version: str) -> None:
        portal = make_portal(server_version=version)
        schedule(portal)
        control.clock_forward(2 * HOUR)
        portal.delete("backup/deletebackupschedule")

        result = audit(portal)

        trail = version >= "3.6"
        assert names(result) == ["no_schedule"] + ["schedule_lost"] * trail
        if trail:
            assert "last ran at 2026-07-01 02:0" in text(result, "schedule_lost")
            assert result["facts"]["last_success"] is None

    def test_the_events_are_those_of_dumps(self, control: Control, portal: Portal) -> None:
        schedule(portal, dump=True)
        control.clock_forward(2 * HOUR)

        assert names(audit(portal)) == ["no_schedule"]
        assert names(audit(portal, dump=True)) == ["expires"]

    def test_there_are_no_dumps_in_the_cloud(self, make_portal: MakePortal) -> None:
        with pytest.raises(DocSpaceError, match="requires a self-hosted server"):
            audit(make_portal(mode="saas"), dump=True)

    @pytest.mark.parametrize(
        ("state", "case"), [(None, "uses the storage s4"), (False, "access keys")]
    )
    def test_a_storage_that_is_not_set_up(
        self, control: Control, portal: Portal, state: bool | None, case: str
    ) -> None:
        module = "s4" if state is None else "s3"
        schedule(portal, "ThirdPartyConsumer", params={"module": module, "bucket": "b"})
        if state is not None:
            control.call(
                "POST", f"/portals/{portal.alias}/storages", {"module": "s3", "configured": state}
            )

        assert case in text(audit(portal), "cannot_run")

    def test_a_storage_that_is_set_up(self, control: Control, portal: Portal) -> None:
        schedule(portal, "ThirdPartyConsumer", params={"module": "s3", "bucket": "b"})
        control.call(
            "POST", f"/portals/{portal.alias}/storages", {"module": "s3", "configured": True}
        )
        control.clock_forward(2 * HOUR)

        assert names(audit(portal)) == []


@pytest.mark.usefixtures("morning")
class TestTarget:
    @pytest.mark.parametrize("version", VERSIONS)
    def test_the_room_was_deleted(
        self, control: Control, make_portal: MakePortal, version: str
    ) -> None:
        portal = make_portal(server_version=version)
        folder = into_room(control, portal)
        control.clock_forward(2 * HOUR)
        archive = portal.put(f"files/rooms/{folder}/archive", {"deleteAfter": False})
        assert archive.status == 200
        control.clock_forward(60)
        assert portal.delete(f"files/rooms/{folder}", {"deleteAfter": False}).status == 200
        control.clock_forward(DAY + 8 * HOUR)

        result = audit(portal)

        assert names(result)[0] == "target"
        assert f"The target folder {folder} does not exist" in text(result, "target")
        assert {"overdue", "failing"} & set(names(result)) == {"failing"} | (
            {"overdue"} if version >= "3.5" else set()
        )
        assert len(result["facts"]["read"]) == (5 if version >= "3.5" else 4)

    def test_the_room_is_archived(self, control: Control, portal: Portal) -> None:
        folder = into_room(control, portal)
        control.clock_forward(2 * HOUR)
        portal.put(f"files/rooms/{folder}/archive", {"deleteAfter": False})
        control.clock_forward(60)

        result = audit(portal)

        assert "is in the archive" in text(result, "target")
        assert result["facts"]["target"]["section"] == "archive"

    def test_the_room_belongs_to_somebody_else(self, control: Control, portal: Portal) -> None:
        made = portal.post("files/rooms", {"title": "Backups", "roomType": 5}).response
        schedule(portal, "Documents", params={"folderId": str(made["id"])})
        other = control.user(portal.alias, "other@example.com")

        result = audit(portal, api_key=other.token)

        assert "which belongs to owner." in text(result, "target")
        assert result["facts"]["target"]["writable"] is False

    def test_the_room_is_public(self, control: Control, portal: Portal) -> None:
        made = portal.post("files/rooms", {"title": "Backups", "roomType": 6}).response
        schedule(portal, "Documents", params={"folderId": str(made["id"])})
        control.clock_forward(2 * HOUR)

        result = audit(portal)

        assert result["verdict"] == "at_risk"
        assert names(result) == ["open_target", "inside_only"]
        assert result["facts"]["target"]["room_type"] == "PublicRoom"

    def test_a_folder_in_a_public_room(self, control: Control, portal: Portal) -> None:
        made = portal.post("files/rooms", {"title": "All", "roomType": 6}).response
        inside = portal.post(f"files/folder/{made['id']}", {"title": "Backups"}).response
        schedule(portal, "Documents", params={"folderId": str(inside["id"])})
        control.clock_forward(2 * HOUR)

        result = audit(portal)

        assert "in a public room" in text(result, "open_target")
        assert result["facts"]["target"]["path"] == "Rooms/All/Backups"

    def test_the_files_of_the_room_expire(self, control: Control, portal: Portal) -> None:
        lifetime = {"enabled": True, "period": 1, "value": 2, "deletePermanently": False}
        room = {"title": "Backups", "roomType": 5, "lifetime": lifetime}
        made = portal.post("files/rooms", room).response
        schedule(portal, "Documents", params={"folderId": str(made["id"])})
        control.clock_forward(2 * HOUR)

        assert "60 days" in text(audit(portal), "expires")

    def test_the_name_of_a_room_is_a_text(self, control: Control, portal: Portal) -> None:
        folder = str(control.folder(portal.alias, "<b>x</b>\n\x1b[31mred", "room"))
        schedule(portal, "Documents", params={"folderId": folder})

        told = str(audit(portal)["facts"]["target"])

        assert "\n" not in told and "\x1b" not in told and "\\x1b" not in told


@pytest.mark.usefixtures("morning")
class TestRuns:
    def fail(self, control: Control, portal: Portal, **how: Any) -> None:
        ending = {"outcome": "failed", "error": "No space left.", **how}
        control.call("POST", f"/portals/{portal.alias}/next_backup", ending)

    def test_the_last_one_failed(self, control: Control, portal: Portal) -> None:
        schedule(portal)
        self.fail(control, portal)
        control.clock_forward(2 * HOUR)

        result = audit(portal)

        assert "No space left." in text(result, "failing")
        assert result["facts"]["last_run"]["outcome"] == "failed"

    def test_it_left_out_files(self, control: Control, portal: Portal) -> None:
        schedule(portal)
        self.fail(control, portal, outcome="incomplete", error=None, warning="Some files.")
        control.clock_forward(2 * HOUR)

        assert names(audit(portal)) == ["incomplete", "expires"]

    @pytest.mark.parametrize("mode", ["standalone", "saas"])
    def test_the_worker_was_restarted(
        self, control: Control, make_portal: MakePortal, mode: str
    ) -> None:
        portal = make_portal(mode=mode)
        schedule(portal)
        self.fail(control, portal, outcome="completed", error=None, seconds=HOUR)
        control.clock_forward(1.25 * HOUR)
        control.call("POST", "/worker", {"restart": True})
        control.clock_forward(HOUR)

        result = audit(portal)

        assert "started but never ended" in text(result, "failing")
        assert result["facts"]["last_run"]["outcome"] == "interrupted"

    @pytest.mark.parametrize("mode", ["standalone", "saas"])
    def test_the_server_does_not_run_it(
        self, control: Control, make_portal: MakePortal, mode: str
    ) -> None:
        """The scheduler stops without a notification while the plan is unpaid for some days."""
        portal = make_portal(mode=mode)
        into_room(control, portal)
        control.clock_forward(2 * HOUR)
        control.change(portal.alias, paid=False)
        control.clock_forward(3 * DAY)
        control.change(portal.alias, paid=True)

        result = audit(portal)

        assert names(result)[0] == "overdue"
        assert "since 2026-07-03 02:00 UTC" in text(result, "overdue")

    def test_a_backup_by_hand_is_enough(self, control: Control, portal: Portal) -> None:
        schedule(portal, "Local", params={"filePath": "/b"})
        control.clock_forward(2 * HOUR)
        control.change(portal.alias, paid=False)
        control.clock_forward(3 * DAY)
        assert portal.post("backup/startbackup", {"storageType": "4"}).status == 200
        control.clock_forward(60)
        control.change(portal.alias, paid=True)

        assert names(audit(portal)) == []

    def test_the_greatest_age(self, control: Control, portal: Portal) -> None:
        into_room(control, portal, cronParams={"period": "EveryWeek", "hour": 2, "day": 4})
        control.clock_forward(3 * DAY)

        assert names(audit(portal, max_age="4d")) == ["inside_only"]
        assert names(audit(portal, max_age="48h")) == ["overdue", "inside_only"]

    def test_a_schedule_that_was_changed_a_minute_ago(
        self, control: Control, portal: Portal
    ) -> None:
        into_room(control, portal, cronParams={"period": "EveryWeek", "hour": 2, "day": 4})
        control.clock_forward(3 * DAY)
        into_room(control, portal)
        control.clock_forward(60)

        result = audit(portal)

        assert names(result) == ["unproven", "inside_only"]
        assert "the schedule may have been saved after that time" in text(result, "unproven")

    def test_a_portal_that_was_made_a_minute_ago(self, control: Control, portal: Portal) -> None:
        into_room(control, portal)

        result = audit(portal)

        assert names(result) == ["never_ran", "inside_only"]
        assert "Its first run is at 2026-07-01 02:00 UTC." in text(result, "never_ran")

    def test_the_history_is_read_only_when_asked_for(
        self, control: Control, make_portal: MakePortal
    ) -> None:
        portal = make_portal(server_version="3.2.1")
        into_room(control, portal, cronParams={"period": "EveryWeek", "hour": 2, "day": 4})
        control.clock_forward(3 * DAY)
        control.clear_requests()

        assert names(audit(portal)) == ["unproven", "inside_only"]
        assert "getbackuphistory" not in [call.operation for call in control.requests()]

        result = audit(portal, history=True)

        assert names(result) == ["inside_only"]
        assert result["facts"]["last_success"]["evidence"] == "history"
        assert result["facts"]["backups"] == 1

    def test_the_clock_of_this_machine_does_not_matter(
        self, control: Control, portal: Portal
    ) -> None:
        """The clients of these tests believe that it is March."""
        into_room(control, portal)
        control.clock_forward(2 * HOUR)

        assert audit(portal)["facts"]["checked_at"].startswith("2026-07-01T03:00:0")


@pytest.mark.usefixtures("morning")
class TestPaid:
    @pytest.mark.parametrize(
        ("wallet", "says"), [(True, "charged to the wallet"), (False, "removes the schedule")]
    )
    def test_the_free_backups_are_used_up(
        self, control: Control, make_portal: MakePortal, wallet: bool, says: str
    ) -> None:
        portal = make_portal(mode="saas", free_backups=1, wallet_backup=wallet)
        schedule(portal)
        control.clock_forward(2 * HOUR)

        result = audit(portal)

        assert says in text(result, "paid_next")
        assert result["facts"]["usage"] == {"free": 1, "free_used": 1, "wallet": wallet}

    @pytest.mark.parametrize("version", ["3.5.0", "3.6.1", "3.7.2"])
    @pytest.mark.parametrize("wait", [2 * HOUR, 3 * DAY], ids=["last night", "days ago"])
    def test_of_a_room_too_although_no_request_is_left_for_the_wallet(
        self, control: Control, make_portal: MakePortal, version: str, wait: int
    ) -> None:
        portal = make_portal(mode="saas", free_backups=1, server_version=version)
        into_room(control, portal, cronParams={"period": "EveryWeek", "hour": 2, "day": 4})
        control.clock_forward(wait)
        control.clear_requests()

        result = audit(portal)

        assert result["verdict"] == "at_risk"
        assert "If the wallet service for backups is off" in text(result, "paid_next")
        assert result["facts"]["usage"] == {"free": 1, "free_used": 1, "wallet": None}
        assert len(control.requests()) == 5

    def test_there_are_some_left(self, control: Control, make_portal: MakePortal) -> None:
        portal = make_portal(mode="saas", free_backups=2)
        schedule(portal)
        control.clock_forward(2 * HOUR)

        result = audit(portal)

        assert names(result) == ["expires"]
        assert result["facts"]["usage"] == {"free": 2, "free_used": 1, "wallet": None}

    def test_the_server_removes_the_schedule(
        self, control: Control, make_portal: MakePortal
    ) -> None:
        portal = make_portal(mode="saas", free_backups=1)
        schedule(portal)
        control.clock_forward(2 * DAY)

        result = audit(portal)

        assert names(result) == ["no_schedule", "schedule_lost"]
        assert "The audit trail does not show that a user deleted it" in text(
            result, "schedule_lost"
        )
