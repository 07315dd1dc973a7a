# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""What this collection knows of a backup, of the one that runs, and of what happened to them.

Every time is in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Backup:
    """A finished backup, as the history lists it.

    `storage_type` is a name of the table of storage types, or the server's number as text where
    the table has none. `created_on` is when it ended, `expires_on` when the server removes it;
    None for never.
    """

    id: str
    file_name: str
    storage_type: str
    created_on: datetime
    expires_on: datetime | None = None

    def expired(self, now: datetime) -> bool:
        """Whether the archive is gone, although the record may still be listed."""
        return self.expires_on is not None and self.expires_on <= now


@dataclass(frozen=True)
class Progress:
    """The backup that runs, or the last one that ended within 24 hours.

    `id` is the one that its record in the history gets. `error` is why it failed, `warning` what
    the archive lacks, both in the server's words. `link` opens the archive without a log-in: it is
    a secret.
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
        """One word: running, completed, incomplete, failed or cancelled."""
        if not self.finished:
            return "running"
        if self.cancelled:
            return "cancelled"
        if self.error:
            return "failed"
        return "incomplete" if self.warning else "completed"


@dataclass(frozen=True)
class Event:
    """Something about backups in the audit trail.

    `event` is started, completed, failed, cancelled, schedule_deleted or restore_started; `by` is
    schedule or hand; `user` is the name of who did it, "" where nobody did.
    """

    event: str
    by: str
    at: datetime
    user: str = ""
