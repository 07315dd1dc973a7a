# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The file next to the destination that a fetched archive grows in, until it is whole."""

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

# So many of the last bytes of an older part are fetched again, half of the part at most, and
# compared: nothing else says that it belongs to the archive, and the tail of a file may be lost
# when a machine stops.
_OVERLAP = 64 * 1024

_FLAGS = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

_RANGE = re.compile(r"\s*bytes\s+(\d{1,19})-(\d{1,19})/(\d{1,19})\s*")


class Busy(Exception):
    """Another task is writing to the same destination."""


class Part:
    """A file that takes the bytes of an archive in order, and reads them as they pass.

    What an earlier task has left of it is gone on with. A context manager: the file stays for a
    later task where `keep` is true, and is removed otherwise. OSError where the file cannot be
    written, Busy where another task has it, Damaged where the archive is not whole.
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
        """Give the archive its place, with the time at which it was made; as it was read.

        Damaged where it is not whole.
        """
        reading = self._reading.end()
        os.fchmod(self._fd, 0o600)
        os.fsync(self._fd)
        os.utime(self._fd, (modified, modified))
        if not _is_at(self._fd, self.path):
            raise OSError(errno.ESTALE, "somebody has removed the file in between", self.path)
        os.replace(self.path, dest)
        self._finished = True
        return reading

    def restart(self) -> None:
        """Forget everything that was fetched."""
        os.ftruncate(self._fd, 0)
        os.lseek(self._fd, 0, os.SEEK_SET)
        self._reading.close()
        self._reading = Beside(self._new_reading())
        self._size = 0
        self._tail, self._validator, self.resumed = b"", "", False

    # --- what the client wants of it

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._size

    def addresses(self) -> Iterable[str]:
        """Where to fetch the archive, asked for again with each attempt."""
        return self._addresses(self)

    def headers(self) -> Mapping[str, str]:
        """Which part of the archive is wanted, and of which archive."""
        if not self.size:
            return {}
        self.resumed = True
        wanted = {"Range": f"bytes={self.size}-"}
        return {**wanted, "If-Range": self._validator} if self._validator else wanted

    def begin(self, status: int, headers: Mapping[str, str]) -> bool:
        """Compare what comes with what was asked for; ValueError where it is something else."""
        first, total = placed(status, headers)
        if first != self.size:
            # A server may ignore that a part was asked for.
            self.restart()
        if first != self.size:
            raise ValueError(f"what was sent begins at byte {first}, which was not asked for")
        if total is not None and self.expected not in (None, total):
            self.restart()
            raise ValueError(f"it has {total} bytes, but {self.expected} were expected")
        self.expected = self.expected if total is None else total
        etag = headers.get("ETag", "")
        self._validator = etag if etag.startswith('"') else ""
        return True

    def write(self, piece: bytes) -> None:
        """Take the next bytes."""
        if self._tail:
            common = min(len(self._tail), len(piece))
            if piece[:common] != self._tail[:common]:
                raise Damaged("the part that was fetched before is of another archive")
            self._tail = self._tail[common:]
        if self.expected is not None and self.size + len(piece) > self.expected:
            raise ValueError(f"it has more than the {self.expected} bytes that it should have")
        view = memoryview(piece)
        while view:
            view = view[os.write(self._fd, view) :]
        self._feed(piece)
        if self.expected:
            self.told(100 * self.size // self.expected)

    def end(self) -> None:
        """All of it was sent."""
        if self.expected is not None and self.size < self.expected:
            raise ValueError(f"it has {self.size} of the {self.expected} bytes that it should have")

    def _feed(self, piece: bytes) -> None:
        self._size += len(piece)
        self._reading.feed(piece)

    def _close(self) -> None:
        self._reading.close()
        os.close(self._fd)

    def _take_up(self) -> None:
        """Read what an earlier task has left, but for the end of it."""
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
    """Read a file to its end. OSError where that is not possible, Damaged where it is not whole."""
    with open(path, "rb", buffering=0) as file:
        while piece := file.read(_READ):
            reading.feed(piece)
    reading.end()


def placed(status: int, headers: Mapping[str, str]) -> tuple[int, int | None]:
    """The place of the first byte that comes, and the length of the whole; None if not given."""
    if status == 206:
        found = _RANGE.fullmatch(headers.get("Content-Range", ""))
        if not found:
            raise ValueError("a part of it was sent, without telling which")
        return int(found[1]), int(found[3])
    length = headers.get("Content-Length", "")
    return 0, int(length) if length.isdecimal() and len(length) < 20 else None


def _open_own(path: str) -> int:
    """The file at `path`, for this task alone, and for its owner only.

    One that another user has made is replaced, because that user could read it later. Another task
    may give the file its final name while this one opens it, so that it is looked at again after it
    is locked.
    """
    while True:
        fd, is_new = _open(path)
        is_own = False
        try:
            found = os.fstat(fd)
            if not stat.S_ISREG(found.st_mode):
                raise OSError(errno.EPERM, "what is in its place is not a file", path)
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
    """The file at `path`, and whether it is a new one."""
    while True:
        with contextlib.suppress(FileExistsError):
            return os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600), True
        # It may be gone again by now.
        with contextlib.suppress(FileNotFoundError):
            return os.open(path, _FLAGS), False


def _is_at(fd: int, path: str) -> bool:
    """Whether `path` leads to the open file."""
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
