# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restarts of the backup worker, which lose its queue (contract-backups 0.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import readings

if TYPE_CHECKING:
    from .tenants import Portal
    from .vault import Vault
    from .world import World


def restart(world: World) -> None:
    """Drop unfinished runs without an item, a record, or an audit event."""
    for portal, holder in world.vaults():
        if holder.restore is not None and holder.restore.under_way:
            _reactivate(world, portal, holder)
        for run in (holder.backup, holder.restore):
            if run is not None:
                run.drop()
        holder.backup = holder.restore = None


def _reactivate(world: World, portal: Portal, holder: Vault) -> None:
    """Reactivate the portals of a restore that will not end."""
    if not readings.LOST_RESTORE_REACTIVATES:
        return
    whole_server = holder is world.server_vault
    for touched in list(world.portals.values()) if whole_server else [portal]:
        if touched.status == "Restoring":
            touched.status = "Active"
