# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP front end: parses requests, applies faults, sends responses."""

from __future__ import annotations

import asyncio
from email.utils import formatdate

from aiohttp import web

from . import apisystem, downloads, pipeline, wire
from .control import PREFIX as CONTROL_PREFIX
from .control import Control
from .envelope import Reply
from .faults import Action, Rule
from .pipeline import Asked
from .ratelimit import Limiter
from .requestlog import Entry
from .resolve import named_portal, portal_of
from .tenants import Portal
from .world import World

PORTAL_PREFIX, SERVER_PREFIX = "/p/", "/apisystem/"
BODY_LIMIT = 64 * 2**20
_CANNED = b'{"response":true,"count":1,"status":0,"statusCode":200}'


class Front:
    """One listening simulator. ``url`` is set when the port is known."""

    def __init__(self, world: World, latency_s: float = 0.0) -> None:
        self.world = world
        self.latency_s = latency_s
        self.control = Control(world, "")
        self._dated = (-1, "")

    def use_url(self, url: str) -> None:
        """Set the simulator's own address."""
        self.control.url = url
        self.world.use_url(url)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Respond to one request."""
        target = request.raw_path
        if target.startswith(("http://", "https://")):
            # The absolute form is used for a proxy, so the simulator acts as one.
            target = "/" + target.split("/", 3)[3] if target.count("/") > 2 else "/"
        path, _separator, query = target.partition("?")
        if path.startswith(CONTROL_PREFIX):
            body = await request.read()
            reply = self.control.answer(request.method, path, query, body)
            return wire.response(reply, self._date())
        return await self._portal_request(request, path, query)

    async def _portal_request(
        self, request: web.BaseRequest, path: str, query: str
    ) -> web.StreamResponse:
        world = self.world
        now = world.settle()
        portal, inner, prefix = self._locate(request, path, query)
        of_server = inner.startswith(SERVER_PREFIX)
        alias = portal.alias if portal and not of_server else None
        entry = world.log.add(now, alias, request.method, (inner, query), request.raw_headers)
        if request.body_exists:
            entry.body = await request.read()
        asked = Asked(
            portal=portal,
            method=request.method,
            base=f"{request.scheme}://{request.headers.get('Host', '')}{prefix}",
            path=inner,
            query=query,
            headers=request.headers,
            body=entry.body,
            address=request.remote or "",
        )
        rule, limiters = world.faults.match(alias, request.method, inner)
        if rule is None:
            reply = await self._answer(asked, limiters)
            entry.status = reply.status
            return wire.response(reply, self._date())
        return await self._spoiled(request, asked, rule, limiters, entry)

    def _date(self) -> str:
        """The Date of a response, in the server's time."""
        second = int(self.world.clock.now())
        if second != self._dated[0]:
            self._dated = (second, formatdate(second, usegmt=True))
        return self._dated[1]

    def _locate(
        self, request: web.BaseRequest, path: str, query: str
    ) -> tuple[Portal | None, str, str]:
        """The portal, the path within it, and the removed prefix."""
        if path.startswith(SERVER_PREFIX):
            return named_portal(self.world, query, request.headers), path, ""
        if path.startswith(downloads.BUCKETS):
            return None, path, ""
        if not path.startswith(PORTAL_PREFIX):
            return portal_of(self.world, query, request.headers), path, ""
        alias, _separator, rest = path[len(PORTAL_PREFIX) :].partition("/")
        return self.world.portals.get(alias), "/" + rest, PORTAL_PREFIX + alias

    async def _answer(self, asked: Asked, limiters: list[Limiter]) -> Reply:
        if self.latency_s:
            await asyncio.sleep(self.latency_s)
            self.world.settle()
        if asked.path.startswith(SERVER_PREFIX):
            return apisystem.answer(self.world, asked)
        if downloads.serves(asked.path):
            return downloads.answer(self.world, asked)
        return await pipeline.answer(self.world, asked, limiters)

    async def _spoiled(
        self,
        request: web.BaseRequest,
        asked: Asked,
        rule: Rule,
        limiters: list[Limiter],
        entry: Entry,
    ) -> web.StreamResponse:
        action = rule.action
        real: Reply | None = None
        if action.kind == "delay_ms" and not rule.after:
            await asyncio.sleep(action.value / 1000)
        if rule.after or action.kind == "delay_ms" or _harmless(action, asked.method):
            self.world.settle()
            real = await self._answer(asked, limiters)
        if action.kind == "delay_ms" and rule.after:
            await asyncio.sleep(action.value / 1000)
        canned = Reply(200, _CANNED, "application/json; charset=utf-8")
        spoiled = wire.spoil(action, real or canned, self._date())
        entry.status = spoiled.status
        return await spoiled.send(request)


def _harmless(action: Action, method: str) -> bool:
    """Whether to break a real response: the fault needs one, and a read changes nothing."""
    return method == "GET" and action.kind in ("reset", "truncate", "drip_bytes_per_s")
