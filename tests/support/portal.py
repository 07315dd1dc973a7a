# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A portal for tests: its address, its owner, and a way to call its API."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from support.answers import Answer, Http

API = "/api/2.0/"


class Unset:
    """The type of ``UNSET``, which distinguishes "no body" from the JSON value ``null``."""


UNSET = Unset()


@dataclass(frozen=True)
class Owner:
    """The owner of a portal, with the password of the simulated account."""

    email: str
    password: str
    id: str = ""


@dataclass(frozen=True)
class Portal:
    """One simulated portal. ``api_key`` is an unrestricted key of the owner."""

    id: int
    alias: str
    url: str
    api_key: str
    owner: Owner
    http: Http = field(repr=False, compare=False)

    @property
    def bearer(self) -> str:
        """The value of an ``Authorization`` header that the portal accepts."""
        return f"Bearer {self.api_key}"

    def call(
        self,
        method: str,
        path: str,
        json: Any = UNSET,
        *,
        auth: str | None = "",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Call the API, and return the response, whatever its status.

        ``path`` is relative to ``/api/2.0/`` unless it starts with a slash. ``auth`` is the
        ``Authorization`` header: by default the owner's key, and no header for ``None``. ``json``
        becomes the body with its content type, and ``body`` is sent unchanged.
        """
        sent: dict[str, str] = {}
        authorization = self.bearer if auth == "" else auth
        if authorization is not None:
            sent["Authorization"] = authorization
        if not isinstance(json, Unset):
            sent["Content-Type"] = "application/json"
            body = jsonlib.dumps(json).encode()
        sent.update(headers or {})
        where = path if path.startswith("/") else API + path
        return self.http.send(method, self.url + where, headers=sent, body=body)

    def get(self, path: str, **how: Any) -> Answer:
        """``GET``; see ``call``."""
        return self.call("GET", path, **how)

    def post(self, path: str, json: Any = UNSET, **how: Any) -> Answer:
        """``POST``; see ``call``."""
        return self.call("POST", path, json, **how)

    def put(self, path: str, json: Any = UNSET, **how: Any) -> Answer:
        """``PUT``; see ``call``."""
        return self.call("PUT", path, json, **how)

    def delete(self, path: str, json: Any = UNSET, **how: Any) -> Answer:
        """``DELETE``; see ``call``."""
        return self.call("DELETE", path, json, **how)

    def schedule(self, dump: bool = False) -> dict[str, Any] | None:
        """The portal's schedule in the server's notation, or ``None`` if there is none."""
        answer = self.get(f"backup/getbackupschedule?dump={str(dump).lower()}")
        if answer.status != 200:
            raise AssertionError(f"the schedule could not be read: {answer.status} {answer.text}")
        shown: dict[str, Any] | None = answer.response
        return shown
