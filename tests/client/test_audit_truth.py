# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever happens to a portal, the audit agrees with what the simulator knows of its backups.

Random histories from seeds, in this process: schedules saved and deleted, runs that succeed, fail
or are interrupted, deleted rooms, plans that are unpaid for a while, manual backups, and clocks.
The truth is computed from the state of the simulator, with the simulator's rule for schedules.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email.utils import formatdate
from typing import Any

import pytest
from simulator import scheduler, times
from simulator.tenants import Portal
from simulator.vault import DATA_STORE, DOCUMENTS, Schedule
from simulator_units.simulated_server import ALIAS, URL, Server

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_audit_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit import task
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import Answer
from client.support_runs import client_maker

MINUTE, HOUR, DAY = 60, 3600, 86400
# The grace period of these audits, plus the interval of the scheduler.
LATE_S = 6 * HOUR + 15 * MINUTE
START = datetime(2026, 1, 5, tzinfo=timezone.utc)
HISTORIES = 50

SETTINGS: dict[str, list[Any]] = {
    "server_version": ["3.1.0", "3.2.1", "3.5.0", "3.6.1", "3.7.2", "3.7.2"],
    "mode": ["standalone", "saas"],
    "timezone": ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"],
    "audit": [True, True, False],
    "free_backups": [1000],
}


class InThisProcess:
    """A client transport without a network: it returns the responses of a simulated server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.requests = 0

    def send(self, method: str, url: str, body: bytes | None = None) -> Answer:
        assert method == "GET"
        self.requests += 1
        path, _separator, query = url.removeprefix(f"{URL}/p/{ALIAS}").partition("?")
        reply = self._server.reply(method, path, query, body or b"")
        date = formatdate(int(self._server.world.clock.now()), usegmt=True)
        return Answer(reply.status, {"Date": date}, reply.body[:])

    def close(self) -> None:
        """Do nothing, because nothing is open."""


class History:
    """A portal and the events that affect it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same in every run
        self.server = Server()
        self.server.at((START + timedelta(minutes=self.random.randrange(525600))).isoformat())
        self.settings = {name: self.random.choice(some) for name, some in SETTINGS.items()}
        assert self.server.control("PATCH", f"/portals/{ALIAS}", self.settings)[0] == 200
        self.portal: Portal = self.server.world.portals[ALIAS]
        self.folders: list[str] = []

    def go_on(self) -> None:
        """Cause an event, and let some time pass."""
        happens: Callable[[], None] = self.random.choice(
            [self.save, self.save, self.delete, self.by_hand, self.bad_run, self.bad_run]
            + [self.restart, self.pause, self.lose_folder]
            + [self.wait] * 5
        )
        happens()

    def wait(self) -> None:
        unit = self.random.choice([MINUTE, HOUR, HOUR, DAY])
        self.server.forward(self.random.uniform(0, 40) * unit)

    def save(self) -> None:
        period = self.random.choice([0, 0, 0, 1, 2])
        cron = {
            "period": period,
            "hour": self.random.randrange(24),
            "day": self.random.randint(1, (1, 7, 31)[period]),
        }
        given: dict[str, Any] = {"cronParams": cron, "backupsStored": 7, "storageType": DATA_STORE}
        if self.random.random() < 0.5:
            given["storageType"] = DOCUMENTS
            given["storageParams"] = [{"key": "folderId", "value": self.folder()}]
        assert self.server.ask("POST", "backup/createbackupschedule", given)[0] == 200

    def folder(self) -> str:
        room = {"title": "Backups", "kind": "room"}
        status, made = self.server.control("POST", f"/portals/{ALIAS}/folders", room)
        assert status == 200
        self.folders.append(str(made["id"]))
        return self.folders[-1]

    def delete(self) -> None:
        if self.random.random() < 0.5:
            assert self.server.ask("DELETE", "backup/deletebackupschedule")[0] == 200

    def by_hand(self) -> None:
        assert self.server.ask("POST", "backup/startbackup", {"storageType": "4"})[0] == 200
        self.server.forward(self.random.choice([1, MINUTE]))

    def bad_run(self) -> None:
        outcome = self.random.choice(["failed", "failed", "incomplete"])
        wanted = {"outcome": outcome, "seconds": self.random.choice([2, 2 * HOUR])}
        status, _answer = self.server.control("POST", f"/portals/{ALIAS}/next_backup", wanted)
        assert status == 200

    def restart(self) -> None:
        assert self.server.control("POST", "/worker", {"restart": True})[0] == 200

    def pause(self) -> None:
        """Leave the plan unpaid for some days, in which no scheduled backup runs."""
        self.server.control("PATCH", f"/portals/{ALIAS}", {"paid": False})
        self.server.forward(self.random.uniform(0, 10) * DAY)
        self.server.control("PATCH", f"/portals/{ALIAS}", {"paid": True})

    def lose_folder(self) -> None:
        if self.folders:
            room = self.folders.pop()
            self.server.ask("DELETE", f"files/rooms/{room}", {"deleteAfter": False})
            self.server.forward(MINUTE)


def audited(history: History) -> tuple[dict[str, Any], int]:
    """The result of the module, and its number of requests."""
    options = {name: entry.get("default") for name, entry in backup_audit_spec().items()}
    options |= {"api_host": f"{URL}/p/{ALIAS}", "api_key": "sk-0", "ignore": ["inside_only"]}
    transport = InThisProcess(history.server)
    result = task.run(options, True, client_maker(transport=transport))
    return result, transport.requests


class Truth:
    """What the simulator currently knows about the backups of its portal."""

    def __init__(self, history: History) -> None:
        self.portal = history.portal
        self.now = history.server.world.clock.now()
        self.vault = self.portal.vault
        self.row: Schedule | None = self.vault.schedule
        self.ends = sorted(record.created for record in self.vault.records)
        self.deadline = self.now - LATE_S

    def ended_since(self, moment: float | None) -> bool:
        return moment is None or any(end >= moment for end in self.ends)

    def slot(self) -> float | None:
        """The last time before the deadline at which the schedule is due by the server's rule."""
        assert self.row is not None
        found = None
        local = times.local(self.deadline - 70 * DAY, self.portal.zone)
        if self.row.last is not None and self.row.last <= self.deadline:
            local = times.local(self.row.last, self.portal.zone)
        while True:
            local = self.row.cron.next_after(local)
            moment = local.replace(tzinfo=self.portal.zone).timestamp()
            if moment > self.deadline:
                return found
            found = moment

    def due(self) -> float | None:
        """The time since which there must be a backup, if the schedule is old enough."""
        row = self.row
        if row is None or row.last is None or row.last > self.deadline:
            return None
        return max(row.last, self.slot() or 0)

    @property
    def overdue(self) -> bool:
        due = self.due()
        return due is not None and not self.ended_since(due)

    @property
    def never_ran(self) -> bool:
        return self.row is not None and self.row.last is None and not self.ends

    @property
    def never_starts(self) -> bool:
        """Whether the scheduler would start nothing at any full hour of the next 70 days."""
        row = self.row
        if row is None or row.last is not None:
            return False
        hour = self.now // HOUR * HOUR
        hours = (hour + n * HOUR for n in range(1, 70 * 24))
        return not any(scheduler.is_due(row, self.portal.zone, moment) for moment in hours)

    def failing(self, read: list[str]) -> bool:
        """Whether the last run failed, and was neither recent nor canceled."""
        item = self.vault.current_backup(self.now)
        if item is not None:
            return bool(item.error) and "progress" in read
        last = self.row.last if self.row else None
        return last is not None and last < self.now - 2 * MINUTE and not self.ended_since(last)

    @property
    def folder_lost(self) -> bool:
        row = self.row
        if row is None or row.storage_type != DOCUMENTS:
            return False
        return self.portal.tree.find(row.path or "") is None

    @property
    def in_doubt(self) -> bool:
        """Whether the schedule may be too new to require a backup already.

        A success that is still in the queue is enough evidence if the server does not count
        backups.
        """
        if self.row is None or self.ended_since(self.due() or self.slot()):
            return False
        item = self.vault.current_backup(self.now)
        shown = item is not None and not item.under_way and not item.error
        counts = self.portal.profile.backup_counts
        return counts or self.row.last is not None or not shown

    def incomplete(self, read: list[str]) -> bool:
        if "progress" not in read:
            return False
        item = self.vault.current_backup(self.now)
        warns = self.portal.profile.progress_warning
        return bool(item and not item.under_way and item.warning and not item.error and warns)

    def verdict(self, read: list[str]) -> str:
        """Return the verdict. The end of the queued item counts only if `read` includes it."""
        critical = (self.never_ran, self.never_starts, self.overdue, self.folder_lost)
        if self.row is None or any(critical) or self.failing(read):
            return "unprotected"
        expires = self.row.storage_type == DATA_STORE
        skips = self.row.cron.period == 2 and self.row.cron.day > 28
        doubts = self.in_doubt or self.incomplete(read) or expires or skips
        return "at_risk" if doubts else "protected"


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_the_verdict_is_the_truth(seed: int) -> None:
    history = History(seed)
    for _event in range(12):
        history.go_on()
        result, requests = audited(history)
        truth = Truth(history)
        names = {found["name"] for found in result["findings"]}
        read = result["facts"]["read"]
        told = f"{history.settings} {result}"

        assert requests == len(read) <= 5, told
        # Every finding is true, and no finding claims anything that the audit cannot know.
        assert "overdue" not in names or truth.overdue, told
        assert "never_ran" not in names or truth.never_ran or truth.never_starts, told
        assert "failing" not in names or truth.failing(["progress"]), told
        assert ("target" in names) <= truth.folder_lost, told
        assert ("no_schedule" in names) == (truth.row is None), told
        if "unproven" in names and not truth.portal.profile.backup_counts:
            assert result["verdict"] == "at_risk", told
        else:
            assert result["verdict"] == truth.verdict(read), told
            assert "unproven" not in names or truth.in_doubt, told
