# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The canonical form of a schedule, and its form in results. Pure."""

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

# In the order of their numbers in the API (contract 2.3).
PERIODS = ("EveryDay", "EveryWeek", "EveryMonth")

# On the server, day 1 of the week is Sunday (contract 4).
WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")

HOURS = range(24)
COPIES = range(1, 31)
DAYS = {"EveryDay": range(0), "EveryWeek": range(1, 8), "EveryMonth": range(1, 32)}


@dataclass(frozen=True)
class Schedule:
    """A backup schedule in canonical form, for both the actual and the desired schedule.

    `hour` is in the time zone of the portal, or in UTC for a dump. `day` is None for EveryDay, and
    1 is Sunday for EveryWeek. `storage_type` is a name in the table of storage types, or the number
    of the server as text. `backups_stored` is None if the server stores no limit (contract 2.3).
    `last_backup_time` is in UTC, or None, and is not compared.
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
        """The name of the day for EveryWeek, otherwise None."""
        return WEEKDAYS[self.day - 1] if self.period == "EveryWeek" and self.day else None

    @property
    def folder(self) -> str | None:
        """The target folder of the backups, or None."""
        return self.storage_params.get("folderId")


def options_of(schedule: Schedule) -> dict[str, Any]:
    """Return `schedule` in the structure of the options, plus `last_backup_time`.

    Values that are not valid as options, such as an unknown storage type or invalid parameters, are
    None, so that a user can always pass the result back to the module.
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
    """Return warnings about problems of this schedule."""
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
