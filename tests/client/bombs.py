# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Responses that are designed to fill the memory of the client, or to keep it busy."""

from __future__ import annotations

import functools
import itertools
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

# Every bomb is sent with each of these: success, two redirects, refusal, busy portal.
STATUSES = (200, 301, 308, 403, 503)

_BLOCK = 64 * 1024
_ZEROS = 400 * 1024**2


@dataclass(frozen=True)
class Bomb:
    """The headers of a response, and its body, which is sent for as long as the client reads.

    With `is_whole`, the body is the complete response, and no status line is sent before it.
    """

    headers: bytes
    body: Callable[[], Iterable[bytes]]
    is_whole: bool = False


def _forever(block: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: itertools.repeat(block)


def _gzip(chunks: Iterable[bytes]) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*map(packer.compress, chunks), packer.flush()])


@functools.cache
def zeros(times: int) -> bytes:
    """400 MB of zeros, compressed this many times."""
    packed = _gzip(itertools.repeat(bytes(_BLOCK), _ZEROS // _BLOCK))
    for _time in range(times - 1):
        packed = _gzip([packed])
    return packed


def _packed(times: int, encoding: bytes) -> Bomb:
    return Bomb(
        b"Content-Encoding: %b\r\nContent-Length: %d\r\n" % (encoding, len(zeros(times))),
        lambda: [zeros(times)],
    )


_JSON = b"Content-Type: application/json\r\n"
_CHUNKED = b"Transfer-Encoding: chunked\r\n"

BOMBS = {
    "zeros in gzip": _packed(1, b"gzip"),
    "zeros in gzip, three times": _packed(3, b"gzip, gzip, gzip"),
    "zeros in too many encodings": _packed(3, b", ".join([b"gzip"] * 9)),
    "a body without an end": Bomb(_JSON, _forever(b" " * _BLOCK)),
    "a length without an end": Bomb(b"Content-Length: 9999999999999\r\n", _forever(b" " * _BLOCK)),
    "chunks without an end": Bomb(_CHUNKED, _forever(b"10000\r\n" + b" " * _BLOCK + b"\r\n")),
    "a chunk of negative length": Bomb(
        _CHUNKED, lambda: itertools.chain([b"-1\r\n"], itertools.repeat(b" " * _BLOCK))
    ),
    "a chunk that is longer than all": Bomb(
        _CHUNKED, lambda: itertools.chain([b"fffffffffff\r\n"], itertools.repeat(b" " * _BLOCK))
    ),
    "a length of a chunk without an end": Bomb(_CHUNKED, _forever(b"0" * _BLOCK)),
    "trailers without an end": Bomb(
        _CHUNKED, lambda: itertools.chain([b"0\r\n"], itertools.repeat(b"X: y\r\n" * 10_000))
    ),
    "a line without an end": Bomb(b"HTTP/1.1 ", _forever(b"/" * _BLOCK), is_whole=True),
    "continue without an end": Bomb(
        b"", _forever(b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000), is_whole=True
    ),
    "many values": Bomb(_JSON, lambda: [b"[" + b"[]," * 3_400_000 + b"[]]"]),
    "many dictionaries": Bomb(_JSON, lambda: [b"[" + b'{"":0},' * 1_400_000 + b"{}]"]),
    "one number": Bomb(_JSON, lambda: [b"1" * 9_000_000]),
    "many escapes": Bomb(_JSON, lambda: [b'{"error":{"message":"' + b"%25" * 3_000_000 + b'"}}']),
}
