# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal, its plan and its tariff (contract 11, 12)."""

from __future__ import annotations

from typing import Any

from . import billing, settings, times
from .binding import Member, boolean, string
from .call import Call
from .errors import Bare
from .tenants import STATUSES, ZERO_GUID

NO_LIMIT = 9_223_372_036_854_775_807
PAID, NOT_PAID = 1, 3
_SERVICE = {"service": Member("service", string), "enabled": Member("enabled", boolean(), False)}


def information(call: Call) -> dict[str, Any]:
    """GET portal: only administrators get more than the ID and default values."""
    portal = call.portal
    if not call.user.is_admin:
        return {
            "tenantId": portal.id,
            "ownerId": ZERO_GUID,
            "status": 0,
            "creationDateTime": times.NEVER,
            "version": 0,
        }
    return {
        "tenantId": portal.id,
        "tenantAlias": portal.alias,
        "tenantDomain": portal.host,
        "name": portal.alias,
        "ownerId": portal.owner_id,
        "status": STATUSES[portal.status],
        "timeZone": portal.timezone,
        "creationDateTime": times.plain(portal.created),
        "language": settings.CULTURE,
        "version": 1,
    }


def quota(call: Call) -> dict[str, Any]:
    """GET portal/quota: the raw quota of the plan."""
    call.demand_admin()
    free = _allowed(call)
    return {
        "tenantId": -1 if call.portal.standalone else call.portal.id,
        "name": "default" if call.portal.standalone else "admin",
        "maxTotalSize": NO_LIMIT,
        "maxFileSize": NO_LIMIT,
        "countFreeBackup": free,
        "restore": call.portal.standalone or free > 0,
        "backup": call.portal.wallet_backup,
        "free": False,
        "trial": False,
        "features": f"free_backup:{free}:fixed,restore" + ",audit" * call.portal.audit_trail,
    }


def _allowed(call: Call) -> int:
    """countFreeBackup. A self-hosted server has no limit."""
    return -1 if call.portal.standalone else call.portal.free_backups


def payment_quota(call: Call) -> dict[str, Any]:
    """GET portal/payment/quota: the features of the plan, and how much of them is used."""
    if call.user.role == "Guest":
        raise Bare(403)
    month = billing.month_start(call.profile, call.now)
    spent = billing.used(call.portal.vault, month, call.now, paid=False)
    feature = {
        "id": "free_backup",
        "title": "Number of free backups a month",
        "image": "",
        "type": "count",
        "value": _allowed(call),
        "used": {"value": spent, "title": "Free backups made this month"},
    }
    return {
        "id": -1 if call.portal.standalone else 1,
        "title": "Business",
        "nonProfit": False,
        "free": False,
        "trial": False,
        "features": [feature],
    }


def tariff(call: Call) -> dict[str, Any]:
    """GET portal/tariff: state 1 paid, 3 not paid."""
    return {
        "id": 1,
        "state": PAID if call.portal.paid else NOT_PAID,
        "dueDate": times.api(call.portal.created + 365 * times.DAY_S, call.portal.zone),
        "delayDueDate": times.NEVER,
        "licenseDate": times.NEVER,
        "openSource": False,
        "enterprise": call.portal.standalone,
        "developer": False,
        "quotas": [{"id": 1, "quantity": 1}],
    }


def service_state(call: Call) -> bool:
    """POST portal/payment/servicestate: the payer, here the owner, switches the wallet service."""
    wanted = call.members(_SERVICE)
    if call.user.role != "Owner":
        call.demand_admin()
        raise Bare(403)
    if (wanted["service"] or "").lower() == "backup":
        call.portal.wallet_backup = wanted["enabled"]
    return True
