# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Control calls for backups: finished ones, the outcome of the next one, the worker, storages."""

from __future__ import annotations

import uuid
from typing import Any

from . import archives, audit, bulk, records, runs, vault, worker
from .bulk import Content
from .errors import BadInput
from .files import Folder
from .inputs import binary, boolean, index_of, integer, moment, one_of, only, seconds, text
from .places import CONSUMERS
from .records import FOLDERS, Order
from .schedules import STORAGE_TYPES
from .tenants import Portal
from .vault import Ending, Record
from .world import World

Given = dict[str, Any]
BY_SCHEDULE, BY_HAND = "schedule", "hand"
PRESENT, MISSING, BROKEN = "present", "missing", "broken"
OUTCOMES = ("completed", "incomplete", "failed")
_CONTENT = ("content_base64", "pureContentLength")
_BACKUP = (
    "by",
    "ended",
    "storageType",
    "archive",
    "dump",
    "folder",
    "module",
    "paid",
    "foreign",
    *_CONTENT,
)


def add_backup(world: World, portal: Portal, given: Given) -> Given:
    """POST /portals/<alias>/backups: a finished backup, its audit events and its archive."""
    only(given, _BACKUP)
    by, ended = one_of(given, "by", (BY_SCHEDULE, BY_HAND)), moment(given, "ended")
    if by is None or ended is None:
        raise BadInput("by and ended are needed")
    archive = one_of(given, "archive", (PRESENT, MISSING, BROKEN), PRESENT)
    foreign, content = boolean(given, "foreign", False), _content(given)
    order = _order(world, portal, given, scheduled=by == BY_SCHEDULE)
    name = records.file_name(world, order, ended - runs.BACKUP_S)
    if foreign:
        stored = records.store_archive(order, name, ended, content)
        return {"fileId": stored.id if stored else None, "fileName": name}
    record = records.keep(order, str(uuid.uuid4()), name, ended, content)
    _spoil(portal, record, archive)
    for action, at in ((audit.STARTED, ended - runs.BACKUP_S), (audit.COMPLETED, ended)):
        audit.write_run(portal, action, at, order.user_id, order.scheduled)
    return record.view() | {"fileId": record.file_id}


def change_file(portal: Portal, file_id: str, given: Given) -> Given:
    """PATCH /portals/<alias>/files/<id>: replace the content, and keep the ID and title."""
    only(given, _CONTENT)
    stored = portal.tree.file(int(file_id)) if file_id.isdecimal() else None
    content = _content(given)
    if stored is None:
        raise BadInput(f"no file {file_id} in {portal.alias}", 404)
    if content is None:
        raise BadInput("content_base64 or pureContentLength is needed")
    stored.content = content
    return {"id": stored.id, "pureContentLength": stored.size}


def _content(given: Given) -> Content | None:
    """The content of an archive: the given bytes, or generated ones of the given size."""
    size = integer(given, "pureContentLength", None, lowest=bulk.LEAST)
    return binary(given, "content_base64") if size is None else bulk.MadeUp(size)


def _order(world: World, portal: Portal, given: Given, *, scheduled: bool) -> Order:
    dump = boolean(given, "dump", False)
    if dump and not portal.standalone:
        raise BadInput("dump: only self-hosted servers have backups of the whole server")
    kind = index_of(given, "storageType", STORAGE_TYPES, vault.DOCUMENTS)
    module = one_of(given, "module", CONSUMERS, CONSUMERS[0])
    folder = _folder(world, portal, given) if kind in FOLDERS else None
    return Order(
        vault=world.server_vault if dump else portal.vault,
        portal=portal,
        storage_type=kind,
        params={"module": module} if kind == vault.CONSUMER else {},
        path=str(folder.id) if folder else None,
        user_id=portal.owner_id,
        scheduled=scheduled,
        paid=boolean(given, "paid", False),
    )


def _folder(world: World, portal: Portal, given: Given) -> Folder:
    """The given folder, or else that of the schedule, or else the first room, or else a new one."""
    tree, row = portal.tree, portal.vault.schedule
    named = given.get("folder")
    if named is not None:
        folder = tree.find(str(named))
        if folder is None:
            raise BadInput(f"no folder {named} in {portal.alias}", 404)
        return folder
    folder = tree.find(row.path) if row and row.path and row.storage_type in FOLDERS else None
    rooms = tree.rooms(archived=False)
    if folder is not None or rooms:
        return folder or rooms[0]
    return tree.add_room("Backups", portal.owner_id, world.clock.now())


def _spoil(portal: Portal, record: Record, archive: str) -> None:
    """Remove the archive of a record, or the second half of it."""
    if archive == MISSING:
        record.archived = False
        if record.file_id is not None:
            portal.tree.drop_file(record.file_id)
    elif archive == BROKEN and record.file_id is not None:
        stored = portal.tree.file(record.file_id)
        if stored is not None:
            stored.content = archives.broken(stored.content)


def plan_next(portal: Portal, given: Given) -> Given:
    """POST /portals/<alias>/next_backup: the outcome of the next scheduled or manual run."""
    only(given, ("seconds", "outcome", "error", "warning"))
    if not given:
        raise BadInput("outcome or seconds is needed")
    outcome = one_of(given, "outcome", OUTCOMES, OUTCOMES[0])
    lasts, error, warning = seconds(given, "seconds"), text(given, "error"), text(given, "warning")
    if error is not None and outcome != "failed":
        raise BadInput("error goes with outcome failed")
    if warning is not None and outcome != "incomplete":
        raise BadInput("warning goes with outcome incomplete")
    portal.next_backup = Ending(
        lasts,
        (error or runs.ERROR) if outcome == "failed" else None,
        (warning or runs.WARNING) if outcome == "incomplete" else None,
    )
    return {"seconds": lasts, "outcome": outcome}


def restart_worker(world: World, given: Given) -> Given:
    """POST /worker: a restart."""
    only(given, ("restart",))
    if boolean(given, "restart") is not True:
        raise BadInput("restart is true")
    worker.restart(world)
    return {}


def set_place(portal: Portal, name: str, given: Given) -> Given:
    """PATCH /portals/<alias>/storages/<name>: make a storage unavailable or available."""
    place = portal.places.get(name)
    if place is None:
        raise BadInput(f"no storage {name}: {', '.join(portal.places)}", 404)
    only(given, ("reachable", "mounted"))
    reachable, mounted = boolean(given, "reachable"), boolean(given, "mounted")
    if reachable is None and mounted is None:
        raise BadInput("reachable or mounted is needed")
    place.reachable = place.reachable if reachable is None else reachable
    place.mounted = place.mounted if mounted is None else mounted
    return {"module": name, "reachable": place.reachable, "mounted": place.mounted}
