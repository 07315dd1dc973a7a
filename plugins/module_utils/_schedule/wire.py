# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""What the server says of a schedule, turned into the canonical value. Server noise ends here.

Pure. Every function takes decoded JSON of any shape and raises ValueError, with words for a
person, where it is not what the contract describes.
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
    """The schedule in `response` of getbackupschedule (contract 2.3); None for no schedule.

    `dump` is what was asked for: a server that answers with the other kind is not understood.
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
    """The number of copies; None for none or 0, as rows of DocSpace 2.5 and older have it."""
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
    """The body of createbackupschedule (contract 2.4), enums by name.

    Without parameters it is, to the member, the one of the vendor's documentation.
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
