# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Large archives that are made up by a rule while they are sent, and parts of any archive.

A gzip file may consist of several members, one after the other. A large archive repeats one member,
in which one file of a tar lies, as often as is needed; some that unpack to nothing fill it up to
the byte, and the last one ends the tar. It is a valid tar.gz of any size in 1 MiB of memory.
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
    """Bytes that may not exist as a whole."""

    def __len__(self) -> int:
        """How many there are."""

    def __getitem__(self, wanted: slice, /) -> bytes:
        """Those from one place to another."""


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes of some content from ``start`` to before ``stop``."""

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
    """A valid tar.gz of ``length`` bytes, at least LEAST of them."""

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
    """All of it, a piece at a time."""
    for at in range(0, len(content), PIECE):
        yield content[at : at + PIECE]


def _overlap(member: bytes, count: int, first: int, last: int) -> list[bytes]:
    """What lies between two places of ``member``, repeated ``count`` times."""
    size = len(member)
    first, last = max(first, 0), min(last, size * count)
    found = []
    while first < last:
        inside = first % size
        found.append(member[inside : inside + last - first])
        first += len(found[-1])
    return found


def _member(data: bytes, extra: bytes = b"") -> bytes:
    """A gzip member that holds ``data`` as it is; ``extra`` is not part of it."""
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
    """Members of ``size`` bytes in all that unpack to nothing."""
    least = _least_filling()
    found = []
    while size:
        # What is left must be enough for another one.
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
    content = random.Random(0).randbytes(_FILE)  # noqa: S311 - to be sent, not to be secret
    info = tarfile.TarInfo("storage/files/content")
    info.size = len(content)
    return _member(info.tobuf(tarfile.USTAR_FORMAT) + content)


@cache
def _end_member() -> bytes:
    return _member(bytes(2 * tarfile.BLOCKSIZE))
