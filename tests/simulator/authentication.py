# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""POST authentication: session tokens and the login throttle (contract 1.3)."""

from __future__ import annotations

from typing import Any

from . import times
from .binding import Member, boolean, string
from .call import Call
from .errors import AUTHENTICATION, BRUTE_FORCE, INVALID_OPERATION, Thrown

ATTEMPTS, WINDOW_S = 5, 60
_REQUEST = {
    "username": Member("email", string),
    "password": Member("password", string),
    "passwordhash": Member("hash", string),
    "session": Member("session", boolean(), False),
}


class Throttle:
    """Failed attempts per portal, login and address. More than five in a minute are blocked."""

    def __init__(self) -> None:
        self._failures: dict[tuple[str, str, str], list[float]] = {}

    def demand_open(self, who: tuple[str, str, str], now: float) -> None:
        """Refuse with 403 while the block lasts."""
        recent = [t for t in self._failures.get(who, []) if now - WINDOW_S < t <= now]
        self._failures[who] = recent
        if len(recent) >= ATTEMPTS:
            raise Thrown(BRUTE_FORCE, "Too many login attempts. Please try again later")

    def failed(self, who: tuple[str, str, str], now: float) -> None:
        """Record a failed attempt."""
        self._failures.setdefault(who, []).append(now)


def log_in(call: Call) -> dict[str, Any]:
    """Return a session token as ``token`` and as a cookie."""
    wanted = call.members(_REQUEST, "ASC.Web.Api.ApiModel.RequestsDto.AuthRequestsDto")
    email = wanted["email"] or ""
    who = (call.portal.alias, email.lower(), call.address)
    call.world.throttle.demand_open(who, call.now)
    user = call.portal.user_by_email(email) if email else None
    if user is None or user.password != wanted["password"]:
        call.world.throttle.failed(who, call.now)
        raise Thrown(AUTHENTICATION, "User authentication failed")
    if user.disabled:
        raise Thrown(INVALID_OPERATION, "User disabled")
    if user.tfa:
        return {
            "expires": times.NEVER,
            "sms": False,
            "tfa": True,
            "confirmUrl": f"{call.base}/confirm/TfaAuth?type=TfaAuth&uid={user.id}",
        }
    token = call.portal.new_session(user, call.now)
    call.answer_headers.append(
        ("Set-Cookie", f"asc_auth_key={token}; path=/; samesite=strict; httponly")
    )
    expires = call.portal.sessions[token].expires
    shown = times.NEVER if wanted["session"] else times.precise(expires)
    return {"token": token, "expires": shown, "sms": False, "tfa": False}
