# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal that a request is for (contract 1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from .tenants import BASE_DOMAIN, STATUSES, Portal

if TYPE_CHECKING:
    from .world import World


def portal_of(world: World, query: str, headers: Mapping[str, str]) -> Portal | None:
    """The named portal, or else the first one that is not suspended.

    A host outside of the base domain, such as the simulator's own address, stands for the first
    portal of a self-hosted server. There is no portal for an unknown host below the base domain.
    """
    named = named_portal(world, query, headers)
    if named is not None or _host(query, headers).endswith(f".{BASE_DOMAIN}"):
        return named
    open_ones = (p for p in world.portals.values() if p.standalone and p.status != "Suspended")
    return min(open_ones, key=lambda p: (STATUSES[p.status], p.id), default=None)


def named_portal(world: World, query: str, headers: Mapping[str, str]) -> Portal | None:
    """By Origin for self-hosted portals, then by host, then by Origin."""
    by_host = {portal.host: portal for portal in world.portals.values()}
    origin = by_host.get(urlsplit(headers.get("Origin", "")).hostname or "")
    if origin is not None and origin.standalone:
        return origin
    host = _host(query, headers)
    return by_host.get(host, origin)


def _host(query: str, headers: Mapping[str, str]) -> str:
    if "origin=" in query.lower():
        for name, values in parse_qs(query).items():
            if name.lower() == "origin":
                return urlsplit(values[0]).hostname or ""
    # The sender is on loopback, which counts as a known proxy.
    host = headers.get("X-Forwarded-Host") or headers.get("Host", "")
    return urlsplit(f"//{host}").hostname or ""
