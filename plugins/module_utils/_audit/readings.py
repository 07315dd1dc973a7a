# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""What to read of a portal next: as little as the verdict needs, within the limit. Pure."""

from __future__ import annotations

from collections.abc import Callable
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

# GETs for each portal, whatever is found.
MOST = 5


@dataclass(frozen=True)
class Question:
    """What has been read of a portal, and what is asked of it."""

    facts: Facts
    policy: Policy
    history: bool

    @property
    def runs(self) -> bool:
        """Whether there is a schedule that the server can run."""
        return self.facts.schedule is not None and can_run(self.facts.schedule)

    @property
    def open(self) -> bool:
        """Whether it is still unknown if there is the backup that must be there."""
        required, absent = required_since(self.facts, self.policy), none_since(self.facts)
        if is_satisfied(self.facts, self.policy) or not (self.runs or self.policy.max_age):
            return False
        return absent is None or required is None or absent > required

    @property
    def of_portal(self) -> bool:
        """Whether the server keeps events and counts of what is audited: not of dumps."""
        return not self.facts.dump


def next_reading(question: Question) -> str | None:
    """The name of what to read next; None if nothing is worth a request, or none is left."""
    facts = question.facts
    if len(facts.read) >= MOST:
        return None
    if facts.failure:
        return "settings" if facts.failure.is_state and "settings" not in facts.read else None
    return next(
        (name for name, wanted in _READINGS if name not in facts.read and wanted(question)), None
    )


def count_since(question: Question) -> datetime:
    """The time from which backups are to be counted.

    A schedule that has not run may be the first one: then a count says whether there ever was a
    backup, and only if there was, a second one whether there is the one that must be there.
    """
    facts = question.facts
    required = required_since(facts, question.policy)
    perhaps_none = question.runs and facts.last_start is None and last_success(facts) is None
    if required is None or (perhaps_none and "counted" not in facts.read):
        return EVER
    return required


def _always(_question: Question) -> bool:
    return True


def _just_ran(question: Question) -> bool:
    """Whether the item of the last scheduled run is still in the queue, if all went well."""
    start = question.facts.last_start
    return start is not None and start > question.facts.now - PROGRESS_LIFE


def _has_folder(question: Question) -> bool:
    schedule = question.facts.schedule
    return bool(schedule and question.runs and schedule.storage_params.get("folderId"))


def _is_worth_first(question: Question) -> bool:
    """Whether the folder is read before it is known that there are backups at all."""
    return not question.facts.hosted or question.facts.last_start is not None


def _has_module(question: Question) -> bool:
    schedule = question.facts.schedule
    return bool(schedule and schedule.storage_params.get("module"))


def _events(question: Question) -> bool:
    if not question.of_portal or not question.facts.is_at_least(3, 6):
        return False
    return question.facts.schedule is None or question.open


def _by_hand(question: Question) -> bool:
    return bool(question.facts.completed) and question.runs and question.open


def _counts(question: Question) -> bool:
    asked = question.of_portal and question.facts.is_at_least(3, 5) and question.open
    return asked and question.facts.by_hand is None


def _counts_again(question: Question) -> bool:
    ever = any(count.since == EVER and count.number for count in question.facts.counts)
    return ever and _counts(question) and count_since(question) != EVER


def _counts_paid(question: Question) -> bool:
    counts = question.facts.counts
    return bool(counts) and not counts[-1].number and question.facts.hosted and question.open


def _starts(question: Question) -> bool:
    return question.facts.schedule is None and question.facts.completed == ()


def _deletions(question: Question) -> bool:
    return lost_schedule(question.facts) is not None and question.facts.is_at_least(3, 7)


def _usage(question: Question) -> bool:
    return question.runs and question.facts.hosted and question.facts.is_at_least(3, 5)


def _wallet(question: Question) -> bool:
    usage = question.facts.usage
    return usage is not None and usage.free_used >= usage.free


# In the order of what they tell for a request.
_READINGS: tuple[tuple[str, Callable[[Question], bool]], ...] = (
    ("schedule", _always),
    ("settings", _always),
    ("progress", lambda question: question.runs and _just_ran(question)),
    ("target", lambda question: _has_folder(question) and _is_worth_first(question)),
    ("access", _has_module),
    ("history", lambda question: question.history),
    ("completed", _events),
    ("by_hand", _by_hand),
    ("started", _starts),
    ("deleted", _deletions),
    ("counted", _counts),
    ("counted_again", _counts_again),
    ("counted_paid", _counts_paid),
    ("target", _has_folder),
    ("progress", lambda question: question.runs or question.open),
    ("usage", _usage),
    ("wallet", _wallet),
)
