# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users as the server returns them."""

from __future__ import annotations

from typing import Any

from .call import Call
from .tenants import Portal, User


def employee(portal: Portal, user_id: str) -> dict[str, Any]:
    """EmployeeDto, for example in createdBy."""
    user = portal.users.get(user_id)
    return {
        "id": user_id,
        "displayName": user.name if user else "Deleted user",
        "avatar": "/static/images/default_user_photo_size_82-82.png",
        "profileUrl": f"/accounts/people/filter?search={user.email}" if user else "",
        "hasAvatar": False,
        "isAnonim": False,
    }


def me(call: Call) -> dict[str, Any]:
    """GET people/@self."""
    user: User = call.user
    return {
        "firstName": user.name,
        "lastName": "",
        "userName": user.name,
        "email": user.email,
        "status": 2 if user.disabled else 1,
        "activationStatus": 1,
        "isAdmin": user.is_admin,
        "isRoomAdmin": user.role == "RoomAdmin",
        "isLDAP": False,
        "listAdminModules": [],
        "isOwner": user.role == "Owner",
        "isVisitor": user.role == "Guest",
        "isCollaborator": user.role == "User",
        "cultureName": "en-US",
        "isSSO": False,
        **employee(call.portal, user.id),
    }
