# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""One attempt to get a response of any size, which is passed on while it arrives.

There is no limit for the whole time, but the attempt ends after `timeout` seconds without data.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import (
    as_no_answer,
    authorization,
    certificate,
    new_session,
    verified_by,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.bounds import (
    BoundedSession,
    Limits,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import NoAnswer
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import (
    LONGEST_ADDRESS,
)

with contextlib.suppress(ImportError):
    import requests

_PIECE = 128 * 1024

# Maximum number of bytes of an error response.
_REFUSAL = 64 * 1024

# From the portal to its storage, and once more within that.
_MOST_REDIRECTS = 3
_REDIRECTS = (301, 302, 303, 307, 308)

_PORTS = {"http": 80, "https": 443}


class Stream:
    """The headers of a response, and its body in pieces. The context manager closes it."""

    def __init__(self, response: Any, session: BoundedSession, timeout: int) -> None:
        self._arrived = _reader(response.raw)
        self._to_close = (response, session)
        self._limits = session.limits
        self._timeout = timeout
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers

    def __enter__(self) -> Stream:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for connection in self._to_close:
            connection.close()

    def pieces(self, largest: int = _PIECE) -> Iterator[bytes]:
        """Yield the bytes of the body in order, as sent. Raise NoAnswer if they are incomplete."""
        expected = self.headers.get("Content-Length", "")
        left = int(expected) if expected.isdecimal() and len(expected) < 20 else None
        while piece := self._read(largest):
            left = None if left is None else left - len(piece)
            yield piece
        if left:
            raise _broken_off()

    def start(self) -> bytes:
        """Return the first bytes of the body of an error response."""
        return next(self.pieces(_REFUSAL), b"")

    def _read(self, largest: int) -> bytes:
        # Only data of the body counts, and not the lines around chunks.
        self._limits.allow_piece(largest, self._timeout)
        try:
            piece: bytes = self._arrived(largest)
        except Exception as error:  # noqa: BLE001 - every library has its own
            none = as_no_answer(error, _out_of_time(self._timeout), answering=True)
            if none.kind in ("connection", "malformed"):
                none = _broken_off(f" ({none.cause})")
            raise none from None
        return piece


def open_stream(
    connection: Connection,
    url: str,
    headers: Mapping[str, str],
    hide: Callable[[str], None] = lambda _url: None,
) -> Stream:
    """GET `url`, which can be outside the portal. Return the response, or raise NoAnswer.

    Send the key only to the portal itself. Follow redirects, because a portal redirects to archives
    in a cloud, but never from https to http. Call `hide` with each address before its request,
    because addresses work without a login.
    """
    session = new_session(connection)
    try:
        for _hop in range(_MOST_REDIRECTS + 1):
            url = _allowed(connection, url)
            hide(url)
            session.limits = Limits(time.monotonic() + connection.timeout)
            response = session.get(
                url,
                headers={**headers, "Accept": "*/*"},
                timeout=connection.timeout,
                allow_redirects=False,
                stream=True,
                verify=verified_by(connection),
                **_identity(connection, url),
            )
            target = response.headers.get("Location", "")
            if response.status_code not in _REDIRECTS or not target:
                return Stream(response, session, connection.timeout)
            response.close()
            url = urljoin(url, target)
    except Exception as error:  # noqa: BLE001 - reported to the caller
        session.close()
        none = as_no_answer(error, _out_of_time(connection.timeout), session.limits.answering)
        raise none from None
    session.close()
    raise NoAnswer("connection", "the portal redirects too many times", sent=True)


def _reader(raw: Any) -> Callable[[int], bytes]:
    """Return a function that reads the available bytes of a body, or a limited number of them.

    It does not decode them, because an archive is compressed and its header can say so.
    """
    if hasattr(raw, "read1"):
        return lambda largest: raw.read1(largest, decode_content=False)
    # Older releases of urllib3 wait for the full size, but the underlying response does not.
    arrived: Callable[[int], bytes] = raw._fp.read1
    return arrived


def _out_of_time(seconds: int) -> str:
    return f"no data for {seconds} seconds"


def _broken_off(why: str = "") -> NoAnswer:
    return NoAnswer("truncated", f"the response was incomplete{why}", sent=True)


def is_of_portal(portal: str, url: str) -> bool:
    """Return whether `url` is an address of the portal itself, which may get the key."""
    own, other = urlsplit(portal), urlsplit(url)
    below = other.path.startswith(own.path + "/") and ".." not in unquote(other.path).split("/")
    return below and _origin(own) == _origin(other)


def _identity(connection: Connection, url: str) -> dict[str, Any]:
    """Return the key and the client certificate for the portal, and nothing for other servers."""
    if is_of_portal(connection.portal, url):
        return {"auth": authorization(connection), "cert": certificate(connection)}
    # Set auth, so that `requests` does not read .netrc.
    return {"auth": lambda request: request}


def _allowed(connection: Connection, url: str) -> str:
    """Return `url` in the form that the library sends, after checking its actual host."""
    try:
        if len(url) > LONGEST_ADDRESS:
            raise ValueError(url)
        url = requests.Request("GET", url).prepare().url or ""
        scheme, host, _port = _origin(urlsplit(url))
    except ValueError:
        scheme, host = "", ""
    if scheme not in _PORTS or not host:
        raise NoAnswer("address", "the portal returns no valid address for the archive", sent=False)
    if scheme == "http" and connection.portal.startswith("https:"):
        raise NoAnswer("address", "the portal returns an address without https", sent=False)
    return url


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
