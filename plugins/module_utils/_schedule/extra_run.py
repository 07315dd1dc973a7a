# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Whether a change makes the server start an extra backup, and how the play handles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone, tzinfo

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.settings import (
    portal_zone,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import utc_text
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.cron import (
    safe_from,
    starts_extra_run,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.plan import Plan
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule

# The choices of the option `extra_run`.
POLICIES = ("allow", "warn", "defer")

_STARTS = (
    "Saving the schedule resets the time of its last run on the server. {condition}, the server "
    "starts an extra backup within 15 minutes."
)
_LATE = "Because hour {hour} has already passed today ({zone})"
_MAYBE_LATE = (
    "If hour {hour} has already passed today in the time zone of the portal, which the portal does "
    "not report"
)
_SAFE = "If you make the change at {moment} or later that day, no extra backup starts."
_NEVER_SAFE = "With this hour and time zone, an extra backup starts at any time of day."
_DEFERRED = "The change was deferred, because extra_run is defer."
_LEFT = "The change was not made, because extra_run is defer. To make it, use warn or allow."


@dataclass(frozen=True)
class ExtraRun:
    """An extra backup that a change would start.

    `safe_from` is the time in UTC from which the change would not start one, or None.
    """

    warning: str
    deferred: bool
    safe_from: datetime | None


def zone_of_change(client: Client, todo: Plan, policy: str, now: datetime) -> tzinfo | None:
    """Return the time zone of the hour that the plan saves, or None if unknown or irrelevant.

    Send one GET to the portal, but only if an extra run depends on the time zone.
    """
    if not _may_start(todo, policy, None, now):
        return None
    if todo.desired and todo.desired.dump:
        return timezone.utc
    try:
        return portal_zone(client)
    except DocSpaceError:
        # The schedule can be saved, so an unknown time zone is not a failure.
        return None


def extra_run_of(todo: Plan, policy: str, zone: tzinfo | None, now: datetime) -> ExtraRun | None:
    """Return the extra backup that the plan would start at `now`, or None."""
    if todo.desired is None or not _may_start(todo, policy, zone, now):
        return None
    safe = safe_from(todo.desired, zone, now)
    deferred = policy == "defer"
    return ExtraRun(_warning(todo.desired, zone, safe, deferred), deferred, safe)


def _may_start(todo: Plan, policy: str, zone: tzinfo | None, now: datetime) -> bool:
    """Return whether to report an extra run. Without `zone`, one in any time zone is enough."""
    if policy == "allow" or not todo.changed or todo.desired is None:
        return False
    return starts_extra_run(todo.desired, zone, now)


def _warning(desired: Schedule, zone: tzinfo | None, safe: datetime | None, deferred: bool) -> str:
    condition = (_LATE if zone else _MAYBE_LATE).format(hour=desired.hour, zone=zone)
    sentences = [_STARTS.format(condition=condition)]
    sentences.append(_SAFE.format(moment=utc_text(safe)) if safe else _NEVER_SAFE)
    if deferred:
        sentences.append(_DEFERRED if safe else _LEFT)
    return " ".join(sentences)
