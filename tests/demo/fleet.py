# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The portals of the demo: three simulated ones in different states by default."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from support.simulator import Control, Simulator

# The modules run on this machine, with the Python that runs Ansible.
LOCAL = {
    "ansible_connection": "local",
    "ansible_python_interpreter": "{{ ansible_playbook_python }}",
}


# The default room of the role.
ROOM = "Backups"


class Portal(NamedTuple):
    """A simulated portal.

    `found` is its initial schedule, with ROOM as the target, or None if it has neither a schedule
    nor a room. `wanted` contains its inventory variables except address and key.
    """

    alias: str
    server_version: str
    mode: str
    timezone: str
    about: str
    found: dict[str, Any] | None = None
    wanted: dict[str, Any] | None = None


def _found(hour: int, kept: int) -> dict[str, Any]:
    """A daily schedule in the server's notation, without a target."""
    cron = {"period": "EveryDay", "hour": hour, "day": 0}
    return {"cronParams": cron, "backupsStored": kept}


PORTALS = (
    Portal(
        "amsterdam",
        "3.7.2",
        "standalone",
        "Europe/Amsterdam",
        "new: neither a schedule nor a room for backups",
    ),
    Portal(
        "tokyo",
        "3.6.1",
        "saas",
        "Asia/Tokyo",
        "its schedule was changed by hand",
        found=_found(hour=14, kept=2),
        wanted={"backup_schedule_period": "EveryWeek", "backup_schedule_weekday": "sunday"},
    ),
    Portal(
        "new-york",
        "3.2.0",
        "saas",
        "America/New_York",
        "matches the desired state",
        found=_found(hour=3, kept=7),
        wanted={"backup_schedule_hour": 3},
    ),
)


@contextlib.contextmanager
def simulated(folder: Path) -> Iterator[tuple[Path, Control]]:
    """Start the simulator with PORTALS, and yield an inventory and the remote control."""
    with Simulator() as simulator:
        hosts = {portal.alias: _make(simulator.control, portal) for portal in PORTALS}
        yield _write_inventory(folder, hosts), simulator.control


def traffic(control: Control) -> str:
    """The requests to the portals since the last call, such as "4 GET, 1 POST"."""
    sent = Counter(request.method for request in control.requests())
    control.clear_requests()
    return ", ".join(f"{number} {method}" for method, number in sorted(sent.items())) or "nothing"


def _make(control: Control, portal: Portal) -> dict[str, Any]:
    """Create the portal in its initial state, and return its host variables."""
    made = control.portal(
        portal.alias,
        server_version=portal.server_version,
        mode=portal.mode,
        timezone=portal.timezone,
        paid=True,
    )
    if portal.found:
        folder_id = str(control.folder(portal.alias, ROOM))
        answer = made.post(
            "backup/createbackupschedule",
            {
                "storageType": "Documents",
                "storageParams": [{"key": "folderId", "value": folder_id}],
                **portal.found,
                "dump": False,
            },
        )
        if answer.status != 200:
            raise RuntimeError(f"{portal.alias} refused its first schedule: {answer.text[:300]}")
    return {
        "docspace_api_host": made.url,
        "docspace_api_key": made.api_key,
        **(portal.wanted or {}),
    }


def _write_inventory(folder: Path, hosts: dict[str, dict[str, Any]]) -> Path:
    """Write the inventory as JSON, which is YAML. The temporary keys are only in this file."""
    inventory = folder / "inventory.yml"
    inventory.write_text(json.dumps({"all": {"vars": LOCAL, "hosts": hosts}}, indent=2))
    return inventory
