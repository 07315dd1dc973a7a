# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The response to a request, with checks in the server's order (contract 1, 3.4, 9)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from . import auth, envelope
from .binding import is_json
from .call import Call, Endpoint, Identity
from .envelope import Reply
from .errors import Bare, Invalid, Problem, Thrown
from .profiles import PROFILES, RELEASES, Profile
from .ratelimit import Limiter
from .routes import ROUTER
from .tenants import Portal

if TYPE_CHECKING:
    from .world import World

NEWEST = PROFILES[RELEASES[-1]]
IP_REFUSED = "The access to the portal is restricted"
_GONE, _BUSY = ("RemovePending", "Suspended"), ("Transfering", "Restoring", "Encryption")
_OPEN_ENDS = (
    "preparation-portal",
    "portal",
    "getrestoreprogress",
    "cancelrestore",
    "settings",
    "settings.json",
    "colortheme",
    "colortheme.json",
    "logos",
    "logos.json",
    "build",
    "build.json",
    "@self",
    "@self.json",
    "encryption/progress",
    "rebranding/additional",
    "rebranding/company",
)


@dataclass(slots=True)
class Asked:
    """A request as received. ``base`` is the portal's own address without a trailing slash."""

    portal: Portal | None
    method: str
    base: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    address: str


@dataclass(slots=True)
class _Link:
    href: str
    method: str


async def answer(world: World, asked: Asked, limiters: list[Limiter]) -> Reply:
    """The portal's response to a request."""
    match = ROUTER.match(asked.path)
    profile = asked.portal.profile if asked.portal else NEWEST
    found = match.endpoints.get(asked.method)
    link = _Link(asked.base + match.path + ("?" + asked.query if asked.query else ""), asked.method)
    try:
        if found is None or not _exists(found[0], profile):
            raise _no_route(match.endpoints, profile)
        endpoint, args = found
        who = _authenticate(world, asked, endpoint)
        if not (active := _limiters(asked.portal, limiters)):
            return _perform(world, asked, endpoint, args, who, link)
        # The limiters run between authentication and refusal, so refused calls count too.
        key = who.user.id if isinstance(who, Identity) else asked.address
        sensitive = match.path if endpoint.sensitive else None
        async with AsyncExitStack() as permits:
            for limiter in active:
                permit = limiter.permit(key, asked.method, world.clock.now(), sensitive)
                await permits.enter_async_context(permit)
            return _perform(world, asked, endpoint, args, who, link)
    except Bare as refusal:
        return Reply(refusal.status, headers=refusal.headers)
    except Thrown as error:
        return envelope.exception(error, profile, f"ASC.Api{match.path.replace('/', '.')}")


def _exists(endpoint: Endpoint, profile: Profile) -> bool:
    return endpoint.feature is None or bool(getattr(profile, endpoint.feature))


def _no_route(endpoints: dict[str, tuple[Endpoint, tuple[str, ...]]], profile: Profile) -> Bare:
    verbs = sorted(
        verb for verb, (endpoint, _args) in endpoints.items() if _exists(endpoint, profile)
    )
    return Bare(405, (("Allow", ", ".join(verbs)),)) if verbs else Bare(404)


def _limiters(portal: Portal | None, more: list[Limiter]) -> list[Limiter]:
    return more if portal is None or portal.limiter is None else [portal.limiter, *more]


def _authenticate(world: World, asked: Asked, endpoint: Endpoint) -> Identity | Bare | None:
    """The caller, a refusal, or None for an allowed anonymous caller."""
    headers = asked.headers
    if endpoint.anonymous and (asked.portal is None or not _has_credentials(headers)):
        return None
    try:
        return auth.authenticate(asked.portal, headers, world.clock.now())
    except Bare as refusal:
        return None if endpoint.anonymous else refusal


def _has_credentials(headers: Mapping[str, str]) -> bool:
    return "Authorization" in headers or "Cookie" in headers


def _perform(
    world: World,
    asked: Asked,
    endpoint: Endpoint,
    args: tuple[str, ...],
    identity: Identity | Bare | None,
    link: _Link,
) -> Reply:
    portal = asked.portal
    if isinstance(identity, Bare):
        raise identity
    try:
        if portal is None:
            raise Problem(404)
        _authorize(portal, endpoint, asked.method, identity)
        if (refused := _filters(portal, endpoint, asked, identity)) is not None:
            return refused
        if endpoint.body and not is_json(asked.headers.get("Content-Type")):
            return envelope.unsupported_media(link.href, link.method)
        return _act(world, portal, asked, endpoint, args, identity, link)
    except Problem as refusal:
        return envelope.problem(refusal.status)
    except Invalid as error:
        profile = portal.profile if portal else NEWEST
        return envelope.validation(error.errors, link.href, link.method, profile)


def _authorize(portal: Portal, endpoint: Endpoint, method: str, identity: Identity | None) -> None:
    if endpoint.anonymous or identity is None:
        return
    if not auth.scope_allows(portal.profile, endpoint, method, identity):
        raise Bare(403)


def _filters(
    portal: Portal, endpoint: Endpoint, asked: Asked, identity: Identity | None
) -> Reply | None:
    """The resource filters, in order (contract 9)."""
    if portal.status in _GONE and not (portal.status == "Suspended" and endpoint.suspended):
        raise Problem(404)
    if portal.status in _BUSY and not asked.path.rstrip("/").lower().endswith(_OPEN_ENDS):
        raise Problem(403)
    if not portal.paid and not endpoint.unpaid and not _skips_payment(asked.headers):
        raise Problem(402)
    if portal.allowed_ips is not None and asked.address not in portal.allowed_ips:
        return Reply(403, envelope.to_json(IP_REFUSED), envelope.JSON_TYPE)
    if endpoint.anonymous and portal.profile.anonymous_scope_filter:
        _demand_scope(portal, endpoint, asked, identity)
    return None


def _skips_payment(headers: Mapping[str, str]) -> bool:
    """A Payment-Info header other than true disables the check (contract 9)."""
    info = headers.get("Payment-Info")
    return info is not None and info.strip().lower() != "true"


def _demand_scope(
    portal: Portal, endpoint: Endpoint, asked: Asked, identity: Identity | None
) -> None:
    """Since 3.7, keys are checked on anonymous endpoints too, and invalid ones are refused."""
    if not asked.headers.get("Authorization", "").startswith(auth.KEY_HEADER):
        return
    if identity is None or not auth.scope_allows(portal.profile, endpoint, asked.method, identity):
        raise Problem(403)


def _act(
    world: World,
    portal: Portal,
    asked: Asked,
    endpoint: Endpoint,
    args: tuple[str, ...],
    identity: Identity | None,
    link: _Link,
) -> Reply:
    query: dict[str, list[str]] = {}
    if asked.query:
        for name, value in parse_qsl(asked.query, keep_blank_values=True):
            query.setdefault(name.lower(), []).append(value)
    call = Call(
        world=world,
        portal=portal,
        endpoint=endpoint,
        identity=identity,
        now=world.clock.now(),
        method=asked.method,
        base=asked.base,
        args=args,
        query=query,
        headers=asked.headers,
        body=asked.body,
        address=asked.address,
    )
    result = endpoint.action(call)
    wanted = [
        f
        for name in ("fields", "fields[]")
        for text in query.get(name, [])
        for f in text.split(",")
    ]
    if wanted:
        result = envelope.keep_fields(result, wanted)
    headers = [("Server-Timing", "total;dur=1.0"), *call.answer_headers]
    if portal.profile.supported_versions_header:
        headers.append(("api-supported-versions", "2.0"))
    return envelope.success(result, link.href, link.method, call.total, tuple(headers))
