# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""State present: an existing backup that is recent enough, a running backup, or a new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.api import BackupsApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import (
    Backup,
    Progress,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.billing import demand_free
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.outcome import Outcome
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.plan import (
    Wanted,
    counts,
    satisfying,
    shown,
    storage_problem,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.waiting import Waiting
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    OptionError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import sentence
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.api import (
    scheduled_storage,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.types import (
    STORAGE_TYPES,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.wire import Storage


class Present:
    """One task with state present on one portal."""

    def __init__(self, client: Client, wanted: Wanted, check_mode: bool) -> None:
        self._client = client
        self._api = BackupsApi(client)
        self._wanted = wanted
        self._check_mode = check_mode
        self._waiting = Waiting(client, wanted.wait_timeout if wanted.wait else timedelta())

    def run(self) -> Outcome:
        """Return the outcome with the backup that satisfies the task.

        Send two GETs if a backup in the history satisfies it. Raise DocSpaceError if there is no
        such backup at the end. Its `done` contains a backup that was started nevertheless.
        """
        item = self._api.progress(self._wanted.dump)
        if self._wanted.max_age:
            history = self._api.history(self._wanted.dump)
            found = satisfying(self._wanted, history, self._client.portal_time)
            if found:
                return self._ended_with(found, item)
        while True:
            if item and not item.finished:
                joined = self._join(item)
                if joined:
                    return joined
            storage = self._storage()
            if not self._wanted.allow_paid and not self._wanted.dump:
                demand_free(self._api, self._client.portal)
            if self._check_mode:
                return self._started(storage, None)
            item, ours = self._start(storage, item)
            made = self._own(storage, item) if ours else None
            if made:
                return made

    # --- a running backup

    def _join(self, item: Progress) -> Outcome | None:
        """Wait for a running backup. Return its outcome, or None if it does not count."""
        if self._check_mode or not self._wanted.wait:
            return Outcome(backup=shown(item.id, self._wanted.dump))
        self._client.tell(f"{self._client.portal}: waiting for the backup that is already running.")
        try:
            backup, ended = self._await(item)
        except DocSpaceError as error:
            if error.kind in ("backup_failed", "interrupted"):
                self._client.tell(f"{error.what} Starting another one.")
                return None
            error.done = {"changed": False, **_done(shown(item.id, self._wanted.dump), False)}
            raise
        return self._ended_with(backup, ended) if counts(self._wanted, backup) else None

    # --- a new backup

    def _storage(self) -> Storage:
        """Return the storage for the backup. Raise OptionError if there is no usable one."""
        if self._wanted.storage:
            return self._wanted.storage
        storage = scheduled_storage(self._client, self._wanted.dump)
        if storage is None:
            raise OptionError(
                "storage_type, storage_params",
                "required, because the portal has no schedule whose storage could be used",
            )
        problem = storage_problem(storage)
        if problem:
            raise OptionError(
                "storage_type, storage_params",
                f"required, because the storage of the schedule cannot be used: {problem}",
            )
        return storage

    def _start(self, storage: Storage, before: Progress | None) -> tuple[Progress, bool]:
        try:
            return self._api.start(storage, self._wanted.dump, before, self._waiting.patiently)
        except DocSpaceError as error:
            if error.unsettled:
                error.done = {"changed": True, **_done(None, None)}
            raise

    def _own(self, storage: Storage, item: Progress) -> Outcome | None:
        """Return the outcome of the start, or None if the server returned another running backup.

        Only a different storage distinguishes the two (contract 7.2).
        """
        outcome = self._started(storage, item)
        if not self._wanted.wait:
            return outcome
        try:
            backup, ended = self._await(item)
        except DocSpaceError as error:
            error.done = {"changed": True, **_done(outcome.backup, True)}
            raise
        if not counts(self._wanted, backup):
            return None
        made = self._ended_with(backup, ended)
        return replace(outcome, backup=made.backup, warnings=[*outcome.warnings, *made.warnings])

    def _started(self, storage: Storage, item: Progress | None) -> Outcome:
        dump, warning = self._wanted.dump, STORAGE_TYPES[storage.type].warning
        return Outcome(
            changed=True,
            started=True,
            backup=shown(item.id, dump, storage_type=storage.type) if item else None,
            after={"backup": {"storage_type": storage.type, "dump": dump}},
            warnings=[warning] if warning else [],
        )

    # --- waiting

    def _await(self, item: Progress) -> tuple[Backup, Progress | None]:
        """Wait for the end of the backup, and return its record and its last progress."""
        dump = self._wanted.dump
        ended = self._waiting.until_ended(lambda: self._api.progress(dump), item)
        if ended and ended.status in ("failed", "cancelled"):
            raise self._failed(item, ended)
        history = self._waiting.patiently(lambda: self._api.history(dump))
        backup = next((b for b in history if b.id == item.id), None)
        if backup:
            return backup, ended
        raise self._unlisted(item) if ended else self._lost(item)

    def _ended_with(self, backup: Backup, item: Progress | None) -> Outcome:
        """Return the outcome for a completed backup, without a change.

        Only the progress, which the server does not keep, shows whether files are missing.
        """
        incomplete: bool | None = None
        warnings = []
        if item and item.finished and item.id == backup.id:
            incomplete = item.status == "incomplete"
        if item and incomplete:
            what = f"The backup {backup.file_name} of {self._client.portal} is incomplete"
            warnings = [f"{what}: {item.warning}"]
        return Outcome(
            backup=shown(backup.id, self._wanted.dump, backup=backup, incomplete=incomplete),
            warnings=warnings,
        )

    def _failed(self, item: Progress, ended: Progress) -> DocSpaceError:
        cancelled = ended.status == "cancelled"
        came = "was cancelled" if cancelled else f"failed: {ended.error}"
        return self._error(
            f"The backup {item.id} of {self._client.portal} {came}",
            "Check who cancelled it, and run the playbook again."
            if cancelled
            else "Check the storage and the log of the portal.",
            kind="backup_failed",
            server_message="" if cancelled else ended.error,
        )

    def _unlisted(self, item: Progress) -> DocSpaceError:
        return self._error(
            f"The backup {item.id} of {self._client.portal} ended, but the history does not list "
            "it: the server did not find its archive.",
            "Check that the portal can reach the storage.",
            kind="backup_failed",
        )

    def _lost(self, item: Progress) -> DocSpaceError:
        return self._error(
            f"{self._client.portal} stopped working on the backup {item.id} before it was "
            "complete. Its backup service was probably restarted.",
            "Run the playbook again to start another backup.",
            kind="interrupted",
        )

    def _error(self, what: str, hint: str, *, kind: str, server_message: str = "") -> DocSpaceError:
        return DocSpaceError(
            sentence(what),
            kind=kind,
            portal=self._client.portal,
            hint=hint,
            server_message=server_message,
        )


def _done(backup: dict[str, Any] | None, started: bool | None) -> dict[str, Any]:
    return {"started": started, "backup": backup}
