# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The backup schedule: create, read, delete (contract 2.3, 2.4, 5)."""

from __future__ import annotations

from typing import Any

from . import audit, billing, cron, targets, times, vault
from .binding import Member, boolean, enum, integer, nested, pairs, string, to_map
from .call import Call
from .dumps import asked_for, demand
from .errors import ARGUMENT, FORMAT, Thrown, duplicate_key, null_reference
from .vault import Schedule

STORAGE_TYPES = (
    "Documents",
    "ThridpartyDocuments",
    "CustomCloud",
    "Local",
    "DataStore",
    "ThirdPartyConsumer",
)
PERIODS = ("EveryDay", "EveryWeek", "EveryMonth")
STORED_MIN, STORED_MAX = 1, 30

read_storage_type = enum(STORAGE_TYPES, "ASC.Data.Backup.Contracts.BackupStorageType")
_CRON = {
    "period": Member("period", enum(PERIODS, "ASC.Data.Backup.Services.BackupPeriod"), 0),
    "hour": Member("hour", integer(), 0),
    "day": Member("day", integer(nullable=True), 0),
}
_TYPED = {
    "storagetype": Member("storage_type", read_storage_type),
    "storageparams": Member("params", pairs),
    "backupsstored": Member("stored", integer(nullable=True)),
    "cronparams": Member("cron", nested(_CRON, "ASC.Data.Backup.ApiModels.Cron")),
    "dump": Member("dump", boolean(), False),
}
# Up to 2.6, clients sent every number as a string, which was parsed after the binding.
_STRING_CRON = {name: Member(name, string) for name in ("period", "hour", "day")}
_STRINGS = {
    "storagetype": Member("storage_type", string),
    "storageparams": Member("params", pairs),
    "backupsstored": Member("stored", string),
    "cronparams": Member("cron", nested(_STRING_CRON, "ASC.Data.Backup.ApiModels.Cron")),
    "dump": Member("dump", boolean(), False),
}
_DTO = "ASC.Data.Backup.ApiModels.BackupScheduleDto"


def create(call: Call) -> bool:
    """POST createbackupschedule, with the server's order of checks (contract 1.4)."""
    wanted = _typed(call) if call.profile.string_integers_only else call.members(_TYPED, _DTO)
    demand(call, wanted["dump"])
    billing.demand_schedules(call.portal)
    if wanted["cron"] is None:
        raise null_reference()
    stored = STORED_MIN if wanted["stored"] is None else wanted["stored"]
    if not STORED_MIN <= stored <= STORED_MAX:
        raise Thrown(ARGUMENT, "backupStored must be 1 - 30")
    params = to_map(wanted["params"])
    storage_type = wanted["storage_type"] or vault.DOCUMENTS
    path = targets.checked_path(call, storage_type, params)
    call.demand_admin()
    when = wanted["cron"]
    schedule = Schedule(
        storage_type=storage_type,
        params=_stored_params(call, storage_type, params, path, wanted["dump"]),
        path=path,
        cron=cron.validated(when["period"] or 0, when["hour"], when["day"] or 0),
        backups_stored=stored,
        dump=wanted["dump"],
    )
    call.vault(wanted["dump"]).schedule = schedule
    audit.write(call.portal, audit.SCHEDULE_CREATED, call.now, call.user.id)
    return True


def read(call: Call) -> dict[str, Any] | None:
    """GET getbackupschedule: None if there is no schedule of this kind."""
    dump = asked_for(call)
    call.demand_admin()
    row = call.vault(dump).schedule
    if row is None or (call.profile.dump_query and row.dump is not dump):
        return None
    if call.profile.custom_cloud_rewritten and row.storage_type == vault.CUSTOM_CLOUD:
        row.storage_type = vault.CONSUMER
        kept = {name: value for name, value in row.params.items() if value is not None}
        row.params = {"module": "S3", **kept}
    return {
        "storageType": row.storage_type,
        "storageParams": row.params,
        "cronParams": {"period": row.cron.period, "hour": row.cron.hour, "day": row.cron.day},
        "backupsStored": row.backups_stored,
        "lastBackupTime": times.plain(row.last),
        "dump": row.dump,
    }


def delete(call: Call) -> bool:
    """DELETE deletebackupschedule: true even if there is no schedule."""
    holder = call.vault(asked_for(call))
    call.demand_admin()
    holder.schedule = None
    deleted = call.profile.schedule_deleted_audit
    code = audit.SCHEDULE_DELETED if deleted else audit.SCHEDULE_REMOVED
    audit.write(call.portal, code, call.now, call.user.id)
    return True


def _stored_params(
    call: Call, storage_type: int, params: dict[str, str], path: str | None, dump: bool
) -> dict[str, str | None]:
    """The storageParams that GET will return (contract 5.4)."""
    kept: dict[str, str | None] = dict(params)
    if dump and call.profile.dump_row_of_server:
        if "tenantId" in kept:
            raise duplicate_key("tenantId")
        kept["tenantId"] = str(call.portal.id)
    if storage_type != vault.CONSUMER:
        kept["folderId"] = path
    return kept


def _typed(call: Call) -> dict[str, Any]:
    """The form of 2.6: strings of integers. Everything else fails when it is parsed."""
    wanted = call.members(_STRINGS, _DTO)
    for name in ("storage_type", "stored"):
        wanted[name] = _parsed(wanted[name])
    if wanted["cron"] is not None:
        wanted["cron"] = {name: _parsed(text) or 0 for name, text in wanted["cron"].items()}
    return wanted


def _parsed(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return int(text)
    except ValueError:
        raise Thrown(FORMAT, f"The input string '{text}' was not in a correct format.") from None
