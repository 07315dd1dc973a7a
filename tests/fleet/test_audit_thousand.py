# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The audit of 1,000 portals, 300 of which are broken in the ways that findings name.

Of every supported release: what a release does not have is no finding.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from parity.plays import play
from support.simulator import Portal, Simulator

from fleet.portals import VERSIONS

pytestmark = pytest.mark.matrix

SIZE, BROKEN = 1000, 300
NOBODY = "http://127.0.0.1:1"
DOCUMENTS = {"storageType": "Documents", "backupsStored": 7}
DAILY = {"period": 0, "hour": 3}


class Site(NamedTuple):
    """One portal with a room for its backups, and the variables of its host."""

    simulator: Simulator
    portal: Portal
    room: str
    variables: dict[str, Any]

    def schedule(self, **changes: Any) -> None:
        params = [{"key": "folderId", "value": self.room}]
        body = {**DOCUMENTS, "storageParams": params, "cronParams": DAILY, **changes}
        assert self.portal.post("backup/createbackupschedule", body).status == 200

    def back_up(self, **outcome: Any) -> None:
        self.simulator.control.next_backup(self.portal.alias, seconds=0, **outcome)
        params = [{"key": "folderId", "value": self.room}]
        body = {"storageType": 0, "storageParams": params}
        assert self.portal.post("backup/startbackup", body).status == 200

    def protect(self, **changes: Any) -> None:
        self.schedule(**changes)
        self.back_up()


def _silent(site: Site) -> None:
    site.variables.update(docspace_api_host=NOBODY, docspace_retries=0)


def _refused(site: Site) -> None:
    site.variables["docspace_api_key"] = "sk-" + "0" * 64


def _suspended(site: Site) -> None:
    site.protect()
    site.simulator.control.change(site.portal.alias, status="Suspended")


def _gone(site: Site) -> None:
    site.protect()
    path = f"files/rooms/{site.room}"
    # Before DocSpace 3.5, only a room in the archive can be deleted.
    assert site.portal.put(f"{path}/archive", {"deleteAfter": False}).status == 200
    deleted = site.portal.delete(path, {"deleteAfter": False})
    assert deleted.response["error"] == ""


def _failing(site: Site) -> None:
    site.protect()
    site.back_up(outcome="failed", error="The disk is full.")


def _incomplete(site: Site) -> None:
    site.schedule()
    site.back_up(outcome="incomplete", warning="Some files were not included.")


def _cannot_run(site: Site) -> None:
    site.schedule(storageType="CustomCloud", storageParams=[])


def _expires(site: Site) -> None:
    site.protect(storageType="DataStore", storageParams=[])


class Way(NamedTuple):
    """How a portal gets a verdict and a finding; before release `since` these are `earlier`."""

    verdict: str
    finding: str
    make: Callable[[Site], None]
    since: str = "3.1"
    earlier: tuple[str, str] = ("", "")

    def wanted(self, version: str) -> tuple[str, str]:
        return (self.verdict, self.finding) if version >= self.since else self.earlier


PROTECTED = ("protected", "inside_only")
WAYS = (
    Way("unprotected", "unreachable", _silent),
    Way("unprotected", "key_refused", _refused),
    Way("unprotected", "portal_state", _suspended),
    Way("unprotected", "no_schedule", lambda _site: None),
    Way("unprotected", "cannot_run", _cannot_run),
    Way("unprotected", "target", _gone),
    # Earlier releases do not count backups: that there never was one cannot be known.
    Way("unprotected", "never_ran", lambda site: site.schedule(), "3.5", ("at_risk", "unproven")),
    Way("unprotected", "failing", _failing),
    # Earlier releases do not report which files were left out.
    Way("at_risk", "incomplete", _incomplete, "3.6", PROTECTED),
    Way("at_risk", "keeps_too_few", lambda site: site.protect(backupsStored=1)),
    Way("at_risk", "expires", _expires),
    Way(
        "at_risk",
        "skipped_months",
        lambda site: site.protect(cronParams={"period": 2, "hour": 3, "day": 31}),
    ),
)


def test_every_portal_has_its_own_verdict(simulator: Simulator, tmp_path: Path) -> None:
    inventory: dict[str, dict[str, Any]] = {}
    wanted: dict[str, tuple[str, str]] = {}
    for number in range(SIZE):
        host, way = f"portal-{number:04}", WAYS[number % len(WAYS)]
        version = VERSIONS[number % len(VERSIONS)]
        portal = simulator.fresh_portal(server_version=version)
        variables = {"docspace_api_host": portal.url, "docspace_api_key": portal.api_key}
        room = str(simulator.control.folder(portal.alias, "Backups"))
        site = Site(simulator, portal, room, variables)
        if number < BROKEN:
            way.make(site)
            wanted[host] = way.wanted(version)
        else:
            site.protect()
            wanted[host] = PROTECTED
        inventory[host] = variables

    run = play(
        "onlyoffice.docspace.backup_audit",
        inventory,
        arguments=["-e", json.dumps({"backup_audit_dest": str(tmp_path / "report")})],
        environment={"ANSIBLE_FORKS": "20"},
    )

    report = json.loads((tmp_path / "report" / "backup_audit.json").read_text())
    found = {
        portal["host"]: (portal["verdict"], {each["name"] for each in portal["findings"]})
        for portal in report["portals"]
    }
    wrong = {
        host: found.get(host)
        for host, (verdict, finding) in wanted.items()
        if host not in found or found[host][0] != verdict or finding not in found[host][1]
    }
    assert wrong == {}
    assert run.status == 2
