# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request to a portal, as the endpoints receive it, and the table entry of an endpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .binding import Member, body_text, read_body
from .errors import AUTHORIZING, Bare, Thrown
from .profiles import Profile
from .tenants import ApiKey, Portal, User
from .vault import Vault

if TYPE_CHECKING:
    from .world import World


@dataclass(slots=True)
class Identity:
    """The caller: a user, and the API key if one was used."""

    user: User
    key: ApiKey | None = None


@dataclass(slots=True)
class Call:
    """A request that has passed authentication and the filters."""

    world: World
    portal: Portal
    endpoint: Endpoint
    identity: Identity | None
    now: float
    method: str
    base: str
    args: tuple[str, ...]
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    address: str
    total: int | None = None
    answer_headers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def profile(self) -> Profile:
        """The release of the portal."""
        return self.portal.profile

    @property
    def user(self) -> User:
        """The caller. Anonymous callers get a 401."""
        if self.identity is None:
            raise Bare(401)
        return self.identity.user

    def demand_admin(self) -> None:
        """Require the right "Edit Portal Settings" (contract 1.4)."""
        user = self.user
        if user.is_admin:
            return
        text = "Access denied"
        if self.profile.authorizing_names_user:
            text = f'"{user.name}" access denied for the action "EditPortalSettings"'
        raise Thrown(AUTHORIZING, text)

    def first(self, name: str) -> str | None:
        """The first query parameter with this name, in any case."""
        values = self.query.get(name.lower())
        return values[0] if values else None

    def members(self, members: Mapping[str, Member], dto: str = "request") -> dict[str, Any]:
        """The body, bound. Raises Invalid."""
        text = body_text(self.body, self.headers.get("Content-Type", ""))
        return read_body(text, members, dto)

    def vault(self, dump: bool) -> Vault:
        """The tenant's backups, or the whole server's if the release separates them."""
        if dump and self.profile.dump_row_of_server:
            return self.world.server_vault
        return self.portal.vault


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A row of the routing table.

    ``scope``: the group of API key scopes that allows it, or None for any valid key. ``feature``:
    the topic of the profile that must be set for it to exist.
    """

    method: str
    path: str
    action: Callable[[Call], Any]
    scope: str | None = "global"
    anonymous: bool = False
    unpaid: bool = False
    suspended: bool = False
    body: bool = False
    sensitive: bool = False
    feature: str | None = None
