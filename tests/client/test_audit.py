# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docspace_backup_audit against simulated portals of every release: what it finds and asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support.control import Control
from support.portal import Portal

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_audit_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit import task
from client.support_runs import client_maker

VERSIONS = ("3.1.0", "3.2.1", "3.5.0", "3.6.1", "3.7.2")

# A Wednesday; the schedule of these tests runs at 02:00 UTC.
MORNING = "2026-07-01T01:00:00Z"
HOUR, DAY = 3600, 86400

MakePortal = Callable[..., Portal]


def audit(portal: Portal, **own: Any) -> dict[str, Any]:
    """The result of the module on `portal`; nobody waits."""
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
    """Save a daily schedule at 02:00, changed as said; `storage_params` are its parameters."""
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
    """Save a daily schedule into a new room; the id of the room."""
    folder = room(control, portal)
    schedule(portal, "Documents", params={"folderId": folder}, **changes)
    return folder


@pytest.fixture
def morning(control: Control) -> None:
    """An hour before the schedule runs."""
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
