# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated portals to measure with, and an inventory of the wanted size."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from support.control import Control
from support.simulator import Portal, Simulator

# The schedule of every portal before a measurement, and the wanted schedule of changed fleets.
HOUR_FOUND, HOUR_CHANGED = 3, 4
PREPARERS = 20


class Fleet:
    """Portals of one simulator.

    Every run finds them in the same state: with a schedule, and with a backup that is not older
    than the benchmark.
    """

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self._portals = simulator.portals
        self._control: Control = simulator.control
        self._folder = folder
        self._to_restore = list(self._portals)
        self._rooms: dict[str, str] = {}
        now = f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
        for portal in self._portals:
            self._control.backup(portal.alias, ended=now, storageType="Local")

    def inventory(self, size: int, changed: bool, *, rooms: bool = False) -> Path:
        """Restore the portals that a run has changed, and write an inventory of `size` portals.

        With `rooms`, each portal stores its backups in a room.
        """
        with ThreadPoolExecutor(PREPARERS) as pool:
            list(pool.map(_restore, self._to_restore))
        chosen = self._portals[:size]
        self._to_restore = chosen if changed or rooms else []
        hour = HOUR_CHANGED if changed else HOUR_FOUND
        hosts = {one.alias: {"url": one.url, "key": one.api_key} for one in chosen}
        for portal in chosen if rooms else ():
            hosts[portal.alias]["room"] = self._into_a_room(portal)
        path = self._folder / "inventory.json"
        path.write_text(json.dumps({"all": {"vars": _variables(hour), "hosts": hosts}}))
        self._control.clear_requests()
        return path

    def _into_a_room(self, portal: Portal) -> str:
        if portal.alias not in self._rooms:
            self._rooms[portal.alias] = str(self._control.folder(portal.alias, "Backups"))
        room = self._rooms[portal.alias]
        _save(portal, "Documents", [{"key": "folderId", "value": room}])
        return room

    def traffic(self) -> dict[str, int]:
        """The number of requests of each method since the inventory was written."""
        return dict(Counter(self._methods()))

    def _methods(self) -> Iterator[str]:
        for request in self._control.requests():
            yield request.method


def _variables(hour: int) -> dict[str, Any]:
    return {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
        "hour": hour,
    }


def _restore(portal: Portal) -> None:
    _save(portal, "CustomCloud", [])


def _save(portal: Portal, storage_type: str, params: list[dict[str, str]]) -> None:
    answer = portal.post(
        "backup/createbackupschedule",
        {
            "storageType": storage_type,
            "storageParams": params,
            "cronParams": {"period": "EveryDay", "hour": HOUR_FOUND, "day": 0},
            "backupsStored": 7,
            "dump": False,
        },
    )
    if answer.status != 200:
        raise RuntimeError(f"{portal.alias} refused its schedule: {answer.text[:300]}")
