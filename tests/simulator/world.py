# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that exists: portals, the shared server, the clock, and what the tests watch."""

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
    """What a portal is like if nothing else is said."""

    server_version: str = "3.7.2"
    mode: str = "standalone"
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Seed:
    """A portal as it is to be made, with its owner and first key."""

    alias: str
    defaults: Defaults
    owner_email: str = ""
    owner_password: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    owner_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    api_key: str = field(default_factory=new_secret)

    @property
    def email(self) -> str:
        """The owner's e-mail."""
        return self.owner_email or f"owner@{self.alias}.docspace.test"


class World:
    """The simulated servers behind one process."""

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
        """Back to the state at start, the keys and passwords of the start included."""
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
        """Make a portal with its owner, roots and first API key. Raises ValueError."""
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
        """Forget a portal."""
        del self.portals[portal.alias]

    def heir(self, portal: Portal, tree: Tree, users: dict[str, User], owner_id: str) -> Portal:
        """The tenant that a restore puts in a portal's place: same alias, new id, no keys."""
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
        """The next id of a folder or file; all portals share one sequence."""
        self._last_file_id += 1
        return self._last_file_id

    def vaults(self) -> Iterator[tuple[Portal, Vault]]:
        """Every vault with a portal to act for; the whole server's acts for its first portal."""
        for portal in self.portals.values():
            yield portal, portal.vault
        host = next((p for p in self.portals.values() if p.standalone), None)
        if host is not None:
            yield host, self.server_vault

    def scheduled_vaults(self) -> list[tuple[Vault, Portal]]:
        """The vaults that have a schedule; a dump acts for the portal that asked for it."""
        found = []
        for portal, holder in self.vaults():
            row = holder.schedule
            if row is not None:
                asked = str(row.params.get("tenantId")) if holder is self.server_vault else ""
                named = (p for p in self.portals.values() if str(p.id) == asked)
                found.append((holder, next(named, portal)))
        return found

    def use_url(self, url: str) -> None:
        """Say where it listens. Buckets are on another host: the same one by another name."""
        scheme, _separator, place = url.partition("://")
        host, _separator, port = place.rpartition(":")
        other = "127.0.0.1" if host == "localhost" else "localhost"
        self.bucket_url = f"{scheme}://{other}:{port}"

    def settle(self) -> float:
        """Perform everything whose time has come, in order, each at its own time; tell the time."""
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
        # Polls that would find nothing are left out, so that a jump over years is quick.
        quiet = min(scheduler.nothing_before(self), self.agenda.next_due(), now)
        self._next_poll = scheduler.poll_after(max(due, quiet - 1))

    def jump(self, instant: float) -> None:
        """Move the clock; on the way forward everything happens that lies between."""
        before = self.settle()
        self.clock.move_to(instant)
        self._land(before, instant)

    def follow_real(self) -> None:
        """Go back to the real time, which is a jump like any other."""
        before = self.settle()
        self.clock.follow_real()
        self._land(before, time.time())

    def _land(self, before: float, instant: float) -> None:
        if instant < before:
            self.agenda.shift(instant - before)
            self._next_poll = scheduler.poll_after(instant)
        self.settle()
