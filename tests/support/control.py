# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The remote control of the simulated portal (its ``/_simulator`` interface), typed.

Every call raises ``ControlError`` when the simulator refuses it, with the simulator's own words.
Times are UTC and written ``2026-03-01T02:59:00Z``.
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
    """One request that a portal received; credentials are cut to their last four characters."""

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
        """The last part of the path, e.g. ``getbackupschedule``."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class User:
    """A user made for a test; ``token`` is a session token."""

    id: str
    email: str
    password: str
    token: str


class Control:
    """Makes portals, users, keys and folders, moves the clock, injects faults."""

    def __init__(self, url: str, http: Http) -> None:
        self.url = url
        self._http = http

    def call(self, method: str, path: str, body: object = None) -> Any:
        """One control call; returns the decoded answer."""
        data = None if body is None else json.dumps(body).encode()
        headers = {} if data is None else {"Content-Type": "application/json"}
        answer = self._http.send(method, self.url + path, headers=headers, body=data)
        if answer.status != 200:
            raise ControlError(f"{method} {path}: {answer.status} {answer.text[:500]}")
        return answer.json

    # The whole server
    def state(self) -> dict[str, Any]:
        """Everything the simulator knows, for a look while debugging."""
        got: dict[str, Any] = self.call("GET", "/state")
        return got

    def reset(self) -> None:
        """Back to the state at start: portals, clock, faults and the request log."""
        self.call("POST", "/reset", {})

    # Portals and what is in them
    def portal(self, alias: str, **settings: Any) -> Portal:
        """Make a portal. ``settings`` are the simulator's: ``server_version``, ``mode``, ..."""
        got = self.call("POST", "/portals", {"alias": alias, **settings})
        owner = Owner(got["owner"]["email"], got["owner"]["password"], got["owner"]["id"])
        return Portal(got["id"], got["alias"], got["url"], got["api_key"], owner, self._http)

    def change(self, alias: str, **settings: Any) -> None:
        """Change settings of a portal."""
        self.call("PATCH", f"/portals/{alias}", settings)

    def remove(self, alias: str) -> None:
        """Remove a portal with all that is in it."""
        self.call("DELETE", f"/portals/{alias}")

    def user(
        self,
        alias: str,
        email: str,
        role: str = "DocSpaceAdmin",
        password: str = "pa55",
        **more: Any,
    ) -> User:
        """Make a user. ``role``: Owner, DocSpaceAdmin, RoomAdmin, User or Guest."""
        body = {"email": email, "password": password, "role": role, **more}
        got = self.call("POST", f"/portals/{alias}/users", body)
        return User(got["id"], email, password, got["token"])

    def key(self, alias: str, email: str, **limits: Any) -> str:
        """Make an API key that acts as ``email``. Limits: permissions, expires_at, active."""
        key: str = self.call("POST", f"/portals/{alias}/keys", {"email": email, **limits})["key"]
        return key

    def folder(self, alias: str, title: str, kind: str = "room", **more: Any) -> int | str:
        """Make a folder and return its id. More: parent, writable."""
        body = {"title": title, "kind": kind, **more}
        folder_id: int | str = self.call("POST", f"/portals/{alias}/folders", body)["id"]
        return folder_id

    def storage(self, alias: str, module: str, configured: bool = True) -> None:
        """Say whether the portal has credentials for a third-party storage module."""
        body = {"module": module, "configured": configured}
        self.call("POST", f"/portals/{alias}/storages", body)

    # Backups
    def backup(self, alias: str, ended: str, by: str = "hand", **more: Any) -> dict[str, Any]:
        """Put a finished backup into the history; returns its record and ``fileId``."""
        body = {"by": by, "ended": ended, **more}
        made: dict[str, Any] = self.call("POST", f"/portals/{alias}/backups", body)
        return made

    def file(self, alias: str, file_id: int, **content: Any) -> None:
        """Put other content into a file: content_base64, or pureContentLength to make it up."""
        self.call("PATCH", f"/portals/{alias}/files/{file_id}", content)

    def next_backup(self, alias: str, outcome: str = "completed", **more: Any) -> None:
        """Say how the next run of a portal ends. More: seconds, error, warning."""
        self.call("POST", f"/portals/{alias}/next_backup", {"outcome": outcome, **more})

    def restart_worker(self) -> None:
        """Restart the worker: its queue is lost."""
        self.call("POST", "/worker", {"restart": True})

    def place(self, alias: str, name: str, **how: bool) -> None:
        """Take a storage away or bring it back: reachable, mounted."""
        self.call("PATCH", f"/portals/{alias}/storages/{name}", how)

    # Traffic
    def requests(self, alias: str | None = None) -> list[LoggedRequest]:
        """Every portal request since the last clear, oldest first."""
        query = "" if alias is None else "?" + urlencode({"portal": alias})
        return [LoggedRequest(**entry) for entry in self.call("GET", "/requests" + query)]

    def clear_requests(self) -> None:
        """Empty the request log."""
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
        """Spoil the next ``times`` matching requests (0: forever); returns the rule's id.

        With ``after`` the request is performed first and only its answer is spoiled. ``path`` is
        a prefix of the path as the portal sees it.
        """
        chosen = {"portal": portal, "method": method, "path": path}
        rule = {name: value for name, value in chosen.items() if value is not None}
        body = {**rule, "times": times, "after": after, "action": dict(action)}
        return self.call("POST", "/faults", body)["id"]

    def clear_faults(self) -> None:
        """Take every fault rule away."""
        self.call("DELETE", "/faults")

    # Time
    def clock_at(self, now: str) -> None:
        """Set the virtual clock, which continues from there."""
        self.call("POST", "/clock", {"now": now})

    def clock_forward(self, seconds: float) -> None:
        """Let time pass: polls and ends of backups in between happen in order."""
        self.call("POST", "/clock", {"advance_s": seconds})

    def clock_real(self) -> None:
        """Back to the real time."""
        self.call("POST", "/clock", {"real": True})
