# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manual backups, their progress, canceling, and restores (contract 7)."""

from __future__ import annotations

import uuid
from typing import Any

from . import audit, billing, records, restores, runs, targets, vault
from .binding import Member, boolean, pairs, query_bool, string, to_map
from .call import Call
from .dumps import asked_for, demand
from .errors import (
    BILLING,
    FILE_NOT_FOUND,
    FOLDER_TEXT,
    ITEM_NOT_FOUND,
    PLAN_TEXT,
    Thrown,
    key_missing,
)
from .restores import Source
from .schedules import read_storage_type
from .vault import Record, Vault

_BACKUP = {
    "storagetype": Member("storage_type", read_storage_type),
    "storageparams": Member("params", pairs),
    "dump": Member("dump", boolean(), False),
}
_RESTORE = {
    "backupid": Member("backupId", string, required=True),
    "storagetype": Member("storage_type", read_storage_type),
    "storageparams": Member("params", pairs),
    "notify": Member("notify", boolean(), False),
    "dump": Member("dump", boolean(), False),
}
_GONE = "Unable to find the specified file."


def start(call: Call) -> dict[str, Any]:
    """POST startbackup: the progress of the new run, or of the one in progress."""
    wanted = call.members(_BACKUP, "ASC.Data.Backup.ApiModels.BackupDto")
    call.demand_admin()
    demand(call, wanted["dump"])
    storage_type = wanted["storage_type"] or vault.DOCUMENTS
    params = to_map(wanted["params"])
    targets.demand_fitting_kind(storage_type, params)
    path = None
    if storage_type in (vault.DOCUMENTS, vault.THIRD_PARTY):
        path = params["folderId"]
        targets.checked_folder(call, path)
    holder = call.vault(wanted["dump"])
    allowance = billing.demand_backup(call.portal, call.portal.vault, call.now)
    if storage_type == vault.LOCAL:
        path = targets.checked_path(call, storage_type, params)
    if holder.backup is not None and holder.backup.under_way:
        return holder.backup.view(call.profile, call.now)
    order = records.Order(
        vault=holder,
        portal=call.portal,
        storage_type=storage_type,
        params=dict(params),
        path=path,
        user_id=call.user.id,
        scheduled=False,
        paid=allowance is billing.Allowance.WALLET,
    )
    return runs.start(call.world, order).view(call.profile, call.now, fresh=True)


def progress(call: Call) -> dict[str, Any] | None:
    """GET getbackupprogress: None if nothing is in the queue."""
    holder = call.vault(asked_for(call))
    call.demand_admin()
    run = holder.current_backup(call.now)
    return run.view(call.profile, call.now) if run else None


def cancel(call: Call) -> bool:
    """POST cancelbackup."""
    call.demand_admin()
    return runs.cancel(call.world, call.portal.vault, call.portal, call.user.id)


def service_state(call: Call) -> dict[str, bool]:
    """GET getservicestate: the wallet backup service."""
    call.demand_admin()
    return {"enabled": call.portal.wallet_backup}


def temporary_path(call: Call) -> str:
    """GET backuptmp, for every user."""
    return f"/var/lib/docspace/tmp/{call.user.id[:8]}"


def start_restore(call: Call) -> dict[str, Any]:
    """POST startrestore: from the history by ID, or else from the file in filePath."""
    wanted = call.members(_RESTORE, "ASC.Data.Backup.ApiModels.BackupRestoreDto")
    demand(call, wanted["dump"])
    call.demand_admin()
    if not call.portal.standalone and not call.portal.free_backups:
        raise Thrown(BILLING, PLAN_TEXT)
    holder = call.vault(wanted["dump"])
    params = to_map(wanted["params"])
    source = _source(call, holder, wanted["backupId"] or "", wanted["storage_type"] or 0, params)
    audit.write(call.portal, audit.RESTORE_STARTED, call.now, call.user.id)
    if holder is call.world.server_vault:
        run = restores.restore_server(call.world, holder, source.record)
    else:
        run = restores.restore(call.world, call.portal, source)
    return run.view(call.profile, call.now, fresh=True)


def _source(
    call: Call, holder: Vault, backup_id: str, storage_type: int, params: dict[str, str]
) -> Source:
    try:
        wanted = str(uuid.UUID(backup_id))
    except ValueError:
        return _by_path(call, holder, storage_type, params)
    for record in holder.records:
        if record.id == wanted and not record.removed:
            return _of_record(call, record)
    raise Thrown(FILE_NOT_FOUND, _GONE)


def _of_record(call: Call, record: Record) -> Source:
    stored = None if record.file_id is None else call.portal.tree.file(record.file_id)
    return Source(record, stored)


def _by_path(call: Call, holder: Vault, storage_type: int, params: dict[str, str]) -> Source:
    if "filePath" not in params:
        raise key_missing("filePath")
    path = params["filePath"]
    if storage_type != vault.DOCUMENTS:
        return Source(next((r for r in holder.records if path.endswith(r.file_name)), None))
    stored = call.portal.tree.file(int(path)) if path.isdecimal() else None
    if stored is None:
        raise Thrown(ITEM_NOT_FOUND, FOLDER_TEXT.replace("folder", "file"))
    return Source(next((r for r in holder.records if r.file_id == stored.id), None), stored)


def restore_progress(call: Call) -> dict[str, Any] | None:
    """GET getrestoreprogress, anonymous. Without ``dump``, any restore that affects the portal."""
    dump = query_bool(call.first("dump"), "Dump", None) if call.profile.dump_query else None
    own = call.portal.vault.current_restore(call.now)
    server = call.world.server_vault.current_restore(call.now) if call.portal.standalone else None
    chosen = {True: server, False: own, None: own or server}[dump]
    return chosen.view(call.profile, call.now) if chosen else None
