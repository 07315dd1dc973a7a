# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The backup data of a tenant: its schedule, current runs, and records."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from . import times
from .agenda import Operation
from .bulk import Content
from .cron import Cron
from .profiles import Profile

DUMP_TENANT = -1
DOCUMENTS, THIRD_PARTY, CUSTOM_CLOUD, LOCAL, DATA_STORE, CONSUMER = range(6)
BACKUP, RESTORE = 0, 1
CREATED, RUNNING, COMPLETED, CANCELED = 0, 1, 2, 3
PROGRESS_LIFE_S = times.DAY_S
# The first and last progress in percent of unfinished runs (contract-backups 2, 5).
PHASES = {BACKUP: (0, 90), RESTORE: (10, 75)}


@dataclass(slots=True)
class Schedule:
    """A row of backup_schedule. ``params`` is what GET returns, and ``last`` is an instant."""

    storage_type: int
    params: dict[str, str | None]
    path: str | None
    cron: Cron
    backups_stored: int
    dump: bool
    last: float | None = None

    def copy(self) -> Schedule:
        """An independent copy of the row."""
        return replace(self, params=dict(self.params))


@dataclass(slots=True, eq=False)
class Run:
    """A backup or a restore in the queue, or one that finished recently."""

    tenant_id: int
    kind: int
    started: float
    scheduled: bool = False
    user_id: str | None = None
    storage_type: int = DOCUMENTS
    params: dict[str, str | None] = field(default_factory=dict)
    paid: bool = False
    operation: Operation | None = None
    task_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    error: str = ""
    warning: str | None = None
    link: str = ""
    progress: int = 0
    status: int = CREATED
    finished: float | None = None

    @property
    def under_way(self) -> bool:
        """Whether the run has not ended."""
        return self.finished is None

    def readable_at(self, now: float) -> bool:
        """Finished items are kept for 24 hours (contract 7.1)."""
        return self.finished is None or now < self.finished + PROGRESS_LIFE_S

    def end(self, now: float, status: int, progress: int | None = None) -> None:
        """End the run. Without ``progress``, the current progress is kept."""
        self.progress = self._progress_at(now) if progress is None else progress
        self.finished = now
        self.status = status

    def cancel(self, now: float) -> None:
        """End the run early, as when it is canceled."""
        self.drop()
        self.warning = "Backup cancelled"
        self.end(now, CANCELED)

    def drop(self) -> None:
        """Stop the run without an end."""
        if self.operation is not None:
            self.operation.cancelled = True

    def _progress_at(self, now: float) -> int:
        if self.finished is not None or self.operation is None:
            return self.progress
        first, last = PHASES[self.kind]
        return int(first + (last - first) * self.operation.fraction(now))

    def view(self, profile: Profile, now: float, *, fresh: bool = False) -> dict[str, Any]:
        """BackupProgress as the release returns it (contract 7.1). ``fresh`` means just started."""
        done = self.finished is not None and not fresh
        answer: dict[str, Any] = {
            "isCompleted": done,
            "progress": 0 if fresh else self._progress_at(now),
            "error": self.error if done else "",
        }
        if done and self.warning is not None and profile.progress_warning:
            answer["warning"] = self.warning
        if self.kind == BACKUP:
            answer["link"] = self.link if done else ""
        answer |= {"tenantId": self.tenant_id, "backupProgressEnum": self.kind}
        if profile.progress_status:
            answer["status"] = CREATED if fresh else self.status if done else RUNNING
        answer["taskId"] = self.task_id
        return answer


@dataclass(frozen=True, slots=True)
class Ending:
    """The planned end of a run: after ``seconds``, with an error, or with a warning."""

    seconds: float | None = None
    error: str | None = None
    warning: str | None = None


@dataclass(slots=True, eq=False)
class Record:
    """A finished backup in the history. ``snapshot`` is the data for a restore.

    The archive is a file of the portal (``file_id``), or is stored elsewhere (``archived``),
    possibly in a storage that can become unavailable (``place``).
    """

    id: str
    file_name: str
    storage_type: int
    created: float
    scheduled: bool
    paid: bool
    expires: float | None
    file_id: int | None
    place: str | None
    server_version: str
    snapshot: Any
    archived: bool = True
    content: Content | None = None
    removed: bool = False

    def view(self) -> dict[str, Any]:
        """One element of getbackuphistory (contract 7.3)."""
        return {
            "id": self.id,
            "fileName": self.file_name,
            "storageType": self.storage_type,
            "createdOn": times.plain(self.created),
            "expiresOn": times.plain(self.expires),
        }


@dataclass(slots=True, eq=False)
class Vault:
    """All backup data of one tenant (-1 for the whole self-hosted server)."""

    tenant_id: int
    schedule: Schedule | None = None
    backup: Run | None = None
    restore: Run | None = None
    records: list[Record] = field(default_factory=list)

    def current_backup(self, now: float) -> Run | None:
        """The backup item in the queue, finished or not."""
        return self.backup if self.backup and self.backup.readable_at(now) else None

    def current_restore(self, now: float) -> Run | None:
        """The restore item in the queue, finished or not."""
        return self.restore if self.restore and self.restore.readable_at(now) else None
