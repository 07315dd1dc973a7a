# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""A session of `requests` with limits for the size and the time of responses.

The underlying libraries read lines and chunks of any length, decompress bodies without a limit, and
read the body of a redirect before they return it. Therefore, this module limits the bytes from the
network, and decompresses the body itself.
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
    # The classes below need a base, even without the library.
    Session = HTTPAdapter = object  # type: ignore[misc,assignment]

LARGEST_BODY = 10 * 1024 * 1024

# Maximum number of bytes of the headers, and of the lines between chunks.
_LARGEST_HEAD = 1024 * 1024

# The `zlib` parameters of the supported encodings, and the maximum number of nested encodings.
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_MOST_ENCODINGS = 3

# The oldest releases with which the tests run.
_OLDEST = {"requests": "2.25.1", "urllib3": "1.26.5"}


def too_old() -> str:
    """Return a message if an installed library is too old, otherwise ""."""
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
    """The limits of one attempt: a deadline by `time.monotonic`, and the bytes that are left.

    At first, these are the bytes of the headers. `answering` becomes true when the request was sent
    and the session waits for the response.
    """

    deadline: float
    left: float = _LARGEST_HEAD
    answering: bool = False

    def allow_body(self) -> None:
        """Also allow a body, within the remaining time."""
        self.left += LARGEST_BODY

    def allow_piece(self, size: int, seconds: float) -> None:
        """Let the next piece follow of a body that may have any size, and what frames it."""
        self.left = size + _LARGEST_HEAD
        self.deadline = time.monotonic() + seconds


class BoundedSession(Session):
    """A session that keeps each response within `limits`. Set them before each request."""

    def __init__(self) -> None:
        super().__init__()
        self.limits = Limits(math.inf)
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Adapter(self))

    def get_redirect_target(self, resp: Any) -> None:
        """Return None, so that a redirect is a response like any other, and is not read ahead."""


class _Adapter(HTTPAdapter):
    """The adapter of the library, with connections that limit responses."""

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
        """Return a subclass of `pool` whose connections limit responses."""
        bases = (_Connection, pool.ConnectionCls)
        connection = type("Connection", bases, {"session": self._session})
        return type(pool.__name__, (pool,), {"ConnectionCls": connection})


class _Connection:
    """A mixin for the connections of the library, with the limits of `session`."""

    session: BoundedSession

    def getresponse(self, *args: Any, **options: Any) -> Any:
        """Return the response to the request. Not called for the response to CONNECT of a proxy."""
        self.session.limits.answering = True
        # The other base of the class has it, which mypy does not see.
        return super().getresponse(*args, **options)  # type: ignore[misc]

    def response_class(self, sock: Any, *args: Any, **options: Any) -> HTTPResponse:
        answer = HTTPResponse(sock, *args, **options)
        answer.fp = io.BufferedReader(_Bounded(answer.fp.detach(), self.session.limits))
        return answer


class _Bounded(io.RawIOBase):
    """The bytes of `raw`, up to the limits of time and size."""

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
    """Return `body` without the encodings in the header Content-Encoding.

    Raise NoAnswer if the result is too large, or if the body cannot be decompressed.
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
            # Some servers omit the header and the checksum of the data.
            return _inflated(body, -window)
        raise NoAnswer("truncated", "the response cannot be decompressed", sent=True) from None
    if len(found) > LARGEST_BODY:
        raise too_large()
    if not unpacker.eof:
        raise NoAnswer("truncated", "the response was incomplete", sent=True)
    return found


def too_large() -> NoAnswer:
    """Return the error for a response that is larger than any response of a portal."""
    problem = "the response is larger than 10 MiB, or its headers are larger than 1 MiB"
    return NoAnswer("too_large", problem, sent=True)
