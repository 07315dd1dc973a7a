# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Decide what to read from a portal next: only what the verdict needs, within the limit. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.facts import (
    EVER,
    PROGRESS_LIFE,
    Facts,
    last_success,
    lost_schedule,
    none_since,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.plan import (
    is_satisfied,
    required_since,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.values import Policy
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.cron import can_run

# Maximum number of GETs for each portal.
MOST = 5


@dataclass(frozen=True)
class Question:
    """The facts that were read from a portal, and the policy to which they are compared."""

    facts: Facts
    policy: Policy
    history: bool

    @property
    def runs(self) -> bool:
        """Whether there is a schedule that the server can run."""
        return self.facts.schedule is not None and can_run(self.facts.schedule)

    @property
    def open(self) -> bool:
        """Whether it is still unknown if the required backup exists."""
        required, absent = required_since(self.facts, self.policy), none_since(self.facts)
        if is_satisfied(self.facts, self.policy) or not (self.runs or self.policy.max_age):
            return False
        return absent is None or required is None or absent > required

    @property
    def of_portal(self) -> bool:
        """Whether the server keeps events and counts of these backups. It does not for dumps."""
        return not self.facts.dump


def next_reading(question: Question) -> str | None:
    """Return what to read next, or None if nothing is worth a request or no request is left."""
    facts = question.facts
    if len(facts.read) >= MOST:
        return None
    if facts.failure:
        return "settings" if facts.failure.is_state and "settings" not in facts.read else None
    return next(
        (name for name, wanted in _READINGS if name not in facts.read and wanted(question)), None
    )


def next_count(question: Question) -> datetime | None:
    """Return the time from which to count backups next, or None if no count helps."""
    facts = question.facts
    if not facts.counted:
        return None
    done = {count.since for count in facts.counts if not count.paid}
    return next((since for since in _counts_in_order(question) if since not in done), None)


def _counts_in_order(question: Question) -> Iterator[datetime]:
    facts = question.facts
    start = facts.last_start
    perhaps_none = question.runs and start is None and last_success(facts) is None
    if question.open:
        if start and facts.progress is None and "progress" in facts.read:
            # The queue has lost the last run: it never ended, unless it has left a backup.
            yield start
        if perhaps_none and facts.hosted:
            yield EVER
        yield required_since(facts, question.policy) or EVER
    elif perhaps_none and none_since(facts):
        yield EVER


def _always(_question: Question) -> bool:
    return True


def _just_ran(question: Question) -> bool:
    """Return whether the item of the last scheduled run should still be in the queue."""
    start = question.facts.last_start
    return start is not None and start > question.facts.now - PROGRESS_LIFE


def _has_folder(question: Question) -> bool:
    schedule = question.facts.schedule
    return bool(schedule and question.runs and schedule.storage_params.get("folderId"))


def _is_worth_first(question: Question) -> bool:
    """Return whether to read the folder before the facts about the backups are complete.

    For hosted portals, these facts can require all requests that are allowed.
    """
    progress = question.facts.progress
    failed = progress is not None and progress.status == "failed"
    return failed or not question.open or not question.facts.hosted


def _has_module(question: Question) -> bool:
    schedule = question.facts.schedule
    return bool(schedule and schedule.storage_params.get("module"))


def _events(question: Question) -> bool:
    """Return whether only events can show a lost schedule, or the time of the last backup."""
    facts = question.facts
    if not question.of_portal or not facts.is_at_least(3, 6):
        return False
    return facts.schedule is None or (question.runs and none_since(facts) not in (None, EVER))


def _counts(question: Question) -> bool:
    return next_count(question) is not None


def _counts_paid(question: Question) -> bool:
    """Return whether no free backup satisfies the policy, so that only a paid one can."""
    facts = question.facts
    if not facts.counts or facts.counts[-1].number or not facts.hosted or not question.open:
        return False
    return facts.last_start is not None or facts.counts[-1].since == EVER


def _dumps(question: Question) -> bool:
    """Return whether events of scheduled backups can be events of dumps."""
    facts = question.facts
    return facts.schedule is None and not facts.hosted and bool(facts.completed or facts.started)


def _starts(question: Question) -> bool:
    return question.facts.schedule is None and question.facts.completed == ()


def _deletions(question: Question) -> bool:
    return lost_schedule(question.facts) is not None and question.facts.is_at_least(3, 7)


def _usage(question: Question) -> bool:
    return question.runs and question.facts.hosted and question.facts.is_at_least(3, 5)


def _wallet(question: Question) -> bool:
    usage = question.facts.usage
    return usage is not None and usage.free_used >= usage.free


def _no_schedule(question: Question) -> bool:
    return question.facts.schedule is None and _events(question)


# The most informative requests first.
_READINGS: tuple[tuple[str, Callable[[Question], bool]], ...] = (
    ("schedule", _always),
    ("settings", _always),
    ("progress", lambda question: question.runs and _just_ran(question)),
    ("target", lambda question: _has_folder(question) and _is_worth_first(question)),
    ("access", _has_module),
    ("history", lambda question: question.history),
    ("completed", _no_schedule),
    ("started", _starts),
    ("dumps", _dumps),
    ("deleted", _deletions),
    ("counted", _counts),
    ("counted_paid", _counts_paid),
    ("counted_again", lambda question: "counted" in question.facts.read and _counts(question)),
    ("target", _has_folder),
    # Who pays for the next backup matters more than the end of one that was made by hand.
    ("usage", lambda question: _usage(question) and not question.open),
    ("progress", lambda question: question.runs or question.open),
    ("completed", _events),
    ("usage", _usage),
    ("wallet", _wallet),
)
