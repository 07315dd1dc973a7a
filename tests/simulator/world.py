# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The complete simulation: portals, the shared server, the clock, and the request log."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from . import scheduler
from .agenda import Agenda
from .authentication import Throttle
from .clock import Clock
from .faults import Faults
from .files import Tree
from .requestlog import RequestLog
from .tenants import ApiKey, Portal, User, new_secret, zone_of
from .vault import DUMP_TENANT, Vault


@dataclass(frozen=True, slots=True)
class Defaults:
    """The default settings of a portal."""

    server_version: str = "3.7.2"
    mode: str = "standalone"
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Seed:
    """The settings of a new portal, with its owner and first key."""

    alias: str
    defaults: Defaults
    owner_email: str = ""
    owner_password: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    owner_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    api_key: str = field(default_factory=new_secret)

    @property
    def email(self) -> str:
        """The owner's email address."""
        return self.owner_email or f"owner@{self.alias}.docspace.test"


class World:
    """The simulated servers in one process."""

    def __init__(self, portals: int = 1, defaults: Defaults | None = None) -> None:
        self.defaults = defaults or Defaults()
        self._seeds = [
            Seed(f"portal-{number:03}", self.defaults) for number in range(1, portals + 1)
        ]
        self.seal = secrets.token_bytes(16)
        self.bucket_url = ""
        self.server_zone = zone_of(self.defaults.timezone)
        self.clock = Clock()
        self.faults = Faults()
        self.log = RequestLog()
        self.reset()

    def reset(self) -> None:
        """Return to the initial state, including keys and passwords."""
        self.clock.follow_real()
        self.agenda = Agenda()
        self.throttle = Throttle()
        self.faults.clear()
        self.log.clear()
        self.portals: dict[str, Portal] = {}
        self.server_vault = Vault(DUMP_TENANT)
        self._last_portal_id = 0
        self._last_file_id = 0
        self._next_poll = scheduler.poll_after(self.clock.now())
        for seed in self._seeds:
            self.add(seed)

    def add(self, seed: Seed) -> tuple[Portal, ApiKey]:
        """Create a portal with its owner, roots and first API key. Raises ValueError."""
        now = self.clock.now()
        portal = Portal(
            id=self._last_portal_id + 1,
            alias=seed.alias,
            created=now,
            owner_id=seed.owner_id,
            server_version=seed.defaults.server_version,
            mode=seed.defaults.mode,
            timezone=seed.defaults.timezone,
        )
        self._last_portal_id += 1
        owner = User(seed.owner_id, seed.email, seed.owner_password, "Owner")
        portal.users[owner.id] = owner
        portal.tree = Tree(self.new_file_id, owner.id, now)
        key = portal.new_key(owner, now, secret=seed.api_key)
        self.portals[portal.alias] = portal
        return portal, key

    def remove(self, portal: Portal) -> None:
        """Remove a portal."""
        del self.portals[portal.alias]

    def heir(self, portal: Portal, tree: Tree, users: dict[str, User], owner_id: str) -> Portal:
        """The tenant that replaces a portal in a restore: same alias, new ID, no keys."""
        self._last_portal_id += 1
        heir = replace(
            portal,
            id=self._last_portal_id,
            owner_id=owner_id,
            status="Active",
            users=users,
            keys={},
            sessions={},
            operations={},
            audit=list(portal.audit),
        )
        heir.tree = tree
        self.portals[heir.alias] = heir
        portal.alias += "_deleted"
        portal.status = "RemovePending"
        portal.vault.schedule = None
        self.portals[portal.alias] = portal
        return heir

    def new_file_id(self) -> int:
        """The next ID of a folder or file. All portals share one sequence."""
        self._last_file_id += 1
        return self._last_file_id

    def vaults(self) -> Iterator[tuple[Portal, Vault]]:
        """Every vault with its portal. That of the whole server has the server's first portal."""
        for portal in self.portals.values():
            yield portal, portal.vault
        host = next((p for p in self.portals.values() if p.standalone), None)
        if host is not None:
            yield host, self.server_vault

    def scheduled_vaults(self) -> list[tuple[Vault, Portal]]:
        """The vaults with a schedule. That of a dump has the portal that requested it."""
        found = []
        for portal, holder in self.vaults():
            row = holder.schedule
            if row is not None:
                asked = str(row.params.get("tenantId")) if holder is self.server_vault else ""
                named = (p for p in self.portals.values() if str(p.id) == asked)
                found.append((holder, next(named, portal)))
        return found

    def use_url(self, url: str) -> None:
        """Set the simulator's own address. Buckets use another host name for the same host."""
        scheme, _separator, place = url.partition("://")
        host, _separator, port = place.rpartition(":")
        other = "127.0.0.1" if host == "localhost" else "localhost"
        self.bucket_url = f"{scheme}://{other}:{port}"

    def settle(self) -> float:
        """Process all events that are due, in order, each at its own time, and return the time."""
        now = self.clock.now()
        while (due := min(self.agenda.next_due(), self._next_poll)) <= now:
            with self.clock.held_at(due):
                self._perform(due, now)
        return now

    def _perform(self, due: float, now: float) -> None:
        if self.agenda.next_due() <= due:
            self.agenda.end_next()
            return
        scheduler.poll(self)
        # Skip polls that have no effect, so that a change of years is fast.
        quiet = min(scheduler.nothing_before(self), self.agenda.next_due(), now)
        self._next_poll = scheduler.poll_after(max(due, quiet - 1))

    def jump(self, instant: float) -> None:
        """Move the clock. When it moves forward, all events in between happen."""
        before = self.settle()
        self.clock.move_to(instant)
        self._land(before, instant)

    def follow_real(self) -> None:
        """Return to the real time, which is a change like any other."""
        before = self.settle()
        self.clock.follow_real()
        self._land(before, time.time())

    def _land(self, before: float, instant: float) -> None:
        if instant < before:
            self.agenda.shift(instant - before)
            self._next_poll = scheduler.poll_after(instant)
        self.settle()
