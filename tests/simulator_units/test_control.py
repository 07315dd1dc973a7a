# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control interface: the objects that it creates, and invalid requests."""

from __future__ import annotations

from typing import Any

import pytest

from simulator_units.simulated_server import ALIAS, URL, Server


def test_a_new_portal(server: Server) -> None:
    owner = {"email": "boss@example.com", "password": "s3cret"}
    status, made = server.control("POST", "/portals", {"alias": "a-2", "owner": owner})
    assert status == 200
    assert set(made) == {"id", "alias", "url", "api_key", "owner"}
    assert (made["alias"], made["url"]) == ("a-2", f"{URL}/p/a-2")
    assert made["api_key"].startswith("sk-") and len(made["api_key"]) == 67
    assert {**owner, "id": made["owner"]["id"]} == made["owner"]


def test_what_is_left_out_is_as_at_start() -> None:
    server = Server()
    server.control("POST", "/portals", {"alias": "a"})
    made, first = server.world.portals["a"], server.world.portals[ALIAS]
    for name in ("server_version", "mode", "timezone", "status", "paid", "limited_access"):
        assert getattr(made, name) == getattr(first, name)


@pytest.mark.parametrize("kind", ["virtual_rooms", "archive", "room_templates", "my"])
def test_roots_are_there_already(server: Server, kind: str) -> None:
    before = set(server.world.portals[ALIAS].tree.folders)
    status, answer = server.control(
        "POST", f"/portals/{ALIAS}/folders", {"title": "x", "kind": kind}
    )
    assert status == 200
    assert answer["id"] in before


def test_third_party_folders_have_a_text_as_id(server: Server) -> None:
    given = {"title": "x", "kind": "thirdparty"}
    folder_id = server.control("POST", f"/portals/{ALIAS}/folders", given)[1]["id"]
    assert folder_id.startswith("drive-")


def test_a_subfolder_lies_in_its_parent(server: Server) -> None:
    path = f"/portals/{ALIAS}/folders"
    room = server.control("POST", path, {"title": "r", "kind": "room"})[1]["id"]
    given = {"title": "s", "kind": "folder", "parent": room}
    inner = server.control("POST", path, given)[1]["id"]
    folder = server.world.portals[ALIAS].tree.folders[inner]
    assert folder.parent is not None and folder.parent.id == room


def test_an_owner_hands_over(server: Server) -> None:
    given = {"email": "heir@example.com", "password": "pw", "role": "Owner"}
    heir = server.control("POST", f"/portals/{ALIAS}/users", given)[1]
    portal = server.world.portals[ALIAS]
    assert portal.owner_id == heir["id"]
    assert sorted(user.role for user in portal.users.values()) == ["DocSpaceAdmin", "Owner"]


def test_reset_brings_the_start_back(server: Server) -> None:
    key = next(iter(server.world.portals[ALIAS].keys))
    server.control("POST", "/portals", {"alias": "a"})
    server.control("POST", "/faults", {"action": {"status": 503}})
    server.at("2040-01-01T00:00:00Z")
    server.schedule()
    assert server.control("POST", "/reset", {}) == (200, {})
    assert list(server.world.portals) == [ALIAS]
    assert list(server.world.portals[ALIAS].keys) == [key]
    assert server.ask("GET", "backup/getbackupschedule") == (200, None)
    assert server.world.clock.real and not server.world.faults.rules


@pytest.mark.parametrize("path", [f"/portals/{ALIAS}", "/requests", "/faults"])
def test_every_delete_answers_an_empty_object(server: Server, path: str) -> None:
    assert server.control("DELETE", path) == (200, {})


def test_state_shows_no_whole_credential(server: Server) -> None:
    portal = server.world.portals[ALIAS]
    shown = repr(server.control("GET", "/state"))
    assert next(iter(portal.keys)) not in shown
    assert portal.owner.password not in shown


ENDED = "2026-03-01T02:00:00Z"
BAD: list[tuple[str, str, Any]] = [
    ("POST", "/portals", {}),
    ("POST", "/portals", {"alias": "UPPER"}),
    ("POST", "/portals", {"alias": ""}),
    ("POST", "/portals", {"alias": "a" * 101}),
    ("POST", "/portals", {"alias": ALIAS}),
    ("POST", "/portals", {"alias": "b", "mode": "cloud"}),
    ("POST", "/portals", {"alias": "b", "server_version": "1.0"}),
    ("POST", "/portals", {"alias": "b", "server_version": "new"}),
    ("POST", "/portals", {"alias": "b", "timezone": "Mars/Olympus"}),
    ("POST", "/portals", {"alias": "b", "status": 0}),
    ("POST", "/portals", {"alias": "b", "paid": "yes"}),
    ("POST", "/portals", {"alias": "b", "free_backups": -1}),
    ("POST", "/portals", {"alias": "b", "color": "red"}),
    ("POST", "/portals", {"alias": "b", "owner": {"email": ""}}),
    ("PATCH", f"/portals/{ALIAS}", {"rate_limiter": {"window_limit": "x"}}),
    ("POST", f"/portals/{ALIAS}/users", {"email": "a@b.c", "password": "x", "role": "King"}),
    ("POST", f"/portals/{ALIAS}/users", {"email": "a@b.c", "role": "User"}),
    ("POST", f"/portals/{ALIAS}/keys", {}),
    ("POST", f"/portals/{ALIAS}/folders", {"title": "x", "kind": "cupboard"}),
    ("POST", f"/portals/{ALIAS}/storages", {"module": "selectel", "configured": True}),
    ("PATCH", f"/portals/{ALIAS}", {"audit": "no"}),
    ("PATCH", f"/portals/{ALIAS}", {"allowed_ips": "127.0.0.1"}),
    ("POST", f"/portals/{ALIAS}/backups", {}),
    ("POST", f"/portals/{ALIAS}/backups", {"by": "hand"}),
    ("POST", f"/portals/{ALIAS}/backups", {"by": "chance", "ended": ENDED}),
    ("POST", f"/portals/{ALIAS}/backups", {"by": "hand", "ended": "yesterday"}),
    ("POST", f"/portals/{ALIAS}/backups", {"by": "hand", "ended": ENDED, "storageType": 6}),
    ("POST", f"/portals/{ALIAS}/backups", {"by": "hand", "ended": ENDED, "archive": "lost"}),
    ("POST", f"/portals/{ALIAS}/backups", {"by": "hand", "ended": ENDED, "size": 1}),
    ("POST", f"/portals/{ALIAS}/next_backup", {}),
    ("POST", f"/portals/{ALIAS}/next_backup", {"outcome": "lost"}),
    ("POST", f"/portals/{ALIAS}/next_backup", {"outcome": "failed", "seconds": -1}),
    ("POST", f"/portals/{ALIAS}/next_backup", {"outcome": "completed", "error": "x"}),
    ("POST", f"/portals/{ALIAS}/next_backup", {"outcome": "failed", "warning": "x"}),
    ("POST", "/worker", {}),
    ("POST", "/worker", {"restart": False}),
    ("PATCH", f"/portals/{ALIAS}/storages/Local", {}),
    ("PATCH", f"/portals/{ALIAS}/storages/Local", {"reachable": "no"}),
    ("POST", "/faults", {"action": {"status": 500, "headers": [["a"]]}}),
    ("POST", "/clock", {}),
    ("POST", "/clock", {"now": "tomorrow"}),
    ("POST", "/clock", {"advance_s": "900"}),
    ("POST", "/clock", {"advance_s": 900, "real": True}),
    ("POST", "/clock", {"real": False}),
    ("POST", "/clock", []),
]


@pytest.mark.parametrize(("method", "path", "given"), BAD)
def test_bad_input(server: Server, method: str, path: str, given: Any) -> None:
    status, answer = server.control(method, path, given)
    assert status == 400
    assert set(answer) == {"error"} and answer["error"]


UNKNOWN: list[tuple[str, str, Any]] = [
    ("GET", "/nosuch", None),
    ("PATCH", "/portals/nosuch", {}),
    ("DELETE", "/portals/nosuch", None),
    ("POST", "/portals/nosuch/users", {}),
    ("POST", "/portals/nosuch/backups", {"by": "hand", "ended": ENDED}),
    ("POST", "/portals/nosuch/next_backup", {"outcome": "failed"}),
    ("PATCH", "/portals/nosuch/storages/Local", {"reachable": False}),
    ("PATCH", f"/portals/{ALIAS}/storages/local", {"reachable": False}),
    ("POST", f"/portals/{ALIAS}/backups", {"by": "hand", "ended": ENDED, "folder": 999_999}),
    ("POST", f"/portals/{ALIAS}/keys", {"email": "nobody@example.com"}),
    ("POST", f"/portals/{ALIAS}/folders", {"title": "x", "kind": "folder", "parent": 999_999}),
    ("POST", "/faults", {"portal": "nosuch", "action": {"status": 503}}),
    ("GET", "/requests?portal=nosuch", None),
]


@pytest.mark.parametrize(("method", "path", "given"), UNKNOWN)
def test_unknown_names(server: Server, method: str, path: str, given: Any) -> None:
    status, answer = server.control(method, path, given)
    assert (status, set(answer)) == (404, {"error"})


def test_a_refused_change_changes_nothing(server: Server) -> None:
    given = {"paid": False, "timezone": "Mars/Olympus"}
    assert server.control("PATCH", f"/portals/{ALIAS}", given)[0] == 400
    assert server.world.portals[ALIAS].paid is True
