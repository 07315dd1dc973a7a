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

import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule import (
    COPIES,
    DAYS,
    HOURS,
    PERIODS,
    Schedule,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage import (
    canonical_params,
    type_by_number,
    type_by_wire_name,
)

_NEVER = datetime.min.replace(tzinfo=timezone.utc)


def schedule_from_wire(response: Any, dump: bool) -> Schedule | None:
    """The schedule in `response` of getbackupschedule (contract 2.3); None for no schedule.

    `dump` is what was asked for: a server that answers with the other kind is not understood.
    """
    if response is None:
        return None
    schedule = _member(response, "response", dict)
    cron = _member(schedule.get("cronParams"), "cronParams", dict)
    if _boolean(schedule.get("dump", False), "dump") != dump:
        raise ValueError("the answer is about the other kind of schedule (dump)")
    storage_type = _storage_type(schedule.get("storageType"))
    period = _period(cron.get("period"))
    return Schedule(
        storage_type=storage_type,
        storage_params=canonical_params(storage_type, _params(schedule.get("storageParams"))),
        period=period,
        hour=_within(cron.get("hour"), "hour", HOURS),
        day=None if period == "EveryDay" else _within(cron.get("day"), "day", DAYS[period]),
        backups_stored=_copies(schedule.get("backupsStored")),
        dump=dump,
        last_backup_time=utc_time(schedule.get("lastBackupTime")),
    )


def utc_time(value: Any) -> datetime | None:
    """A server time as UTC; None for the server's way to say never, or for no time at all.

    MySQL gives UTC without a zone, PostgreSQL may add a `Z` and fractions (contract 2.2).
    """
    if value is None:
        return None
    text = _member(value, "lastBackupTime", str)
    seconds, zone = text[:19], text[19:].lstrip(".0123456789")
    try:
        moment = datetime.fromisoformat(seconds + ("+00:00" if zone in ("", "Z") else zone))
        moment = moment if moment == _NEVER else moment.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise ValueError("lastBackupTime is not a time") from None
    return None if moment == _NEVER else moment


def _member(value: Any, name: str, kind: type) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"{name} is not of the expected type")
    return value


def _integer(value: Any, name: str) -> int:
    if isinstance(value, str) and len(value) < 12 and re.fullmatch(r"-?\d+", value.strip()):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f"{name} is not a whole number")


def _within(value: Any, name: str, allowed: range) -> int:
    number = _integer(value, name)
    if number not in allowed:
        raise ValueError(f"{name} is out of range")
    return number


def _boolean(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise ValueError(f"{name} is not a boolean")


def _copies(value: Any) -> int | None:
    """The number of copies; None for none or 0, as rows of DocSpace 2.5 and older have it."""
    if value is None or _integer(value, "backupsStored") == 0:
        return None
    return _within(value, "backupsStored", COPIES)


def _storage_type(value: Any) -> str:
    """The type's name; the number as text where the server holds one that does not exist."""
    name = type_by_wire_name(value) if isinstance(value, str) else None
    if name:
        return name
    number = _integer(value, "storageType")
    return type_by_number(number) or str(number)


def _period(value: Any) -> str:
    if isinstance(value, str):
        for name in PERIODS:
            if value.strip().lower() == name.lower():
                return name
    return PERIODS[_within(value, "period", range(len(PERIODS)))]


def _params(value: Any) -> Mapping[str, Any]:
    """Storage parameters from a map, or from the list of pairs that a request would hold."""
    if value is None:
        return {}
    if isinstance(value, list):
        value = dict(_pair(entry) for entry in value)
    params: dict[str, Any] = _member(value, "storageParams", dict)
    for entry in params.values():
        if isinstance(entry, (dict, list)):
            raise ValueError("storageParams holds more than plain values")
    return params


def _pair(entry: Any) -> tuple[str, Any]:
    pair = _member(entry, "storageParams", dict)
    return _member(pair.get("key"), "storageParams", str), pair.get("value")
