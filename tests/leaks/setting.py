# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portals of the scenarios, with their canaries, faults, and initial schedules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from support.portal import Portal
from support.simulator import Simulator

from leaks.canaries import Canaries
from leaks.scenarios import Scenario

BACKUP_API = "/api/2.0"


class Cast:
    """The data of a scenario on one of the paths: its canaries, options and environment."""

    def __init__(self, scenario: Scenario, path: str, simulator: Simulator) -> None:
        self.scenario = scenario
        self.host = f"{scenario.name}-{path}"
        portal = simulator.control.portal(self.host, mode="standalone")
        user = simulator.control.user(portal.alias, "admin@example.com")
        self.canaries = Canaries.of(self.host, portal.api_key, user.token)
        with_token = "<token>" in str((scenario.options, scenario.environment))
        self._more = {
            "credential": user.token if with_token else portal.api_key,
            "url": portal.url,
            "https_url": portal.url.replace("http:", "https:"),
            "quoted_token": quote(user.token, safe=""),
        }
        self.options: dict[str, Any] = self._filled(dict(scenario.options))
        self.environment: dict[str, str] = self._filled(dict(scenario.environment or {}))
        self.shown: str = self._filled(scenario.shown)
        self._set_up(portal, simulator)

    def _filled(self, value: Any) -> Any:
        return self.canaries.put_into(value, **self._more)

    def _set_up(self, portal: Portal, simulator: Simulator) -> None:
        if self.scenario.has:
            pairs = self._filled(dict(self.scenario.has)).items()
            answer = portal.post(
                "backup/createbackupschedule",
                {
                    "storageType": "ThirdPartyConsumer",
                    "storageParams": [{"key": key, "value": value} for key, value in pairs],
                    "cronParams": {"period": "EveryDay", "hour": 3},
                    "backupsStored": 7,
                },
            )
            assert answer.status == 200, answer.text
        if self.scenario.archive:
            self._lay_archive(portal, simulator)
        if self.scenario.fault:
            simulator.control.fault(
                self._filled(dict(self.scenario.fault)),
                portal=portal.alias,
                method=self.scenario.on,
                path=BACKUP_API,
                times=0,
            )

    def _lay_archive(self, portal: Portal, simulator: Simulator) -> None:
        """Give the portal an archive at the address of the scenario."""
        address = self._filled(self.scenario.archive)
        simulator.control.backup(portal.alias, "2026-03-01T12:00:00Z")
        given = {"response": address, "count": 1, "status": 0, "statusCode": 200}
        page = f"<html><head><title>cannot open {address}</title></head></html>"
        for path, status, body in (
            (f"{BACKUP_API}/files/file/", 200, given),
            ("/filehandler.ashx", 503, page),
        ):
            action = {"status": status, "body": body}
            simulator.control.fault(action, portal=portal.alias, path=path, times=0)


def inventory(cast: Iterable[Cast]) -> dict[str, Any]:
    """An inventory with the scenarios as hosts, grouped by play."""
    groups: dict[str, Any] = {}
    for one in cast:
        is_role = one.scenario.play == "role"
        variables = one.options if is_role else {"options": one.options}
        group = groups.setdefault(one.scenario.play, {"hosts": {}})
        group["hosts"][one.host] = variables
    return {"all": {"children": groups}}
