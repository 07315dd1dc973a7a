# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""API keys in the API (contract 1.2)."""

from __future__ import annotations

import uuid
from typing import Any

from . import times
from .auth import PERMISSIONS
from .binding import Member, boolean, integer, list_of, string
from .call import Call
from .errors import ARGUMENT, ITEM_NOT_FOUND, Bare, Thrown
from .people import employee
from .tenants import ApiKey, Portal

_CREATE = {
    "name": Member("name", string),
    "permissions": Member("permissions", list_of(string, "System.Collections.Generic.List`1")),
    "expiresindays": Member("days", integer(nullable=True)),
}
_UPDATE = {
    "name": Member("name", string),
    "permissions": Member("permissions", list_of(string, "System.Collections.Generic.List`1")),
    "isactive": Member("active", boolean(nullable=True)),
}


def view(portal: Portal, key: ApiKey, *, whole: bool = False) -> dict[str, Any]:
    """ApiKeyResponseDto. Only the response to the creation contains the whole key."""
    shown: dict[str, Any] = {"id": key.id, "name": key.name}
    if whole:
        shown["key"] = key.secret
    shown |= {"keyPostfix": key.secret[-4:], "permissions": key.permissions}
    if key.last_used is not None:
        shown["lastUsed"] = times.api(key.last_used, portal.zone)
    shown["createOn"] = times.api(key.created, portal.zone)
    shown["createBy"] = employee(portal, key.user_id)
    if key.expires is not None:
        shown["expiresAt"] = times.api(key.expires, portal.zone)
    shown["isActive"] = key.active
    return shown


def own(call: Call) -> dict[str, Any]:
    """GET keys/@self, for API keys only."""
    if call.identity is None or call.identity.key is None:
        raise Bare(401)
    return view(call.portal, call.identity.key)


def listing(call: Call) -> list[dict[str, Any]]:
    """GET keys: all keys for administrators, and their own for others."""
    user = call.user
    return [
        view(call.portal, key)
        for key in call.portal.keys.values()
        if user.is_admin or key.user_id == user.id
    ]


def permissions(call: Call) -> list[str]:
    """GET keys/permissions, sorted."""
    return list(PERMISSIONS)


def create(call: Call) -> dict[str, Any]:
    """POST keys: the only response that contains the whole key."""
    wanted = call.members(_CREATE, "ASC.People.ApiModels.RequestDto.CreateApiKeyRequestDto")
    days = wanted["days"]
    key = call.portal.new_key(
        call.user,
        call.now,
        name=wanted["name"] or "",
        permissions=_known(wanted["permissions"]),
        expires=call.now + days * times.DAY_S if days else None,
    )
    return view(call.portal, key, whole=True)


def update(call: Call) -> bool:
    """PUT keys/{id}."""
    wanted = call.members(_UPDATE, "ASC.People.ApiModels.RequestDto.UpdateApiKeyRequest")
    key = _find(call)
    if wanted["name"] is not None:
        key.name = wanted["name"]
    if wanted["permissions"] is not None:
        key.permissions = _known(wanted["permissions"])
    if wanted["active"] is not None:
        key.active = wanted["active"]
    return True


def delete(call: Call) -> bool:
    """DELETE keys/{id}."""
    del call.portal.keys[_find(call).secret]
    return True


def _find(call: Call) -> ApiKey:
    wanted = str(uuid.UUID(call.args[0]))
    for key in call.portal.keys.values():
        if key.id == wanted and (call.user.is_admin or key.user_id == call.user.id):
            return key
    raise Thrown(ITEM_NOT_FOUND, "The required API key was not found")


def _known(names: list[str | None] | None) -> list[str]:
    given = [name or "" for name in names or []]
    if any(name not in PERMISSIONS for name in given):
        raise Thrown(ARGUMENT, "One or more permissions are invalid")
    return given
