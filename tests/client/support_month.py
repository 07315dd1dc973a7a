# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fleet of simulated portals in this process, and everything that happens to it in a month.

All times are those of the simulated clock: requests advance it a little, and waiting advances it
further. All events are drawn from one seed, so that a run can be repeated.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import formatdate
from typing import Any
from urllib.parse import urlsplit

from simulator import billing, pipeline, runs, schedules, steering, vault, worker
from simulator.clock import Clock
from simulator.cron import validated
from simulator.envelope import Reply
from simulator.pipeline import Asked
from simulator.records import Order
from simulator.tenants import Portal
from simulator.vault import Record
from simulator.world import Defaults, Seed, World

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import Answer
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import NoAnswer

REQUEST_S = 0.05
# One in this many requests fails. Most failures affect the start of a backup.
SPOILED = {"GET": 60, "POST": 4}
HOUR_S = 3600
BASE = "http://127.0.0.1"
START = "/api/2.0/backup/startbackup"


@dataclass
class Member:
    """One portal of the fleet: its options for the play, and the current run.

    ``started`` contains the IDs of the backups that this run of the play has started. ``troubles``
    counts the events during this run that can make it fail. ``away`` is the status of all
    responses, "silent" if the portal does not respond, and empty otherwise.
    """

    portal: Portal
    options: Mapping[str, Any]
    started: list[str] = field(default_factory=list)
    troubles: Counter[str] = field(default_factory=Counter)
    away: str = ""

    def forget(self) -> None:
        """Begin another run. Ongoing faults affect it too."""
        self.started.clear()
        self.troubles.clear()
        if self.away or self.portal.status != "Active":
            self.troubles["away"] += 1
        if not self.portal.places["Local"].mounted:
            self.troubles["unmounted"] += 1

    def newest(self, now: float) -> Record | None:
        """The newest backup that can be fetched."""
        kept = (
            record
            for record in self.portal.vault.records
            if not record.removed and (record.expires is None or record.expires > now)
        )
        return max(kept, key=lambda record: record.created, default=None)


class Month:
    """The world, its clock, its members, and the random numbers."""

    def __init__(self, seed: int, begin: datetime) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - for a simulation
        self.world = World(portals=0)
        self.world.clock = Clock(lambda: 0.0)
        self.world.reset()
        self.world.jump(begin.timestamp())
        self.members: list[Member] = []
        self.happened: Counter[str] = Counter()
        self._later: list[tuple[float, Callable[[], None]]] = []

    # --- the fleet

    def join(
        self,
        alias: str,
        *,
        version: str = "3.7.2",
        daily_at: int | None = None,
        free: int | None = None,
        wallet: bool = False,
        storage: str = "Documents",
    ) -> Member:
        """Add a portal: hosted with this many free backups, or self-hosted if ``free`` is None."""
        mode = "standalone" if free is None else "saas"
        portal, key = self.world.add(Seed(alias, Defaults(version, mode)))
        portal.free_backups, portal.wallet_backup = free or 0, wallet
        room = portal.tree.add_room("Backups", portal.owner_id, self.world.clock.now())
        places: dict[str, dict[str, str | None]] = {
            "Documents": {"folderId": str(room.id)},
            "Local": {"filePath": "/backups"},
            "DataStore": {},
        }
        params = places[storage]
        options: dict[str, Any] = {"api_host": f"{BASE}/p/{alias}", "api_key": key.secret}
        if daily_at is None:
            options |= {"storage_type": storage, "storage_params": params}
        else:
            kind = schedules.STORAGE_TYPES.index(storage)
            path = next(iter(params.values()), None)
            portal.vault.schedule = vault.Schedule(
                kind, params, path, validated(0, daily_at, 0), 7, False
            )
        self.members.append(Member(portal, options))
        return self.members[-1]

    # --- time

    @property
    def now(self) -> float:
        return self.world.clock.now()

    def clock(self) -> float:
        """The clock of the clients."""
        return self.now

    def wrong_clock(self) -> datetime:
        """The clock of the controller, which is wrong by several days."""
        return datetime.fromtimestamp(self.now, timezone.utc) + timedelta(days=5)

    def pass_to(self, instant: float) -> None:
        """Advance the clock, and run the delayed actions that are due."""
        while self._later and min(self._later, key=_when)[0] <= instant:
            due = min(self._later, key=_when)
            self._later.remove(due)
            self.world.jump(max(due[0], self.now))
            due[1]()
        self.world.jump(max(instant, self.now))

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Run an action after this many seconds."""
        self._later.append((self.now + seconds, action))

    def trouble(self, name: str, *members: Member) -> None:
        """Record an event and the portals that it affects."""
        self.happened[name] += 1
        for member in members:
            member.troubles[name] += 1


def _when(entry: tuple[float, Callable[[], None]]) -> float:
    return entry[0]


class Line:
    """A stand-in for the network between a client and a portal."""

    def __init__(self, month: Month, member: Member) -> None:
        self.month, self.member = month, member

    def close(self) -> None:
        """Do nothing, because nothing is open."""

    def send(self, method: str, url: str, body: bytes | None = None) -> Answer:
        """Return the response of the portal, or a fault on the way."""
        month = self.month
        month.pass_to(month.now + REQUEST_S)
        if self.member.away:
            return self._away()
        if month.dice.randrange(SPOILED[method]):
            return self._perform(method, url, body)
        ways = (self._refused, self._busy, self._lost, self._gateway, self._page)
        return month.dice.choice(ways)(method, url, body)

    def _away(self) -> Answer:
        if self.member.away == "silent":
            raise NoAnswer("connection", "connection refused", sent=False)
        return Answer(int(self.member.away), {}, b"")

    def _refused(self, _method: str, _url: str, _body: bytes | None) -> Answer:
        self.month.trouble("refused", self.member)
        raise NoAnswer("connection", "connection refused", sent=False)

    def _busy(self, _method: str, _url: str, _body: bytes | None) -> Answer:
        self.month.trouble("busy", self.member)
        return Answer(429, {"Retry-After": "2"}, b"")

    def _lost(self, method: str, url: str, body: bytes | None) -> Answer:
        self._perform(method, url, body)
        self.month.trouble("lost", self.member)
        raise NoAnswer("truncated", "the response was incomplete", sent=True)

    def _gateway(self, method: str, url: str, body: bytes | None) -> Answer:
        self._perform(method, url, body)
        self.month.trouble("gateway", self.member)
        return Answer(502, {}, b"<html>502 Bad Gateway</html>")

    def _page(self, method: str, url: str, body: bytes | None) -> Answer:
        self._perform(method, url, body)
        self.month.trouble("page", self.member)
        return Answer(200, {}, b"<html>")

    def _perform(self, method: str, url: str, body: bytes | None) -> Answer:
        month, portal = self.month, self.member.portal
        parts = urlsplit(url)
        asked = Asked(
            portal=portal,
            method=method,
            base=f"{BASE}/p/{portal.alias}",
            path=parts.path.removeprefix(f"/p/{portal.alias}"),
            query=parts.query,
            headers={
                "Authorization": f"Bearer {self.member.options['api_key']}",
                "Content-Type": "application/json",
            },
            body=body or b"",
            address="127.0.0.1",
        )
        before = portal.vault.backup
        reply = _at_once(pipeline.answer(month.world, asked, []))
        after = portal.vault.backup
        if asked.path == START and after is not None and after is not before:
            self.member.started.append(after.task_id)
        date = formatdate(month.now, usegmt=True)
        return Answer(reply.status, {"Date": date}, reply.body[:])


def _at_once(answer: Coroutine[Any, Any, Reply]) -> Reply:
    """Return the response of a portal without a rate limit, which does not wait."""
    try:
        answer.send(None)
    except StopIteration as done:
        reply: Reply = done.value
        return reply
    raise AssertionError("the simulator wanted to wait")


class Mischief:
    """Events that affect a portal while a run of the play uses it."""

    def __init__(self, month: Month) -> None:
        self.month = month
        self._kinds: tuple[Callable[[Member], None], ...] = (
            self.starts,
            self.cancels,
            self.deletes,
            self.restarts,
            self.closes,
            self.vanishes,
            self.unmounts,
        )

    def strikes(self, member: Member) -> None:
        """Cause a random event."""
        self.month.dice.choice(self._kinds)(member)

    def decides(self, member: Member) -> None:
        """Choose at random how the next backup of a portal ends."""
        dice = self.month.dice
        outcome = dice.choices(("completed", "incomplete", "failed"), (8, 1, 1))[0]
        seconds = dice.choices((2, 60, 600, 2400), (6, 2, 2, 1))[0]
        steering.plan_next(member.portal, {"outcome": outcome, "seconds": seconds})

    def starts(self, member: Member) -> None:
        """Another user starts a backup, unless it costs money."""
        portal, now = member.portal, self.month.now
        month = billing.month_start(portal.profile, now)
        left = portal.free_backups - billing.used(portal.vault, month, now, paid=False)
        busy = portal.vault.backup is not None and portal.vault.backup.under_way
        if busy or not (portal.standalone or left > 1):
            return
        self.month.trouble("started by another", member)
        owner = portal.owner_id
        runs.start(
            self.month.world,
            Order(portal.vault, portal, vault.DATA_STORE, {}, None, owner, scheduled=False),
        )

    def cancels(self, member: Member) -> None:
        """Another user cancels the running backup."""
        run = member.portal.vault.backup
        if run is not None and run.under_way:
            self.month.trouble("cancelled", member)
            run.cancel(self.month.now)

    def deletes(self, member: Member) -> None:
        """Another user deletes the newest backup."""
        newest = member.newest(self.month.now)
        if newest is not None:
            self.month.trouble("deleted", member)
            newest.removed = True

    def restarts(self, _member: Member) -> None:
        """The worker restarts, which affects all portals."""
        self.month.trouble("worker restarted", *self.month.members)
        worker.restart(self.month.world)

    def closes(self, member: Member) -> None:
        """The portal is being restored, or is suspended for a while."""
        status = self.month.dice.choice(("Restoring", "Suspended"))
        self.month.trouble("closed", member)
        member.portal.status = status
        self.month.later(self._while(), lambda: setattr(member.portal, "status", "Active"))

    def vanishes(self, member: Member) -> None:
        """The portal, or the server behind its proxy, does not answer for a while."""
        self.month.trouble("away", member)
        member.away = self.month.dice.choice(("silent", "502", "503"))
        self.month.later(self._while(), lambda: setattr(member, "away", ""))

    def unmounts(self, member: Member) -> None:
        """The API does not see the server's directory for a while."""
        self.month.trouble("unmounted", member)
        place = member.portal.places["Local"]
        place.mounted = False
        self.month.later(self._while(), lambda: setattr(place, "mounted", True))

    def _while(self) -> float:
        return self.month.dice.choice((30.0, 300.0, 1200.0, 3 * HOUR_S))
