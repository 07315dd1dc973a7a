# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""API requests about backups: paths, queries, and the meaning of their failures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import (
    Backup,
    Event,
    Progress,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.wire import (
    events_from_wire,
    history_from_wire,
    progress_from_wire,
    start_to_wire,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client, Get
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import (
    boolean,
    integer,
    member,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.paths import api_path
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.api import (
    explain_refusal,
    get_of_kind,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.params import secrets_of
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.wire import Storage

_PROGRESS = api_path("backup", "getbackupprogress")
_HISTORY = api_path("backup", "getbackuphistory")
_START = api_path("backup", "startbackup")
_CANCEL = api_path("backup", "cancelbackup")
_COUNT = api_path("backup", "getbackupscount")
_WALLET = api_path("backup", "getservicestate")
_QUOTA = api_path("portal", "quota")
_EVENTS = api_path("security", "audit", "events", "filter")

_NOT_IN_PLAN = (
    "The plan does not include another backup this month (UTC), or the storage for it, and backups "
    "are not charged to the wallet: check the plan, its quota, and the wallet."
)


class _Search:
    """The search for a backup if there was no response to its start. `found` is the result.

    An item counts if it is not `before`, or if it has not finished. `began` is whether a search was
    necessary.
    """

    def __init__(self, progress: Callable[[Get], Progress | None], before: Progress | None) -> None:
        self._progress = progress
        self._before = before
        self.found: Progress | None = None
        self.began = False

    def finds(self, get: Get) -> bool:
        self.began = True
        item = self._progress(get)
        if item and (not item.finished or not self._before or item.id != self._before.id):
            self.found = item
        return self.found is not None


class BackupsApi:
    """The backups of one portal or, with `dump`, of the whole server."""

    def __init__(self, client: Client) -> None:
        self._client = client

    # --- what there is

    def progress(self, dump: bool) -> Progress | None:
        """Return the running backup, or the last one for 24 hours after its end. Send one GET."""
        return self._progress(self._client.get, dump)

    def history(self, dump: bool) -> tuple[Backup, ...]:
        """Return the completed backups, the newest first. Send one GET.

        The server permanently removes a record if it does not find its archive at that moment. A
        storage that is temporarily unavailable can empty the history (contract-backups 0.1).
        """
        return self._history(self._client.get, dump)

    def events(self, action: int, count: int = 20) -> tuple[Event, ...] | None:
        """Return the last events with a code in `wire.EVENTS`, the newest first. Send one GET.

        Return None if the plan has no audit trail, and no events if the release does not know the
        code.
        """
        query = {"action": str(action), "count": str(count)}
        try:
            response = self._client.get(_EVENTS, query)
        except DocSpaceError as error:
            if error.kind == "refused":
                return ()
            raise
        return self._client.decoded(lambda r: events_from_wire(r, action), response, _EVENTS)

    # --- what is paid for

    def made(self, *, paid: bool) -> int:
        """Return the number of backups in this month (UTC), including removed ones. Send one GET.

        With `paid`, count the backups that were charged to the wallet, otherwise the free ones.
        DocSpace 3.4 and earlier do not count backups.
        """
        query = {"paid": "true" if paid else "false"}
        response = self._if_known(_COUNT, query)
        if response is None:
            return 0
        return self._client.decoded(lambda r: integer(r, "response"), response, _COUNT)

    def wallet(self) -> bool:
        """Return whether additional backups are charged to the wallet. Send one GET.

        On self-hosted servers, and in DocSpace 3.4 and earlier, they never are.
        """
        response = self._if_known(_WALLET, None)
        if response is None:
            return False
        return self._client.decoded(
            lambda r: boolean(member(r, "response", dict).get("enabled"), "enabled"),
            response,
            _WALLET,
        )

    def free(self) -> int:
        """Return how many backups a month the plan of a hosted portal includes. Send one GET."""
        response = self._client.get(_QUOTA)
        return self._client.decoded(
            lambda r: integer(member(r, "response", dict).get("countFreeBackup", 0), "countFree"),
            response,
            _QUOTA,
        )

    # --- changes

    def start(
        self,
        storage: Storage,
        dump: bool,
        before: Progress | None,
        settle: Callable[[Callable[[], bool]], bool] = lambda look: look(),
    ) -> tuple[Progress, bool]:
        """Start a backup. Return its item, and whether this start created it.

        Send one POST, and never start two backups: if the response is lost, look for an item that
        is not `before`, the last result of `progress`, or that has not finished. `settle` calls the
        given search, and can repeat it if it fails. If another backup is already running, the
        server starts none and returns that one (contract 7.2). Raise DocSpaceError if no backup was
        started, with `unsettled` if this is unknown.
        """
        self._client.hide(secrets_of(storage.params))
        search = _Search(lambda get: self._progress(get, dump), before)
        try:
            started = self._client.write(
                "POST",
                _START,
                body=start_to_wire(storage, dump),
                settled=lambda get: settle(lambda: search.finds(get)),
                creates=True,
                wary=True,
                decode=_accepted,
            )
            item = search.found or self._shown(started)
        except DocSpaceError as error:
            explain_refusal(error, storage.type)
            if error.status == 402 and error.exception:
                error.hint = _NOT_IN_PLAN
            # The exception may have occurred after the start.
            if error.status == 500:
                self._search_after(error, lambda: settle(lambda: search.finds(self._client.get)))
            if search.found is None:
                raise
            item = search.found
        # A new backup has no progress yet. After a lost response, a backup with progress can be
        # ours too.
        return item, item.percent == 0 or search.began

    def _search_after(self, error: DocSpaceError, find: Callable[[], bool]) -> None:
        try:
            self._client.confirm(find, bool)
        except DocSpaceError:
            error.unsettled = True

    def cancel(self, item: Progress) -> bool:
        """Cancel a running backup, and return whether it was still running. Send one POST.

        Do not call it for a finished backup, because the server would lose its outcome.
        """

        def is_over(get: Get) -> bool:
            now = self._progress(get, dump=False)
            return now is None or now.id != item.id or now.finished

        try:
            was_running: bool | None = self._client.write(
                "POST", _CANCEL, settled=is_over, decode=lambda r: boolean(r, "response")
            )
        except DocSpaceError as error:
            if _is_unknown_call(error):
                raise self._cannot_cancel() from None
            raise
        return was_running is not False

    def delete(self, backup: Backup, dump: bool) -> None:
        """Remove a backup from the history, and its archive. Send one DELETE.

        An error with status 500 can mean that the record was removed, but not the archive
        (contract-backups 3).
        """
        self._client.write(
            "DELETE",
            api_path("backup", "deletebackup", backup.id),
            settled=lambda get: all(b.id != backup.id for b in self._history(get, dump)),
        )

    # --- decoding

    def _progress(self, get: Get, dump: bool) -> Progress | None:
        return self._item(get_of_kind(get, _PROGRESS, dump), _PROGRESS)

    def _item(self, response: Any, path: str) -> Progress | None:
        item = self._client.decoded(progress_from_wire, response, path)
        return item and self._shown(item)

    def _shown(self, item: Progress) -> Progress:
        """Return the item with texts that are safe to show."""
        self._client.hide([item.link])
        return replace(
            item, error=self._client.safe(item.error), warning=self._client.safe(item.warning)
        )

    def _history(self, get: Get, dump: bool) -> tuple[Backup, ...]:
        return self._client.decoded(history_from_wire, get_of_kind(get, _HISTORY, dump), _HISTORY)

    def _if_known(self, path: str, query: dict[str, str] | None) -> Any:
        """Return the response of `path`, or None if the release does not have this request."""
        try:
            return self._client.get(path, query)
        except DocSpaceError as error:
            if _is_unknown_call(error):
                return None
            raise

    def _cannot_cancel(self) -> DocSpaceError:
        return DocSpaceError(
            f"The release of DocSpace on {self._client.portal} cannot cancel a backup.",
            kind="unsupported",
            portal=self._client.portal,
            hint="Upgrade the portal to DocSpace 3.7.1 or later, or wait until the backup ends.",
            status=404,
            method="POST",
            path=_CANCEL,
        )


def _accepted(response: Any) -> Progress:
    item = progress_from_wire(response)
    if item is None:
        raise ValueError("the response names no backup")
    return item


def _is_unknown_call(error: DocSpaceError) -> bool:
    """Return whether the release does not have this request: 404 without a body (contract 3.4)."""
    return error.status == 404 and error.kind == "not_found" and not error.exception
