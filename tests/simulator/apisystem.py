# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""GET /apisystem/portal/get: the list of portals of a self-hosted server (rooms contract 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from . import auth, times
from .call import Identity
from .envelope import JSON_TYPE, Reply, to_json
from .errors import Bare, Thrown
from .settings import CULTURE
from .tenants import Portal

if TYPE_CHECKING:
    from .pipeline import Asked
    from .world import World

PATH = "/apisystem/portal/get"
HUGE, MANY = 9_223_372_036_854_775_807, 2_147_483_647
_REFUSED = Reply(401, headers=(("WWW-Authenticate", "Basic"),))


def answer(world: World, asked: Asked) -> Reply:
    """The response to any request below /apisystem/."""
    if asked.path.rstrip("/").lower() != PATH:
        return Reply(404)
    if asked.method != "GET":
        return Reply(405, headers=(("Allow", "GET"),))
    home = _home(world, asked)
    if home is None:
        return _REFUSED
    if not home.standalone:
        content = {"error": "error", "message": "Method for server edition only."}
        return Reply(403, to_json(content), JSON_TYPE)
    query = {name.lower(): value for name, value in parse_qsl(asked.query)}
    tenants = [_tenant(p, query) for p in _chosen(world, query)]
    return Reply(200, to_json({"tenants": tenants}), JSON_TYPE)


def _home(world: World, asked: Asked) -> Portal | None:
    """The portal whose administrator sends the request: the named one, or any that matches.

    API keys are not accepted.
    """
    header = asked.headers.get("Authorization", "")
    if header.startswith(auth.KEY_HEADER):
        return None
    for portal in [asked.portal] if asked.portal else list(world.portals.values()):
        try:
            identity: Identity = auth.authenticate(portal, asked.headers, world.clock.now())
        except (Bare, Thrown):
            continue
        if identity.user.is_admin:
            return portal
    return None


def _chosen(world: World, query: dict[str, str]) -> list[Portal]:
    """Active portals by ID: the union of the matches of portalName, tenantId and email."""
    portals = [p for p in world.portals.values() if p.standalone and p.status == "Active"]
    wanted = {name: query[name] for name in ("portalname", "tenantid", "email") if query.get(name)}
    if wanted:
        portals = [
            p
            for p in portals
            if p.alias == wanted.get("portalname")
            or str(p.id) == wanted.get("tenantid")
            or ("email" in wanted and p.user_by_email(wanted["email"]) is not None)
        ]
    return sorted(portals, key=lambda p: p.id)


def _tenant(portal: Portal, query: dict[str, str]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "created": times.plain(portal.created),
        "domain": portal.host,
        "industry": 0,
        "language": CULTURE,
        "name": portal.alias,
        "ownerId": portal.owner_id,
        "portalName": portal.alias,
        "status": portal.status,
        "tenantId": portal.id,
    }
    if portal.profile.tenant_zone_id:
        shown["timeZoneId"] = portal.timezone
    shown["timeZoneName"] = portal.timezone
    shown["customQuota"] = -1
    if query.get("statistics", "").lower() == "true":
        shown |= _statistics(portal)
    return shown


def _statistics(portal: Portal) -> dict[str, Any]:
    roles = [user.role for user in portal.users.values()]
    owner = portal.owner
    rooms = len(portal.tree.rooms(archived=False))
    files = [f for folder in portal.tree.folders.values() for f in folder.files.values()]
    return {
        "quotaUsage": {
            "tenantId": portal.id,
            "tenantAlias": portal.alias,
            "tenantDomain": portal.host,
            "storageSize": HUGE,
            "usedSize": sum(f.size for f in files),
            "maxRoomAdminsCount": MANY,
            "roomAdminCount": sum(
                role in ("Owner", "DocSpaceAdmin", "RoomAdmin") for role in roles
            ),
            "maxUsers": -1,
            "usersCount": len(roles),
            "maxRoomsCount": -1,
            "roomsCount": rooms,
            "maxAIAgentsCount": -1,
            "aiAgentsCount": 0,
        },
        "owner": {"id": owner.id, "email": owner.email, "displayName": owner.name},
        "wizardSettings": {"completed": True},
    }
