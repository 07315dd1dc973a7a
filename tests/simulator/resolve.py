# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which portal a request means (contract 1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from .tenants import Portal

if TYPE_CHECKING:
    from .world import World

_OWN_HOSTS = ("127.0.0.1", "localhost", "::1")


def portal_of(world: World, query: str, headers: Mapping[str, str]) -> Portal | None:
    """The portal that is named, else the first one, if that fits.

    An unknown host reaches the first portal of a server that has only that one. With several
    portals the host must be right; only the simulator's own address still means the first.
    """
    named = named_portal(world, query, headers)
    if named is not None:
        return named
    if len(world.portals) == 1 or _host(query, headers) in _OWN_HOSTS:
        return next((p for p in world.portals.values() if p.standalone), None)
    return None


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
    # The sender is on loopback, which is a known proxy.
    host = headers.get("X-Forwarded-Host") or headers.get("Host", "")
    return urlsplit(f"//{host}").hostname or ""
