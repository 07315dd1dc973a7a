# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The server's calls about backups: paths, queries, and what their failures mean here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

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
    "The plan includes no further backup this month (UTC), or no storage for it, and the wallet "
    "does not pay for backups: check the plan, its quota and the wallet."
)

_Read = TypeVar("_Read")


# Answers that do not tell whether the server has started a backup: one that makes no sense, and an
# exception that may come from after the start.
_TELLS_NOTHING = (200, 500)


class _Search:
    """The search for a backup whose start was not answered: `found`, once there is one that counts.

    That is an item that is not `before`, or has not finished. `began` tells whether there was need
    to search.
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
    """The backups of one portal and, with `dump`, those of the whole server."""

    def __init__(self, client: Client) -> None:
        self._client = client

    # --- what there is

    def progress(self, dump: bool) -> Progress | None:
        """The backup that runs, or the last one for 24 hours after its end. One GET."""
        return self._progress(self._client.get, dump)

    def history(self, dump: bool) -> tuple[Backup, ...]:
        """The finished backups, the newest first. One GET.

        The server removes a record for good whose archive it does not find at that moment: a
        storage that is away for a while can empty the history (contract-backups 0.1).
        """
        return self._history(self._client.get, dump)

    def events(self, action: int, count: int = 20) -> tuple[Event, ...] | None:
        """The last events with one of the codes in `wire.EVENTS`, the newest first. One GET.

        None where the plan has no audit trail. A release that does not know the code has none.
        """
        query = {"action": str(action), "count": str(count)}
        try:
            response = self._client.get(_EVENTS, query)
        except DocSpaceError as error:
            if error.kind == "refused":
                return ()
            raise
        return self._decoded(lambda r: events_from_wire(r, action), response, _EVENTS)

    # --- what is paid for

    def made(self, *, paid: bool) -> int:
        """How many backups the server counts in this month (UTC), removed ones too. One GET.

        `paid` counts those that were charged to the wallet, otherwise the free ones are counted.
        Releases before 3.5 do not count.
        """
        query = {"paid": "true" if paid else "false"}
        response = self._if_known(_COUNT, query)
        if response is None:
            return 0
        return self._decoded(lambda r: integer(r, "response"), response, _COUNT)

    def wallet(self) -> bool:
        """Whether backups beyond the free ones are charged to the wallet. One GET.

        Never on self-hosted servers and before 3.5.
        """
        response = self._if_known(_WALLET, None)
        if response is None:
            return False
        return self._decoded(
            lambda r: boolean(member(r, "response", dict).get("enabled"), "enabled"),
            response,
            _WALLET,
        )

    def free(self) -> int:
        """How many backups a month the plan of a hosted portal includes. One GET."""
        response = self._client.get(_QUOTA)
        return self._decoded(
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
        """Have a backup made: the item under which it runs, and whether this start made it.

        One POST, and never two backups: a lost answer is settled by an item that is not `before`,
        which is what `progress` gave last, or that has not finished. `settle` calls the look at the
        portal that it is given, and may call it again where it fails. Where another backup runs
        already, the server starts none and answers with that one (contract 7.2). DocSpaceError
        where no backup was started, or, if `unsettled`, where nobody knows.
        """
        self._client.hide(secrets_of(storage.params))
        search = _Search(lambda get: self._progress(get, dump), before)
        try:
            response = self._client.write(
                "POST",
                _START,
                body=start_to_wire(storage, dump),
                settled=lambda get: settle(lambda: search.finds(get)),
                creates=True,
                wary=True,
            )
            item = search.found or self._accepted(response)
        except DocSpaceError as error:
            explain_refusal(error, storage.type)
            if error.status == 402 and error.exception:
                error.hint = _NOT_IN_PLAN
            if error.status in _TELLS_NOTHING and not error.unsettled:
                self._search_after(error, lambda: settle(lambda: search.finds(self._client.get)))
            if search.found is None:
                raise
            item = search.found
        # What has only been accepted has not got anywhere yet; what has may still be ours, where an
        # answer was lost before.
        return item, item.percent == 0 or search.began

    def _accepted(self, response: Any) -> Progress:
        item = self._item(response, _START, "POST")
        if item is None:
            raise self._client.malformed(_START, "the response names no backup", "POST")
        return item

    def _search_after(self, error: DocSpaceError, find: Callable[[], bool]) -> None:
        try:
            find()
        except DocSpaceError:
            error.unsettled = True

    def cancel(self, item: Progress) -> bool:
        """Cancel a backup that runs; whether the server still had one to cancel. One POST.

        A finished backup must not be given: the server would forget how it ended.
        """

        def is_over(get: Get) -> bool:
            now = self._progress(get, dump=False)
            return now is None or now.id != item.id or now.finished

        try:
            response = self._client.write("POST", _CANCEL, settled=is_over)
        except DocSpaceError as error:
            if _is_unknown_call(error):
                raise self._cannot_cancel() from None
            raise
        if response is None:
            return True
        return self._decoded(lambda r: boolean(r, "response"), response, _CANCEL, "POST")

    def delete(self, backup: Backup, dump: bool) -> None:
        """Remove a backup of the history, and its archive. One DELETE.

        An error with status 500 may mean that only the archive could not be removed: the record is
        gone then (contract-backups 3).
        """
        self._client.write(
            "DELETE",
            api_path("backup", "deletebackup", backup.id),
            settled=lambda get: all(b.id != backup.id for b in self._history(get, dump)),
        )

    # --- decoding

    def _progress(self, get: Get, dump: bool) -> Progress | None:
        return self._item(get_of_kind(get, _PROGRESS, dump), _PROGRESS)

    def _item(self, response: Any, path: str, method: str = "GET") -> Progress | None:
        item = self._decoded(progress_from_wire, response, path, method)
        if item is None:
            return None
        self._client.hide([item.link])
        return replace(
            item, error=self._client.safe(item.error), warning=self._client.safe(item.warning)
        )

    def _history(self, get: Get, dump: bool) -> tuple[Backup, ...]:
        return self._decoded(history_from_wire, get_of_kind(get, _HISTORY, dump), _HISTORY)

    def _if_known(self, path: str, query: dict[str, str] | None) -> Any:
        """What the server has at `path`; None where its release does not know the call."""
        try:
            return self._client.get(path, query)
        except DocSpaceError as error:
            if _is_unknown_call(error):
                return None
            raise

    def _decoded(
        self, decode: Callable[[Any], _Read], response: Any, path: str, method: str = "GET"
    ) -> _Read:
        try:
            return decode(response)
        except ValueError as problem:
            raise self._client.malformed(path, str(problem), method) from None

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


def _is_unknown_call(error: DocSpaceError) -> bool:
    """Whether the release has no such call: 404 without a body (contract 3.4)."""
    return error.status == 404 and error.kind == "not_found" and not error.exception
