# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Portals, users, sessions and API keys."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from . import times
from .files import Tree
from .places import CONSUMERS, Place, all_reachable
from .profiles import Profile, profile_of
from .ratelimit import Limiter
from .vault import Ending, Vault

STATUSES = {
    "Active": 0,
    "Suspended": 1,
    "RemovePending": 2,
    "Transfering": 3,
    "Restoring": 4,
    "Migrating": 5,
    "Encryption": 6,
}
MODES = ("standalone", "saas")
ROLES = ("Owner", "DocSpaceAdmin", "RoomAdmin", "User", "Guest")
BASE_DOMAIN = "docspace.test"
ZERO_GUID = "00000000-0000-0000-0000-000000000000"
SESSION_LIFE_S = 365 * times.DAY_S
PLAN_FREE_BACKUPS = 2


@dataclass(slots=True, eq=False)
class User:
    """A member of a portal. ``tfa`` requires a second factor for logins."""

    id: str
    email: str
    password: str
    role: str
    disabled: bool = False
    tfa: bool = False

    @property
    def is_admin(self) -> bool:
        """Whether the user may edit portal settings: DocSpace admin or owner (contract 1.4)."""
        return self.role in ("Owner", "DocSpaceAdmin")

    @property
    def name(self) -> str:
        """The part of the email address before the @, as user name and display name."""
        return self.email.partition("@")[0]


@dataclass(slots=True, eq=False)
class ApiKey:
    """An API key. ``secret`` is the whole key, which the server shows only once."""

    id: str
    secret: str
    user_id: str
    name: str
    permissions: list[str]
    created: float
    expires: float | None = None
    active: bool = True
    last_used: float | None = None

    def valid_at(self, now: float) -> bool:
        """Whether the key is active and has not expired (contract 1.2)."""
        return self.active and (self.expires is None or now < self.expires)


@dataclass(slots=True, eq=False)
class Session:
    """The user and the expiry of a session token."""

    user_id: str
    expires: float


@dataclass(slots=True, eq=False)
class Portal:
    """One tenant and everything that belongs to it."""

    id: int
    alias: str
    created: float
    owner_id: str
    server_version: str
    mode: str
    timezone: str
    profile: Profile = field(init=False)
    zone: tzinfo = field(init=False)
    vault: Vault = field(init=False)
    tree: Tree = field(init=False)
    status: str = "Active"
    paid: bool = True
    free_backups: int = PLAN_FREE_BACKUPS
    limited_access: bool = False
    wallet_backup: bool = False
    signature_secret: bool = False
    audit_trail: bool = True
    next_backup: Ending | None = None
    allowed_ips: list[str] | None = None
    limiter: Limiter | None = None
    users: dict[str, User] = field(default_factory=dict)
    keys: dict[str, ApiKey] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    storages: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(CONSUMERS, False))
    places: dict[str, Place] = field(default_factory=all_reachable)
    operations: dict[str, list[Any]] = field(default_factory=dict)
    sort_orders: dict[str, tuple[str, bool]] = field(default_factory=dict)
    audit: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.use_version(self.server_version)
        self.use_timezone(self.timezone)
        self.vault = Vault(self.id)

    def use_version(self, version: str) -> None:
        """Set the server version. Raises ValueError."""
        self.profile = profile_of(version)
        self.server_version = version

    def use_timezone(self, name: str) -> None:
        """Set the time zone (IANA name). Raises ValueError."""
        self.zone = zone_of(name)
        self.timezone = name

    @property
    def standalone(self) -> bool:
        """Whether the portal is on a self-hosted server."""
        return self.mode == "standalone"

    @property
    def host(self) -> str:
        """The host name of the portal."""
        return f"{self.alias}.{BASE_DOMAIN}"

    @property
    def owner(self) -> User:
        """The portal owner, the account of scheduled runs."""
        return self.users[self.owner_id]

    @property
    def dump_allowed(self) -> bool:
        """Whether whole-server backups are allowed for this portal (contract 5.1)."""
        return self.standalone and not self.limited_access

    def user_by_email(self, email: str) -> User | None:
        """The user with that email address, in any case."""
        wanted = email.strip().lower()
        return next((u for u in self.users.values() if u.email.lower() == wanted), None)

    def hand_over(self, user: User) -> None:
        """Make a user the owner. The previous owner stays as DocSpace admin."""
        before = self.users.get(self.owner_id)
        if before is not None and before is not user:
            before.role = "DocSpaceAdmin"
        user.role = "Owner"
        self.owner_id = user.id

    def new_key(
        self,
        user: User,
        now: float,
        *,
        secret: str | None = None,
        name: str = "simulator",
        permissions: list[str] | None = None,
        expires: float | None = None,
        active: bool = True,
    ) -> ApiKey:
        """Create an API key of the user."""
        key = ApiKey(
            id=str(uuid.uuid4()),
            secret=secret or new_secret(),
            user_id=user.id,
            name=name,
            permissions=permissions or [],
            created=now,
            expires=expires,
            active=active,
        )
        self.keys[key.secret] = key
        return key

    def new_session(self, user: User, now: float) -> str:
        """Create a session token of the user, valid for a year."""
        token = secrets.token_urlsafe(66)
        self.sessions[token] = Session(user.id, now + SESSION_LIFE_S)
        return token


def new_secret() -> str:
    """A new API key: sk- and 64 hex characters (contract 1.2)."""
    return "sk-" + secrets.token_hex(32)


def zone_of(name: str) -> tzinfo:
    """The time zone with an IANA name. Raises ValueError for an unknown one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone: {name!r}") from error
