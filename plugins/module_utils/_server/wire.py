# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The facts, names, and addresses of the portals of a self-hosted server. Pure.

A portal is a dictionary of plain values, so that an inventory can store it in any cache.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import (
    mapping,
    of_type,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import visible
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import (
    utc_text,
    utc_time,
)

Facts = dict[str, Any]

# The domain of a portal on a server without a base domain (contract-rooms 7).
_NO_DOMAIN = "localhost"

_HOST_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?")
_DOMAIN = re.compile(r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?P<port>:\d{1,5})?")

_QUOTA = {
    "storage_size": "storageSize",
    "used_size": "usedSize",
    "users": "usersCount",
    "max_users": "maxUsers",
    "room_admins": "roomAdminCount",
    "max_room_admins": "maxRoomAdminsCount",
    "rooms": "roomsCount",
    "max_rooms": "maxRoomsCount",
}


def portals_from_wire(answer: Any) -> list[Facts]:
    """Return the portals in a response of portal/get. Raise ValueError if it is not valid."""
    if not isinstance(answer, dict) or not isinstance(answer.get("tenants"), list):
        raise ValueError("the response is not a list of portals")
    return [_portal(tenant) for tenant in answer["tenants"]]


def _portal(tenant: Any) -> Facts:
    if not isinstance(tenant, dict) or not isinstance(tenant.get("portalName"), str):
        raise ValueError("a portal in the response has no name")
    owner = mapping(tenant.get("owner"))
    quota = mapping(tenant.get("quotaUsage"))
    facts: Facts = {
        "alias": tenant["portalName"],
        "tenant_id": of_type(tenant.get("tenantId"), int),
        "name": of_type(tenant.get("name"), str),
        "domain": of_type(tenant.get("domain"), str),
        "mapped_domain": of_type(tenant.get("mappedDomain"), str),
        "status": of_type(tenant.get("status"), str),
        "created": _time(tenant.get("created")),
        "timezone": of_type(tenant.get("timeZoneId"), str),
        "language": of_type(tenant.get("language"), str),
        "owner_id": of_type(tenant.get("ownerId"), str),
        "owner_email": of_type(owner.get("email"), str),
        "owner_name": of_type(owner.get("displayName"), str),
        "quota": {ours: of_type(quota.get(theirs), int) for ours, theirs in _QUOTA.items()}
        if quota
        else None,
    }
    # The owner of a portal chooses some of its facts, and Ansible prints them.
    shown: Facts = visible(facts)
    return shown


def host_name(portal: Mapping[str, Any], server: str, by: str) -> str:
    """Return the name of the portal in an inventory, its "alias" or its "domain" according to `by`.

    A portal without its own name gets the host name in `server`, the address of the request. Return
    "" if the name is not valid in an inventory.
    """
    name = portal[by] or ""
    if name in ("", _NO_DOMAIN):
        name = urlsplit(server).hostname or ""
    return name if _HOST_NAME.fullmatch(name) else ""


def portal_address(
    portal: Mapping[str, Any], server: str, scheme: str | None, port: int | None
) -> str:
    """Return the address of the portal, or "" if its domain is not valid.

    If `scheme` or `port` is None, use the one in `server`, the address of the request. Keep a port
    that is part of the domain.
    """
    domain = portal["domain"] or _NO_DOMAIN
    if domain == _NO_DOMAIN:
        return server
    named = _DOMAIN.fullmatch(domain)
    if not named:
        return ""
    parts = urlsplit(server)
    if port is None and scheme in (None, parts.scheme):
        port = parts.port
    colon_port = named["port"] or (f":{port}" if port else "")
    return f"{scheme or parts.scheme}://{named['host']}{colon_port}{parts.path}"


def _time(value: Any) -> str | None:
    """Return a time of the server in UTC, or None if it is not valid."""
    try:
        moment = utc_time(value, "created")
    except ValueError:
        return None
    return utc_text(moment)
