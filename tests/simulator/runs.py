# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The backup worker: requirements, outcomes, and results of a run (contract 6, 7; rooms 5.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import audit, downloads, readings, records, vault
from .agenda import Operation
from .errors import NULL_TEXT
from .places import CONSUMERS
from .records import FOLDERS, Order
from .tenants import Portal
from .vault import Ending, Run, Vault

if TYPE_CHECKING:
    from .world import World

BACKUP_S = 2.0
MISSING_DIRECTORY = "/missing"
WARNING = (
    "Some files were not included in the backup. For more details, please check the list of files."
)
ERROR = "No space left on device"


def start(world: World, order: Order) -> Run:
    """Put a backup into the queue. A run that cannot work fails immediately."""
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
    ending, order.portal.next_backup = order.portal.next_backup or Ending(), None
    order.vault.backup = run
    audit.write_run(order.portal, audit.STARTED, now, order.user_id, order.scheduled)
    if obstacle(order) is not None:
        _finish(world, order, run, ending)
        return run
    lasts = BACKUP_S if ending.seconds is None else ending.seconds
    run.operation = Operation(now, now + lasts, lambda: _finish(world, order, run, ending))
    world.agenda.add(run.operation)
    return run


def obstacle(order: Order) -> str | None:
    """The error with which a run to this storage fails, or None if it succeeds."""
    path = order.path or ""
    if order.storage_type == vault.DOCUMENTS and not path.isdecimal():
        return f"The input string '{path}' was not in a correct format."
    place = order.portal.places.get(order.place or "")
    if place is not None and not place.reachable:
        return place.complaint.message
    if order.storage_type in FOLDERS:
        return None if order.portal.tree.find(path) else NULL_TEXT
    if order.storage_type == vault.LOCAL:
        return "Directory not found." if path.startswith(MISSING_DIRECTORY) else None
    if order.storage_type == vault.CONSUMER:
        module = order.params.get("module")
        ready = module in CONSUMERS and order.portal.storages.get(module or "", False)
        return None if ready else NULL_TEXT
    return None if order.storage_type == vault.DATA_STORE else "Unknown storage type."


def cancel(world: World, holder: Vault, portal: Portal, user_id: str) -> bool:
    """Remove the backup from the queue. A running one ends as canceled (contract 7.3)."""
    now = world.clock.now()
    run = holder.current_backup(now)
    if run is None:
        return False
    if run.under_way:
        run.cancel(now)
    else:
        holder.backup = None
        if not readings.CANCELLING_A_FINISHED_ITEM_IS_AUDITED:
            return True
    audit.write(portal, audit.CANCELLED, now, user_id)
    return True


def _finish(world: World, order: Order, run: Run, ending: Ending) -> None:
    now = world.clock.now()
    error = obstacle(order) or ending.error
    if error is not None:
        run.error = error
        run.end(now, vault.COMPLETED)
        audit.write_run(order.portal, audit.FAILED, now, order.user_id, order.scheduled)
        return
    name = records.file_name(world, order, run.started)
    record = records.keep(order, run.task_id, name, now)
    record.snapshot = records.snapshot(order.portal, order.vault)
    run.link = downloads.link(world, order, name)
    run.warning = ending.warning
    run.end(now, vault.COMPLETED, 100)
    audit.write_run(order.portal, audit.COMPLETED, now, order.user_id, order.scheduled)
