# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo's portals: three simulated ones, each in another state, unless an inventory is given."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import requests

SIMULATOR = Path(__file__).resolve().parents[1] / "simulator"
START_TIMEOUT_S = 60
CALL_TIMEOUT_S = 30

# What the inventory wants of every portal; each adds its own folder, and what differs.
WANTED = {
    "backup_schedule_storage_type": "Documents",
    "backup_schedule_period": "EveryDay",
    "backup_schedule_hour": 3,
    "backup_schedule_backups_stored": 7,
}


# The modules run on the machine that runs ansible, with the Python that runs ansible.
LOCAL = {
    "ansible_connection": "local",
    "ansible_python_interpreter": "{{ ansible_playbook_python }}",
}


class Portal(NamedTuple):
    """A simulated portal. `found` is the schedule it has before the demo, None for none."""

    alias: str
    server_version: str
    mode: str
    timezone: str
    about: str
    found: dict[str, Any] | None = None
    wanted: dict[str, Any] = {}  # noqa: RUF012 - never changed


PORTALS = (
    Portal("amsterdam", "3.7.2", "standalone", "Europe/Amsterdam", "has no schedule yet"),
    Portal(
        "tokyo",
        "3.6.1",
        "saas",
        "Asia/Tokyo",
        "somebody changed its schedule by hand",
        found={"period": "EveryDay", "hour": 14, "day": 0, "backupsStored": 2},
        wanted={"backup_schedule_period": "EveryWeek", "backup_schedule_weekday": "sunday"},
    ),
    Portal(
        "new-york",
        "3.2.0",
        "saas",
        "America/New_York",
        "is as it should be",
        found={"period": "EveryDay", "hour": 3, "day": 0, "backupsStored": 7},
    ),
)


@contextlib.contextmanager
def simulated(folder: Path) -> Iterator[Path]:
    """Start the simulator with PORTALS; give the path of an inventory of them; stop it."""
    ready = folder / "simulator.json"
    ready.unlink(missing_ok=True)
    with (folder / "simulator.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, str(SIMULATOR), "--ready-file", str(ready)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            control = _wait(server, ready)["control"]
            hosts = {portal.alias: _make(control, portal) for portal in PORTALS}
            yield _write_inventory(folder, hosts)
        finally:
            server.terminate()
            server.wait(timeout=START_TIMEOUT_S)


def _wait(server: subprocess.Popen[bytes], ready: Path) -> dict[str, Any]:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError, ValueError):
            return dict(json.loads(ready.read_text()))
        if server.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"the simulator did not start, see {ready.with_suffix('.log')}")


def _make(control: str, portal: Portal) -> dict[str, Any]:
    """Make the portal with its room for backups and the schedule it is found with."""
    made = _post(
        f"{control}/portals",
        {
            "alias": portal.alias,
            "server_version": portal.server_version,
            "mode": portal.mode,
            "timezone": portal.timezone,
            "paid": True,
        },
    )
    room = _post(f"{control}/portals/{portal.alias}/folders", {"title": "Backups", "kind": "room"})
    folder_id = str(room["id"])
    if portal.found:
        _post(
            f"{made['url']}/api/2.0/backup/createbackupschedule",
            {
                "storageType": "Documents",
                "storageParams": [{"key": "folderId", "value": folder_id}],
                "cronParams": {key: portal.found[key] for key in ("period", "hour", "day")},
                "backupsStored": portal.found["backupsStored"],
                "dump": False,
            },
            key=made["api_key"],
        )
    return {
        "docspace_api_host": made["url"],
        "docspace_api_key": made["api_key"],
        "backup_schedule_storage_params": {"folderId": folder_id},
        **portal.wanted,
    }


def _post(url: str, body: dict[str, Any], key: str | None = None) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    answer = requests.post(url, json=body, headers=headers, timeout=CALL_TIMEOUT_S)
    if not answer.ok:
        raise RuntimeError(f"POST {url} was answered {answer.status_code}: {answer.text[:300]}")
    return dict(answer.json())


def _write_inventory(folder: Path, hosts: dict[str, dict[str, Any]]) -> Path:
    """An ordinary inventory; JSON is YAML. The throw-away keys are only in this file."""
    inventory = folder / "inventory.yml"
    inventory.write_text(
        json.dumps({"all": {"vars": {**LOCAL, **WANTED}, "hosts": hosts}}, indent=2)
    )
    return inventory
