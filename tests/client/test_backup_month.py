# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A month in the life of a fleet, with ``max_age: 26h`` every hour, while everything goes wrong.

Whatever happens, a successful run leaves a backup of the last 26 hours, a failed run had a reason
to fail, no backup is started twice, and nothing costs money.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timezone
from functools import partial
from typing import Any

import pytest
from simulator import billing

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup import task
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from client.support_month import HOUR_S, Line, Member, Mischief, Month

BEGIN = datetime(2026, 3, 16, 0, 30, tzinfo=timezone.utc)
HOURS = 31 * 24
MAX_AGE_S = 26 * HOUR_S
# One in this many delays of a client, and one in this many runs, brings an event to a portal.
BAD_PAUSE, BAD_RUN = 12, 40
# Failed requests that a client can handle, as long as one attempt succeeds.
HARMLESS = {"refused", "busy", "lost", "gateway", "page"}
ATTEMPTS = 4
# The server's times are whole seconds.
ROUNDING_S = 1
DEFAULTS = {name: entry.get("default") for name, entry in backup_spec().items()}


def fleet(month: Month) -> None:
    """Self-hosted and hosted portals, with and without a schedule."""
    month.join("nightly", daily_at=2)
    month.join("by-hand")
    month.join("on-disk", storage="Local")
    month.join("short-lived", storage="DataStore", version="3.5.0")
    month.join("hosted", free=60, wallet=True, daily_at=3)
    month.join("hosted-without-wallet", free=3)
    month.join("hosted-and-charged", free=3, wallet=True)


class Play:
    """The task of one host, which the play runs every hour."""

    def __init__(self, month: Month, member: Member) -> None:
        self._month, self._member = month, member
        self._mischief = Mischief(month)
        line: Any = Line(month, member)
        self._make = partial(
            Client,
            transport=line,
            sleep=self._sleep,
            clock=month.clock,
            jitter=month.dice.random,
            now=month.wrong_clock,
        )

    def run(self) -> tuple[dict[str, Any], DocSpaceError | None]:
        """Return the result of the task and its error."""
        options = {**DEFAULTS, "max_age": "26h", "wait_timeout": "30m", **self._member.options}
        self._mischief.decides(self._member)
        if not self._month.dice.randrange(BAD_RUN):
            self._mischief.strikes(self._member)
        try:
            return task.run(options, False, self._make), None
        except DocSpaceError as error:
            return error.done, error

    def _sleep(self, seconds: float) -> None:
        self._month.pass_to(self._month.now + seconds)
        if not self._month.dice.randrange(BAD_PAUSE):
            self._mischief.strikes(self._member)


class Judge:
    """Compares the outcome of a run with what the simulated portal knows."""

    def __init__(self, month: Month) -> None:
        self._month = month
        self.verdicts: Counter[str] = Counter()

    def look(
        self, member: Member, began: float, done: dict[str, Any], error: DocSpaceError | None
    ) -> None:
        """Fail the test if the outcome does not match the portal."""
        troubles = set(member.troubles) - HARMLESS
        tired = sum(member.troubles[name] for name in HARMLESS) >= ATTEMPTS
        self._count_starts(member)
        if member.started and "worker restarted" not in troubles:
            assert done.get("changed") is True, error
        if error is None:
            assert self._is_safe(member, began) or "deleted" in troubles
            self.verdicts["safe"] += 1
        else:
            assert troubles or tired or self._cannot(member, error), error.what
            self.verdicts[error.kind] += 1

    def _count_starts(self, member: Member) -> None:
        """A second start is correct only if a restart removed the first backup."""
        assert len(member.started) <= 1 + member.troubles["worker restarted"], member.started

    def _is_safe(self, member: Member, began: float) -> bool:
        newest = member.newest(self._month.now)
        return newest is not None and newest.created >= began - MAX_AGE_S - ROUNDING_S

    def _cannot(self, member: Member, error: DocSpaceError) -> bool:
        """Whether the server could not create a backup, or not in time, or not for free."""
        portal, run = member.portal, member.portal.vault.backup
        if error.kind == "payment" or error.status == 402:
            month = billing.month_start(portal.profile, self._month.now)
            spent = billing.used(portal.vault, month, self._month.now, paid=False)
            return not portal.standalone and spent >= portal.free_backups
        if error.kind == "backup_failed":
            return run is not None and run.error != ""
        return error.kind == "wait_timeout" and run is not None and run.under_way


@pytest.mark.parametrize("seed", [20260316])
def test_every_portal_is_safe_at_every_hour_at_which_it_can_be(seed: int) -> None:
    month = Month(seed, BEGIN)
    fleet(month)
    judge = Judge(month)
    plays = [(member, Play(month, member)) for member in month.members]
    for hour in range(HOURS):
        month.pass_to(BEGIN.timestamp() + hour * HOUR_S)
        for member, play in plays:
            member.forget()
            began = month.now
            judge.look(member, began, *play.run())
    _nobody_paid(month)
    _the_month_was_bad_enough(month, judge)


def _nobody_paid(month: Month) -> None:
    paid = [m.portal.alias for m in month.members if any(r.paid for r in m.portal.vault.records)]
    assert paid == []


def _the_month_was_bad_enough(month: Month, judge: Judge) -> None:
    """A month proves nothing if few events happened, or if few runs succeeded."""
    assert min(month.happened.values()) >= 10, month.happened
    assert len(month.happened) == len(HARMLESS) + 7
    assert judge.verdicts["safe"] > HOURS * (len(month.members) - 2) * 0.9
    assert {"payment", "backup_failed", "interrupted", "wait_timeout"} <= set(judge.verdicts)
