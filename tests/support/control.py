# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The remote control of the simulated portal (its ``/_simulator`` interface), typed.

Every call raises ``ControlError`` with the simulator's message if the simulator refuses it. Times
are in UTC and have the form ``2026-03-01T02:59:00Z``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from support.answers import Http
from support.portal import Owner, Portal


class ControlError(AssertionError):
    """The simulator refused a control call."""


@dataclass(frozen=True)
class LoggedRequest:
    """One request that a portal received. Credentials are shortened to their last characters."""

    n: int
    at: str
    portal: str
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: str
    status: int

    @property
    def operation(self) -> str:
        """The last part of the path, such as ``getbackupschedule``."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class User:
    """A user created for a test. ``token`` is a session token."""

    id: str
    email: str
    password: str
    token: str


class Control:
    """Creates portals, users, keys and folders, sets the clock, and injects faults."""

    def __init__(self, url: str, http: Http) -> None:
        self.url = url
        self._http = http

    def call(self, method: str, path: str, body: object = None) -> Any:
        """One control call. Returns the decoded response."""
        data = None if body is None else json.dumps(body).encode()
        headers = {} if data is None else {"Content-Type": "application/json"}
        answer = self._http.send(method, self.url + path, headers=headers, body=data)
        if answer.status != 200:
            raise ControlError(f"{method} {path}: {answer.status} {answer.text[:500]}")
        return answer.json

    # The whole server
    def state(self) -> dict[str, Any]:
        """The complete state of the simulator, for debugging."""
        got: dict[str, Any] = self.call("GET", "/state")
        return got

    def reset(self) -> None:
        """Return to the initial state: portals, clock, faults and the request log."""
        self.call("POST", "/reset", {})

    # Portals and their contents
    def portal(self, alias: str, **settings: Any) -> Portal:
        """Create a portal with settings of the simulator: ``server_version``, ``mode``, ..."""
        got = self.call("POST", "/portals", {"alias": alias, **settings})
        owner = Owner(got["owner"]["email"], got["owner"]["password"], got["owner"]["id"])
        return Portal(got["id"], got["alias"], got["url"], got["api_key"], owner, self._http)

    def change(self, alias: str, **settings: Any) -> None:
        """Change settings of a portal."""
        self.call("PATCH", f"/portals/{alias}", settings)

    def remove(self, alias: str) -> None:
        """Remove a portal and its contents."""
        self.call("DELETE", f"/portals/{alias}")

    def user(
        self,
        alias: str,
        email: str,
        role: str = "DocSpaceAdmin",
        password: str = "pa55",
        **more: Any,
    ) -> User:
        """Create a user. ``role``: Owner, DocSpaceAdmin, RoomAdmin, User or Guest."""
        body = {"email": email, "password": password, "role": role, **more}
        got = self.call("POST", f"/portals/{alias}/users", body)
        return User(got["id"], email, password, got["token"])

    def key(self, alias: str, email: str, **limits: Any) -> str:
        """Create an API key of ``email``. Limits: permissions, expires_at, active."""
        key: str = self.call("POST", f"/portals/{alias}/keys", {"email": email, **limits})["key"]
        return key

    def folder(self, alias: str, title: str, kind: str = "room", **more: Any) -> int | str:
        """Create a folder, and return its ID. More: parent, writable."""
        body = {"title": title, "kind": kind, **more}
        folder_id: int | str = self.call("POST", f"/portals/{alias}/folders", body)["id"]
        return folder_id

    def storage(self, alias: str, module: str, configured: bool = True) -> None:
        """Set whether the portal has credentials for a third-party storage module."""
        body = {"module": module, "configured": configured}
        self.call("POST", f"/portals/{alias}/storages", body)

    # Backups
    def backup(self, alias: str, ended: str, by: str = "hand", **more: Any) -> dict[str, Any]:
        """Add a finished backup to the history. Returns its record and ``fileId``."""
        body = {"by": by, "ended": ended, **more}
        made: dict[str, Any] = self.call("POST", f"/portals/{alias}/backups", body)
        return made

    def file(self, alias: str, file_id: int, **content: Any) -> None:
        """Replace the content of a file: content_base64, or pureContentLength to generate it."""
        self.call("PATCH", f"/portals/{alias}/files/{file_id}", content)

    def next_backup(self, alias: str, outcome: str = "completed", **more: Any) -> None:
        """Set how the next run of a portal ends. More: seconds, error, warning."""
        self.call("POST", f"/portals/{alias}/next_backup", {"outcome": outcome, **more})

    def restart_worker(self) -> None:
        """Restart the worker, which loses its queue."""
        self.call("POST", "/worker", {"restart": True})

    def place(self, alias: str, name: str, **how: bool) -> None:
        """Make a storage unavailable or available: reachable, mounted."""
        self.call("PATCH", f"/portals/{alias}/storages/{name}", how)

    # Traffic
    def requests(self, alias: str | None = None) -> list[LoggedRequest]:
        """Every portal request since the log was cleared, oldest first."""
        query = "" if alias is None else "?" + urlencode({"portal": alias})
        return [LoggedRequest(**entry) for entry in self.call("GET", "/requests" + query)]

    def clear_requests(self) -> None:
        """Clear the request log."""
        self.call("DELETE", "/requests")

    def fault(
        self,
        action: Mapping[str, Any],
        *,
        portal: str | None = None,
        method: str | None = None,
        path: str | None = None,
        times: int = 1,
        after: bool = False,
    ) -> Any:
        """Break the next ``times`` matching requests (0: forever), and return the ID of the rule.

        With ``after``, the request is processed first, and only its response is broken. ``path`` is
        a prefix of the path within the portal.
        """
        chosen = {"portal": portal, "method": method, "path": path}
        rule = {name: value for name, value in chosen.items() if value is not None}
        body = {**rule, "times": times, "after": after, "action": dict(action)}
        return self.call("POST", "/faults", body)["id"]

    def clear_faults(self) -> None:
        """Remove all fault rules."""
        self.call("DELETE", "/faults")

    # Time
    def clock_at(self, now: str) -> None:
        """Set the virtual clock, which continues from there."""
        self.call("POST", "/clock", {"now": now})

    def clock_forward(self, seconds: float) -> None:
        """Advance the clock. Polls and ends of backups in between happen in order."""
        self.call("POST", "/clock", {"advance_s": seconds})

    def clock_real(self) -> None:
        """Return to the real time."""
        self.call("POST", "/clock", {"real": True})
