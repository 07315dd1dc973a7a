# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The log of the requests to portals, on which the client tests depend."""

from __future__ import annotations

import json
from datetime import datetime

from support.control import Control
from support.portal import Portal

from contract.matrix.bodies import ERASE, READ, WRITE, bare

READ_PATH = "/api/2.0/backup/getbackupschedule"


def test_requests_are_kept_in_order(portal: Portal, control: Control) -> None:
    control.clear_requests()
    portal.get(READ + "?dump=false")
    portal.post(WRITE, bare("DataStore"))
    portal.delete(ERASE)
    portal.get("backup/nosuch")
    log = control.requests(portal.alias)
    assert [(entry.method, entry.operation, entry.status) for entry in log] == [
        ("GET", "getbackupschedule", 200),
        ("POST", "createbackupschedule", 200),
        ("DELETE", "deletebackupschedule", 200),
        ("GET", "nosuch", 404),
    ]
    assert [entry.n for entry in log] == sorted({entry.n for entry in log})


def test_an_entry_says_what_was_sent(portal: Portal, control: Control) -> None:
    control.clear_requests()
    control.clock_at("2026-03-02T12:00:00Z")
    body = bare("DataStore", backupsStored=5)
    portal.post(WRITE + "?fields=x", body, headers={"X-Test": "yes"})
    (entry,) = control.requests(portal.alias)
    assert entry.portal == portal.alias
    assert entry.path == "/api/2.0/backup/createbackupschedule"
    assert entry.query == "fields=x"
    assert json.loads(entry.body) == body
    headers = {name.lower(): value for name, value in entry.headers.items()}
    assert headers["x-test"] == "yes"
    assert headers["content-type"] == "application/json"
    at = datetime.fromisoformat(entry.at)
    assert f"{at:%Y-%m-%dT%H:%M}" == "2026-03-02T12:00"


def test_credentials_are_cut(portal: Portal, control: Control) -> None:
    control.clear_requests()
    portal.get(READ)
    owner = portal.owner
    login = {"userName": owner.email, "password": owner.password}
    token = portal.post("authentication", login, auth=None).response["token"]
    portal.get(READ, auth=None, headers={"Cookie": f"asc_auth_key={token}"})
    by_key, by_password, by_cookie = control.requests(portal.alias)
    headers = {name.lower(): value for name, value in by_key.headers.items()}
    assert headers["authorization"].endswith(portal.api_key[-4:])
    everything = repr([by_key, by_password, by_cookie])
    assert portal.api_key[:-4] not in everything
    assert owner.password not in by_password.body
    assert token not in everything


def test_portals_are_told_apart(portal: Portal, control: Control) -> None:
    other = control.portal("a-neighbor")
    control.clear_requests()
    portal.get(READ)
    other.get(READ)
    portal.get(READ)
    assert len(control.requests(portal.alias)) == 2
    assert len(control.requests("a-neighbor")) == 1
    assert [entry.portal for entry in control.requests()] == [
        portal.alias,
        "a-neighbor",
        portal.alias,
    ]
    control.clear_requests()
    assert control.requests() == []


def test_the_remote_control_is_no_traffic(portal: Portal, control: Control) -> None:
    control.clear_requests()
    control.state()
    control.folder(portal.alias, "x")
    assert control.requests() == []
