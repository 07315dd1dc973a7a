# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The wanted state of backups, and the selection of existing backups. Pure.

Callers pass the time of the server, because ages depend on its clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import Backup
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.duration import duration
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.wire import guid
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import utc_text
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.params import (
    HIDDEN,
    is_secret,
    params_from_option,
    params_problem,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.types import (
    STORAGE_TYPES,
    type_by_wire_name,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.wire import Storage

STATES = ("present", "absent", "pruned", "cancelled")


@dataclass(frozen=True)
class Wanted:
    """The options of a play. `storage` is None for the storage of the schedule.

    `max_age` is zero if the play always wants a new backup. `older_than` is None if the age does
    not matter.
    """

    state: str
    dump: bool = False
    max_age: timedelta = timedelta()
    storage: Storage | None = None
    wait: bool = True
    wait_timeout: timedelta = timedelta(hours=1)
    allow_paid: bool = False
    backup_id: str = ""
    keep: int = 1
    older_than: timedelta | None = None


# --- options -> wanted


def wanted_from_options(options: Mapping[str, Any]) -> Wanted:
    """Return the wanted state. Raise OptionError if the options alone are invalid."""
    state = options["state"]
    wanted: dict[str, Any] = {"state": state, "dump": bool(options.get("dump"))}
    if state in ("present", "cancelled"):
        wanted["wait"] = bool(options["wait"])
        wanted["wait_timeout"] = _longer_than_nothing(options, "wait_timeout")
    if state == "present":
        wanted["max_age"] = duration("max_age", _needed(options, "max_age", state))
        wanted["storage"] = _storage(options)
        wanted["allow_paid"] = bool(options.get("allow_paid"))
    if state == "absent":
        wanted["backup_id"] = _backup_id(_needed(options, "backup_id", state))
    if state == "pruned":
        wanted |= _limits(options)
    if state == "cancelled" and wanted["dump"]:
        raise OptionError("dump", "the server cannot cancel a dump; remove this option")
    return Wanted(**wanted)


def _needed(options: Mapping[str, Any], option: str, state: str) -> str:
    value = options.get(option)
    if value is None:
        raise OptionError(option, f"required with state {state}")
    return str(value)


def _longer_than_nothing(options: Mapping[str, Any], option: str) -> timedelta:
    value = duration(option, str(options[option]))
    if not value:
        raise OptionError(option, "it must be longer than 0")
    return value


def _backup_id(text: str) -> str:
    found = guid(text)
    if found is None:
        raise OptionError(
            "backup_id",
            f"{text!r} is not the ID of a backup; use the format "
            "00000000-0000-0000-0000-000000000000",
        )
    return found


def _limits(options: Mapping[str, Any]) -> dict[str, Any]:
    keep, older_than = options.get("keep"), options.get("older_than")
    if keep is None and older_than is None:
        raise OptionError("keep, older_than", "state pruned needs one of them")
    if keep is not None and keep < 1:
        raise OptionError("keep", f"{keep} is less than 1; the newest backup is always kept")
    return {
        "keep": 1 if keep is None else keep,
        "older_than": None if older_than is None else duration("older_than", str(older_than)),
    }


def _storage(options: Mapping[str, Any]) -> Storage | None:
    given, params = options.get("storage_type"), options.get("storage_params")
    if given is None and params is None:
        return None
    if given is None:
        raise OptionError("storage_type", "required with storage_params")
    storage_type = type_by_wire_name(given) or given
    storage = Storage(storage_type, params_from_option(storage_type, params or {}) or {})
    hidden = [k for k, value in storage.params.items() if value == HIDDEN and is_secret(k)]
    if hidden:
        raise OptionError("storage_params", f"{hidden[0]} is {HIDDEN}; set its value")
    problem = storage_problem(storage)
    if problem:
        option = "storage_type" if storage_type == "CustomCloud" else "storage_params"
        raise OptionError(option, problem)
    return storage


# --- storage


def storage_problem(storage: Storage) -> str:
    """Return why no backup to the storage is possible, or "".

    The rules are stricter than those of a schedule: the type of the folder must match (contract
    7.2).
    """
    if storage.type not in STORAGE_TYPES:
        return f"storage type {storage.type} does not exist"
    if storage.type == "CustomCloud":
        return (
            "every backup to CustomCloud fails with 'Unknown storage type'; use another storage "
            "type"
        )
    folder = storage.params.get("folderId", "")
    if storage.type == "Documents" and folder and not folder.isdecimal():
        return f"folderId {folder!r} is not the number of a folder, which Documents requires"
    if storage.type == "ThirdPartyDocuments" and folder.isdecimal():
        return f"folderId {folder} is a folder of the portal; use storage_type Documents"
    return params_problem(storage.type, storage.params)


# --- wanted + history -> backups


def satisfying(wanted: Wanted, history: Iterable[Backup], now: datetime) -> Backup | None:
    """Return the newest backup of the wanted type that is not older than `max_age`."""
    fresh = (
        backup
        for backup in history
        if now - backup.created_on <= wanted.max_age
        and counts(wanted, backup)
        and not backup.expired(now)
    )
    return max(fresh, key=_age, default=None)


def counts(wanted: Wanted, backup: Backup) -> bool:
    """Return whether the storage type of the backup is the wanted one, if any."""
    return wanted.storage is None or backup.storage_type == wanted.storage.type


def prunable(wanted: Wanted, history: Iterable[Backup], now: datetime) -> tuple[Backup, ...]:
    """Return the backups to remove, the oldest first.

    A record with an expired archive counts neither as kept nor as removable: it is not a usable
    backup, and the server removes it itself.
    """
    sound = sorted((b for b in history if not b.expired(now)), key=_age)
    surplus = sound[: -wanted.keep]
    if wanted.older_than is None:
        return tuple(surplus)
    return tuple(b for b in surplus if now - b.created_on >= wanted.older_than)


def _age(backup: Backup) -> tuple[datetime, str]:
    return backup.created_on, backup.id


# --- backups -> result


def shown(
    backup_id: str,
    dump: bool,
    *,
    backup: Backup | None = None,
    storage_type: str | None = None,
    incomplete: bool | None = None,
) -> dict[str, Any]:
    """Return a backup in the format of results. Without a record, only few values are known."""
    return {
        "id": backup_id,
        "file_name": backup.file_name if backup else None,
        "storage_type": _named(backup.storage_type) if backup else storage_type,
        "created_on": utc_text(backup.created_on) if backup else None,
        "expires_on": utc_text(backup.expires_on) if backup else None,
        "incomplete": incomplete,
        "dump": dump,
    }


def _named(storage_type: str) -> str | None:
    return storage_type if storage_type in STORAGE_TYPES else None


def listed(history: Iterable[Backup]) -> dict[str, list[str]]:
    """Return one side of a diff, with a line for each backup, the newest first."""
    return {"backups": [f"{utc_text(b.created_on)} {b.file_name} ({b.id})" for b in history]}
