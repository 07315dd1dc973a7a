# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scheduler and the cleaner, which run every quarter of an hour (contract 5.3)."""

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
    """The first poll after a time."""
    return (math.floor(instant / POLL_S) + 1) * POLL_S


def poll(world: World) -> None:
    """Check every schedule, and then run the cleaner."""
    now = world.clock.now()
    for holder, portal in world.scheduled_vaults():
        if holder.schedule is not None:
            _look_at(world, holder, portal, holder.schedule, now)
    for portal, holder in world.vaults():
        history.clean(world, portal, holder)


def nothing_before(world: World) -> float:
    """The time before which no poll has an effect, if nothing changes.

    Minus infinity if it is unknown, because a schedule that never ran depends on the date.
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
    # A local time can occur twice when the clocks change, so take the earlier one.
    readings = (firing.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return min(reading.timestamp() for reading in readings)


def _zone(holder: Vault, portal: Portal) -> tzinfo:
    """The time zone of a schedule, which is UTC for whole-server backups."""
    return times.UTC if holder.tenant_id == vault.DUMP_TENANT else portal.zone


def is_due(row: Schedule, zone: tzinfo, now: float) -> bool:
    """The server's rule, including that for schedules that have never run."""
    return row.cron.next_after(_last_local(row, zone, now)) <= times.local(now, zone)


def _last_local(row: Schedule, zone: tzinfo, now: float) -> datetime:
    if row.last is not None:
        return times.local(row.last, zone)
    # The server uses a UTC date as if it were local, so zones ahead of UTC start too early.
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
    """Delete the schedule, or before 3.5 skip the run, because nothing pays for it.

    Deletion by the server causes no event (contract-backups 6).
    """
    if portal.profile.free_backup_quota:
        holder.schedule = None
