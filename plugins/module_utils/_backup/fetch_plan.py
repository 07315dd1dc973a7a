# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Choose the backup to fetch, and the path of its copy. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import Backup
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.duration import (
    duration,
    duration_text,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.wire import guid
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    OptionError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import utc_text


@dataclass(frozen=True)
class Wanted:
    """The options of a play.

    `backup_id` is "" for the newest backup. `max_age` is None if the age does not matter. `dest` is
    a file, or an existing directory.
    """

    dest: str
    backup_id: str = ""
    max_age: timedelta | None = None
    verify: bool = True
    dump: bool = False


def wanted_from_options(options: Mapping[str, Any]) -> Wanted:
    """Return the wanted backup. Raise OptionError for an invalid option."""
    given, max_age = options.get("backup_id"), options.get("max_age")
    backup_id = guid(given) if given else ""
    if backup_id is None:
        raise OptionError(
            "backup_id",
            f"{given!r} is not the ID of a backup; use the format "
            "00000000-0000-0000-0000-000000000000",
        )
    if not options["dest"].strip():
        raise OptionError("dest", "it is empty")
    return Wanted(
        dest=options["dest"],
        backup_id=backup_id,
        max_age=duration("max_age", str(max_age)) if max_age else None,
        verify=options["verify"],
        dump=options["dump"],
    )


def chosen(wanted: Wanted, history: Iterable[Backup], now: datetime, portal: str) -> Backup:
    """Return the wanted backup. Raise DocSpaceError if the portal does not have it."""
    backups = [backup for backup in history if not backup.expired(now)]
    if wanted.backup_id:
        backups = [backup for backup in backups if backup.id == wanted.backup_id]
    newest = max(backups, key=lambda backup: (backup.created_on, backup.id), default=None)
    if newest is None:
        what = f"backup {wanted.backup_id}" if wanted.backup_id else "backup"
        raise _missing(portal, f"{portal} has no {what} in its history.", kind="not_found")
    if wanted.max_age is not None and now - newest.created_on > wanted.max_age:
        raise _missing(
            portal,
            f"The backup {newest.id} of {portal} was made at {utc_text(newest.created_on)}, which "
            f"is more than {duration_text(wanted.max_age)} ago.",
            kind="too_old",
        )
    return newest


def file_in(directory: str, file_name: str) -> str:
    """Return the path of an archive in a directory. Raise ValueError for an unsafe name."""
    if not file_name or file_name[0] == "." or "/" in file_name or "\0" in file_name:
        raise ValueError("the name of the archive is not valid as a file name")
    return f"{directory.rstrip('/')}/{file_name}"


def _missing(portal: str, what: str, *, kind: str) -> DocSpaceError:
    return DocSpaceError(
        what,
        kind=kind,
        portal=portal,
        hint="Make a backup, for example with the module docspace_backup.",
    )
