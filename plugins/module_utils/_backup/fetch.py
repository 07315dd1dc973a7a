# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""What docspace_backup_fetch does: find an archive, fetch it, see that it is whole, and report.

Options in, result out.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
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
)

# A disk that is full, a quota, or a file system that has no larger files.
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

# Seconds: some file systems keep times no finer than this.
_TIME_STEP = 2

# A part is of no more use where these end the task.
_GONE = ("not_found", "not_fetchable")


def run(
    options: Mapping[str, Any],
    check_mode: bool,
    make_client: Callable[..., Client] = Client,
) -> dict[str, Any]:
    """Have the archive of a backup in a file of this machine; the result of the task.

    Requests: one GET for the history, two to find the archive, and where it is not there yet one
    for an address and one for the archive itself. After an archive broke off the last three again.
    DocSpaceError where it cannot be done, OptionError before the first request where the options
    or the destination show it.
    """
    connection = Connection.from_options(options)
    try:
        wanted = wanted_from_options(options)
        if not check_mode:
            _demand_place(wanted.dest)
    except OptionError as error:
        error.portal = connection.portal
        raise
    client = make_client(connection, read_only=check_mode)
    try:
        result = Fetch(client, wanted, check_mode).run()
    finally:
        client.close()
    return {**result, "warnings": connection.warnings()}


@dataclass(frozen=True)
class _Copy:
    """What is to be where: the archive of a backup, its length if that is known, and a file."""

    backup: Backup
    archive: Archive
    size: int | None
    path: str

    @property
    def made(self) -> float:
        """When the archive was made, as files tell it."""
        return self.backup.created_on.timestamp()


class Fetch:
    """One task on one portal."""

    def __init__(self, client: Client, wanted: Wanted, check_mode: bool) -> None:
        self._client = client
        self._wanted = wanted
        self._check_mode = check_mode
        self._archives = ArchivesApi(client, wanted.dump)

    def run(self) -> dict[str, Any]:
        """The result of the task, without its warnings."""
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
        """The result; `reading` is that of the file, None where there is none yet."""
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
        """The file that the archive is to be; OptionError where it cannot be one."""
        path = self._wanted.dest
        if path.endswith("/") or os.path.isdir(path):
            try:
                path = file_in(path, backup.file_name)
            except ValueError as problem:
                raise self._error(str(problem), "Give dest as a file.", kind="malformed") from None
        _demand_file(path, self._client.portal)
        return path

    def _there(self, copy: _Copy) -> Reading | None:
        """The file as it was read, if it is the archive, and whole.

        A fetched file has the time at which its archive was made. One that is older is another.
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
        """The file as it was read, and whether it was this task that brought it there."""
        telling = Telling(self._client, f"fetching {copy.backup.file_name}")
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
        """The part of this task alone; DocSpaceError where another one goes on having it."""
        source = _Source(self._archives, copy)

        def opened() -> Part | None:
            try:
                return Part(copy.path + ".part", lambda: self._new_reading(copy), source, copy.size)
            except Busy:
                return None

        busy = f"Another task is fetching to {copy.path}."
        part: Part | None = self._client.poll(opened, busy)
        if part is None:
            raise self._error(busy, "Let only one task at a time fetch to it.", kind="busy")
        return part

    def _received(self, part: Part, copy: _Copy) -> Reading:
        """The archive as it was read while it came in; it is at its destination then."""
        for last in (False, True):
            try:
                self._client.download(part)
                return part.finish(copy.path, copy.made)
            except Damaged as problem:
                if last or not part.resumed:
                    part.keep = False
                    raise self._damaged(copy.backup, str(problem)) from None
                # Its parts may be of two archives.
                self._client.tell(f"{self._client.portal}: {problem}. It is fetched as a whole.")
                part.restart()
            except (DocSpaceError, OSError) as error:
                part.keep = isinstance(error, DocSpaceError) and error.kind not in _GONE
                raise
        raise AssertionError("unreachable")

    # --- errors

    def _damaged(self, backup: Backup, problem: str) -> DocSpaceError:
        return self._error(
            f"The archive {backup.file_name} of {self._client.portal} (backup {backup.id}) is not "
            f"whole: {problem}. Nothing of it was kept.",
            "Make another backup: nothing can be restored from this one.",
            kind="damaged",
        )

    def _unwritable(self, error: OSError, path: str) -> DocSpaceError:
        what = f"The archive could not be written to {path}: {error.strerror}."
        if error.errno in _NO_SPACE:
            return self._error(what, "Make room, or choose another dest.", kind="no_space")
        return self._error(what, "Check dest.", kind="destination")

    def _error(self, what: str, hint: str, *, kind: str) -> DocSpaceError:
        return DocSpaceError(what, kind=kind, portal=self._client.portal, hint=hint)


class _Source:
    """The addresses of an archive, which is looked up again with every attempt but the first.

    An address may have expired, and the archive may have been replaced or deleted in between.
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
    """OptionError where nothing can be written to `dest`."""
    if os.path.isdir(dest):
        folder = dest
    else:
        _demand_file(dest)
        folder = os.path.dirname(dest) or "."
    if not os.path.isdir(folder):
        raise OptionError("dest", f"there is no directory {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OptionError("dest", f"no file can be written to the directory {folder}")


def _demand_file(path: str, portal: str = "") -> None:
    """OptionError where `path` is something other than a file; it need not be there."""
    if os.path.islink(path):
        raise OptionError("dest", f"{path} is a symbolic link; give the file itself", portal=portal)
    if os.path.exists(path) and not os.path.isfile(path):
        raise OptionError("dest", f"{path} is not a file", portal=portal)


def _demand_space(portal: str, path: str, needed: int) -> None:
    free = shutil.disk_usage(os.path.dirname(path) or ".").free
    if needed > free:
        raise DocSpaceError(
            f"The archive does not fit on the disk of {path}: {needed} bytes are needed, and "
            f"{free} are free.",
            kind="no_space",
            portal=portal,
            hint="Make room, or choose another dest.",
        )
