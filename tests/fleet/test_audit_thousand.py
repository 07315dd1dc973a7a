# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The audit of 1,000 portals, 300 of which are broken in all ways that findings describe.

The portals have all supported releases. A feature that a release lacks is not a finding.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from parity.plays import play
from support.simulator import Portal, Simulator

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.findings import NAMES
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
    # Before DocSpace 3.5, only archived rooms can be deleted.
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


def _open(site: Site) -> None:
    room = {"title": "Backups", "roomType": 6}
    public = str(site.portal.post("files/rooms", room).response["id"])
    site._replace(room=public).protect()


# --- states that take several days: at each yield, a day passes


def _lost(site: Site) -> Iterator[None]:
    site.schedule()
    yield
    assert site.portal.delete("backup/deletebackupschedule").status == 200


def _overdue(site: Site) -> Iterator[None]:
    """The scheduler skips a portal whose plan is not paid."""
    site.schedule()
    yield
    site.simulator.control.change(site.portal.alias, paid=False)
    yield
    yield
    site.simulator.control.change(site.portal.alias, paid=True)


def _paid(site: Site) -> Iterator[None]:
    """The wallet pays for all backups except the first one."""
    site.schedule()
    yield
    yield


class Way(NamedTuple):
    """A way to get a verdict and a finding. Releases before `since` get `earlier`."""

    verdict: str
    finding: str
    make: Callable[[Site], Iterator[None] | None]
    since: str = "3.1"
    earlier: tuple[str, str] = ("", "")
    settings: Mapping[str, Any] = {}

    def wanted(self, version: str) -> tuple[str, str]:
        return (self.verdict, self.finding) if version >= self.since else self.earlier


PROTECTED = ("protected", "inside_only")
PAYING = {"mode": "saas", "free_backups": 1, "wallet_backup": True}
WAYS = (
    Way("unprotected", "unreachable", _silent),
    Way("unprotected", "key_refused", _refused),
    Way("unprotected", "portal_state", _suspended),
    Way("unprotected", "no_schedule", lambda _site: None),
    Way("unprotected", "cannot_run", _cannot_run),
    Way("unprotected", "target", _gone),
    # Earlier releases do not count backups, so the audit cannot know that there was none.
    Way("unprotected", "never_ran", lambda site: site.schedule(), "3.5", ("at_risk", "unproven")),
    Way("unprotected", "failing", _failing),
    # Earlier releases do not report skipped files.
    Way("at_risk", "incomplete", _incomplete, "3.6", PROTECTED),
    Way("at_risk", "keeps_too_few", lambda site: site.protect(backupsStored=1)),
    Way("at_risk", "expires", _expires),
    Way(
        "at_risk",
        "skipped_months",
        lambda site: site.protect(cronParams={"period": 2, "hour": 3, "day": 31}),
    ),
    Way("at_risk", "open_target", _open),
    # Earlier releases do not log scheduled backups.
    Way("unprotected", "schedule_lost", _lost, "3.6", ("unprotected", "no_schedule")),
    Way("unprotected", "overdue", _overdue, "3.5", ("at_risk", "unproven")),
    # Earlier releases have no free backups, and do not charge the wallet.
    Way("at_risk", "paid_next", _paid, "3.5", PROTECTED, PAYING),
)
FINE = Way(*PROTECTED, lambda site: site.protect())
OVER = object()
DAY_S = 86400


def test_every_portal_has_its_own_verdict(simulator: Simulator, tmp_path: Path) -> None:
    # The month is the same three days later, because free backups are counted per month.
    simulator.control.clock_at("2026-07-01T12:00:00Z")
    inventory: dict[str, dict[str, Any]] = {}
    wanted: dict[str, tuple[str, str]] = {}
    slow: list[Iterator[None]] = []
    # Portals that take several days come first, so that time does not pass for the others.
    for number in sorted(range(SIZE), key=lambda number: not _takes_days(number)):
        host, way = f"portal-{number:04}", _way(number)
        if not _takes_days(number):
            _let_days_pass(simulator, slow)
        version = VERSIONS[number % len(VERSIONS)]
        portal = simulator.fresh_portal(server_version=version, **way.settings)
        variables = {"docspace_api_host": portal.url, "docspace_api_key": portal.api_key}
        room = str(simulator.control.folder(portal.alias, "Backups"))
        story = way.make(Site(simulator, portal, room, variables))
        slow += [story] if story else []
        wanted[host] = way.wanted(version)
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
    assert {name for _verdict, names in found.values() for name in names} == set(NAMES)
    assert run.status == 2


def _way(number: int) -> Way:
    return WAYS[number % len(WAYS)] if number < BROKEN else FINE


def _takes_days(number: int) -> bool:
    return inspect.isgeneratorfunction(_way(number).make)


def _let_days_pass(simulator: Simulator, stories: list[Iterator[None]]) -> None:
    """Continue all stories day by day until they have ended."""
    while stories:
        stories[:] = [story for story in stories if next(story, OVER) is not OVER]
        if stories:
            simulator.control.clock_forward(DAY_S)
