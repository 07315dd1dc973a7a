# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""One HTTP attempt, with limits for time and size. It does not retry or interpret anything."""

from __future__ import annotations

import contextlib
import queue
import re
import ssl
import threading
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.bounds import (
    LARGEST_BODY,
    BoundedSession,
    Limits,
    too_large,
    unpacked,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import NoAnswer

with contextlib.suppress(ImportError):
    import requests

USER_AGENT = "ansible-onlyoffice.docspace/1.2.0"
_CHUNK = 64 * 1024

# The share of an attempt's time within which the connection must be established. If the whole time
# has passed, it would be unknown whether the request was sent.
_CONNECT_SHARE = 0.9

_REFUSED_CERTIFICATE = re.compile("ALERT.*(?:CERT|UNKNOWN_CA|HANDSHAKE|ACCESS_DENIED)")

_BAD_ADDRESS = "the address of the portal or of the proxy is invalid"


@dataclass(frozen=True)
class Answer:
    """A complete response. Header names are case-insensitive."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport:
    """Sends requests to one portal in a session. Call `close` at the end.

    For responses of any size, use `_portal/stream.py`.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._session: BoundedSession | None = None

    def close(self) -> None:
        """Close the connections that are kept open."""
        session, self._session = self._session, None
        if session:
            session.close()

    def send(self, method: str, url: str, body: bytes | None = None) -> Answer:
        """Return the response to one attempt, or raise NoAnswer within `timeout` seconds.

        The timeout of a socket restarts with every byte. Therefore, the attempt runs in a separate
        thread. This thread waits for it until the timeout, and then abandons it.
        """
        session = self._session = self._session or new_session(self._connection)
        limits = session.limits = Limits(time.monotonic() + self._connection.timeout)
        outcome: queue.SimpleQueue[Answer | NoAnswer] = queue.SimpleQueue()

        def run() -> None:
            try:
                outcome.put(_exchange(session, self._connection, method, url, body))
            except Exception as error:  # noqa: BLE001 - reported to the waiting thread
                none = as_no_answer(error, self._out_of_time(), limits.answering)
                # They would keep the connection open, and the body in memory.
                none.__traceback__ = none.__context__ = None
                outcome.put(none)

        threading.Thread(target=run, daemon=True, name="docspace-request").start()
        try:
            answer = outcome.get(timeout=self._connection.timeout)
        except queue.Empty:
            self._session = None
            answer = NoAnswer("timeout", self._out_of_time(), sent=True)
        if isinstance(answer, Answer):
            return answer
        try:
            raise answer
        finally:
            # Its traceback refers to this frame. Such a cycle is not freed immediately.
            del answer

    def _out_of_time(self) -> str:
        return f"no complete response within {self._connection.timeout} seconds"


def new_session(connection: Connection) -> BoundedSession:
    """Return a session without cookies. Each request sets the certificates and the key."""
    if not connection.validate_certs:
        # The task shows one warning, instead of a line on stderr for every request.
        warnings.filterwarnings("ignore", message="Unverified HTTPS request")
    session = BoundedSession()
    session.headers.update(
        {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "identity"}
    )
    # An old login cookie would take precedence over the key (contract 1.1).
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


def _exchange(
    session: BoundedSession, connection: Connection, method: str, url: str, content: bytes | None
) -> Answer:
    with session.request(
        method,
        url,
        data=content,
        headers={"Content-Type": "application/json"} if content is not None else {},
        auth=authorization(connection),
        timeout=(_CONNECT_SHARE * connection.timeout, connection.timeout),
        allow_redirects=False,
        stream=True,
        verify=verified_by(connection),
        cert=certificate(connection),
    ) as response:
        session.limits.allow_body()
        # Only the target of a redirect is of interest.
        redirects = 300 <= response.status_code < 400
        body = b"" if redirects else _body(response)
        return Answer(response.status_code, response.headers, body)


def authorization(connection: Connection) -> Callable[[Any], Any]:
    """Return the key as auth for `requests`, so that a .netrc file cannot replace it."""

    def authorize(request: Any) -> Any:
        request.headers["Authorization"] = f"{connection.scheme} {connection.key}"
        return request

    return authorize


def verified_by(connection: Connection) -> bool | str:
    """Return `verify` for each request. In a session, REQUESTS_CA_BUNDLE would override it."""
    return (connection.ca_path or True) if connection.validate_certs else False


def certificate(connection: Connection) -> str | tuple[str, str] | None:
    """Return the client certificate for `requests`."""
    if connection.client_cert and connection.client_key:
        return connection.client_cert, connection.client_key
    return connection.client_cert


def _body(response: Any) -> bytes:
    """Return the decompressed body. Raise NoAnswer if it is too large or incomplete."""
    try:
        packed = _read(response.raw)
    except Exception as error:
        if _is_timeout(error) or _no_answer_in(error):
            raise
        raise broken_off(error) from None
    encodings = response.headers.get("Content-Encoding", "")
    expected = response.headers.get("Content-Length", "")
    if expected.isdecimal() and len(packed) < int(expected[:20]):
        raise broken_off()
    return unpacked(packed, encodings)


def _read(raw: Any) -> bytes:
    body = bytearray()
    # Do not use the chunks of the library, which reads lines of any length.
    while piece := raw.read(_CHUNK, decode_content=False):
        body += piece
        if len(body) > LARGEST_BODY:
            raise too_large()
    return bytes(body)


def broken_off(why: Exception | None = None) -> NoAnswer:
    """Return the error for an incomplete body."""
    text = f" ({_told(_innermost(why))})" if why else ""
    return NoAnswer("truncated", f"the response was incomplete{text}", sent=True)


def as_no_answer(error: Exception, out_of_time: str, answering: bool = False) -> NoAnswer:
    """Convert an error of `requests`. `out_of_time` describes what took too long.

    `answering` means that the request was sent, so that the error occurred in the response.
    """
    known = _no_answer_in(error)
    if known:
        return known
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return NoAnswer("timeout", "the connection was not established in time", sent=False)
    if _is_timeout(error):
        return NoAnswer("timeout", out_of_time, sent=True)
    return _of_the_answer(error) if answering else _of_the_request(error)


def _of_the_request(error: Exception) -> NoAnswer:
    """Convert an error that occurred before the whole request was sent."""
    cause = _innermost(error)
    if isinstance(error, ValueError):
        # Every library has its own error for an address. Do not show its text, which can contain
        # the password of a proxy, or the part of it before a slash.
        return NoAnswer("address", _BAD_ADDRESS, sent=False)
    if isinstance(cause, ssl.SSLEOFError):
        return NoAnswer("connection", _told(cause), sent=True)
    if isinstance(error, requests.exceptions.SSLError) or isinstance(cause, ssl.SSLError):
        return NoAnswer("tls", _told(cause), sent=False)
    return NoAnswer("connection", _told(cause), sent=_may_be_sent(error))


def _of_the_answer(error: Exception) -> NoAnswer:
    """Convert an error that occurred after the request was sent."""
    cause = _innermost(error)
    if isinstance(cause, ssl.SSLError) and _REFUSED_CERTIFICATE.search(str(cause)):
        # With TLS 1.3, the client finishes the handshake before the server checks its certificate.
        return NoAnswer("tls", _told(cause), sent=False)
    # The library also raises an OSError for an invalid header.
    if isinstance(cause, (OSError, HTTPException)) and not isinstance(cause, ValueError):
        return NoAnswer("connection", _told(cause), sent=_may_be_sent(error))
    return NoAnswer("malformed", f"the response is not HTTP ({_told(cause)})", sent=True)


def _is_timeout(error: Exception) -> bool:
    cause = _innermost(error)
    return isinstance(error, requests.exceptions.Timeout) or isinstance(cause, TimeoutError)


def _no_answer_in(error: Exception) -> NoAnswer | None:
    return next((link for link in _chain(error) if isinstance(link, NoAnswer)), None)


def _may_be_sent(error: Exception) -> bool:
    """Whether the request may have reached the server: not if no connection came about."""
    names = {type(link).__name__ for link in _chain(error)}
    return not names & {"NewConnectionError", "NameResolutionError", "ProxyError"}


def _chain(error: BaseException) -> list[BaseException]:
    """Return `error` and the errors in it, outermost first. urllib3 nests them in three ways."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting:
        link = waiting.pop(0)
        if link in found:
            continue
        found.append(link)
        # With urllib3 1.26, a suppressed context belongs to a different failed attempt.
        context = None if link.__suppress_context__ else link.__context__
        inner = [getattr(link, "reason", None), *link.args, link.__cause__, context]
        waiting += [part for part in inner if isinstance(part, BaseException)]
    return found


def _innermost(error: BaseException) -> BaseException:
    return _chain(error)[-1]


def _told(cause: BaseException) -> str:
    """Return the text of the cause without the objects that urllib3 adds to it."""
    text = re.sub(r"<[^<>]* object at 0x[0-9a-f]+>:? ?", "", str(cause)).strip()
    return _without_credentials(text) or type(cause).__name__


def _without_credentials(text: str) -> str:
    """Remove credentials, because an error can contain the address of a proxy with its password."""
    return re.sub(r"\S+", lambda word: _without_user(word[0]), text)


def _without_user(word: str) -> str:
    scheme, slashes, rest = word.partition("//")
    _user, at, host = rest.rpartition("@")
    return f"{scheme}//***@{host}" if slashes and at else word
