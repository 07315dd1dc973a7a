# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The remote control: portals and their settings, the clock, invalid requests."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from support.control import Control, ControlError
from support.portal import Portal
from support.simulator import Simulator

from contract.matrix.bodies import NEVER, PROGRESS, READ, START, WRITE, bare

MakePortal = Callable[..., Portal]
STATUSES = {
    "Active": 0,
    "Suspended": 1,
    "RemovePending": 2,
    "Transfering": 3,
    "Restoring": 4,
    "Migrating": 5,
    "Encryption": 6,
}
# status -> response to GET getbackupschedule (contract 9)
BLOCKED = {
    "Active": 200,
    "Suspended": 404,
    "RemovePending": 404,
    "Transfering": 403,
    "Restoring": 403,
    "Migrating": 200,
    "Encryption": 403,
}


class TestPortals:
    """Creating, changing, and removing portals."""

    def test_a_portal_is_found_by_path_and_by_host(
        self, portal: Portal, simulator: Simulator
    ) -> None:
        by_path = portal.get("settings").response
        by_host = simulator.http.send(
            "GET",
            simulator.url + "/api/2.0/settings",
            headers={"Host": f"{portal.alias}.docspace.test", "Authorization": portal.bearer},
        ).response
        assert by_path["tenantAlias"] == by_host["tenantAlias"] == portal.alias

    def test_a_fresh_portal_has_nothing_but_its_roots(self, portal: Portal) -> None:
        assert portal.schedule() is None
        assert portal.get(PROGRESS).response is None
        assert portal.get("files/rooms").response["total"] == 0
        archive = portal.get("files/rooms?searchArea=Archive").response["current"]
        assert archive["rootFolderType"] == 20
        assert portal.get("files/@my").response["current"]["rootFolderType"] == 5

    def test_keys_do_not_open_other_portals(self, portal: Portal, make_portal: MakePortal) -> None:
        other = make_portal()
        assert portal.get(READ, auth=other.bearer).status == 401

    def test_the_owner_is_the_one_asked_for(self, make_portal: MakePortal) -> None:
        portal = make_portal(owner={"email": "boss@example.com", "password": "s3cret"})
        assert (portal.owner.email, portal.owner.password) == ("boss@example.com", "s3cret")
        me = portal.get("people/@self").response
        assert (me["email"], me["id"]) == ("boss@example.com", portal.owner.id)
        assert (me["isOwner"], me["isAdmin"]) == (True, True)

    @pytest.mark.parametrize("status", STATUSES)
    def test_states(self, portal: Portal, control: Control, status: str) -> None:
        control.change(portal.alias, status=status)
        assert portal.get(READ).status == BLOCKED[status]

    @pytest.mark.parametrize("status", ["Active", "Suspended", "Restoring", "Migrating"])
    def test_states_as_anybody_sees_them(
        self, portal: Portal, control: Control, status: str
    ) -> None:
        control.change(portal.alias, status=status)
        assert portal.get("settings", auth=None).response["tenantStatus"] == STATUSES[status]

    @pytest.mark.parametrize("status", ["Restoring", "Suspended"])
    def test_a_bad_key_is_told_before_the_state(
        self, portal: Portal, control: Control, status: str
    ) -> None:
        control.change(portal.alias, status=status)
        answer = portal.get(READ, auth="Bearer sk-" + "0" * 64)
        assert (answer.status, answer.body) == (401, b"")

    def test_a_removed_portal_is_gone(self, portal: Portal, control: Control) -> None:
        control.remove(portal.alias)
        assert portal.get(READ).status != 200
        with pytest.raises(ControlError, match="404"):
            control.change(portal.alias, paid=True)

    def test_role_owner_hands_the_portal_over(self, portal: Portal, control: Control) -> None:
        heir = control.user(portal.alias, "heir@example.com", "Owner")
        assert portal.get("settings").response["ownerId"] == heir.id
        assert portal.get("people/@self", auth=heir.token).response["isOwner"] is True


ROLES = {
    "DocSpaceAdmin": 200,
    "RoomAdmin": 403,
    "User": 403,
    "Guest": 403,
}


@pytest.mark.parametrize("role", ROLES)
def test_only_admins_see_backups(portal: Portal, control: Control, role: str) -> None:
    user = control.user(portal.alias, "someone@example.com", role)
    assert portal.get(READ, auth=user.token).status == ROLES[role]
    key = control.key(portal.alias, user.email)
    assert portal.get(READ, auth=f"Bearer {key}").status == ROLES[role]


def test_writable_or_not(portal: Portal, control: Control) -> None:
    for writable, status in ((True, 200), (False, 403)):
        folder = control.folder(portal.alias, "x", "folder", writable=writable)
        body = {**bare("Documents"), "storageParams": [{"key": "folderId", "value": folder}]}
        assert portal.post(WRITE, body).status == status


@pytest.mark.parametrize("kind", ["virtual_rooms", "room_templates", "archive"])
def test_roots_are_no_targets(portal: Portal, control: Control, kind: str) -> None:
    folder = control.folder(portal.alias, "x", kind)
    body = {**bare("Documents"), "storageParams": [{"key": "folderId", "value": folder}]}
    answer = portal.post(WRITE, body)
    assert (answer.status, answer.json["error"]["message"]) == (403, "Access denied")


def test_storages_need_credentials_to_run(portal: Portal, control: Control) -> None:
    control.clock_at("2026-03-02T12:00:00Z")
    body = {"storageType": 5, "storageParams": [{"key": "module", "value": "s3"}]}
    errors = []
    for configured in (False, True):
        control.storage(portal.alias, "s3", configured)
        portal.post(START, body)
        control.clock_forward(60)
        errors.append(portal.get(PROGRESS).response["error"])
    assert "Object reference not set" in errors[0]
    assert errors[1] == ""


REFUSALS: dict[str, tuple[str, str, Any, str]] = {
    "unknown-portal": ("PATCH", "/portals/nosuch", {"paid": True}, "404"),
    "unknown-portal-to-remove": ("DELETE", "/portals/nosuch", None, "404"),
    "unknown-call": ("GET", "/nosuch", None, "404"),
    "alias-with-blanks": ("POST", "/portals", {"alias": "a b"}, "400"),
    "no-alias": ("POST", "/portals", {}, "400"),
    "long-alias": ("POST", "/portals", {"alias": "a" * 101}, "400"),
    "unknown-status": ("POST", "/portals", {"alias": "x", "status": "Asleep"}, "400"),
    "unknown-setting": ("POST", "/portals", {"alias": "x", "color": "red"}, "400"),
    "unknown-zone": ("POST", "/portals", {"alias": "x", "timezone": "Nowhere/City"}, "400"),
    "bad-clock": ("POST", "/clock", {"now": "soon"}, "400"),
    "no-action": ("POST", "/faults", {"times": 1}, "400"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals(control: Control, name: str) -> None:
    method, path, body, status = REFUSALS[name]
    with pytest.raises(ControlError, match=f"{status}.*error"):
        control.call(method, path, body)


class TestClock:
    """The virtual clock, forwards and backwards."""

    def test_it_goes_on_ticking(self, portal: Portal, control: Control) -> None:
        control.clock_at("2026-03-02T12:00:00Z")
        portal.post(START, {"storageType": 4})
        deadline = time.monotonic() + 20
        while not portal.get(PROGRESS).response["isCompleted"]:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def test_a_jump_forward_runs_what_lies_between(self, portal: Portal, control: Control) -> None:
        control.clock_at("2026-03-02T01:00:00Z")
        portal.post(WRITE, bare("Local", [{"key": "filePath", "value": "/b"}], backupsStored=30))
        control.clock_forward(10 * 86400)
        history = portal.get("backup/getbackuphistory").response
        created = sorted(record["createdOn"] for record in history)
        assert [time[:13] for time in created] == [f"2026-03-{day:02}T02" for day in range(2, 12)]

    def test_a_jump_backward_is_taken_and_polling_goes_on(
        self, portal: Portal, control: Control
    ) -> None:
        control.clock_at("2026-06-01T12:00:00Z")
        portal.post(WRITE, bare("DataStore"))
        control.clock_at("2026-03-01T12:00:00Z")
        portal.post(WRITE, bare("DataStore"))
        shown = portal.schedule()
        assert shown is not None and shown["lastBackupTime"] == NEVER
        control.clock_forward(900)
        shown = portal.schedule()
        assert shown is not None
        assert "2026-03-01T12:00:00" < shown["lastBackupTime"] <= "2026-03-01T12:15:30"
        control.clock_forward(86400)
        shown = portal.schedule()
        assert shown is not None
        assert shown["lastBackupTime"].startswith("2026-03-02T02")

    def test_keys_expire_by_it(self, portal: Portal, control: Control) -> None:
        control.clock_at("2026-03-02T12:00:00Z")
        key = control.key(portal.alias, portal.owner.email, expires_at="2026-03-03T12:00:00Z")
        assert portal.get(READ, auth=f"Bearer {key}").status == 200
        control.clock_at("2026-03-03T12:00:01Z")
        assert portal.get(READ, auth=f"Bearer {key}").status == 401

    def test_backups_are_stamped_by_it(self, portal: Portal, control: Control) -> None:
        control.clock_at("2031-05-06T07:08:09Z")
        portal.post(START, {"storageType": 4})
        control.clock_forward(60)
        (record,) = portal.get("backup/getbackuphistory").response
        assert record["createdOn"].startswith("2031-05-06T07:0")
        assert record["fileName"].startswith(f"{portal.alias}_2031-05-06_07-0")


class TestReset:
    """Return to the initial state."""

    def test_it_removes_what_was_made(self, portal: Portal, control: Control) -> None:
        control.fault({"status": 503}, times=0)
        control.clock_at("2040-01-01T00:00:00Z")
        control.reset()
        assert control.requests() == []
        again = control.portal(portal.alias)
        assert again.get(READ).status == 200
        again.post(START, {"storageType": 4})
        assert again.get("keys/@self").response["createOn"] < "2039"

    def test_the_portals_of_the_start_stay(self, simulator: Simulator, control: Control) -> None:
        first = simulator.portals[0]
        first.post(WRITE, bare("DataStore"))
        assert first.schedule() is not None
        control.reset()
        assert first.schedule() is None, "the key is the same, the schedule is gone"
