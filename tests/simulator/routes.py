# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The routing table with every simulated endpoint. Literal paths come before patterns."""

from __future__ import annotations

from . import (
    audit,
    authentication,
    backups,
    downloads,
    folders,
    history,
    keys,
    operations,
    people,
    portal,
    rooms,
    schedules,
    settings,
)
from .call import Endpoint
from .router import Router

BACKUP = (
    Endpoint("GET", "backup/getbackupschedule", schedules.read),
    Endpoint("POST", "backup/createbackupschedule", schedules.create, body=True),
    Endpoint("DELETE", "backup/deletebackupschedule", schedules.delete),
    Endpoint("POST", "backup/startbackup", backups.start, unpaid=True, body=True),
    Endpoint("GET", "backup/getbackupprogress", backups.progress, unpaid=True),
    Endpoint("POST", "backup/cancelbackup", backups.cancel, unpaid=True, feature="cancel_backup"),
    Endpoint("GET", "backup/getbackuphistory", history.listing),
    Endpoint("DELETE", "backup/deletebackup/{guid}", history.delete_one),
    Endpoint("DELETE", "backup/deletebackuphistory", history.delete_all),
    Endpoint("POST", "backup/startrestore", backups.start_restore, body=True),
    Endpoint(
        "GET", "backup/getrestoreprogress", backups.restore_progress, anonymous=True, unpaid=True
    ),
    Endpoint("GET", "backup/getbackupscount", history.count, unpaid=True, feature="backup_counts"),
    Endpoint(
        "GET", "backup/getservicestate", backups.service_state, unpaid=True, feature="backup_counts"
    ),
    Endpoint("GET", "backup/backuptmp", backups.temporary_path),
)
FACTS = (
    Endpoint(
        "POST", "authentication", authentication.log_in, anonymous=True, unpaid=True, body=True
    ),
    Endpoint("GET", "settings", settings.settings, anonymous=True, unpaid=True, suspended=True),
    Endpoint("GET", "settings/version/build", settings.build, anonymous=True, unpaid=True),
    Endpoint("GET", "capabilities", settings.capabilities, anonymous=True, unpaid=True),
    Endpoint("GET", "settings/storage/backup", settings.backup_storages),
    Endpoint("GET", "settings/storage/s3/regions", settings.regions),
    Endpoint("GET", "portal", portal.information, unpaid=True),
    Endpoint("GET", "portal/quota", portal.quota, unpaid=True),
    Endpoint("GET", "portal/tariff", portal.tariff, unpaid=True),
    Endpoint("GET", "portal/payment/quota", portal.payment_quota, unpaid=True),
    Endpoint("POST", "portal/payment/servicestate", portal.service_state, unpaid=True, body=True),
    Endpoint("GET", "people/@self", people.me, scope="accounts.self", unpaid=True),
    Endpoint("GET", "security/audit/events/filter", audit.events),
)
KEYS = (
    Endpoint("GET", "keys", keys.listing, feature="api_keys"),
    Endpoint("POST", "keys", keys.create, body=True, sensitive=True, feature="api_keys"),
    Endpoint("GET", "keys/@self", keys.own, scope=None, feature="api_keys"),
    Endpoint("GET", "keys/permissions", keys.permissions, feature="api_keys"),
    Endpoint("PUT", "keys/{guid}", keys.update, body=True, feature="api_keys"),
    Endpoint("DELETE", "keys/{guid}", keys.delete, feature="api_keys"),
)

ROOMS = (
    Endpoint("GET", "files/rooms", rooms.listing, scope="rooms"),
    Endpoint("POST", "files/rooms", rooms.create, scope="rooms", body=True),
    Endpoint("GET", "files/rooms/{any}", folders.one, scope="rooms", anonymous=True),
    Endpoint("PUT", "files/rooms/{any}", rooms.update, scope="rooms", body=True),
    Endpoint("DELETE", "files/rooms/{any}", operations.delete_room, scope="rooms", body=True),
    Endpoint("PUT", "files/rooms/{any}/archive", operations.archive, scope="rooms", body=True),
    Endpoint("PUT", "files/rooms/{any}/unarchive", operations.unarchive, scope="rooms", body=True),
    Endpoint("GET", "files/rooms/{any}/share", rooms.shares, scope="rooms"),
    Endpoint("PUT", "files/rooms/{any}/share", rooms.share, scope="rooms", body=True),
)
FOLDERS = (
    Endpoint("GET", "files/@my", folders.my, scope="files"),
    Endpoint("GET", "files/@root", folders.roots, scope="files"),
    Endpoint("GET", "files/fileops", operations.listing, scope="files", anonymous=True),
    Endpoint("POST", "files/owner", operations.change_owner, scope="files", body=True),
    Endpoint("GET", "files/folder/{any}", folders.one, scope="files", anonymous=True),
    Endpoint("POST", "files/folder/{any}", folders.create, scope="files", body=True),
    Endpoint("PUT", "files/folder/{any}", folders.rename, scope="files", body=True),
    Endpoint("DELETE", "files/folder/{any}", operations.delete_folder, scope="files", body=True),
    Endpoint("GET", "files/folder/{any}/path", folders.path, scope="files"),
    Endpoint("GET", "files/file/{any}/presigneduri", downloads.presigned, scope="files"),
    Endpoint("DELETE", "files/file/{any}", operations.delete_file, scope="files", body=True),
    Endpoint("GET", "files/{any}/subfolders", folders.subfolders, scope="files"),
    Endpoint("GET", "files/{any}", folders.contents, scope="files", anonymous=True),
)

ROUTER = Router((*BACKUP, *FACTS, *KEYS, *ROOMS, *FOLDERS))
