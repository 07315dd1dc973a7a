# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The backup worker: what a run needs, how it ends, what it leaves (contract 6, 7; rooms 5.2)."""

from __future__ import annotations

import copy
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import audit, times, vault
from .agenda import Operation
from .errors import NULL_TEXT
from .files import Tree
from .tenants import Portal, User
from .vault import Record, Run, Schedule, Vault

if TYPE_CHECKING:
    from .world import World

BACKUP_S = 2.0
MISSING_DIRECTORY = "/missing"
SHIPPED_MODULES = ("s3", "googlecloud", "rackspace")


@dataclass(slots=True)
class Order:
    """What is to be backed up where, and for whom."""

    vault: Vault
    portal: Portal
    storage_type: int
    params: dict[str, str | None]
    path: str | None
    user_id: str
    scheduled: bool
    paid: bool = False


@dataclass(slots=True)
class Snapshot:
    """What a backup contains, as far as a restore brings it back."""

    schedule: Schedule | None
    tree: Tree
    users: dict[str, User]
    owner_id: str


def start(world: World, order: Order) -> Run:
    """Put a backup into the queue; a run that cannot work fails at once."""
    now = world.clock.now()
    run = Run(
        order.vault.tenant_id,
        vault.BACKUP,
        now,
        scheduled=order.scheduled,
        user_id=order.user_id,
        storage_type=order.storage_type,
        params=order.params,
        paid=order.paid,
    )
    order.vault.backup = run
    audit.write_run(order.portal, audit.STARTED, now, order.user_id, order.scheduled)
    if obstacle(order) is not None:
        _finish(world, order, run)
    else:
        run.operation = Operation(now, now + BACKUP_S, lambda: _finish(world, order, run))
        world.agenda.add(run.operation)
    return run


def obstacle(order: Order) -> str | None:
    """The error text with which a run to this storage fails, None if it works."""
    path = order.path or ""
    if order.storage_type == vault.DOCUMENTS and not path.isdecimal():
        return f"The input string '{path}' was not in a correct format."
    if order.storage_type in (vault.DOCUMENTS, vault.THIRD_PARTY):
        return None if order.portal.tree.find(path) else NULL_TEXT
    if order.storage_type == vault.LOCAL:
        return "Directory not found." if path.startswith(MISSING_DIRECTORY) else None
    if order.storage_type == vault.CONSUMER:
        module = order.params.get("module")
        ready = module in SHIPPED_MODULES and order.portal.storages.get(module or "", False)
        return None if ready else NULL_TEXT
    return None if order.storage_type == vault.DATA_STORE else "Unknown storage type."


def cancel(world: World, holder: Vault, portal: Portal, user_id: str) -> bool:
    """Take the backup item out of the queue; a running one ends as cancelled (contract 7.3)."""
    now = world.clock.now()
    run = holder.current_backup(now)
    if run is None:
        return False
    if not run.under_way:
        holder.backup = None
        return True
    if run.operation is not None:
        run.operation.cancelled = True
    run.warning = "Backup cancelled"
    run.end(now, vault.CANCELED)
    audit.write(portal, audit.CANCELLED, now, user_id)
    return True


def _finish(world: World, order: Order, run: Run) -> None:
    now = world.clock.now()
    error = obstacle(order)
    if error is not None:
        run.error = error
        run.end(now, vault.COMPLETED)
        audit.write_run(order.portal, audit.FAILED, now, order.user_id, order.scheduled)
        return
    _keep(world, order, run, now)
    run.end(now, vault.COMPLETED, 100)
    audit.write_run(order.portal, audit.COMPLETED, now, order.user_id, order.scheduled)


def _keep(world: World, order: Order, run: Run, now: float) -> None:
    portal, holder = order.portal, order.vault
    prefix = "workspace" if holder.tenant_id == vault.DUMP_TENANT else portal.alias
    name = f"{prefix}_{times.utc(now):%Y-%m-%d_%H-%M-%S}.tar.gz"
    file_id = None
    folder = portal.tree.find(order.path or "")
    if order.storage_type in (vault.DOCUMENTS, vault.THIRD_PARTY) and folder is not None:
        # Scheduled runs act as the portal owner (rooms contract 5.2).
        author = portal.owner_id if order.scheduled else order.user_id
        file_id = portal.tree.store(folder, name, author, now).id
    if order.storage_type == vault.DATA_STORE:
        run.link = f"/storage/backup/{name}"
    if order.storage_type == vault.CONSUMER:
        run.link = f"https://{order.params.get('bucket', 'backup')}.storage.test/{name}"
    holder.records.append(
        Record(
            id=run.task_id,
            file_name=name,
            storage_type=order.storage_type,
            created=now,
            scheduled=order.scheduled,
            paid=order.paid,
            expires=now + times.DAY_S if order.storage_type == vault.DATA_STORE else None,
            file_id=file_id,
            snapshot=_snapshot(world, order),
        )
    )


def _snapshot(world: World, order: Order) -> Snapshot:
    portal = order.portal
    schedule = order.vault.schedule
    return Snapshot(
        schedule.copy() if schedule else None,
        copy.deepcopy(portal.tree),
        copy.deepcopy(portal.users),
        portal.owner_id,
    )


def restore(world: World, portal: Portal, record: Record | None) -> Run:
    """Start a restore of a portal; it is in status Restoring until the end."""
    now = world.clock.now()
    run = Run(portal.id, vault.RESTORE, now, task_id=str(uuid.uuid4()))
    portal.vault.restore = run
    portal.status = "Restoring"
    run.operation = Operation(now, now + BACKUP_S, lambda: _restored(world, portal, record, run))
    world.agenda.add(run.operation)
    return run


def _restored(world: World, portal: Portal, record: Record | None, run: Run) -> None:
    """A new tenant takes the alias, without keys, sessions and second factors (contract 12)."""
    now = world.clock.now()
    if world.portals.get(portal.alias) is not portal:
        return
    snapshot: Snapshot = record.snapshot if record and record.snapshot else _now(portal)
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
    run.end(now, vault.COMPLETED, 100)
    heir.vault.restore = run


def _now(portal: Portal) -> Snapshot:
    schedule = portal.vault.schedule
    return Snapshot(
        schedule.copy() if schedule else None, portal.tree, portal.users, portal.owner_id
    )


def _remapped(schedule: Schedule | None, ids: dict[int | str, int | str]) -> Schedule | None:
    if schedule is None:
        return None
    row = schedule.copy()
    if row.storage_type == vault.DOCUMENTS and row.path and row.path.isdecimal():
        row.path = str(ids.get(int(row.path), row.path))
        row.params["folderId"] = row.path
    return row


def restore_server(world: World, holder: Vault, record: Record | None) -> Run:
    """Start a restore of the whole self-hosted server; portals and keys stay (contract 12)."""
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
