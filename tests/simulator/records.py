# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The results of a backup: the archive, its record, and the data for a restore."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import TYPE_CHECKING

from . import archives, times, vault
from .bulk import Content
from .files import StoredFile, Tree
from .places import LOCAL
from .tenants import Portal, User
from .vault import Record, Schedule, Vault

if TYPE_CHECKING:
    from .world import World

FOLDERS = (vault.DOCUMENTS, vault.THIRD_PARTY)


@dataclass(slots=True)
class Order:
    """The source, target, and author of a backup."""

    vault: Vault
    portal: Portal
    storage_type: int
    params: dict[str, str | None]
    path: str | None
    user_id: str
    scheduled: bool
    paid: bool = False

    @property
    def place(self) -> str | None:
        """The name of the storage, if it can become unavailable."""
        if self.storage_type == vault.LOCAL:
            return LOCAL
        return self.params.get("module") if self.storage_type == vault.CONSUMER else None

    @property
    def author_id(self) -> str:
        """The portal's owner for scheduled runs (rooms contract 5.2)."""
        return self.portal.owner_id if self.scheduled else self.user_id


@dataclass(slots=True)
class Snapshot:
    """The data that a restore brings back."""

    schedule: Schedule | None
    tree: Tree
    users: dict[str, User]
    owner_id: str


def file_name(world: World, order: Order, started: float) -> str:
    """The name of an archive, in the server's local time if self-hosted, or else in UTC."""
    zone: tzinfo = world.server_zone if order.portal.standalone else times.UTC
    prefix = "workspace" if order.vault.tenant_id == vault.DUMP_TENANT else order.portal.alias
    return f"{prefix}_{times.local(started, zone):%Y-%m-%d_%H-%M-%S}.tar.gz"


def keep(
    order: Order, record_id: str, name: str, ended: float, content: Content | None = None
) -> Record:
    """Store the archive, and add its record to the history."""
    stored = store_archive(order, name, ended, content)
    record = Record(
        id=record_id,
        file_name=name,
        storage_type=order.storage_type,
        created=ended,
        scheduled=order.scheduled,
        paid=order.paid,
        expires=ended + times.DAY_S if order.storage_type == vault.DATA_STORE else None,
        file_id=stored.id if stored else None,
        place=order.place,
        content=content,
        server_version=order.portal.server_version,
        snapshot=None,
    )
    order.vault.records.append(record)
    return record


def store_archive(
    order: Order, name: str, ended: float, content: Content | None = None
) -> StoredFile | None:
    """Store the archive as a file of the portal, if the storage is one of its folders."""
    folder = order.portal.tree.find(order.path or "") if order.storage_type in FOLDERS else None
    if folder is None:
        return None
    whole = archives.archive(ended) if content is None else content
    return order.portal.tree.store(folder, name, order.author_id, ended, whole)


def snapshot(portal: Portal, holder: Vault) -> Snapshot:
    """A copy of the state of a portal."""
    now = present(portal, holder)
    return replace(now, tree=copy.deepcopy(portal.tree), users=copy.deepcopy(portal.users))


def present(portal: Portal, holder: Vault) -> Snapshot:
    """The current state of a portal."""
    row = holder.schedule
    return Snapshot(row.copy() if row else None, portal.tree, portal.users, portal.owner_id)
