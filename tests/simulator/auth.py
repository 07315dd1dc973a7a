# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Authentication: the scheme of a header, and the scopes of API keys (contract 1.1-1.4)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from .call import Endpoint, Identity
from .errors import GENERAL, Bare, Thrown
from .profiles import Profile
from .tenants import Portal, Session, User

COOKIE = "asc_auth_key"
BASIC, BEARER, KEY_HEADER = "Basic ", "Bearer ", "Bearer sk-"
JWT_PARTS = 3
_CLEAR = ("Set-Cookie", f"{COOKIE}=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/")
_ASK_BASIC = ("WWW-Authenticate", "Basic")
_EVERYTHING = "*:write"
# Scope groups of endpoints in addition to the global ones (contract 1.2).
LOCAL_GROUPS = ("files", "rooms", "accounts", "accounts.self")
PERMISSIONS = tuple(
    sorted(
        ["*", "*:read", "*:write"]
        + [f"{group}:{right}" for group in LOCAL_GROUPS for right in ("read", "write")]
    )
)


def authenticate(portal: Portal | None, headers: Mapping[str, str], now: float) -> Identity:
    """The caller. Raises Bare(401), or the server's 500 for a key of an unknown portal."""
    header = headers.get("Authorization", "")
    if header.startswith(BASIC):
        return _basic(portal, header)
    if header.startswith(BEARER) and header.count(".") == JWT_PARTS - 1:
        raise Bare(401)
    if header.startswith(KEY_HEADER) and (portal is None or portal.profile.api_keys):
        return _api_key(portal, header, now)
    return _session(portal, headers, header, now)


def _basic(portal: Portal | None, header: str) -> Identity:
    refused = Bare(401, (_ASK_BASIC,))
    try:
        text = base64.b64decode(header[len(BASIC) :], validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise refused from None
    email, _separator, password = text.partition(":")
    user = portal.user_by_email(email) if portal else None
    if user is None or user.password != password or user.disabled:
        raise refused
    return Identity(user)


def _api_key(portal: Portal | None, header: str, now: float) -> Identity:
    if portal is None:
        raise Thrown(GENERAL, "Could not resolve current tenant :-(.")
    key = portal.keys.get(header[len(BEARER) :])
    user = portal.users.get(key.user_id) if key and key.valid_at(now) else None
    if key is None or user is None or user.disabled:
        raise Bare(401)
    key.last_used = now
    return Identity(user, key)


def _session(
    portal: Portal | None, headers: Mapping[str, str], header: str, now: float
) -> Identity:
    """The cookie takes precedence over a valid header (contract 1.1)."""
    cookie = _cookie(headers.get("Cookie", ""))
    token = cookie or header.removeprefix(BEARER)
    user = session_user(portal, token, now) if portal else None
    if user is None:
        raise Bare(401, (_CLEAR,) if cookie else ())
    return Identity(user)


def session_user(portal: Portal, token: str, now: float) -> User | None:
    """The user of a session token of this portal."""
    session: Session | None = portal.sessions.get(token)
    user = portal.users.get(session.user_id) if session and now < session.expires else None
    return None if user is None or user.disabled else user


def _cookie(header: str) -> str:
    for part in header.split(";"):
        name, _separator, value = part.strip().partition("=")
        if name == COOKIE:
            return value
    return ""


def claims(permissions: list[str]) -> frozenset[str]:
    """The scopes of a key. No scopes, or ``*``, means everything."""
    if not permissions or "*" in permissions:
        return frozenset((_EVERYTHING,))
    return frozenset(permissions)


def scope_allows(profile: Profile, endpoint: Endpoint, method: str, identity: Identity) -> bool:
    """Whether the key's scopes allow an endpoint. Other logins have no scopes."""
    if identity.key is None or endpoint.scope is None or profile.scope_rule == "none":
        return True
    has = claims(identity.key.permissions)
    local = endpoint.scope if endpoint.scope in LOCAL_GROUPS else None
    rights = ("read", "write") if method == "GET" else ("write",)
    if profile.scope_rule == "any":
        groups = ("*", local) if local else ("*",)
        return any(f"{group}:{right}" in has for group in groups for right in rights)
    if local is None or _EVERYTHING in has:
        return True
    # 3.1 requires every scope that the endpoint lists (rooms contract 1.5).
    listed = ("read",) if method == "GET" else ("read", "write")
    return all(f"{local}:{right}" in has for right in listed)
