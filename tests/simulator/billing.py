# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The limits of the plan: free backups, the wallet, schedules (contract 9, 10)."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from . import times
from .errors import BILLING, PLAN_TEXT, QUOTA, Thrown
from .profiles import Profile
from .tenants import Portal
from .vault import Vault


class Allowance(Enum):
    """What pays for the next backup."""

    FREE = "free"
    WALLET = "wallet"
    NONE = "none"


def month_start(profile: Profile, now: float) -> float:
    """The start of "this month": of the calendar month (UTC), or a month ago before 3.7."""
    moment = times.utc(now)
    if profile.calendar_month:
        return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()
    end_before = moment.replace(day=1) - timedelta(days=1)
    return end_before.replace(day=min(moment.day, end_before.day)).timestamp()


def used(holder: Vault, start: float, end: float, paid: bool) -> int:
    """The number of backups in a period, including removed ones (contract 7.3)."""
    return sum(r.paid is paid and start <= r.created <= end for r in holder.records)


def for_next(portal: Portal, holder: Vault, now: float) -> Allowance:
    """What pays for a backup now. Self-hosted servers and releases before 3.5 do not count."""
    if portal.standalone or not portal.profile.free_backup_quota:
        return Allowance.FREE
    if used(holder, month_start(portal.profile, now), now, paid=False) < portal.free_backups:
        return Allowance.FREE
    return Allowance.WALLET if portal.wallet_backup else Allowance.NONE


def for_scheduled(portal: Portal, holder: Vault, now: float) -> Allowance:
    """The same for a scheduled run, which also requires schedules in the plan."""
    if not schedules_in_plan(portal):
        return Allowance.NONE
    return for_next(portal, holder, now)


def schedules_in_plan(portal: Portal) -> bool:
    """Whether the plan includes schedules (contract 9, 10)."""
    if portal.standalone or portal.free_backups > 0:
        return True
    return portal.profile.free_backup_quota and portal.wallet_backup


def demand_schedules(portal: Portal) -> None:
    """The check of createbackupschedule."""
    if not schedules_in_plan(portal):
        raise Thrown(BILLING, PLAN_TEXT)


def demand_backup(portal: Portal, holder: Vault, now: float) -> Allowance:
    """The check of startbackup."""
    allowance = for_next(portal, holder, now)
    if allowance is Allowance.NONE:
        raise Thrown(
            QUOTA,
            f"The number of free backups should not exceed {portal.free_backups} within a month",
        )
    return allowance
