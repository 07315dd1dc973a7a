# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An inventory of twenty-five simulated portals of every kind, three of which are broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from parity.plays import Record
from support.simulator import Portal, Simulator

SIZE = 25
VERSIONS = ("3.1.0", "3.2.1", "3.5.0", "3.6.1", "3.7.2")
MODES = ("standalone", "saas")
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "Asia/Kolkata",
)

Inventory = dict[str, dict[str, Any]]


class Fleet(NamedTuple):
    """The portals by host name, and for each broken host a part of the expected error message."""

    portals: dict[str, Portal]
    inventory: Inventory
    broken: dict[str, str]


def made(simulator: Simulator) -> Fleet:
    """Create a new fleet. A third of the portals already has a schedule, usually another one."""
    control = simulator.control
    portals: dict[str, Portal] = {}
    for number in range(SIZE):
        portals[f"portal-{number:02}"] = simulator.fresh_portal(
            server_version=VERSIONS[number % len(VERSIONS)],
            mode=MODES[number % len(MODES)],
            timezone=ZONES[number % len(ZONES)],
            paid=True,
        )
    inventory: Inventory = {
        host: {"docspace_api_host": portal.url, "docspace_api_key": portal.api_key}
        for host, portal in portals.items()
    }
    for number, (host, portal) in enumerate(portals.items()):
        if number % 3 == 0:
            _give_schedule(simulator, portal, hour=number % 24)
        if number % 5 == 0:
            inventory[host]["backup_schedule_backups_stored"] = 14
    broken = {}
    for (host, portal), breaking in zip(list(portals.items())[4::8], _BREAKINGS, strict=True):
        broken[host] = breaking(simulator, portal, inventory[host])
    control.clear_requests()
    return Fleet(portals, inventory, broken)


def _give_schedule(simulator: Simulator, portal: Portal, hour: int) -> None:
    """Create a schedule like another user would, in a separate folder."""
    folder = simulator.control.folder(portal.alias, "By hand")
    answer = portal.post(
        "backup/createbackupschedule",
        {
            "storageType": "Documents",
            "storageParams": [{"key": "folderId", "value": str(folder)}],
            "cronParams": {"period": "EveryDay", "hour": hour, "day": 0},
            "backupsStored": 3,
        },
    )
    assert answer.status == 200, answer.text


def _wrong_key(_simulator: Simulator, _portal: Portal, variables: dict[str, Any]) -> str:
    variables["docspace_api_key"] = "sk-" + "0" * 64
    return "returned 401"


def _suspended(simulator: Simulator, portal: Portal, _variables: dict[str, Any]) -> str:
    simulator.control.change(portal.alias, status="Suspended")
    return "is suspended"


def _two_rooms(simulator: Simulator, portal: Portal, _variables: dict[str, Any]) -> str:
    for _turn in range(2):
        simulator.control.folder(portal.alias, "Backups")
    return "Backups"


_BREAKINGS: tuple[Callable[[Simulator, Portal, dict[str, Any]], str], ...] = (
    _wrong_key,
    _suspended,
    _two_rooms,
)


def plain(value: Any) -> Any:
    """A recorded value without the types that the recorder added."""
    if isinstance(value, dict):
        if value.keys() == {"type", "tags", "value"}:
            return {"bool": value["value"] == "True", "NoneType": None}.get(
                value["type"], value["value"]
            )
        return {name: plain(entry) for name, entry in value.items()}
    return [plain(entry) for entry in value] if isinstance(value, list) else value


def schedules(records: list[Record]) -> dict[str, dict[str, Any]]:
    """The module result of each host, without the hosts that did not reach this task."""
    return {
        record["host"]: plain(record["result"])
        for record in records
        if record["action"].endswith("docspace_backup_schedule")
    }
