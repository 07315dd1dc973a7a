# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restores: a new tenant replaces the old one (contract 12, contract-backups 5)."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import archives, places, records, vault
from .agenda import Operation
from .errors import Thrown
from .files import StoredFile
from .records import Snapshot
from .runs import BACKUP_S
from .tenants import Portal
from .vault import Record, Run, Schedule, Vault

if TYPE_CHECKING:
    from .world import World

GONE = "Unable to find the specified file."
BROKEN = "Found invalid data while decoding."
FOREIGN = "Backup file hash is not found"
OTHER_VERSION = "Version of the backup does not match the version of the server"


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a restore: a record of the history, a file of the portal, or neither."""

    record: Record | None = None
    stored: StoredFile | None = None

    @property
    def snapshot(self) -> Snapshot | None:
        """The data that the backup brings back, if it is known."""
        return self.record.snapshot if self.record else None


def restore(world: World, portal: Portal, source: Source) -> Run:
    """Start a restore of a portal, whose status is Restoring until the end."""
    now = world.clock.now()
    run = Run(portal.id, vault.RESTORE, now)
    portal.vault.restore = run
    portal.status = "Restoring"
    run.operation = Operation(now, now + BACKUP_S, lambda: _finish(world, portal, source, run))
    world.agenda.add(run.operation)
    return run


def _finish(world: World, portal: Portal, source: Source, run: Run) -> None:
    if world.portals.get(portal.alias) is not portal:
        return
    error = _obstacle(portal, source)
    if error is None:
        _take_over(world, portal, source.snapshot or records.present(portal, portal.vault), run)
        return
    run.error = error
    run.end(world.clock.now(), vault.COMPLETED)
    portal.status = "Active"


def _obstacle(portal: Portal, source: Source) -> str | None:
    """The error with which a restore fails, or None if it succeeds."""
    record, stored = source.record, source.stored
    if record is None and not portal.standalone:
        return FOREIGN
    if record is not None and record.server_version != portal.server_version:
        return OTHER_VERSION
    if stored is not None:
        return None if archives.is_whole(stored.content) else BROKEN
    try:
        there = record is None or places.shows_archive(portal, record)
    except Thrown as error:
        return error.message
    return None if there else GONE


def _take_over(world: World, portal: Portal, snapshot: Snapshot, run: Run) -> None:
    """Give the alias to a new tenant without keys, sessions, and second factors (contract 12)."""
    tree, ids = snapshot.tree.renumbered()
    users = copy.deepcopy(snapshot.users)
    for user in users.values():
        user.tfa = False
    heir = world.heir(portal, tree, users, snapshot.owner_id)
    heir.vault.schedule = _remapped(snapshot.schedule, ids)
    heir.vault.records = portal.vault.records
    for kept in heir.vault.records:
        kept.file_id = None
    run.tenant_id = heir.id
    run.end(world.clock.now(), vault.COMPLETED, 100)
    heir.vault.restore = run


def _remapped(schedule: Schedule | None, ids: dict[int | str, int | str]) -> Schedule | None:
    if schedule is None:
        return None
    row = schedule.copy()
    if row.storage_type == vault.DOCUMENTS and row.path and row.path.isdecimal():
        row.path = str(ids.get(int(row.path), row.path))
        row.params["folderId"] = row.path
    return row


def restore_server(world: World, holder: Vault, record: Record | None) -> Run:
    """Start a restore of the whole self-hosted server. Portals and keys stay (contract 12)."""
    now = world.clock.now()
    run = Run(vault.DUMP_TENANT, vault.RESTORE, now)
    holder.restore = run
    portals = [p for p in world.portals.values() if p.standalone and p.status == "Active"]
    for portal in portals:
        portal.status = "Restoring"

    def finish() -> None:
        for portal in portals:
            portal.status = "Active"
        if record is not None and record.snapshot is not None:
            holder.schedule = record.snapshot.schedule
        run.end(world.clock.now(), vault.COMPLETED, 100)

    run.operation = Operation(now, now + BACKUP_S, finish)
    world.agenda.add(run.operation)
    return run
