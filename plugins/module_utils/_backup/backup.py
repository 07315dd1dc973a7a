# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Backups, the progress of a backup, and events about backups. All times are in UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Backup:
    """A completed backup in the history.

    `storage_type` is a name in the table of storage types, or the number of the server as text if
    the table does not contain it. `created_on` is the time at which the backup ended, and
    `expires_on` the time at which the server removes it, or None.
    """

    id: str
    file_name: str
    storage_type: str
    created_on: datetime
    expires_on: datetime | None = None

    def expired(self, now: datetime) -> bool:
        """Return whether the archive has expired, although the history may still list it."""
        return self.expires_on is not None and self.expires_on <= now


@dataclass(frozen=True)
class Progress:
    """The running backup, or the last one that ended within 24 hours.

    `id` is also the ID of its record in the history. `error` and `warning` are messages of the
    server, about a failure or about missing files. `link` is a secret, because it opens the archive
    without a login.
    """

    id: str
    percent: int
    finished: bool
    error: str = ""
    warning: str = ""
    cancelled: bool = False
    link: str = field(default="", repr=False)

    @property
    def status(self) -> str:
        """The status: running, completed, incomplete, failed, or cancelled."""
        if not self.finished:
            return "running"
        if self.cancelled:
            return "cancelled"
        if self.error:
            return "failed"
        return "incomplete" if self.warning else "completed"


@dataclass(frozen=True)
class Event:
    """An event about backups in the audit trail.

    `event` is started, completed, failed, cancelled, schedule_deleted, or restore_started. `by` is
    schedule or hand. `user` is the name of the user, or "" if there is none.
    """

    event: str
    by: str
    at: datetime
    user: str = ""
