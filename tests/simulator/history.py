# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finished backups: list, delete, count, and the cleaner's trimming (contract 5.3, 7.3)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from . import billing
from .binding import query_bool, query_instant
from .call import Call
from .dumps import asked_for
from .errors import ARGUMENT, Thrown, null_reference
from .files import Folder
from .tenants import Portal
from .vault import Record, Vault

if TYPE_CHECKING:
    from .world import World


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
    for _portal, holder in call.world.vaults():
        for record in holder.records:
            if record.id == wanted:
                if holder in (call.portal.vault, call.world.server_vault):
                    _remove(call.world, record)
                return True
    raise null_reference()


def delete_all(call: Call) -> bool:
    """DELETE deletebackuphistory: always true."""
    holder = call.vault(asked_for(call))
    call.demand_admin()
    for record in _alive(holder):
        _remove(call.world, record)
    return True


def count(call: Call) -> int:
    """GET getbackupscount: default range is the current month up to now."""
    month = billing.month_start(call.profile, call.now)
    start = query_instant(call.first("from"), "From", month)
    end = query_instant(call.first("to"), "To", call.now + 1)
    if start > end:
        raise Thrown(ARGUMENT, "From date must be less than to date")
    call.demand_admin()
    paid = bool(query_bool(call.first("paid"), "Paid", False))
    return billing.used(call.portal.vault, start, end, paid)


def trim(world: World, holder: Vault, keep: int) -> None:
    """The cleaner: only the newest scheduled records stay, manual ones are not counted."""
    scheduled = sorted((r for r in _alive(holder) if r.scheduled), key=lambda r: r.created)
    for record in scheduled[: max(0, len(scheduled) - keep)]:
        _remove(world, record)


def _alive(holder: Vault) -> list[Record]:
    return [record for record in holder.records if not record.removed]


def _expired(record: Record, now: float) -> bool:
    return record.expires is not None and now >= record.expires


def _file_exists(call: Call, record: Record) -> bool:
    if record.file_id is None:
        return True
    place = _place(call.world, record.file_id)
    return place is not None and place[1].root.kind != "trash"


def _place(world: World, file_id: int) -> tuple[Portal, Folder] | None:
    """Where a file lies: a copy of the whole server lies with the portal that asked for it."""
    for portal in world.portals.values():
        folder = portal.tree.holder(file_id)
        if folder is not None:
            return portal, folder
    return None


def _forget(record: Record) -> None:
    record.removed = True
    record.snapshot = None


def _remove(world: World, record: Record) -> None:
    if record.file_id is not None and (place := _place(world, record.file_id)):
        place[0].tree.drop_file(record.file_id)
    _forget(record)
