# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The routing table: every endpoint that is simulated. Literal paths before patterns."""

from __future__ import annotations

from . import (
    audit,
    authentication,
    backups,
    history,
    keys,
    people,
    portal,
    schedules,
    settings,
)
from .call import Endpoint as E
from .router import Router

BACKUP = (
    E("GET", "backup/getbackupschedule", schedules.read),
    E("POST", "backup/createbackupschedule", schedules.create, body=True),
    E("DELETE", "backup/deletebackupschedule", schedules.delete),
    E("POST", "backup/startbackup", backups.start, unpaid=True, body=True),
    E("GET", "backup/getbackupprogress", backups.progress, unpaid=True),
    E("POST", "backup/cancelbackup", backups.cancel, unpaid=True, feature="cancel_backup"),
    E("GET", "backup/getbackuphistory", history.listing),
    E("DELETE", "backup/deletebackup/{guid}", history.delete_one),
    E("DELETE", "backup/deletebackuphistory", history.delete_all),
    E("POST", "backup/startrestore", backups.start_restore, body=True),
    E("GET", "backup/getrestoreprogress", backups.restore_progress, anonymous=True, unpaid=True),
    E("GET", "backup/getbackupscount", history.count, unpaid=True, feature="backup_counts"),
    E("GET", "backup/getservicestate", backups.service_state, unpaid=True, feature="backup_counts"),
    E("GET", "backup/backuptmp", backups.temporary_path),
)
FACTS = (
    E("POST", "authentication", authentication.log_in, anonymous=True, unpaid=True, body=True),
    E("GET", "settings", settings.settings, anonymous=True, unpaid=True, suspended=True),
    E("GET", "settings/version/build", settings.build, anonymous=True, unpaid=True),
    E("GET", "capabilities", settings.capabilities, anonymous=True, unpaid=True),
    E("GET", "settings/storage/backup", settings.backup_storages),
    E("GET", "settings/storage/s3/regions", settings.regions),
    E("GET", "portal", portal.information, unpaid=True),
    E("GET", "portal/quota", portal.quota, unpaid=True),
    E("GET", "portal/tariff", portal.tariff, unpaid=True),
    E("GET", "portal/payment/quota", portal.payment_quota, unpaid=True),
    E("POST", "portal/payment/servicestate", portal.service_state, unpaid=True, body=True),
    E("GET", "people/@self", people.me, scope="accounts.self", unpaid=True),
    E("GET", "security/audit/events/filter", audit.events),
)
KEYS = (
    E("GET", "keys", keys.listing, feature="api_keys"),
    E("POST", "keys", keys.create, body=True, sensitive=True, feature="api_keys"),
    E("GET", "keys/@self", keys.own, scope=None, feature="api_keys"),
    E("GET", "keys/permissions", keys.permissions, feature="api_keys"),
    E("PUT", "keys/{guid}", keys.update, body=True, feature="api_keys"),
    E("DELETE", "keys/{guid}", keys.delete, feature="api_keys"),
)

ROUTER = Router((*BACKUP, *FACTS, *KEYS))
