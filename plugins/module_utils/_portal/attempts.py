# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""One HTTP attempt, bounded in time and size whatever the server does. No retries, no meaning."""

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

USER_AGENT = "ansible-onlyoffice.docspace/1.1.0"
_CHUNK = 64 * 1024

# The part of an attempt's time within which a connection must be made: that it was not must be
# known before the whole time is over, because then nothing was sent.
_CONNECT_SHARE = 0.9

_REFUSED_CERTIFICATE = re.compile("ALERT.*(?:CERT|UNKNOWN_CA|HANDSHAKE|ACCESS_DENIED)")

_BAD_ADDRESS = "the address of the portal or of the proxy is invalid"


@dataclass(frozen=True)
class Answer:
    """A complete answer. Header names are compared without regard to case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport:
    """Sends requests to one portal over a session of its own; use `close` at the end.

    `stream` of `_portal/stream.py` is for answers of any size.
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
        """The answer to one attempt, or NoAnswer within the connection's `timeout` seconds.

        A socket's own timeout restarts with every byte, so the attempt runs in a thread of its
        own: this one waits no longer than is allowed, and leaves the other one to its fate.
        """
        session = self._session = self._session or new_session(self._connection)
        limits = session.limits = Limits(time.monotonic() + self._connection.timeout)
        outcome: queue.SimpleQueue[Answer | NoAnswer] = queue.SimpleQueue()

        def run() -> None:
            try:
                outcome.put(_exchange(session, self._connection, method, url, body))
            except Exception as error:  # noqa: BLE001 - reported to the waiting thread
                none = as_no_answer(error, self._out_of_time(), limits.answering)
                # They keep the connection open, and the body that was read in memory.
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
            # Its traceback refers to this frame: a cycle, which is not freed for a while.
            del answer

    def _out_of_time(self) -> str:
        return f"no complete response within {self._connection.timeout} seconds"


def new_session(connection: Connection) -> BoundedSession:
    """A session that keeps no cookies; certificates and the key go with each request."""
    if not connection.validate_certs:
        # The task's own warning says it once, instead of a line on stderr for every request.
        warnings.filterwarnings("ignore", message="Unverified HTTPS request")
    session = BoundedSession()
    session.headers.update(
        {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "identity"}
    )
    # A stale log-in cookie would win over the key (contract 1.1): take none, send none.
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
        # Where to go instead is all that there is to a redirect.
        redirects = 300 <= response.status_code < 400
        body = b"" if redirects else _body(response)
        return Answer(response.status_code, response.headers, body)


def authorization(connection: Connection) -> Callable[[Any], Any]:
    """The key as `requests` wants it: given as auth, it is not replaced by one from .netrc."""

    def authorize(request: Any) -> Any:
        request.headers["Authorization"] = f"{connection.scheme} {connection.key}"
        return request

    return authorize


def verified_by(connection: Connection) -> bool | str:
    """Given with each request: the session's own setting would lose against REQUESTS_CA_BUNDLE."""
    return (connection.ca_path or True) if connection.validate_certs else False


def certificate(connection: Connection) -> str | tuple[str, str] | None:
    """The client certificate, as `requests` wants it."""
    if connection.client_cert and connection.client_key:
        return connection.client_cert, connection.client_key
    return connection.client_cert


def _body(response: Any) -> bytes:
    """The body, unpacked. NoAnswer where it is too large or incomplete."""
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
    # Not by the library's own chunks, which it reads in lines of any length.
    while piece := raw.read(_CHUNK, decode_content=False):
        body += piece
        if len(body) > LARGEST_BODY:
            raise too_large()
    return bytes(body)


def broken_off(why: Exception | None = None) -> NoAnswer:
    """The error for a body that does not come to its end."""
    text = f" ({_told(_innermost(why))})" if why else ""
    return NoAnswer("truncated", f"the response was incomplete{text}", sent=True)


def as_no_answer(error: Exception, out_of_time: str, answering: bool = False) -> NoAnswer:
    """What an error of `requests` means; `out_of_time` tells what took too long.

    `answering` says that the request was sent, so that the error is one of reading the answer.
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
    """What an error means that came before the whole request was sent."""
    cause = _innermost(error)
    if isinstance(error, ValueError):
        # Every library has its own for an address. None is shown in its own words: they may hold
        # the password of a proxy, or the part of it before a slash.
        return NoAnswer("address", _BAD_ADDRESS, sent=False)
    if isinstance(cause, ssl.SSLEOFError):
        return NoAnswer("connection", _told(cause), sent=True)
    if isinstance(error, requests.exceptions.SSLError) or isinstance(cause, ssl.SSLError):
        return NoAnswer("tls", _told(cause), sent=False)
    return NoAnswer("connection", _told(cause), sent=_may_be_sent(error))


def _of_the_answer(error: Exception) -> NoAnswer:
    """What an error means that came after the request was sent."""
    cause = _innermost(error)
    if isinstance(cause, ssl.SSLError) and _REFUSED_CERTIFICATE.search(str(cause)):
        # With TLS 1.3 the client is done with the handshake before the server looks.
        return NoAnswer("tls", _told(cause), sent=False)
    # The library makes an OSError of a header that is wrong, too.
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
    """`error` and what is wrapped in it, outermost first; urllib3 wraps in three ways."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting:
        link = waiting.pop(0)
        if link in found:
            continue
        found.append(link)
        # With urllib3 1.26 a suppressed context is a failed attempt at something else.
        context = None if link.__suppress_context__ else link.__context__
        inner = [getattr(link, "reason", None), *link.args, link.__cause__, context]
        waiting += [part for part in inner if isinstance(part, BaseException)]
    return found


def _innermost(error: BaseException) -> BaseException:
    return _chain(error)[-1]


def _told(cause: BaseException) -> str:
    """What went wrong in the words of the cause, without the objects that urllib3 names."""
    text = re.sub(r"<[^<>]* object at 0x[0-9a-f]+>:? ?", "", str(cause)).strip()
    return _without_credentials(text) or type(cause).__name__


def _without_credentials(text: str) -> str:
    """An error about a proxy may repeat its address, with the password as it was typed in it."""
    return re.sub(r"\S+", lambda word: _without_user(word[0]), text)


def _without_user(word: str) -> str:
    scheme, slashes, rest = word.partition("//")
    _user, at, host = rest.rpartition("@")
    return f"{scheme}//***@{host}" if slashes and at else word
