# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The task of docspace_backup_fetch: find an archive, download it, and verify it.

Options in, result out.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.api import BackupsApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.archive_api import (
    Archive,
    ArchivesApi,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import Backup
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.fetch_plan import (
    Wanted,
    chosen,
    file_in,
    wanted_from_options,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.length import length
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.part import (
    Busy,
    Part,
    read_file,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.plan import shown
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.reading import (
    Damaged,
    Reading,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.telling import Telling
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    OptionError,
    naming,
)

# A full disk, a quota, or the maximum file size of a file system.
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

# Resolution of times on some file systems (seconds).
_TIME_STEP = 2

# Failures after which a part is no longer useful.
_GONE = ("not_found", "not_fetchable")


def run(
    options: Mapping[str, Any],
    check_mode: bool,
    make_client: Callable[..., Client] = Client,
) -> dict[str, Any]:
    """Copy the archive of a backup to a file on this machine. Return the result of the task.

    Send one GET for the history and two to find the archive. If it is not there yet, send one GET
    for an address and one for the archive. After an interrupted download, repeat the last three.

    Raise DocSpaceError on failure, or OptionError before the first request if the options or the
    destination are invalid.
    """
    connection = Connection.from_options(options)
    with naming(connection.portal):
        wanted = wanted_from_options(options)
        if not check_mode:
            _demand_place(wanted.dest)
    with closing(make_client(connection, read_only=check_mode)) as client:
        result = Fetch(client, wanted, check_mode).run()
    return {**result, "warnings": connection.warnings()}


@dataclass(frozen=True)
class _Copy:
    """The archive of a backup, its size if it is known, and the path of its copy."""

    backup: Backup
    archive: Archive
    size: int | None
    path: str

    @property
    def made(self) -> float:
        """The time at which the archive was made, as a file time."""
        return self.backup.created_on.timestamp()


class Fetch:
    """One task on one portal."""

    def __init__(self, client: Client, wanted: Wanted, check_mode: bool) -> None:
        self._client = client
        self._wanted = wanted
        self._check_mode = check_mode
        self._archives = ArchivesApi(client, wanted.dump)

    def run(self) -> dict[str, Any]:
        """Run the task, and return its result without warnings."""
        copy = self._planned()
        there = self._there(copy)
        if there or self._check_mode:
            return self._result(copy, there, changed=not there)
        fetched, changed = self._fetched(copy)
        return self._result(copy, fetched, changed)

    def _planned(self) -> _Copy:
        history = BackupsApi(self._client).history(self._wanted.dump)
        backup = chosen(self._wanted, history, self._client.portal_time, self._client.portal)
        path = self._path(backup)
        archive = self._archives.find(backup)
        size = archive.size
        if size is None:
            size = length(self._client, self._archives.addresses(archive))
        return _Copy(backup, archive, size, path)

    def _result(self, copy: _Copy, reading: Reading | None, changed: bool) -> dict[str, Any]:
        """Return the result. `reading` is None if the file does not exist yet."""
        header = f"{copy.path} ({self._client.portal})"
        size = reading.size if reading else copy.size
        after = {"backup": copy.backup.file_name, "size": size}
        return {
            "changed": changed,
            "dest": copy.path,
            "size": size,
            "checksum": reading.checksum if reading else None,
            "verified": self._wanted.verify and reading is not None,
            "backup": shown(copy.backup.id, self._wanted.dump, backup=copy.backup),
            "diff": {
                "before": {} if changed else after,
                "after": after,
                "before_header": header,
                "after_header": header,
            },
        }

    # --- what is there

    def _path(self, backup: Backup) -> str:
        """Return the path of the copy. Raise OptionError if it is not valid."""
        path = self._wanted.dest
        if path.endswith("/") or os.path.isdir(path):
            try:
                path = file_in(path, backup.file_name)
            except ValueError as problem:
                raise self._error(
                    str(problem), "Set dest to the path of a file.", kind="malformed"
                ) from None
        _demand_file(path, self._client.portal)
        return path

    def _there(self, copy: _Copy) -> Reading | None:
        """Return the reading of the file, or None if it is not the archive or not complete.

        A copy has the time at which its archive was made. An older file is a different archive.
        """
        try:
            found = os.lstat(copy.path)
            if found.st_size != copy.size or found.st_mtime < copy.made - _TIME_STEP:
                return None
            reading = self._new_reading(copy)
            read_file(copy.path, reading)
        except (OSError, Damaged):
            return None
        return reading

    def _new_reading(self, copy: _Copy) -> Reading:
        return Reading(copy.backup.file_name, self._wanted.verify)

    # --- fetching

    def _fetched(self, copy: _Copy) -> tuple[Reading, bool]:
        """Return the reading of the file, and whether this task downloaded it."""
        telling = Telling(self._client, f"the download of {copy.backup.file_name}")
        try:
            with self._part(copy) as part:
                there = self._there(copy)
                if there:
                    part.keep = False
                    return there, False
                _demand_space(self._client.portal, copy.path, (part.expected or 0) - part.size)
                part.told = telling.tell
                return self._received(part, copy), True
        except OSError as error:
            raise self._unwritable(error, copy.path) from None

    def _part(self, copy: _Copy) -> Part:
        """Return the locked part. Raise DocSpaceError if another task does not release it."""
        source = _Source(self._archives, copy)

        def opened() -> Part | None:
            try:
                return Part(copy.path + ".part", lambda: self._new_reading(copy), source, copy.size)
            except Busy:
                return None

        busy = f"Another task is writing to {copy.path}."
        part: Part | None = self._client.poll(opened, busy)
        if part is None:
            raise self._error(busy, "Use a separate dest for each task.", kind="busy")
        return part

    def _received(self, part: Part, copy: _Copy) -> Reading:
        """Download the archive to its destination, and return its reading."""
        for last in (False, True):
            try:
                self._client.download(part)
                return part.finish(copy.path, copy.made)
            except Damaged as problem:
                if last or not part.resumed:
                    part.keep = False
                    raise self._damaged(copy.backup, str(problem)) from None
                # Its parts can belong to different archives.
                self._client.tell(f"{self._client.portal}: {problem}. Starting the download again.")
                part.restart()
            except (DocSpaceError, OSError) as error:
                part.keep = isinstance(error, DocSpaceError) and error.kind not in _GONE
                raise
        raise AssertionError("unreachable")

    # --- errors

    def _damaged(self, backup: Backup, problem: str) -> DocSpaceError:
        return self._error(
            f"The archive {backup.file_name} of {self._client.portal} (backup {backup.id}) is not "
            f"complete: {problem}. No part of it was kept.",
            "Make another backup. You cannot restore the portal from this one.",
            kind="damaged",
        )

    def _unwritable(self, error: OSError, path: str) -> DocSpaceError:
        what = f"The archive could not be written to {path}: {error.strerror}."
        if error.errno in _NO_SPACE:
            return self._error(what, "Free some space, or choose another dest.", kind="no_space")
        return self._error(what, "Check dest.", kind="destination")

    def _error(self, what: str, hint: str, *, kind: str) -> DocSpaceError:
        return DocSpaceError(what, kind=kind, portal=self._client.portal, hint=hint)


class _Source:
    """The addresses of an archive, which is looked up again before every attempt after the first.

    An address can have expired, and the archive can have been replaced or deleted in the meantime.
    """

    def __init__(self, archives: ArchivesApi, copy: _Copy) -> None:
        self._archives = archives
        self._backup = copy.backup
        self._archive = copy.archive
        self._asked = False

    def __call__(self, part: Part) -> Iterable[str]:
        if self._asked:
            found = self._archives.find(self._backup)
            if found != self._archive:
                self._archive = found
                part.restart()
                part.expected = found.size
        self._asked = True
        return self._archives.addresses(self._archive)


def _demand_place(dest: str) -> None:
    """Raise OptionError if `dest` is not writable."""
    if os.path.isdir(dest):
        folder = dest
    else:
        _demand_file(dest)
        folder = os.path.dirname(dest) or "."
    if not os.path.isdir(folder):
        raise OptionError("dest", f"the directory {folder} does not exist")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OptionError("dest", f"the directory {folder} is not writable")


def _demand_file(path: str, portal: str = "") -> None:
    """Raise OptionError if `path` exists and is not a file."""
    if os.path.islink(path):
        raise OptionError("dest", f"{path} is a symbolic link; use the file itself", portal=portal)
    if os.path.exists(path) and not os.path.isfile(path):
        raise OptionError("dest", f"{path} is not a file", portal=portal)


def _demand_space(portal: str, path: str, needed: int) -> None:
    free = shutil.disk_usage(os.path.dirname(path) or ".").free
    if needed > free:
        raise DocSpaceError(
            f"The archive does not fit on the disk of {path}: it requires {needed} bytes, but only "
            f"{free} are free.",
            kind="no_space",
            portal=portal,
            hint="Free some space, or choose another dest.",
        )
