# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Schedules that the server starts late or never, because of their hour (contract 5.3). Pure."""

from __future__ import annotations

from datetime import datetime, tzinfo

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import utc_text
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.cron import (
    A_YEAR,
    can_run,
    first_start,
    late_hour,
    next_run,
    starts_extra_run,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule

_NEVER = "The server never starts this schedule"
_LATER = "The server does not start this schedule before {moment}"
_WHY = (
    "{what}, because hour {hour} in the time zone of the portal ({zone}) is on the next day in "
    "UTC. At such an hour, the server starts only a schedule that has run since it was last "
    "saved. Set an hour below {limit}."
)


def late_start_warning(schedule: Schedule, zone: tzinfo, now: datetime) -> str | None:
    """Return the warning for a schedule that does not start at its next slot, or None.

    A schedule that starts immediately gets no warning, because after its first run it continues at
    any hour.
    """
    if schedule.last_backup_time or not can_run(schedule) or starts_extra_run(schedule, zone, now):
        return None
    start = first_start(schedule, zone, now, A_YEAR)
    if start == next_run(schedule, zone, now):
        return None
    what = _LATER.format(moment=utc_text(start)) if start else _NEVER
    return _WHY.format(what=what, hour=schedule.hour, zone=zone, limit=late_hour(zone, now))
