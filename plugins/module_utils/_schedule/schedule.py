# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The schedule as one canonical value, and how results show it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import utc_text
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.params import (
    masked,
    params_problem,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.types import (
    STORAGE_TYPES,
)

# In the order of their numbers on the wire (contract 2.3).
PERIODS = ("EveryDay", "EveryWeek", "EveryMonth")

# Day 1 of a week is Sunday to the server (contract 4).
WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")

HOURS = range(24)
COPIES = range(1, 31)
DAYS = {"EveryDay": range(0), "EveryWeek": range(1, 8), "EveryMonth": range(1, 32)}


@dataclass(frozen=True)
class Schedule:
    """One backup schedule in canonical form, the same for what is and for what is wanted.

    `hour` is in the portal's time zone (UTC for a dump), `day` is None for EveryDay, 1 = Sunday
    for EveryWeek. `storage_type` is a name of the table, or the server's number as text where the
    table has none. `backups_stored` is None where the server stores no limit (contract 2.3).
    `last_backup_time` is in UTC, None for never; it is no part of what is compared.
    """

    storage_type: str
    storage_params: Mapping[str, str]
    period: str
    hour: int
    day: int | None
    backups_stored: int | None
    dump: bool = False
    last_backup_time: datetime | None = field(default=None, compare=False)

    @property
    def weekday(self) -> str | None:
        """The name of the day, for EveryWeek."""
        return WEEKDAYS[self.day - 1] if self.period == "EveryWeek" and self.day else None

    @property
    def folder(self) -> str | None:
        """The folder of the portal that the backups go to, if they go to one."""
        return self.storage_params.get("folderId")


def options_of(schedule: Schedule) -> dict[str, Any]:
    """`schedule` in the shape of the options, plus `last_backup_time`.

    What could not be given as an option (a storage type that does not exist, parameters that the
    server could not work with) is None, so that the result can always be given back.
    """
    known = schedule.storage_type in STORAGE_TYPES
    sound = not params_problem(schedule.storage_type, schedule.storage_params)
    return {
        "storage_type": schedule.storage_type if known else None,
        "storage_params": masked(schedule.storage_params) if known and sound else None,
        "period": schedule.period,
        "hour": schedule.hour,
        "day": schedule.day,
        "weekday": schedule.weekday,
        "backups_stored": schedule.backups_stored,
        "dump": schedule.dump,
        "last_backup_time": utc_text(schedule.last_backup_time),
    }


def warnings_of(schedule: Schedule) -> list[str]:
    """What an administrator should know about this schedule before relying on it."""
    found = []
    entry = STORAGE_TYPES.get(schedule.storage_type)
    if entry is None:
        found.append(
            f"The portal has the unknown storage type {schedule.storage_type}: no backup runs. "
            "Set storage_type."
        )
    elif entry.warning:
        found.append(entry.warning)
    if schedule.period == "EveryMonth" and (schedule.day or 0) > 28:
        found.append(
            f"Day {schedule.day} does not exist in every month: the server skips such months, "
            "or runs the backup in the first days of March instead. Use a day from 1 to "
            "28."
        )
    return found
