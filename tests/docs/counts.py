# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The requests to a portal, counted in the log of the simulated portal."""

from __future__ import annotations

from collections import Counter
from typing import Any

import yaml
from support.portal import Portal

from docs.blocks import Block
from docs.sandbox import Sandbox

MODULE = "onlyoffice.docspace.docspace_backup_schedule"

PARAMS = {"module": "s3", "bucket": "backups"}
WANTED = {
    "storage_type": "ThirdPartyConsumer",
    "storage_params": PARAMS,
    "hour": 3,
    "backups_stored": 7,
}

ROLE = {
    "name": "role",
    "ansible.builtin.include_role": {"name": "onlyoffice.docspace.backup_schedule"},
}

# The description, whether there is a schedule, and the options. The key is the name of the portal.
CASES: dict[str, tuple[str, bool, dict[str, Any]]] = {
    "unchanged": ("The portal matches the desired state", True, WANTED),
    "changed": ("The schedule is created or changed", True, {"backups_stored": 10}),
    "allowed": (
        "The same with `extra_run: allow`",
        True,
        {"backups_stored": 10, "extra_run": "allow"},
    ),
    "removed": ("The schedule is removed", True, {"state": "absent"}),
    "gone": ("There is no schedule to remove", False, {"state": "absent"}),
    "refused": ("An option is invalid", False, {**WANTED, "hour": 24}),
}


def budget(sandbox: Sandbox) -> list[list[str]]:
    """A row for each case of CASES: its description, and the requests to the portal."""
    tasks = []
    for alias, (_about, found, options) in CASES.items():
        portal = sandbox.portal(alias)
        if found:
            put_schedule(portal)
        connection = {"api_host": portal.url, "api_key": portal.api_key}
        task: dict[str, Any] = {"name": alias, MODULE: {**connection, **options}}
        if alias == "refused":
            task["failed_when"] = False
        tasks.append(task)
    sandbox.control.clear_requests()
    sandbox.play(yaml.safe_dump(tasks))
    rows = [[about, traffic(sandbox, alias)] for alias, (about, *_rest) in CASES.items()]
    role = ["The role finds that the portal matches the desired state", _role_traffic(sandbox)]
    return [*rows, role]


def _role_traffic(sandbox: Sandbox) -> str:
    """The requests of the role to a portal that already matches the desired state."""
    sandbox.play(yaml.safe_dump([ROLE]))
    sandbox.control.clear_requests()
    sandbox.play(yaml.safe_dump([ROLE]))
    return traffic(sandbox, "portal")


def traffic(sandbox: Sandbox, alias: str) -> str:
    """The requests to a portal, in order, such as "GET, POST, GET"."""
    return ", ".join(sent.method for sent in sandbox.control.requests(alias)) or "none"


def put_schedule(portal: Portal) -> None:
    """Create the schedule WANTED on the portal, without the collection."""
    params = [{"key": key, "value": value} for key, value in PARAMS.items()]
    answer = portal.post(
        "backup/createbackupschedule",
        {
            "storageType": WANTED["storage_type"],
            "storageParams": params,
            "cronParams": {"period": "EveryDay", "hour": WANTED["hour"], "day": 0},
            "backupsStored": WANTED["backups_stored"],
            "dump": False,
        },
    )
    if answer.status != 200:
        raise AssertionError(answer.text)


# A Monday afternoon, after the hour of the schedule.
AFTERNOON = "2026-03-02T15:05:00Z"
POLL_S = 15 * 60


def moving(sandbox: Sandbox, block: Block) -> list[str]:
    """The cost of one way to manage a schedule that already matches the desired state.

    This is the number of non-empty lines, of requests, and of backups that the server starts
    because of the run.
    """
    sandbox.portal("portal").delete("backup/deletebackupschedule")
    sandbox.control.clock_at(AFTERNOON)
    _run(sandbox, block)
    # Let the extra run after the first save pass, because it does not count.
    sandbox.control.clock_forward(2 * POLL_S)
    before = backups_started(sandbox)
    sandbox.control.clear_requests()
    _run(sandbox, block)
    sent = Counter(request.method for request in sandbox.control.requests("portal"))
    sandbox.control.clock_forward(2 * POLL_S)
    after = backups_started(sandbox)
    lines = sum(1 for line in block.text.splitlines() if line.strip())
    requests = ", ".join(f"{number} {method}" for method, number in sorted(sent.items()))
    return [str(lines), requests, str(after - before)]


def backups_started(sandbox: Sandbox) -> int:
    """The number of backups that the portal has made."""
    history = sandbox.portal("portal").get("backup/getbackuphistory").response
    return len(history or [])


def _run(sandbox: Sandbox, block: Block) -> None:
    if block.language == "python":
        sandbox.place("schedule.py", block.text)
        sandbox.run("python schedule.py")
    else:
        sandbox.play(block.text)
