# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Compare the facts about a portal with the policy, and return the findings. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.facts import (
    EVER,
    Facts,
    due_since,
    expected_since,
    last_run,
    last_success,
    lost_schedule,
    none_since,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.findings import (
    NAMES,
    Finding,
    finding,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.values import (
    Policy,
    Settings,
    Target,
    Unread,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.cron import (
    can_run,
    first_start,
    next_run,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.params import (
    params_problem,
)

_LAST_DAY_OF_EVERY_MONTH = 28

# States in which a portal does not report anything about backups, as cases of `portal_state` and as
# words of a message.
_CASES_OF_STATES = {
    "suspended": ("closed", "suspended"),
    "removing": ("closed", "being removed"),
    "transferring": ("busy", "being transferred"),
    "restoring": ("busy", "being restored"),
    "encrypting": ("busy", "being encrypted"),
}

# Who pays for the next backup, by whether the wallet does, as cases of `paid_next`.
_CASES_OF_WALLETS = {True: "wallet", False: "removed", None: "unknown"}


def judge(facts: Facts, policy: Policy) -> list[Finding]:
    """Return the findings in the order of the table, without those that the policy ignores."""
    if facts.failure:
        found = [_unread(facts.failure, facts.settings)]
    elif facts.schedule is None:
        found = [*_without_schedule(facts), *_overdue(facts, policy)]
    else:
        found = list(_of_schedule(facts, facts.schedule, policy))
    counting = [each for each in found if each.name not in policy.ignore]
    return sorted(counting, key=lambda each: NAMES.index(each.name))


def _unread(failure: Unread, settings: Settings | None) -> Finding:
    case, state = failure.case, ""
    if failure.is_state:
        read = settings.state if settings else None
        case, state = _CASES_OF_STATES.get(read or "", ("unknown", ""))
    return finding(failure.finding, case, what=failure.what, hint=failure.hint, state=state)


def required_since(facts: Facts, policy: Policy) -> datetime | None:
    """Return the time after which a successful backup is required, or None if none is required."""
    times = (expected_since(facts, policy.grace), _cut(facts, policy))
    return max((time for time in times if time), default=None)


def is_satisfied(facts: Facts, policy: Policy) -> bool:
    """Return whether the backup that the schedule and the policy require is known to exist."""
    success, required = last_success(facts), required_since(facts, policy)
    return success is not None and (required is None or success.at >= required)


def _cut(facts: Facts, policy: Policy) -> datetime | None:
    return None if policy.max_age is None else facts.now - policy.max_age


# --- a portal without a schedule


def _without_schedule(facts: Facts) -> Iterator[Finding]:
    yield finding("no_schedule", "dump" if facts.dump else "")
    lost = lost_schedule(facts)
    if lost:
        yield finding(
            "schedule_lost",
            "deleted" if lost.deleted_at else "gone",
            last=_told(lost.last_at),
            by=lost.deleted_by or "A user",
            at=_told(lost.deleted_at),
        )


# --- a portal with one


def _of_schedule(facts: Facts, schedule: Schedule, policy: Policy) -> Iterator[Finding]:
    found = [
        *_cannot_run(facts, schedule),
        *_target(facts.target),
        *_runs(facts, schedule, policy),
    ]
    yield from found
    if all(each.severity != "critical" for each in found):
        yield from _unproven(facts, schedule, policy)
    yield from _retention(facts, schedule, policy)
    yield from _payment(facts, schedule)
    yield from _open_target(facts.target)
    if schedule.storage_type == "Documents":
        yield finding("inside_only")


def _cannot_run(facts: Facts, schedule: Schedule) -> Iterator[Finding]:
    problem = params_problem(schedule.storage_type, schedule.storage_params)
    if not can_run(schedule):
        yield finding("cannot_run", "type", type=schedule.storage_type)
    elif problem:
        yield finding("cannot_run", "parameter", problem=problem)
    elif facts.access:
        yield finding("cannot_run", facts.access, module=schedule.storage_params.get("module"))


def _target(target: Target | None) -> Iterator[Finding]:
    if target and target.problem:
        owner = target.owner or "another account"
        yield finding("target", target.problem, folder=_named(target), owner=owner)


def _runs(facts: Facts, schedule: Schedule, policy: Policy) -> Iterator[Finding]:
    """Find problems with the runs of the schedule."""
    if not can_run(schedule):
        return
    yield from _never_ran(facts, schedule)
    yield from _overdue(facts, policy)
    yield from _last_outcome(facts)


def _never_ran(facts: Facts, schedule: Schedule) -> Iterator[Finding]:
    if facts.last_start:
        return
    zone = facts.zone
    if zone and first_start(schedule, zone, facts.now) is None:
        offset = facts.now.astimezone(zone).utcoffset()
        hours = int(offset.total_seconds() // 3600) if offset else 0
        yield finding(
            "never_ran",
            "never_starts",
            hour=schedule.hour,
            zone=facts.settings.timezone if facts.settings else None,
            limit=24 + hours,
        )
    elif last_success(facts) is None and none_since(facts) == EVER:
        due = next_run(schedule, zone, facts.now) if zone else None
        yield finding("never_ran", next=_told(due))


def _overdue(facts: Facts, policy: Policy) -> Iterator[Finding]:
    due, cut = due_since(facts, policy.grace), _cut(facts, policy)
    success, absent = last_success(facts), none_since(facts)
    if absent is None:
        return
    late = [
        (time, case)
        for time, case in ((due, "schedule"), (cut, "max_age"))
        if time and absent <= time and (success is None or success.at < time)
    ]
    if late:
        time, case = min(late)
        yield finding("overdue", case, due=_told(time), last=_last_told(facts))


def _last_outcome(facts: Facts) -> Iterator[Finding]:
    run = last_run(facts)
    if run is None:
        return
    if run.outcome == "incomplete":
        yield finding("incomplete", warning=run.error)
    elif run.outcome == "interrupted":
        yield finding("failing", "interrupted", at=_told(run.at))
    elif run.outcome == "failed":
        yield finding(
            "failing", "error" if run.error else "no_reason", error=run.error, at=_told(run.at)
        )


def _unproven(facts: Facts, schedule: Schedule, policy: Policy) -> Iterator[Finding]:
    if is_satisfied(facts, policy):
        return
    for applies, reason, remedy in _doubts(facts, schedule, policy):
        if applies:
            yield finding("unproven", reason=reason, remedy=remedy)
            return


def _doubts(facts: Facts, schedule: Schedule, policy: Policy) -> Iterator[tuple[bool, str, str]]:
    """Yield possible reasons why a success is not proven. The first one that applies counts."""
    required, absent = required_since(facts, policy), none_since(facts)
    soon = "Run the audit within 24 hours after a backup, or set history to true."
    running = facts.progress is not None and facts.progress.status == "running"
    version = facts.settings and facts.settings.version
    yield running, "a backup is running", "Run the audit again when the backup has ended."
    yield (
        bool(required and absent and absent <= required),
        (
            f"there has been no backup since {_told(required)}, but the schedule may have been "
            "saved after that time"
        ),
        (
            "Run the audit again after the next run of the schedule, at "
            f"{_next_told(facts, schedule)}."
        ),
    )
    yield bool(facts.problems), " ".join(facts.problems).rstrip("."), "Run the audit again."
    yield facts.dump, "the server does not count dumps", soon
    yield (
        not facts.counted,
        f"DocSpace {version} does not count backups",
        soon,
    )
    yield True, "the portal reports neither a success nor a failure", soon


def _retention(facts: Facts, schedule: Schedule, policy: Policy) -> Iterator[Finding]:
    kept = schedule.backups_stored
    if kept is None and policy.min_kept:
        yield finding("keeps_too_few", "unknown", least=policy.min_kept)
    elif kept is not None and kept < policy.min_kept:
        yield finding("keeps_too_few", kept=kept, least=policy.min_kept)
    if schedule.storage_type == "DataStore":
        yield finding("expires", "data_store")
    elif facts.target and facts.target.lifetime is not None:
        yield finding(
            "expires", "lifetime", folder=_named(facts.target), days=facts.target.lifetime
        )
    if schedule.period == "EveryMonth" and (schedule.day or 0) > _LAST_DAY_OF_EVERY_MONTH:
        yield finding("skipped_months", day=schedule.day)


def _payment(facts: Facts, schedule: Schedule) -> Iterator[Finding]:
    usage, zone = facts.usage, facts.zone
    if usage is None or usage.free_used < usage.free:
        return
    # In DocSpace 3.7 and later, free backups count per calendar month in UTC (contract 10).
    if zone and can_run(schedule) and facts.is_at_least(3, 7):
        coming = next_run(schedule, zone, facts.now)
        if (coming.year, coming.month) != (facts.now.year, facts.now.month):
            return
    yield finding("paid_next", _CASES_OF_WALLETS[usage.wallet], free=usage.free)


def _open_target(target: Target | None) -> Iterator[Finding]:
    if target and target.public:
        case = "public" if target.room_type == "PublicRoom" else "link"
        yield finding("open_target", case, folder=_named(target))


# --- words


def _named(target: Target) -> str:
    return f"{target.id} ({target.path})" if target.path else target.id


def _told(moment: datetime | None) -> str:
    """Return the time as text for a message."""
    if moment is None:
        return "an unknown time"
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")


def _last_told(facts: Facts) -> str:
    success = last_success(facts)
    return _told(success.at) if success else "none"


def _next_told(facts: Facts, schedule: Schedule) -> str:
    zone = facts.zone
    return _told(next_run(schedule, zone, facts.now) if zone and can_run(schedule) else None)
