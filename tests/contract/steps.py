# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a table row: calls to the portal, and preparations for them.

Strings of a call can contain stored names in braces (``"backup/deletebackup/{copy}"``), and bodies
and expected values can use ``Ref``. Every world starts with the names ``key`` (unrestricted key of
the owner), ``token`` (session token of the owner), ``email``, ``password``, ``basic`` (these two as
Basic credentials), ``owner`` (user ID), ``tenant`` and ``alias``.
"""

from __future__ import annotations

import json as jsonlib
from base64 import b64encode
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPConnection
from typing import Any, Protocol
from urllib.parse import urlsplit

from support.answers import TIMEOUT_S, Answer
from support.control import Control
from support.portal import API, UNSET, Portal, Unset
from support.simulator import Simulator

from contract.notation import Expected
from contract.values import Names, resolve

KEY = "Bearer {key}"


@dataclass
class World:
    """The environment of a row: one portal, the remote control, and the names stored so far."""

    simulator: Simulator
    portal: Portal
    names: Names

    @cached_property
    def control(self) -> Control:
        return self.simulator.control

    @property
    def alias(self) -> str:
        return self.portal.alias

    def fill(self, text: str) -> str:
        """``text`` with the names in braces replaced."""
        return text.format_map(self.names)


class _Names(dict[str, Any]):
    """Names. The session token of the owner is requested when a step first uses it."""

    def __init__(self, portal: Portal) -> None:
        owner = portal.owner
        super().__init__(
            key=portal.api_key,
            email=owner.email,
            password=owner.password,
            owner=owner.id,
            basic=b64encode(f"{owner.email}:{owner.password}".encode()).decode(),
            tenant=portal.id,
            alias=portal.alias,
        )
        self._portal = portal

    def __missing__(self, name: str) -> Any:
        if name != "token":
            raise KeyError(name)
        login = {"userName": self["email"], "password": self["password"]}
        answer = self._portal.post("authentication", login, auth=None)
        self["token"] = answer.response["token"]
        return self["token"]


def new_world(simulator: Simulator, settings: Mapping[str, Any]) -> World:
    """A world around a new portal with these settings."""
    portal = simulator.fresh_portal(**settings)
    return World(simulator, portal, _Names(portal))


class Step(Protocol):
    """One step of a row."""

    def run(self, world: World) -> None:
        """Run the step. Raise ``AssertionError`` if the response is not the expected one."""


@dataclass(frozen=True)
class Call:
    """A request, and its expected response.

    ``path`` is relative to ``/api/2.0/`` unless it starts with a slash. With ``server``, the
    request goes to the server instead of the address of a portal. ``times`` repeats it.
    """

    method: str
    path: str
    expect: Expected
    json: Any = UNSET
    body: bytes | None = None
    auth: str | None = KEY
    headers: Mapping[str, str] = field(default_factory=dict)
    server: bool = False
    times: int = 1

    def run(self, world: World) -> None:
        for _turn in range(self.times):
            answer = self.send(world)
            try:
                self.expect.check(answer, (self.method, self.full_path(world)), world.names)
            except AssertionError as error:
                error.add_note(f"{self.method} {self.full_path(world)}: {answer.body[:2000]!r}")
                raise

    def full_path(self, world: World) -> str:
        path = world.fill(self.path)
        return path if path.startswith("/") else API + path

    def send(self, world: World) -> Answer:
        headers = {name: world.fill(value) for name, value in self.headers.items()}
        if self.auth is not None:
            headers["Authorization"] = world.fill(self.auth)
        body = self.body
        if not isinstance(self.json, Unset):
            headers.setdefault("Content-Type", "application/json")
            body = jsonlib.dumps(resolve(self.json, world.names)).encode()
        base = world.simulator.url if self.server else world.portal.url
        url = base + self.full_path(world)
        return world.simulator.http.send(self.method, url, headers=headers, body=body)


def get(path: str, expect: Expected, **how: Any) -> Call:
    """A GET request."""
    return Call("GET", path, expect, **how)


def post(path: str, json: Any, expect: Expected, **how: Any) -> Call:
    """A POST request with a JSON body."""
    return Call("POST", path, expect, json=json, **how)


def put(path: str, json: Any, expect: Expected, **how: Any) -> Call:
    """A PUT request."""
    return Call("PUT", path, expect, json=json, **how)


def delete(path: str, expect: Expected, json: Any = UNSET, **how: Any) -> Call:
    """A DELETE request."""
    return Call("DELETE", path, expect, json=json, **how)


@dataclass(frozen=True)
class Together:
    """The same request ``times`` times simultaneously. ``check`` examines all responses."""

    call: Call
    times: int
    check: Callable[[list[Answer]], None]

    def run(self, world: World) -> None:
        def send(_turn: int) -> Answer:
            try:
                return self.call.send(world)
            finally:
                world.simulator.http.close()

        with ThreadPoolExecutor(self.times) as pool:
            self.check(list(pool.map(send, range(self.times))))


@dataclass(frozen=True)
class Burst:
    """``times`` consecutive GET requests with the owner's key, all with status 200."""

    path: str
    times: int

    def run(self, world: World) -> None:
        url = urlsplit(world.portal.url)
        headers = {"Authorization": world.portal.bearer}
        with closing(HTTPConnection(url.netloc, timeout=TIMEOUT_S)) as connection:
            for number in range(1, self.times + 1):
                connection.request("GET", f"{url.path}{API}{self.path}", headers=headers)
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200, f"request {number} was answered {answer.status}"


@dataclass(frozen=True)
class Key:
    """An API key called ``name`` of the user with that name, or of the owner."""

    name: str
    of: str | None = None
    limits: Mapping[str, Any] = field(default_factory=dict)

    def run(self, world: World) -> None:
        email = world.names["email"] if self.of is None else world.names[f"{self.of}_email"]
        world.names[self.name] = world.control.key(world.alias, email, **self.limits)


@dataclass(frozen=True)
class User:
    """A user called ``name``.

    Stores ``<name>_id``, ``<name>_email``, ``<name>_password``, ``<name>_token``, and the user's
    key as ``<name>``.
    """

    name: str
    role: str = "DocSpaceAdmin"
    more: Mapping[str, Any] = field(default_factory=dict)
    key: bool = True

    def run(self, world: World) -> None:
        email = f"{self.name}@{world.alias}.example.com"
        user = world.control.user(world.alias, email, self.role, **self.more)
        if self.key:
            world.names[self.name] = world.control.key(world.alias, email)
        world.names[f"{self.name}_email"] = email
        world.names[f"{self.name}_password"] = user.password
        world.names[f"{self.name}_token"] = user.token
        world.names[f"{self.name}_id"] = user.id


@dataclass(frozen=True)
class Folder:
    """A folder called ``name``. Its number is stored as a string, like in storageParams."""

    name: str
    kind: str = "room"
    more: Mapping[str, Any] = field(default_factory=dict)

    def run(self, world: World) -> None:
        more = resolve(dict(self.more), world.names)
        made = world.control.folder(world.alias, self.name, self.kind, **more)
        world.names[self.name] = str(made)


@dataclass(frozen=True)
class Storage:
    """Credentials of a third-party storage module."""

    module: str
    configured: bool = True

    def run(self, world: World) -> None:
        world.control.storage(world.alias, self.module, self.configured)


@dataclass(frozen=True)
class Change:
    """Change settings of the portal."""

    settings: Mapping[str, Any]

    def run(self, world: World) -> None:
        world.control.change(world.alias, **self.settings)


@dataclass(frozen=True)
class Clock:
    """Set the clock (UTC)."""

    now: str

    def run(self, world: World) -> None:
        world.control.clock_at(self.now)


@dataclass(frozen=True)
class Forward:
    """Advance the clock by some seconds."""

    seconds: float

    def run(self, world: World) -> None:
        world.control.clock_forward(self.seconds)


@dataclass(frozen=True)
class Fault:
    """Break responses of the portal."""

    action: Mapping[str, Any]
    how: Mapping[str, Any] = field(default_factory=dict)

    def run(self, world: World) -> None:
        world.control.fault(self.action, portal=world.alias, **self.how)


@dataclass(frozen=True)
class Wait:
    """Repeat until the response is as expected, at most ``limit`` times."""

    call: Call
    limit: int = 50
    seconds: float = 1

    def run(self, world: World) -> None:
        for _turn in range(self.limit):
            try:
                self.call.run(world)
            except AssertionError:
                world.control.clock_forward(self.seconds)
            else:
                return
        self.call.run(world)
