# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The file next to the destination that contains an archive until it is complete."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.reading import (
    Beside,
    Damaged,
    Reading,
)

_READ = 1024 * 1024

# Number of the last bytes of an older part, at most half of it, that are downloaded again and
# compared. This proves that the part belongs to the archive, and replaces the end of a file, which
# can be lost if a machine stops.
_OVERLAP = 64 * 1024

_FLAGS = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

_RANGE = re.compile(r"\s*bytes\s+(\d{1,19})-(\d{1,19})/(\d{1,19})\s*")


class Busy(Exception):
    """Another task is writing to the same destination."""


class Part:
    """A file that receives the bytes of an archive in order, and verifies them.

    It continues the part of an earlier task. On exit, the context manager keeps the file for a
    later task if `keep` is true, and removes it otherwise. Methods raise OSError if the file cannot
    be written, Busy if another task has locked it, and Damaged if the archive is not complete.
    """

    def __init__(
        self,
        path: str,
        new_reading: Callable[[], Reading],
        addresses: Callable[[Part], Iterable[str]],
        expected: int | None,
    ) -> None:
        self.path = path
        self.expected = expected
        self.keep = True
        self.told: Callable[[int], None] = lambda _percent: None
        self._finished = False
        self._new_reading = new_reading
        self._addresses = addresses
        self._validator = ""
        self._fd = _open_own(path)
        self._reading = Beside(new_reading())
        self._size = 0
        self._tail = b""
        self.resumed = False

    def __enter__(self) -> Part:
        try:
            self._take_up()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if not self._finished and not (self.keep and self.size):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(self.path)
        finally:
            self._close()

    def finish(self, dest: str, modified: float) -> Reading:
        """Move the archive to `dest`, set its modification time, and return its reading.

        Raise Damaged if it is not complete.
        """
        reading = self._reading.end()
        os.fchmod(self._fd, 0o600)
        os.fsync(self._fd)
        os.utime(self._fd, (modified, modified))
        if not _is_at(self._fd, self.path):
            raise OSError(errno.ESTALE, "the file was removed during the download", self.path)
        os.replace(self.path, dest)
        self._finished = True
        return reading

    def restart(self) -> None:
        """Discard everything that was downloaded."""
        os.ftruncate(self._fd, 0)
        os.lseek(self._fd, 0, os.SEEK_SET)
        self._reading.close()
        self._reading = Beside(self._new_reading())
        self._size = 0
        self._tail, self._validator, self.resumed = b"", "", False

    # --- the interface for the client

    @property
    def size(self) -> int:
        """The number of bytes that were downloaded."""
        return self._size

    def addresses(self) -> Iterable[str]:
        """Return the addresses of the archive, which can differ in each attempt."""
        return self._addresses(self)

    def headers(self) -> Mapping[str, str]:
        """Return the headers that request the missing part of the same archive."""
        if not self.size:
            return {}
        self.resumed = True
        wanted = {"Range": f"bytes={self.size}-"}
        return {**wanted, "If-Range": self._validator} if self._validator else wanted

    def begin(self, status: int, headers: Mapping[str, str]) -> bool:
        """Compare the response with the request. Raise ValueError if they do not match."""
        first, total = placed(status, headers)
        if first != self.size:
            # A server can ignore the range, and send the whole archive.
            self.restart()
        if first != self.size:
            raise ValueError(f"the response begins at byte {first}, which was not requested")
        if total is not None and self.expected not in (None, total):
            self.restart()
            raise ValueError(f"it has {total} bytes, but {self.expected} were expected")
        self.expected = self.expected if total is None else total
        etag = headers.get("ETag", "")
        self._validator = etag if etag.startswith('"') else ""
        return True

    def write(self, piece: bytes) -> None:
        """Write and verify the next bytes."""
        if self._tail:
            common = min(len(self._tail), len(piece))
            if piece[:common] != self._tail[:common]:
                raise Damaged("the part that was downloaded earlier belongs to another archive")
            self._tail = self._tail[common:]
        if self.expected is not None and self.size + len(piece) > self.expected:
            raise ValueError(f"it has more than the expected {self.expected} bytes")
        view = memoryview(piece)
        while view:
            view = view[os.write(self._fd, view) :]
        self._feed(piece)
        if self.expected:
            self.told(100 * self.size // self.expected)

    def end(self) -> None:
        """Check that all bytes were sent."""
        if self.expected is not None and self.size < self.expected:
            raise ValueError(f"it has only {self.size} of the expected {self.expected} bytes")

    def _feed(self, piece: bytes) -> None:
        self._size += len(piece)
        self._reading.feed(piece)

    def _close(self) -> None:
        self._reading.close()
        os.close(self._fd)

    def _take_up(self) -> None:
        """Read the part of an earlier task, except for its end."""
        length = os.fstat(self._fd).st_size
        if self.expected is None or length > self.expected:
            length = 0
        kept = length - min(_OVERLAP, (length + 1) // 2)
        self.resumed = kept > 0
        try:
            while self.size < kept:
                piece = os.read(self._fd, min(_READ, kept - self.size))
                if not piece:
                    break
                self._feed(piece)
            self._tail = os.read(self._fd, length - kept) if kept else b""
            os.ftruncate(self._fd, kept)
            os.lseek(self._fd, kept, os.SEEK_SET)
        except Damaged:
            self.restart()


def read_file(path: str, reading: Reading) -> None:
    """Read a file to the end. Raise OSError if this fails, or Damaged if it is not complete."""
    with open(path, "rb", buffering=0) as file:
        while piece := file.read(_READ):
            reading.feed(piece)
    reading.end()


def placed(status: int, headers: Mapping[str, str]) -> tuple[int, int | None]:
    """Return the position of the first byte, and the size of the whole body, or None."""
    if status == 206:
        found = _RANGE.fullmatch(headers.get("Content-Range", ""))
        if not found:
            raise ValueError("the response does not specify which part it contains")
        return int(found[1]), int(found[3])
    length = headers.get("Content-Length", "")
    return 0, int(length) if length.isdecimal() and len(length) < 20 else None


def _open_own(path: str) -> int:
    """Open and lock the file at `path`, which only this user may read.

    Replace a file of another user, because that user could read it later. After locking the file,
    check the path again, because another task can rename the file in the meantime.
    """
    while True:
        fd, is_new = _open(path)
        is_own = False
        try:
            found = os.fstat(fd)
            if not stat.S_ISREG(found.st_mode):
                raise OSError(errno.EPERM, "it is not a regular file", path)
            _lock(fd)
            if _is_at(fd, path):
                is_own = is_new or (found.st_uid == os.geteuid() and found.st_nlink == 1)
                if not is_own:
                    os.unlink(path)
        finally:
            if not is_own:
                os.close(fd)
        if is_own:
            return fd


def _open(path: str) -> tuple[int, bool]:
    """Open the file at `path`, and return whether it is new."""
    while True:
        with contextlib.suppress(FileExistsError):
            return os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600), True
        # It may have been removed in the meantime.
        with contextlib.suppress(FileNotFoundError):
            return os.open(path, _FLAGS), False


def _is_at(fd: int, path: str) -> bool:
    """Return whether `path` is the path of the open file."""
    return os.path.lexists(path) and os.path.samestat(os.fstat(fd), os.lstat(path))


def _lock(fd: int) -> None:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Busy from None
    except OSError as error:
        # Some network file systems have no locks.
        if error.errno not in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP):
            raise
