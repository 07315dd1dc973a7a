# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finished backups: list, delete, count, and the cleaner (contract 5.3, 7.3)."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from . import billing, places, readings
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
    """GET getbackuphistory: checks every archive, and removes records without an archive.

    If a storage is unreachable, the whole request fails.
    """
    holder = call.vault(asked_for(call))
    call.demand_admin()
    for record in alive(holder):
        if not _shows_archive(call.world, call.portal, record):
            _forget(record)
    return [record.view() for record in alive(holder)]


def delete_one(call: Call) -> bool:
    """DELETE deletebackup/{guid}: true for a known ID, NullReference for an unknown one."""
    call.demand_admin()
    wanted = str(uuid.UUID(call.args[0]))
    for _portal, holder in call.world.vaults():
        for record in holder.records:
            if record.id == wanted:
                if holder in (call.portal.vault, call.world.server_vault):
                    _delete(call, record)
                return True
    raise null_reference()


def _delete(call: Call, record: Record) -> None:
    again = record.removed
    try:
        _remove(call.world, call.portal, record)
    except Thrown:
        if not (again and readings.SECOND_DELETE_IS_TRUE):
            raise


def delete_all(call: Call) -> bool:
    """DELETE deletebackuphistory: always true."""
    holder = call.vault(asked_for(call))
    call.demand_admin()
    for record in alive(holder):
        _remove_quietly(call.world, call.portal, record)
    return True


def count(call: Call) -> int:
    """GET getbackupscount: the default range is the current month until now."""
    month = billing.month_start(call.profile, call.now)
    start = query_instant(call.first("from"), "From", month)
    end = query_instant(call.first("to"), "To", call.now + 1)
    if start > end:
        raise Thrown(ARGUMENT, "From date must be less than to date")
    call.demand_admin()
    paid = bool(query_bool(call.first("paid"), "Paid", False))
    return billing.used(call.portal.vault, start, end, paid)


def clean(world: World, portal: Portal, holder: Vault) -> None:
    """The cleaner: remove expired records, and scheduled ones above the number to keep.

    Manual backups do not count. Without a schedule, there is no number to keep.
    """
    now = world.clock.now()
    records = alive(holder)
    surplus = [r for r in records if r.expires is not None and now >= r.expires]
    if holder.schedule is not None:
        scheduled = sorted((r for r in records if r.scheduled), key=lambda r: r.created)
        surplus += scheduled[: max(0, len(scheduled) - holder.schedule.backups_stored)]
    for record in surplus:
        _remove_quietly(world, portal, record)


def alive(holder: Vault) -> list[Record]:
    """The records that have not been removed."""
    return [record for record in holder.records if not record.removed]


def _shows_archive(world: World, portal: Portal, record: Record) -> bool:
    if record.file_id is None:
        return places.shows_archive(portal, record)
    place = _place(world, record.file_id)
    return place is not None and place[1].root.kind != "trash"


def _place(world: World, file_id: int) -> tuple[Portal, Folder] | None:
    """The portal and folder of a file. A whole-server backup is in the portal that requested it."""
    for portal in world.portals.values():
        folder = portal.tree.holder(file_id)
        if folder is not None:
            return portal, folder
    return None


def _forget(record: Record) -> None:
    record.removed = True
    record.snapshot = None


def _remove(world: World, portal: Portal, record: Record) -> None:
    """Mark a record as removed, and then delete its archive. Raises Thrown."""
    _forget(record)
    if record.file_id is None:
        places.erase(portal, record)
    elif place := _place(world, record.file_id):
        place[0].tree.drop_file(record.file_id)


def _remove_quietly(world: World, portal: Portal, record: Record) -> None:
    """The same, but errors are only written to the server's log."""
    with suppress(Thrown):
        _remove(world, portal, record)
