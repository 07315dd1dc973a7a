# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scheduler and the cleaner: every 15 minutes, on the quarter of an hour (contract 5.3)."""

from __future__ import annotations

import math
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from . import billing, history, readings, records, runs, times, vault
from .tenants import Portal
from .vault import Schedule, Vault

if TYPE_CHECKING:
    from .world import World

POLL_S = 15 * 60


def poll_after(instant: float) -> float:
    """The first poll later than an instant."""
    return (math.floor(instant / POLL_S) + 1) * POLL_S


def poll(world: World) -> None:
    """One look at every schedule, then one round of the cleaner."""
    now = world.clock.now()
    for holder, portal in world.scheduled_vaults():
        if holder.schedule is not None:
            _look_at(world, holder, portal, holder.schedule, now)
    for portal, holder in world.vaults():
        history.clean(world, portal, holder)


def nothing_before(world: World) -> float:
    """Until when no poll can do anything, if nobody changes anything meanwhile.

    Minus infinity if that is not known: a row that never ran is judged by the date.
    """
    starts = (_earliest(*each) for each in world.scheduled_vaults())
    expiries = (
        record.expires
        for _portal, holder in world.vaults()
        for record in history.alive(holder)
        if record.expires is not None
    )
    return min((*starts, *expiries), default=math.inf)


def _earliest(holder: Vault, portal: Portal) -> float:
    row = holder.schedule
    if row is None or row.last is None:
        return -math.inf
    zone = _zone(holder, portal)
    firing = row.cron.next_after(times.local(row.last, zone))
    # The two readings of a wall clock differ where the zone's clocks jump: take the earlier.
    readings = (firing.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return min(reading.timestamp() for reading in readings)


def _zone(holder: Vault, portal: Portal) -> tzinfo:
    """The zone of a schedule; the pseudo tenant of whole-server backups lives in UTC."""
    return times.UTC if holder.tenant_id == vault.DUMP_TENANT else portal.zone


def is_due(row: Schedule, zone: tzinfo, now: float) -> bool:
    """The server's rule, the one for rows that never ran included."""
    return row.cron.next_after(_last_local(row, zone, now)) <= times.local(now, zone)


def _last_local(row: Schedule, zone: tzinfo, now: float) -> datetime:
    if row.last is not None:
        return times.local(row.last, zone)
    # A UTC date, taken as if it were the portal's: zones ahead of UTC start too early.
    today = times.utc(now).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(seconds=1)


def _look_at(world: World, holder: Vault, portal: Portal, row: Schedule, now: float) -> None:
    whole_server = holder.tenant_id == vault.DUMP_TENANT
    if not whole_server and (portal.status != "Active" or not portal.paid):
        return
    if not is_due(row, _zone(holder, portal), now):
        return
    allowance = billing.for_scheduled(portal, holder, now)
    if allowance is billing.Allowance.NONE:
        _give_up(portal, holder)
        return
    busy = holder.backup is not None and holder.backup.under_way
    if not busy or readings.DROPPED_RUN_USES_ITS_SLOT:
        row.last = math.floor(now)
    if busy:
        return
    order = records.Order(
        vault=holder,
        portal=portal,
        storage_type=row.storage_type,
        params=dict(row.params),
        path=row.path,
        user_id=portal.owner_id,
        scheduled=True,
        paid=allowance is billing.Allowance.WALLET,
    )
    runs.start(world, order)


def _give_up(portal: Portal, holder: Vault) -> None:
    """No allowance: since 3.5 the row is deleted, before that the run is left out.

    There is no event when the server itself deletes it (contract-backups 6).
    """
    if portal.profile.free_backup_quota:
        holder.schedule = None
