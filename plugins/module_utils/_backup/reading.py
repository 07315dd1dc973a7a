# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Read an archive to the end, to verify that it is complete. Pure. No files are extracted.

An archive is a tar file, compressed with gzip unless its name ends in `.tar` (contract-backups 4).
It is read once, in pieces of any size as they arrive, with constant memory.
"""

from __future__ import annotations

import hashlib
import tarfile
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

# Maximum size of a decompressed piece, because a small file can contain very much data.
_MOST = 1024 * 1024

# Makes zlib read the header and the trailer of gzip, and verify the checksum.
_GZIP = 31
_MAGIC = b"\x1f\x8b"

# Number of bytes in a batch for the thread, and maximum number of waiting batches.
_BATCH = 1024 * 1024
_MOST_WAITING = 4

_BLOCK = tarfile.BLOCKSIZE
_NOTHING = bytes(_BLOCK)

# Members that only have a header. The size in it has no meaning.
_WITHOUT_CONTENT = (
    tarfile.LNKTYPE,
    tarfile.SYMTYPE,
    tarfile.DIRTYPE,
    tarfile.FIFOTYPE,
    tarfile.CHRTYPE,
    tarfile.BLKTYPE,
)
# A member with keywords for the next member. They contain the size of members larger than 8 GiB.
_LONGEST_KEYWORDS = 64 * 1024
_MOST_DIGITS = 20


class Damaged(Exception):
    """The archive is not complete. The text describes the problem."""


class Reading:
    """An archive that is being read, with its current size and SHA-256 checksum.

    With `thorough`, `feed` and `end` raise Damaged as soon as they detect that the archive is not
    complete. Otherwise, they check only the first two bytes.
    """

    def __init__(self, name: str, thorough: bool) -> None:
        self.size = 0
        self._hash = hashlib.sha256()
        self._packed = not name.endswith(".tar")
        self._start = b""
        self._tar = _Tar() if thorough else None
        self._gzip = _Gzip() if self._packed else None

    @property
    def checksum(self) -> str:
        """The SHA-256 checksum of the bytes that were read, in hexadecimal."""
        return self._hash.hexdigest()

    def feed(self, data: bytes) -> None:
        """Read the next bytes."""
        self.size += len(data)
        self._hash.update(data)
        self._look_at_start(data)
        if self._tar is None:
            return
        for plain in self._gzip.inflated(data) if self._gzip else (data,):
            self._tar.feed(plain)

    def end(self) -> None:
        """Check the end of the archive."""
        if not self.size:
            raise Damaged("it is empty")
        if self._tar is None:
            return
        if self._gzip:
            self._gzip.end()
        self._tar.end()

    def _look_at_start(self, data: bytes) -> None:
        if self._packed and len(self._start) < len(_MAGIC):
            self._start += data[: len(_MAGIC) - len(self._start)]
            if not _MAGIC.startswith(self._start):
                raise Damaged("it is not a gzip file")


class Beside:
    """Reads an archive in a separate thread, while its next bytes arrive.

    Call `close` at the end. Exceptions of the reading are raised here, a few pieces later.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._thread = ThreadPoolExecutor(1)
        self._waiting: deque[Future[None]] = deque()
        self._batch: list[bytes] = []
        self._bytes = 0

    def feed(self, data: bytes) -> None:
        """Pass the next bytes to the thread."""
        self._batch.append(data)
        self._bytes += len(data)
        if self._bytes >= _BATCH:
            self._hand_over()
        if len(self._waiting) > _MOST_WAITING:
            self._waiting.popleft().result()

    def end(self) -> Reading:
        """Wait until all bytes are read, check the end of the archive, and return the reading."""
        self._hand_over()
        while self._waiting:
            self._waiting.popleft().result()
        self._reading.end()
        return self._reading

    def _hand_over(self) -> None:
        self._waiting.append(self._thread.submit(self._read, self._batch))
        self._batch, self._bytes = [], 0

    def _read(self, batch: list[bytes]) -> None:
        for data in batch:
            self._reading.feed(data)

    def close(self) -> None:
        """Stop reading."""
        self._thread.shutdown(wait=True, cancel_futures=True)


class _Gzip:
    """Decompresses the members of a gzip file, one after another."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP)
        self._inside = False

    def inflated(self, data: bytes) -> Iterator[bytes]:
        """Yield the decompressed data of the next bytes, in pieces."""
        while data:
            if not self._inside:
                # Zeros after a member are padding.
                data = data.lstrip(b"\0") if self._inflate.eof else data
                if not data:
                    return
                self._inflate, self._inside = zlib.decompressobj(_GZIP), True
            try:
                yield self._inflate.decompress(data, _MOST)
            except zlib.error:
                raise Damaged("its gzip data is damaged") from None
            data = self._inflate.unused_data or self._inflate.unconsumed_tail
            self._inside = not self._inflate.eof
        yield from self._rest()

    def _rest(self) -> Iterator[bytes]:
        """Yield decompressed data that did not fit into a piece."""
        while self._inside and not self._inflate.eof:
            try:
                plain = self._inflate.decompress(b"", _MOST)
            except zlib.error:
                raise Damaged("its gzip data is damaged") from None
            if not plain:
                return
            yield plain
        self._inside = not self._inflate.eof

    def end(self) -> None:
        if self._inside:
            raise Damaged("its gzip data is incomplete")


class _Tar:
    """Reads the headers of a tar archive, and skips the data between them."""

    def __init__(self) -> None:
        self._header = bytearray()
        self._skip = 0
        self._members = 0
        self._ended = False
        self._keywords: bytearray | None = None
        self._next_size: int | None = None

    def feed(self, plain: bytes) -> None:
        at = 0
        while at < len(plain) and not self._ended:
            if self._skip:
                step = min(self._skip, len(plain) - at)
                self._keep(plain[at : at + step] if self._keywords is not None else b"")
                self._skip -= step
            else:
                step = min(_BLOCK - len(self._header), len(plain) - at)
                self._header += plain[at : at + step]
                self._look_at_header()
            at += step

    def end(self) -> None:
        if not self._ended:
            raise Damaged("its tar data is incomplete")
        if not self._members:
            raise Damaged("its tar data is empty")

    def _look_at_header(self) -> None:
        if len(self._header) < _BLOCK:
            return
        block, self._header = bytes(self._header), bytearray()
        self._read_keywords()
        if block == _NOTHING:
            self._ended = True
            return
        try:
            member = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except (tarfile.HeaderError, ValueError):
            raise Damaged("its tar data is damaged") from None
        self._members += 1
        size = member.size
        if member.type == tarfile.XHDTYPE:
            self._keywords = bytearray()
        else:
            size, self._next_size = self._next_size or size, None
        if size < 0:
            raise Damaged("its tar data is damaged")
        if member.type not in _WITHOUT_CONTENT:
            self._skip = -(-size // _BLOCK) * _BLOCK

    def _keep(self, data: bytes) -> None:
        if self._keywords is not None and len(self._keywords) < _LONGEST_KEYWORDS:
            self._keywords += data

    def _read_keywords(self) -> None:
        """Get the size of the next member from keywords, which replace the size in its header."""
        for line in bytes(self._keywords or b"").split(b"\n"):
            key, _separator, value = line.partition(b" ")[2].partition(b"=")
            if key == b"size" and value.isdigit() and len(value) < _MOST_DIGITS:
                self._next_size = int(value)
        self._keywords = None
