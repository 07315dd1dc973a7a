# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated server inside the test, without HTTP: control calls and portal calls as bytes."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from simulator import pipeline
from simulator.control import PREFIX, Control
from simulator.envelope import Reply
from simulator.pipeline import Asked
from simulator.world import World

URL = "http://127.0.0.1:1"
ALIAS = "portal-001"
DAILY = {"storageType": 4, "cronParams": {"period": 0, "hour": 2}, "backupsStored": 30}


class Server:
    """One world with its control interface."""

    def __init__(self) -> None:
        self.world = World()
        self._control = Control(self.world, URL)

    def control(self, method: str, path: str, given: Any = None) -> tuple[int, Any]:
        """A control call: status and decoded response."""
        path, _separator, query = path.partition("?")
        body = b"" if given is None else json.dumps(given).encode()
        reply = self._control.answer(method, PREFIX + path, query, body)
        return reply.status, json.loads(reply.body[:])

    def reply(self, method: str, path: str, query: str, body: bytes) -> Reply:
        """The response of the first portal to a call with its own key, as sent over HTTP."""
        self.world.settle()
        portal = self.world.portals[ALIAS]
        key = next(iter(portal.keys))
        asked = Asked(
            portal=portal,
            method=method,
            base=URL,
            path=path,
            query=query,
            headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
            body=body,
            address="127.0.0.1",
        )
        return asyncio.run(pipeline.answer(self.world, asked, []))

    def ask(self, method: str, path: str, given: Any = None) -> tuple[int, Any]:
        """The same for a path below /api/2.0/: status and ``response``."""
        path, _separator, query = path.partition("?")
        body = b"" if given is None else json.dumps(given).encode()
        reply = self.reply(method, "/api/2.0/" + path, query, body)
        return reply.status, json.loads(reply.body[:]).get("response") if reply.body else None

    def at(self, now: str) -> None:
        """Set the clock."""
        assert self.control("POST", "/clock", {"now": now})[0] == 200

    def forward(self, seconds: float) -> None:
        """Advance the clock."""
        assert self.control("POST", "/clock", {"advance_s": seconds})[0] == 200

    def schedule(self, **changes: Any) -> None:
        """Post a daily schedule at two o'clock with these changes."""
        given = {**DAILY, **changes}
        assert self.ask("POST", "backup/createbackupschedule", given) == (200, True)

    def last_run(self) -> str:
        """The lastBackupTime of the schedule."""
        status, row = self.ask("GET", "backup/getbackupschedule")
        assert status == 200
        return str(row["lastBackupTime"])

    def created(self) -> list[str]:
        """The creation times of the backups in the history."""
        return sorted(r["createdOn"] for r in self.ask("GET", "backup/getbackuphistory")[1])
