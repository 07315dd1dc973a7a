# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""A session of `requests` whose answers are bounded in size and time, whatever a server sends.

The libraries below read lines and chunks as long as the server says, unpack what comes packed, and
read the body of a redirect before they give it out. So an answer is limited where its bytes come
in from the network, and it is unpacked here.
"""

from __future__ import annotations

import io
import math
import re
import time
import traceback
import zlib
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import NoAnswer

REQUESTS_IMPORT_ERROR: str | None = None
try:
    import requests
    import urllib3
    from requests import Session
    from requests.adapters import HTTPAdapter
except ImportError:
    REQUESTS_IMPORT_ERROR = traceback.format_exc()
    # Classes below have to have a base, even where no request is made. It is none to mypy.
    Session = HTTPAdapter = object  # type: ignore[misc,assignment]

LARGEST_BODY = 10 * 1024 * 1024

# Bytes of the lines before the body, and as many between its chunks.
_LARGEST_HEAD = 1024 * 1024

# What `zlib` calls the encodings that an answer may have, and how many of them.
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_MOST_ENCODINGS = 3

# The oldest releases that the tests run with.
_OLDEST = {"requests": "2.25.1", "urllib3": "1.26.5"}


def too_old() -> str:
    """Which of the libraries that are installed is too old, and what to do; "" for none."""
    for library, oldest in () if REQUESTS_IMPORT_ERROR else _OLDEST.items():
        found = (requests if library == "requests" else urllib3).__version__
        if _numbers(found) < _numbers(oldest):
            return (
                f"The Python library {library} {found} is too old. "
                f"Install {library} {oldest} or later."
            )
    return ""


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)[:3]]


@dataclass
class Limits:
    """What one attempt may take: until when, by `time.monotonic`, and how many bytes more.

    At first that is the head of the answer. `answering` turns true when the request is sent and
    its answer is waited for.
    """

    deadline: float
    left: float = _LARGEST_HEAD
    answering: bool = False

    def allow_body(self) -> None:
        """Let a body follow the head, in what is left of the time."""
        self.left += LARGEST_BODY

    def allow_piece(self, size: int, seconds: float) -> None:
        """Let the next piece follow of a body that may have any size, and what frames it."""
        self.left = size + _LARGEST_HEAD
        self.deadline = time.monotonic() + seconds


class BoundedSession(Session):
    """A session that keeps each answer within `limits`, which whoever sends a request sets."""

    def __init__(self) -> None:
        super().__init__()
        self.limits = Limits(math.inf)
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Adapter(self))

    def get_redirect_target(self, resp: Any) -> None:
        """None: a redirect is an answer like any other, of which nothing is read ahead."""


class _Adapter(HTTPAdapter):
    """The library's own, with connections whose answers are bounded."""

    def __init__(self, session: BoundedSession) -> None:
        self._session = session
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self._bound(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        known = proxy in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **options)
        if not known:
            self._bound(manager)
        return manager

    def _bound(self, manager: Any) -> None:
        manager.pool_classes_by_scheme = {
            scheme: self._bounded(pool) for scheme, pool in manager.pool_classes_by_scheme.items()
        }

    def _bounded(self, pool: Any) -> Any:
        """The class of connection pools `pool` with answers that are bounded."""
        bases = (_Connection, pool.ConnectionCls)
        connection = type("Connection", bases, {"session": self._session})
        return type(pool.__name__, (pool,), {"ConnectionCls": connection})


class _Connection:
    """What is different about the connections of `session`; mixed into the library's own."""

    session: BoundedSession

    def getresponse(self, *args: Any, **options: Any) -> Any:
        """The answer to a request that is sent; a proxy's to CONNECT does not come from here."""
        self.session.limits.answering = True
        # The other base of the class has it, which mypy does not see.
        return super().getresponse(*args, **options)  # type: ignore[misc]

    def response_class(self, sock: Any, *args: Any, **options: Any) -> HTTPResponse:
        answer = HTTPResponse(sock, *args, **options)
        answer.fp = io.BufferedReader(_Bounded(answer.fp.detach(), self.session.limits))
        return answer


class _Bounded(io.RawIOBase):
    """The bytes of `raw`, as long as there is time and room for them."""

    def __init__(self, raw: Any, limits: Limits) -> None:
        super().__init__()
        self._raw = raw
        self._limits = limits

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if time.monotonic() > self._limits.deadline:
            raise TimeoutError
        count: int | None = self._raw.readinto(buffer)
        self._limits.left -= count or 0
        if self._limits.left < 0:
            raise too_large()
        return count

    def fileno(self) -> int:
        return int(self._raw.fileno())

    def close(self) -> None:
        self._raw.close()
        super().close()


def unpacked(body: bytes, encodings: str) -> bytes:
    """`body` without the encodings that the header Content-Encoding names.

    NoAnswer where it is larger then than an answer may be, or cannot be unpacked.
    """
    named = [
        name for name in re.split(r"[,\s]+", encodings.lower()) if name not in ("", "identity")
    ]
    if not body or not named:
        return body
    if len(named) > _MOST_ENCODINGS or not set(named) <= set(_WINDOWS):
        raise NoAnswer("malformed", "the response has an unexpected encoding", sent=True)
    for name in reversed(named):
        body = _inflated(body, _WINDOWS[name])
    return body


def _inflated(body: bytes, window: int) -> bytes:
    unpacker = zlib.decompressobj(window)
    try:
        found = unpacker.decompress(body, LARGEST_BODY + 1)
    except zlib.error:
        if window > 0 and window == _WINDOWS["deflate"]:
            # Some servers leave out the frame around the data.
            return _inflated(body, -window)
        raise NoAnswer("truncated", "the response cannot be decompressed", sent=True) from None
    if len(found) > LARGEST_BODY:
        raise too_large()
    if not unpacker.eof:
        raise NoAnswer("truncated", "the response was incomplete", sent=True)
    return found


def too_large() -> NoAnswer:
    """The error for an answer that is larger than any that a portal gives."""
    problem = "the response is larger than 10 MiB, or its headers are larger than 1 MiB"
    return NoAnswer("too_large", problem, sent=True)
