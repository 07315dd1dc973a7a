# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""States absent, pruned, and cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.api import BackupsApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import Backup
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.outcome import Outcome
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.plan import (
    Wanted,
    listed,
    prunable,
    shown,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.waiting import Waiting
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)

# Failures that concern one backup. After any other failure, the next DELETE would fail too.
_OF_ONE = ("not_found", "refused", "server")

# Maximum number of failures in the message.
_MOST_TOLD = 3

_LISTED_STILL = "The portal accepted the request. Check the history, and run the playbook again."
_ARCHIVE_LEFT = "When the storage can be reached again, remove the archive from it manually."


def absent(client: Client, wanted: Wanted, check_mode: bool) -> Outcome:
    """Remove the backup `backup_id`. Send GET, DELETE, GET, or one GET if it does not exist.

    Raise DocSpaceError if it, or its archive, could not be removed.
    """
    history = BackupsApi(client).history(wanted.dump)
    todo = tuple(backup for backup in history if backup.id == wanted.backup_id)
    return _removed(client, wanted, history, todo, check_mode)


def pruned(client: Client, wanted: Wanted, check_mode: bool) -> Outcome:
    """Remove the backups that `keep` and `older_than` do not keep.

    Send a GET and, if there are such backups, one DELETE for each and another GET. Raise
    DocSpaceError at the end if some could not be removed.
    """
    history = BackupsApi(client).history(wanted.dump)
    todo = prunable(wanted, history, client.portal_time)
    return _removed(client, wanted, history, todo, check_mode)


def cancelled(client: Client, wanted: Wanted, check_mode: bool) -> Outcome:
    """Cancel the running backup.

    Send one GET if there is none, otherwise GET, POST and, with `wait`, GETs until it has ended.
    """
    api = BackupsApi(client)
    item = api.progress(dump=False)
    if item is None or item.finished:
        return Outcome()
    running = {"running": item.id}
    if check_mode:
        return Outcome(changed=True, before=running)
    if not api.cancel(item):
        # It ended in the meantime.
        return Outcome()
    if wanted.wait:
        waiting = Waiting(client, wanted.wait_timeout)
        try:
            ended = waiting.until_ended(lambda: api.progress(dump=False), item)
        except DocSpaceError as error:
            error.done = {"changed": True}
            raise
        if ended and ended.status != "cancelled":
            # It ended before it could be cancelled.
            return Outcome()
    return Outcome(changed=True, before=running)


def _removed(
    client: Client,
    wanted: Wanted,
    history: tuple[Backup, ...],
    todo: tuple[Backup, ...],
    check_mode: bool,
) -> Outcome:
    gone = todo
    if todo and not check_mode:
        gone = _remove(client, wanted, todo)
    return Outcome(
        changed=bool(gone),
        removed=_shown(gone, wanted),
        before=listed(history),
        after=listed(b for b in history if b not in gone),
    )


def _remove(client: Client, wanted: Wanted, todo: tuple[Backup, ...]) -> tuple[Backup, ...]:
    """Remove all backups in this order, and return those that no longer exist afterwards.

    A failure does not stop the others. One DocSpaceError at the end lists all failures.
    """
    api = BackupsApi(client)
    failed: dict[Backup, DocSpaceError] = {}
    for backup in todo:
        try:
            api.delete(backup, wanted.dump)
        except DocSpaceError as error:
            failed[backup] = error
            if error.kind not in _OF_ONE:
                break
    asked = todo[: todo.index(backup) + 1]
    accepted = [b for b in asked if b not in failed or failed[b].unsettled]
    left = _left(client, wanted, failed, accepted)
    gone = tuple(backup for backup in todo if backup.id not in left)
    if failed or len(gone) < len(todo):
        summary = _summary(client.portal, todo, gone, failed)
        summary.done = {"changed": bool(gone or accepted), "removed": _shown(gone, wanted)}
        raise summary
    return gone


def _left(
    client: Client,
    wanted: Wanted,
    failed: Mapping[Backup, DocSpaceError],
    accepted: Iterable[Backup],
) -> set[str]:
    """Return the IDs in the history afterwards. Raise DocSpaceError if it cannot be read.

    The portal may show only later that what it has `accepted` is removed.
    """
    api = BackupsApi(client)
    accepted_ids = {backup.id for backup in accepted}

    def read() -> set[str]:
        return {backup.id for backup in api.history(wanted.dump)}

    try:
        return client.confirm(read, accepted_ids.isdisjoint)
    except DocSpaceError as error:
        first = next(iter(failed.values()), error)
        # Only the responses to the requests are known.
        answered = [backup for backup in accepted if backup not in failed]
        first.done = {"changed": bool(accepted_ids), "removed": _shown(answered, wanted)}
        raise first from None


def _summary(
    portal: str,
    todo: tuple[Backup, ...],
    gone: tuple[Backup, ...],
    failed: Mapping[Backup, DocSpaceError],
) -> DocSpaceError:
    """Return the error about backups that were not removed, with the first cause."""
    found = [_problem(backup, backup in gone, failed.get(backup)) for backup in todo]
    problems = [problem for problem in found if problem]
    more = len(problems) - _MOST_TOLD
    listing = "; ".join(problems[:_MOST_TOLD]) + (f"; and {more} more" if more > 0 else "")
    what = f"{len(problems)} of {len(todo)} backups of {portal} could not be removed: {listing}."
    if not failed:
        return DocSpaceError(what, kind="not_applied", portal=portal, hint=_LISTED_STILL)
    first = next(iter(failed.values()))
    return DocSpaceError(
        what,
        kind=first.kind,
        portal=portal,
        hint=_ARCHIVE_LEFT if all(b in gone for b in failed) else first.hint,
        status=first.status,
        method=first.method,
        path=first.path,
        retries=first.retries,
        server_message=first.server_message,
    )


def _problem(backup: Backup, is_gone: bool, error: DocSpaceError | None) -> str:
    """Return why the backup does not count as removed, or ""."""
    if error is None:
        return "" if is_gone else f"{backup.file_name} is still in the history"
    if is_gone:
        return f"{backup.file_name} is no longer in the history, but its archive may still exist"
    return f"{backup.file_name} ({_reason(error)})"


def _reason(error: DocSpaceError) -> str:
    return error.server_message or (f"status {error.status}" if error.status else error.kind)


def _shown(backups: Iterable[Backup], wanted: Wanted) -> list[dict[str, Any]]:
    return [shown(backup.id, wanted.dump, backup=backup) for backup in backups]
