# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The wanted schedule, the actual one, and the plan to get from one to the other.

Pure: no input or output, and independent of HTTP and Ansible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import (
    COPIES,
    DAYS,
    HOURS,
    WEEKDAYS,
    Schedule,
    options_of,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.params import (
    HIDDEN,
    canonical_params,
    is_secret,
    masked,
    params_from_option,
    params_problem,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.types import (
    STORAGE_TYPES,
    type_by_wire_name,
)


@dataclass(frozen=True)
class Wanted:
    """The schedule that a play wants. None means that the portal keeps its current value."""

    storage_type: str | None = None
    storage_params: Mapping[str, str] | None = None
    period: str | None = None
    hour: int | None = None
    day: int | None = None
    weekday: str | None = None
    backups_stored: int | None = None
    dump: bool = False


@dataclass(frozen=True)
class Plan:
    """The change to make. `desired` is the schedule afterwards, or None for no schedule.

    `before` and `after` are the two sides of the diff, {} for no schedule.
    """

    desired: Schedule | None
    changed: bool
    before: dict[str, Any]
    after: dict[str, Any]


# --- options -> wanted


def wanted_from_options(options: Mapping[str, Any]) -> Wanted:
    """Return the wanted schedule. Raise OptionError if the options alone are invalid."""
    storage_type = options.get("storage_type")
    storage_type = storage_type and (type_by_wire_name(storage_type) or storage_type)
    wanted = Wanted(
        storage_type=storage_type,
        storage_params=params_from_option(storage_type, options.get("storage_params")),
        period=options.get("period"),
        hour=_within(options, "hour", HOURS),
        day=_within(options, "day", DAYS["EveryMonth"]),
        weekday=options.get("weekday"),
        backups_stored=_within(options, "backups_stored", COPIES),
        dump=bool(options.get("dump")),
    )
    _check_day(wanted)
    return wanted


def _within(options: Mapping[str, Any], option: str, allowed: range) -> int | None:
    value: int | None = options.get(option)
    if value is not None and value not in allowed:
        raise OptionError(option, f"{value} is not between {allowed[0]} and {allowed[-1]}")
    return value


def _check_day(wanted: Wanted) -> None:
    """Raise OptionError if `day`, `weekday`, and `period` do not match each other."""
    if wanted.weekday is not None:
        if wanted.period not in (None, "EveryWeek"):
            raise OptionError("weekday", f"it requires period EveryWeek, not {wanted.period}")
        if wanted.day not in (None, WEEKDAYS.index(wanted.weekday) + 1):
            raise OptionError(
                "weekday",
                f"{wanted.weekday} is not day {wanted.day} (1 is sunday); set only one of them",
            )
    if wanted.period == "EveryWeek" and wanted.day not in (None, *DAYS["EveryWeek"]):
        raise OptionError("day", f"{wanted.day} is not between 1 (sunday) and 7 (saturday)")


# --- wanted + actual -> desired


def desired_schedule(wanted: Wanted, actual: Schedule | None) -> Schedule:
    """Return the schedule with the wanted values, and the current values for all others.

    Raise OptionError if a required value is missing on both sides.
    """
    if actual is None:
        _check_complete(wanted)
    storage_type = wanted.storage_type or (actual.storage_type if actual else "")
    period = wanted.period or (actual.period if actual else "EveryDay")
    hour = wanted.hour if wanted.hour is not None else (actual.hour if actual else 0)
    copies = wanted.backups_stored or (actual.backups_stored if actual else None)
    desired = Schedule(
        storage_type=storage_type,
        storage_params=_desired_params(wanted, actual, storage_type),
        period=period,
        hour=hour,
        day=_desired_day(wanted, actual, period),
        backups_stored=copies,
        dump=wanted.dump,
        last_backup_time=actual.last_backup_time if actual else None,
    )
    if desired != actual:
        _check_writable(desired)
    return desired


def _check_complete(wanted: Wanted) -> None:
    needed = ("storage_type", "hour", "backups_stored")
    missing = [option for option in needed if getattr(wanted, option) is None]
    if missing:
        raise OptionError(", ".join(missing), "required, because the portal has no schedule yet")


def _check_writable(desired: Schedule) -> None:
    """Raise OptionError for current values that the server would not accept."""
    if desired.storage_type not in STORAGE_TYPES:
        raise OptionError(
            "storage_type",
            f"required, because the portal has the unknown storage type {desired.storage_type}",
        )
    if desired.backups_stored is None:
        raise OptionError(
            "backups_stored", "required, because the portal stores no number of copies"
        )
    problem = params_problem(desired.storage_type, desired.storage_params)
    if problem:
        raise OptionError("storage_params", problem)


def _desired_params(
    wanted: Wanted, actual: Schedule | None, storage_type: str
) -> Mapping[str, str]:
    kept = actual.storage_params if actual and actual.storage_type == storage_type else {}
    if wanted.storage_params is None:
        return kept
    params = canonical_params(storage_type, wanted.storage_params)
    hidden = [key for key, value in params.items() if value == HIDDEN and is_secret(key)]
    for key in hidden:
        if key not in kept:
            raise OptionError(
                "storage_params", f"{key} is {HIDDEN}, but the portal has no such value"
            )
        params[key] = kept[key]
    return params


def _desired_day(wanted: Wanted, actual: Schedule | None, period: str) -> int | None:
    day = WEEKDAYS.index(wanted.weekday) + 1 if wanted.weekday else wanted.day
    if wanted.weekday and period != "EveryWeek":
        raise OptionError("weekday", f"it requires period EveryWeek, not {period}")
    if period == "EveryDay":
        return None
    if day is None and actual and actual.period == period:
        return actual.day
    if day is None:
        choice = "day or weekday" if period == "EveryWeek" else "day"
        raise OptionError(choice, f"required, because period changes to {period}")
    if day not in DAYS[period]:
        raise OptionError("day", f"{day} is not between 1 (sunday) and 7 (saturday)")
    return day


# --- desired + actual -> plan


def plan(desired: Schedule | None, actual: Schedule | None) -> Plan:
    """Return the plan, which determines `changed`, the diff, and the request."""
    before, after = _diff_side(actual), _diff_side(desired)
    changed = desired != actual
    if changed and desired and actual:
        after["storage_params"] = _marked(desired.storage_params, actual.storage_params)
    if changed and desired:
        # Every write resets the last run on the server (contract 5.2).
        desired = _never_run(desired)
    return Plan(desired, changed, before, after)


def _never_run(schedule: Schedule) -> Schedule:
    values = {**vars(schedule), "last_backup_time": None}
    return Schedule(**values)


def _diff_side(schedule: Schedule | None) -> dict[str, Any]:
    if schedule is None:
        return {}
    shown = options_of(schedule)
    del shown["last_backup_time"]
    return shown


def _marked(desired: Mapping[str, str], actual: Mapping[str, str]) -> dict[str, str]:
    """Return `desired` for the diff, which shows that a secret changes, but not its value."""
    shown = masked(desired)
    for key in shown:
        if is_secret(key) and actual.get(key, desired[key]) != desired[key]:
            shown[key] = f"{HIDDEN} new value"
    return shown
