# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of docspace_backup on simulated portals whose time passes while the task waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from support.control import Control
from support.portal import Portal

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_info_spec,
    backup_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup import info, task
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from client.support_runs import Outcome

START_OF_TIME = "2026-03-10T12:00:00Z"

PROGRESS, HISTORY, START = "GET getbackupprogress", "GET getbackuphistory", "POST startbackup"
WALLET, QUOTA, COUNT = "GET getservicestate", "GET quota", "GET getbackupscount"
SCHEDULE, CANCEL = "GET getbackupschedule", "POST cancelbackup"

Make = Callable[..., Client]


@dataclass
class PassingTime:
    """A stand-in for `sleep` that advances the clock of the simulator instead.

    `at` maps numbers of seconds to actions that happen after this time.
    """

    control: Control
    passed: float = 0.0
    at: dict[float, Callable[[], object]] = field(default_factory=dict)

    def sleep(self, seconds: float) -> None:
        self.control.clock_forward(seconds)
        self.passed += seconds
        for due in sorted(moment for moment in self.at if moment <= self.passed):
            self.at.pop(due)()

    def clock(self) -> float:
        return self.passed

    def client_maker(self, **how: Any) -> Make:
        """The argument `make_client` of `run`."""
        return partial(Client, sleep=self.sleep, clock=self.clock, jitter=lambda: 0.5, **how)


def options(portal: Portal, **own: Any) -> dict[str, Any]:
    """All options of docspace_backup, with defaults for those that are not given."""
    defaults = {name: entry.get("default") for name, entry in backup_spec().items()}
    assert not own.keys() - defaults.keys()
    return {**defaults, "api_host": portal.url, "api_key": portal.api_key, **own}


def run(
    portal: Portal,
    time: PassingTime,
    *,
    check_mode: bool = False,
    make: Make | None = None,
    **own: Any,
) -> Outcome:
    """Run the module code. Any exception except DocSpaceError breaks the test."""
    try:
        asked = options(portal, **own)
        return Outcome(task.run(asked, check_mode, make or time.client_maker()), None)
    except DocSpaceError as error:
        return Outcome(None, error)


def read(portal: Portal, *gather: str, **own: Any) -> dict[str, Any]:
    """The result of docspace_backup_info."""
    defaults = {name: entry.get("default") for name, entry in backup_info_spec().items()}
    asked = {**defaults, "api_host": portal.url, "api_key": portal.api_key, **own}
    return info.run({**asked, "gather": list(gather)}, False)


def succeeded(outcome: Outcome) -> dict[str, Any]:
    """The result of a successful run."""
    assert outcome.error is None, outcome.text
    assert outcome.result is not None
    return outcome.result


def failed(outcome: Outcome, kind: str) -> dict[str, Any]:
    """Return the result of a run that failed with this kind and a message of one line."""
    assert outcome.error is not None, outcome.text
    shown = outcome.error.as_result()
    assert shown["error"]["kind"] == kind, shown
    assert "\n" not in shown["msg"]
    return shown


def seen(control: Control, portal: Portal) -> list[str]:
    """The requests since the last call. Consecutive polls count once."""
    requests = [f"{r.method} {r.operation}" for r in control.requests(portal.alias)]
    control.clear_requests()
    return [
        one
        for before, one in zip([""] + requests, requests, strict=False)
        if one != PROGRESS or before != PROGRESS
    ]


def backups(portal: Portal) -> list[dict[str, Any]]:
    """The history, as the server sends it."""
    answer = portal.get("backup/getbackuphistory")
    assert answer.status == 200, answer.text
    listed: list[dict[str, Any]] = answer.response
    return listed


def start(portal: Portal, folder: int | str) -> str:
    """Start a backup as another user, and return its ID."""
    params = [{"key": "folderId", "value": str(folder)}]
    answer = portal.post("backup/startbackup", {"storageType": "0", "storageParams": params})
    assert answer.status == 200, answer.text
    task_id: str = answer.response["taskId"]
    return task_id
