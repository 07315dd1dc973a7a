# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""States absent, pruned and cancelled: backups that are to go."""

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

# Failures of one backup; after any other the next DELETE would fare no better.
_OF_ONE = ("not_found", "refused", "server")

# The message names so many failures.
_MOST_TOLD = 3

_LISTED_STILL = "The portal accepted the request. Check the history, and run the playbook again."
_ARCHIVE_LEFT = "Remove the archive from the storage by hand, when the portal can reach it again."


def absent(client: Client, wanted: Wanted, check_mode: bool) -> Outcome:
    """Remove the backup `backup_id`. One GET where it is not in the history; else GET, DELETE, GET.

    DocSpaceError where it, or its archive, could not be removed.
    """
    history = BackupsApi(client).history(wanted.dump)
    todo = tuple(backup for backup in history if backup.id == wanted.backup_id)
    return _removed(client, wanted, history, todo, check_mode)


def pruned(client: Client, wanted: Wanted, check_mode: bool) -> Outcome:
    """Remove what `keep` and `older_than` leave. One GET where there is nothing; else GETs around
    one DELETE for each.

    DocSpaceError at the end where some could not be removed.
    """
    history = BackupsApi(client).history(wanted.dump)
    todo = prunable(wanted, history, client.portal_time)
    return _removed(client, wanted, history, todo, check_mode)


def cancelled(client: Client, wanted: Wanted, check_mode: bool) -> Outcome:
    """Cancel the backup that runs. One GET where none does; else GET, POST and, with `wait`, GETs
    until it has ended.
    """
    api = BackupsApi(client)
    item = api.progress(dump=False)
    if item is None or item.finished:
        return Outcome()
    running = {"running": item.id}
    if check_mode:
        return Outcome(changed=True, before=running)
    if not api.cancel(item):
        # It ended in between.
        return Outcome()
    if wanted.wait:
        try:
            Waiting(client, wanted.wait_timeout).until_ended(lambda: api.progress(False), item)
        except DocSpaceError as error:
            error.done = {"changed": True}
            raise
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
    """Remove all of them, in this order; those that are gone afterwards.

    One that fails does not stop the others: one DocSpaceError at the end names them all.
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
    left = _left(api, wanted, todo, failed)
    gone = tuple(backup for backup in todo if backup.id not in left)
    if failed or len(gone) < len(todo):
        summary = _summary(client.portal, todo, gone, failed)
        summary.done = {"changed": bool(gone), "removed": _shown(gone, wanted)}
        raise summary
    return gone


def _left(
    api: BackupsApi,
    wanted: Wanted,
    todo: tuple[Backup, ...],
    failed: Mapping[Backup, DocSpaceError],
) -> set[str]:
    """What the history lists afterwards; DocSpaceError where it cannot be read."""
    try:
        return {backup.id for backup in api.history(wanted.dump)}
    except DocSpaceError as error:
        first = next(iter(failed.values()), error)
        # All that can be said is how the requests were answered.
        answered = todo[: todo.index(next(iter(failed)))] if failed else todo
        first.done = {"changed": bool(answered), "removed": _shown(answered, wanted)}
        raise first from None


def _summary(
    portal: str,
    todo: tuple[Backup, ...],
    gone: tuple[Backup, ...],
    failed: Mapping[Backup, DocSpaceError],
) -> DocSpaceError:
    """The error about those that were not removed, with the first cause in its members."""
    told = [_problem(backup, backup in gone, failed.get(backup)) for backup in todo]
    problems = [problem for problem in told if problem]
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
    """Why the backup counts as not removed; "" where it is."""
    if error is None:
        return "" if is_gone else f"{backup.file_name} is still in the history"
    if is_gone:
        return f"{backup.file_name} is out of the history, but its archive may be left"
    return f"{backup.file_name} ({_reason(error)})"


def _reason(error: DocSpaceError) -> str:
    return error.server_message or (f"status {error.status}" if error.status else error.kind)


def _shown(backups: Iterable[Backup], wanted: Wanted) -> list[dict[str, Any]]:
    return [shown(backup.id, wanted.dump, backup=backup) for backup in backups]
