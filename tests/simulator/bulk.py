# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Large archives that are generated while they are sent, and parts of any archive.

A gzip file can consist of several members. A large archive repeats a member with one file of a tar
as often as needed. Members that decompress to nothing pad it to the exact size, and the last member
ends the tar. The result is a valid tar.gz of any size that needs 1 MiB of memory.
"""

from __future__ import annotations

import random
import struct
import tarfile
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

LEAST = 2 * 2**20
PIECE = 2**18
_BLOCK = 65535  # the longest stored block of deflate, and the longest extra field
_FILE = 2**20


class Content(Protocol):
    """Bytes that are not necessarily in memory."""

    def __len__(self) -> int:
        """The number of bytes."""

    def __getitem__(self, wanted: slice, /) -> bytes:
        """The bytes of a range."""


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes of some content from ``start`` up to, but not including, ``stop``."""

    content: Content
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def __getitem__(self, wanted: slice, /) -> bytes:
        first, last, _step = wanted.indices(len(self))
        return self.content[self.start + first : self.start + last]


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A valid tar.gz of ``length`` bytes, which must be at least LEAST."""

    length: int

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, wanted: slice, /) -> bytes:
        first, last, _step = wanted.indices(self.length)
        body, end = _file_member(), _end_member()
        times = (self.length - len(end) - _least_filling()) // len(body)
        found = []
        at = 0
        for member, count in (
            (body, times),
            (_filling(self.length - times * len(body) - len(end)), 1),
            (end, 1),
        ):
            found += _overlap(member, count, first - at, last - at)
            at += len(member) * count
        return b"".join(found)


async def pieces(content: Content) -> AsyncIterator[bytes]:
    """The complete content, in pieces."""
    for at in range(0, len(content), PIECE):
        yield content[at : at + PIECE]


def _overlap(member: bytes, count: int, first: int, last: int) -> list[bytes]:
    """The bytes between two positions of ``member`` repeated ``count`` times."""
    size = len(member)
    first, last = max(first, 0), min(last, size * count)
    found = []
    while first < last:
        inside = first % size
        found.append(member[inside : inside + last - first])
        first += len(found[-1])
    return found


def _member(data: bytes, extra: bytes = b"") -> bytes:
    """A gzip member that contains ``data`` uncompressed. ``extra`` is not part of the data."""
    head = struct.pack("<4BI2B", 0x1F, 0x8B, 8, 4 if extra else 0, 0, 0, 255)
    if extra:
        head += struct.pack("<H", len(extra)) + extra
    blocks = []
    for at in range(0, max(len(data), 1), _BLOCK):
        block = data[at : at + _BLOCK]
        last = at + _BLOCK >= len(data)
        blocks.append(struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF) + block)
    return head + b"".join(blocks) + struct.pack("<II", zlib.crc32(data), len(data))


@cache
def _filling(size: int) -> bytes:
    """Members with a total of ``size`` bytes that decompress to nothing."""
    least = _least_filling()
    found = []
    while size:
        # The rest must be large enough for another member.
        now = min(size, least + _BLOCK - 1)
        if 0 < size - now < least:
            now -= least
        found.append(_member(b"", bytes(now - least + 1)))
        size -= now
    return b"".join(found)


@cache
def _least_filling() -> int:
    return len(_member(b"", b"\0"))


@cache
def _file_member() -> bytes:
    content = random.Random(0).randbytes(_FILE)  # noqa: S311 - not a secret
    info = tarfile.TarInfo("storage/files/content")
    info.size = len(content)
    return _member(info.tobuf(tarfile.USTAR_FORMAT) + content)


@cache
def _end_member() -> bytes:
    return _member(bytes(2 * tarfile.BLOCKSIZE))
