# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Convert between a schedule in the API and its canonical form. Pure.

Every function accepts any decoded JSON, and raises ValueError with a message for users if the JSON
does not match the contract.
"""

from __future__ import annotations

from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import (
    boolean,
    integer,
    member,
    within,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import utc_time
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import (
    COPIES,
    DAYS,
    HOURS,
    PERIODS,
    Schedule,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.wire import (
    Storage,
    storage_from_wire,
    storage_to_wire,
)


def schedule_from_wire(response: Any, dump: bool) -> Schedule | None:
    """Return the schedule in `response` of getbackupschedule, or None (contract 2.3).

    `dump` is the requested kind of schedule. Raise ValueError if the response has the other kind.
    """
    if response is None:
        return None
    schedule = member(response, "response", dict)
    cron = member(schedule.get("cronParams"), "cronParams", dict)
    if boolean(schedule.get("dump", False), "dump") != dump:
        raise ValueError("the response describes the other kind of schedule (dump)")
    storage = storage_from_wire(schedule)
    period = _period(cron.get("period"))
    return Schedule(
        storage_type=storage.type,
        storage_params=storage.params,
        period=period,
        hour=within(cron.get("hour"), "hour", HOURS),
        day=None if period == "EveryDay" else within(cron.get("day"), "day", DAYS[period]),
        backups_stored=_copies(schedule.get("backupsStored")),
        dump=dump,
        last_backup_time=utc_time(schedule.get("lastBackupTime"), "lastBackupTime"),
    )


def _copies(value: Any) -> int | None:
    """Return the number of copies, or None for 0 or a missing number (DocSpace 2.5 and earlier)."""
    if value is None or integer(value, "backupsStored") == 0:
        return None
    return within(value, "backupsStored", COPIES)


def _period(value: Any) -> str:
    if isinstance(value, str):
        for name in PERIODS:
            if value.strip().lower() == name.lower():
                return name
    return PERIODS[within(value, "period", range(len(PERIODS)))]


def payload(schedule: Schedule) -> dict[str, Any]:
    """Return the body of createbackupschedule (contract 2.4), with names of enums.

    Without parameters, it is identical to the one in the vendor's documentation.
    """
    body = storage_to_wire(Storage(schedule.storage_type, schedule.storage_params))
    body["cronParams"] = {
        "period": schedule.period,
        "hour": schedule.hour,
        "day": schedule.day or 0,
    }
    body["backupsStored"] = schedule.backups_stored
    body["dump"] = schedule.dump
    return body
