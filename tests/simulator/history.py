# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finished backups: list, delete, count, and the cleaner's trimming (contract 5.3, 7.3)."""

from __future__ import annotations

import uuid
from typing import Any

from . import billing, times
from .binding import query_bool
from .call import Call
from .dumps import asked_for
from .errors import ARGUMENT, FORMAT, Thrown, null_reference
from .files import Folder
from .tenants import Portal
from .vault import Record, Vault


def listing(call: Call) -> list[dict[str, Any]]:
    """GET getbackuphistory: probes every file and forgets records whose file is gone."""
    holder = call.vault(asked_for(call))
    call.demand_admin()
    for record in _alive(holder):
        if not _file_exists(call, record):
            _forget(record)
    return [record.view() for record in _alive(holder) if not _expired(record, call.now)]


def delete_one(call: Call) -> bool:
    """DELETE deletebackup/{guid}: true for any known id, NullReference for an unknown one."""
    call.demand_admin()
    wanted = str(uuid.UUID(call.args[0]))
    for portal, holder in call.world.vaults():
        for record in holder.records:
            if record.id == wanted:
                if holder in (call.portal.vault, call.world.server_vault):
                    _remove(portal, record)
                return True
    raise null_reference()


def delete_all(call: Call) -> bool:
    """DELETE deletebackuphistory: always true."""
    holder = call.vault(asked_for(call))
    call.demand_admin()
    for record in _alive(holder):
        _remove(call.portal, record)
    return True


def count(call: Call) -> int:
    """GET getbackupscount: default range is the current month up to now."""
    start = _instant(call.first("from"), billing.month_start(call.now))
    end = _instant(call.first("to"), call.now + 1)
    if start > end:
        raise Thrown(ARGUMENT, "From date must be less than to date")
    call.demand_admin()
    paid = bool(query_bool(call.first("paid"), "Paid", False))
    return billing.used(call.portal.vault, start, end, paid)


def trim(portal: Portal, holder: Vault, keep: int) -> None:
    """The cleaner: only the newest scheduled records stay, manual ones are not counted."""
    scheduled = sorted((r for r in _alive(holder) if r.scheduled), key=lambda r: r.created)
    for record in scheduled[: max(0, len(scheduled) - keep)]:
        _remove(portal, record)


def _instant(text: str | None, default: float) -> float:
    if not text:
        return default
    try:
        return times.parse(text)
    except ValueError:
        raise Thrown(FORMAT, f"String '{text}' was not recognized as a valid DateTime.") from None


def _alive(holder: Vault) -> list[Record]:
    return [record for record in holder.records if not record.removed]


def _expired(record: Record, now: float) -> bool:
    return record.expires is not None and now >= record.expires


def _file_exists(call: Call, record: Record) -> bool:
    if record.file_id is None:
        return True
    holder: Folder | None = None
    for portal in call.world.portals.values():
        holder = holder or portal.tree.holder(record.file_id)
    return holder is not None and holder.root.kind != "trash"


def _forget(record: Record) -> None:
    record.removed = True
    record.snapshot = None


def _remove(portal: Portal, record: Record) -> None:
    if record.file_id is not None:
        portal.tree.drop_file(record.file_id)
    _forget(record)
