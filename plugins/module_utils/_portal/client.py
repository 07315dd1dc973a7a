# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Requests to a portal that get an answer, are repeated where that is safe, or fail in words.

Knows nothing of Ansible, and nothing of schedules.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qsl, urlencode

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import (
    Answer,
    Transport,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import (
    decoded_json,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    NoAnswer,
    after_a_change,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.failures import failure_of
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.masking import Mask
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.stream import open_stream
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import printable

# Content, or the part of it that was asked for.
_OF_CONTENT = (200, 206)

# Statuses that say "not now". The limiter and a missing upstream answer before the request is
# acted on; a gateway that lost its upstream cannot tell.
_NOT_ACTED_ON = (429, 503)
_LOST = (502, 504)

# Seconds. A server may ask for any waiting time; more than this is not waited.
LONGEST_WAIT = 60.0
_FIRST_WAIT = 0.5
_LONGEST_BACK_OFF = 8.0

# A clock outside of these is wrong, and nothing can be computed from it.
_YEARS = range(2000, 3000)

# Waiting for a write that the portal does not show yet (seconds).
_SECOND_LOOKS = (0.25, 0.5, 1.0, 2.0)

# Waiting for work that the server does in the background (seconds).
_FIRST_LOOK = 0.25
_LONGEST_LOOK = 4.0

# Characters of a server's text that are looked at for what a message may hold of it.
_LONGEST_READ = 16_384

# Characters; what is shorter in a query is hardly a signature, but may be a word.
_SHORTEST_SIGNATURE = 12

# What no further attempt would change.
_FINAL = ("address", "tls", "too_large")

_HINTS = {
    "address": "Check api_host and the proxy variables.",
    "connection": "Check api_host, the network, and the proxy variables.",
    "timeout": "Check that the portal is running, or increase timeout.",
    "tls": "Check the certificate of the portal and ca_path. If the server requires a client "
    "certificate, set client_cert and client_key.",
    "too_large": "Check that api_host is the address of a DocSpace portal.",
    "truncated": "Check the portal and any proxy or load balancer in front of it.",
    "malformed": "Check that api_host is the address of a DocSpace portal, not of a login page "
    "or proxy in front of it.",
}


_Read = TypeVar("_Read")
Get = Callable[[str, "Mapping[str, str] | None"], Any]
Settled = Callable[[Get], bool]
Unwrap = Callable[[Any], Any]
Decode = Callable[[Any], Any]


def _as_it_is(result: Any) -> Any:
    return result


class Sink(Protocol):
    """What takes a body that is too large to be kept; `size` of its bytes it has already.

    Each attempt asks for `addresses`, one after the other, with `headers`. `begin` says whether
    the body is wanted. ValueError means that it is not the one that was asked for.
    """

    @property
    def size(self) -> int:
        """Number of bytes that it has."""

    def addresses(self) -> Iterable[str]:
        """Where the body can be had."""

    def headers(self) -> Mapping[str, str]:
        """What to ask with."""

    def begin(self, status: int, headers: Mapping[str, str]) -> bool:
        """Whether the body of this answer is wanted."""

    def write(self, _piece: bytes, /) -> None:
        """Take the next piece."""

    def end(self) -> None:
        """Take the end of the body."""


def from_envelope(data: Any) -> Any:
    """The member `response` of a success envelope; ValueError where it is none (contract 2.1)."""
    if not isinstance(data, dict):
        raise ValueError("the response is not an API response")
    if data.get("error") is not None:
        raise ValueError("the response contains an error despite its status")
    count = data.get("count")
    nothing = isinstance(count, int) and not isinstance(count, bool) and count == 0
    if data.get("response") is None and not nothing:
        raise ValueError("the response has no content")
    return data.get("response")


class Client:
    """The API of one portal.

    A read-only client refuses every method but GET, whoever asks: check mode cannot write.
    `hidden` is what no message may show besides the key.
    `unwrap` takes the result out of a decoded answer, or raises ValueError in words for a person.
    `progress` gets a line for a person whenever there is something to wait for. `sleep`,
    `jitter` (0 to 1), `now` (UTC) and `clock` (seconds that pass while `sleep` sleeps) are there
    for tests.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        read_only: bool = False,
        hidden: Iterable[str] = (),
        progress: Callable[[str], None] = lambda _line: None,
        transport: Transport | None = None,
        unwrap: Unwrap = from_envelope,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.portal = connection.portal
        self._connection = connection
        self._mask = Mask([connection.key, *connection.hidden, *hidden])
        self._retries = connection.retries
        self._timeout = connection.timeout
        self._read_only = read_only
        self.tell = progress
        self._transport = transport or Transport(connection)
        self._unwrap = unwrap
        self.sleep = sleep
        self.clock = clock
        self._jitter = jitter
        self._now = now
        self._time_of_answer: datetime | None = None

    @property
    def portal_time(self) -> datetime:
        """The time (UTC) by the server's clock, from its last answer; else by this machine's."""
        return self._time_of_answer or self._now()

    def hide(self, secrets: Iterable[str]) -> None:
        """Keep these out of every message, in whatever form the server repeats them."""
        self._mask.add(secrets)

    def safe(self, text: str) -> str:
        """`text` from outside as it may be shown."""
        return printable(self._clean(text))

    def close(self) -> None:
        """Close the connections to the portal."""
        self._transport.close()

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        """The result in the answer; None where the server has nothing.

        Repeated after anything that may pass: no connection, 429, 502 to 504, half an answer.
        DocSpaceError where no attempt succeeds.
        """
        return self._get(path, query, self._retries)

    def write(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        settled: Settled,
        creates: bool = False,
        wary: bool = False,
        decode: Decode = _as_it_is,
    ) -> Any:
        """Perform a write once; the result in the answer as `decode` gives it, None for no answer.

        `settled(get)` reads the portal and says whether it has the desired state. It is asked
        after any answer that neither is sound nor refuses the write, and after none. Where it says
        no, a write that may not have arrived is sent again. One that `creates` something new each
        time is not even then, while the server may be at it still. One that is `wary` asks
        `settled` after 429 and 503 too, which say that nothing was done. `decode` raises
        ValueError, in words, for a result that makes no sense.
        DocSpaceError where the write failed, or where nobody can know.
        """
        if self._read_only:
            raise RuntimeError(f"a read-only client was asked to {method} {path}")
        for attempt in range(self._retries + 1):
            try:
                return self._once(method, path, query, body, attempt, decode)
            except _MayPass as passing:
                passing.forget()
                last = attempt == self._retries or passing.answered
                lost = passing.lost or (wary and passing.error.status is not None)
                if last and not lost:
                    raise passing.error from None
                self._wait(attempt, passing.error, passing.retry_after)
                patient = passing.error.unsettled or (creates and passing.over)
                if lost and self._is_settled(settled, attempt, passing.error, patient):
                    return None
                if creates and passing.unfinished:
                    self._await_settled(settled, attempt, passing.error)
                    return None
                if last:
                    raise passing.error from None
        raise AssertionError("unreachable")

    def download(self, sink: Sink) -> None:
        """Give `sink` a body of any size, which is larger than any other answer may be.

        Repeated like `get`, but an attempt that brought something counts as the first one again:
        of a long body only `retries` attempts in a row may fail. DocSpaceError where they did.
        """
        attempt = 0
        while True:
            before = sink.size
            try:
                self._download_once(sink, attempt)
            except _MayPass as passing:
                passing.forget()
                attempt = 1 if sink.size > before else attempt + 1
                if attempt > self._retries:
                    raise passing.error from None
                self._wait(attempt - 1, passing.error, passing.retry_after)
            else:
                return

    def _download_once(self, sink: Sink, attempt: int) -> None:
        """One attempt at each address, until one of them brings something."""
        failures: list[Exception] = []
        before = sink.size
        for url in sink.addresses():
            self.hide(_secrets_of(url))
            # Whoever has the whole address can fetch the archive without a log-in.
            path = url.partition("?")[0].removeprefix(self.portal)
            try:
                self._receive(_Call("GET", path, None, attempt), url, sink)
            except (DocSpaceError, _MayPass) as failure:
                failures.append(failure)
            else:
                return
            if sink.size > before:
                break
        raise next((f for f in failures if isinstance(f, _MayPass)), failures[-1]) from None

    def _receive(self, call: _Call, url: str, sink: Sink) -> None:
        try:
            with open_stream(self._connection, url, sink.headers()) as answer:
                if answer.status not in _OF_CONTENT:
                    refusal = Answer(answer.status, answer.headers, answer.start())
                    raise self._failed(call, refusal)
                if sink.begin(answer.status, answer.headers):
                    for piece in answer.pieces():
                        sink.write(piece)
                    sink.end()
        except NoAnswer as none:
            raise self._unanswered(call, none) from None
        except ValueError as problem:
            raise _MayPass(self._malformed(call, str(problem)), lost=True) from None

    def confirm(self, read: Callable[[], _Read], is_right: Callable[[_Read], bool]) -> _Read:
        """What `read` gives, asked again for a few seconds until it `is_right`.

        It is for what was changed: a portal with several databases may show that one read late.
        """
        with after_a_change():
            for pause in _SECOND_LOOKS:
                found = read()
                if is_right(found):
                    return found
                self.tell(f"{self.portal} does not show the change yet. Waiting {pause:.1f} s.")
                self.sleep(pause)
            return read()

    def poll(self, read: Callable[[], Any], state: str = "") -> Any:
        """What `read` gives, asked again as long as it is None; `state` says why it may be.

        None where the server was not ready within as many seconds of waiting as one attempt may
        take.
        """
        pause, waited = _FIRST_LOOK, 0.0
        while True:
            found = read()
            if found is not None or waited >= self._timeout:
                return found
            self.tell(f"{state or f'{self.portal} is not ready yet.'} Waiting {pause:.1f} s.")
            self.sleep(pause)
            waited += pause
            pause = min(2 * pause, _LONGEST_LOOK, self._timeout - waited)

    def _await_settled(self, settled: Settled, attempt: int, error: DocSpaceError) -> None:
        """Ask `settled` until it says yes, instead of every attempt that the write has left."""
        for later in range(attempt + 1, self._retries + 1):
            self._wait(later, error)
            if self._is_settled(settled, later, error):
                return
        error.hint = (
            "The portal may still process the request, so it was not sent again. Run the "
            "playbook again in a minute."
        )
        error.unsettled = True
        raise error from None

    def _is_settled(
        self, settled: Settled, attempt: int, error: DocSpaceError, patient: bool = False
    ) -> bool:
        """Ask `settled`, with as many attempts as the write has left, and one at the least.

        With `patient` a no is not believed at once: nothing puts right what is done twice then.
        """
        left = max(self._retries - attempt - 1, 0)

        def ask() -> bool:
            return settled(lambda path, query: self._get(path, query, left))

        try:
            return self.confirm(ask, bool) if patient else ask()
        except DocSpaceError as unread:
            error.hint = (
                f"It is not known whether the portal made the change, because {unread.what} "
                "Run the playbook again when the portal responds."
            )
            error.unsettled = True
            raise error from None

    def malformed(self, path: str, problem: str, method: str = "GET") -> DocSpaceError:
        """The error for an answer from `path` that makes no sense, as `problem` says."""
        return self._malformed(_Call(method, path, None, 0), problem)

    def _get(self, path: str, query: Mapping[str, str] | None, retries: int) -> Any:
        for attempt in range(retries + 1):
            try:
                return self._once("GET", path, query, None, attempt)
            except _MayPass as passing:
                passing.forget()
                if attempt == retries:
                    raise passing.error from None
                self._wait(attempt, passing.error, passing.retry_after)
        raise AssertionError("unreachable")

    def _once(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None,
        body: Any,
        attempt: int,
        decode: Decode = _as_it_is,
    ) -> Any:
        """One attempt: the decoded `response`, DocSpaceError for good, or _MayPass."""
        call = _Call(method, path, query, attempt)
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            answer = self._transport.send(method, self.portal + call.target, content)
        except NoAnswer as none:
            raise self._unanswered(call, none) from None
        told = _http_date(answer.headers.get("Date", ""))
        self._time_of_answer = told if told and told.year in _YEARS else None
        if answer.status == 200:
            return self._decode(call, answer.body, decode)
        raise self._failed(call, answer)

    def _unanswered(self, call: _Call, none: NoAnswer) -> Exception:
        error = self._error(call, none.kind, none.cause, _HINTS[none.kind])
        if none.kind not in _FINAL:
            return _MayPass(error, lost=none.sent)
        return self._unclear(call, error) if none.sent else error

    def _unclear(self, call: _Call, error: DocSpaceError, accepted: bool = True) -> Exception:
        """The failure for an answer that is no refusal; `accepted` where it rather is a yes."""
        error.unsettled = call.is_write and accepted
        return _MayPass(error, lost=True, answered=True) if call.is_write else error

    def _decode(self, call: _Call, body: bytes, decode: Decode) -> Any:
        try:
            data = decoded_json(body.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            # No variable for the error: it would keep the body in memory, in a cycle.
            raise _MayPass(self._malformed(call, "the response is not JSON"), lost=True) from None
        try:
            return decode(self._unwrap(data))
        except ValueError as problem:
            raise self._unclear(call, self._malformed(call, str(problem))) from None

    def _malformed(self, call: _Call, problem: str) -> DocSpaceError:
        return self._error(call, "malformed", problem, _HINTS["malformed"], status=200)

    def _failed(self, call: _Call, answer: Answer) -> Exception:
        failure = failure_of(answer.status, answer.headers, answer.body, call.method, self._clean)
        error = self._error(
            call, failure.kind, failure.server_message, failure.hint, status=answer.status
        )
        error.server_message = failure.server_message
        error.exception = failure.exception
        if answer.status in _NOT_ACTED_ON + _LOST:
            after = _retry_after(answer.headers.get("Retry-After", ""), self._now())
            return _MayPass(error, lost=answer.status in _LOST, retry_after=after)
        return error if failure.refused else self._unclear(call, error, answer.status < 300)

    def _wait(self, attempt: int, error: DocSpaceError, retry_after: float | None = None) -> None:
        back_off = min(_FIRST_WAIT * 2**attempt, _LONGEST_BACK_OFF)
        seconds = back_off * (0.5 + self._jitter() / 2)
        if retry_after is not None:
            seconds = min(max(seconds, retry_after), LONGEST_WAIT)
        self.tell(f"{error.what} Waiting {seconds:.1f} s.")
        self.sleep(seconds)

    def _error(
        self, call: _Call, kind: str, problem: str, hint: str, *, status: int | None = None
    ) -> DocSpaceError:
        came = "received no response" if status is None else f"returned {status}"
        tries = "1 retry" if call.attempt == 1 else f"{call.attempt} retries"
        tried = f" (after {tries})" if call.attempt else ""
        what = f"{call.method} {call.target} on {self.portal} {came}{tried}"
        what += f": {self.safe(problem)}" if problem else ""
        return DocSpaceError(
            what if what.endswith((".", "!", "?")) else what + ".",
            kind=kind,
            portal=self.portal,
            hint=hint,
            status=status,
            method=call.method,
            path=call.path,
            retries=call.attempt,
        )

    def _clean(self, text: str) -> str:
        """`text` from outside without secrets, and no longer than is worth a look."""
        return self._mask(text, _LONGEST_READ)


@dataclass(frozen=True)
class _Call:
    """One attempt at a request; `attempt` counts from 0."""

    method: str
    path: str
    query: Mapping[str, str] | None
    attempt: int

    @property
    def target(self) -> str:
        return self.path + ("?" + urlencode(self.query) if self.query else "")

    @property
    def is_write(self) -> bool:
        return self.method != "GET"


class _MayPass(Exception):
    """A failure that may be gone at the next attempt.

    `lost` where a write may have happened, `answered` where the server is done with it, so that
    it is not sent again.
    """

    def __init__(
        self,
        error: DocSpaceError,
        *,
        lost: bool,
        answered: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.lost = lost
        self.answered = answered
        self.retry_after = retry_after
        # Whoever waited has given up, which does not stop the server.
        self.unfinished = lost and (error.kind == "timeout" or error.status == 504)
        self.over = lost and not self.unfinished and not answered

    def forget(self) -> None:
        """Free what was read: together with its error, the traceback keeps it in a cycle."""
        self.__traceback__ = self.__context__ = None


def _secrets_of(url: str) -> list[str]:
    """What opens an address for whoever has it: the address, and what is signed in its query."""
    query = url.partition("?")[2]
    values = [value for _name, value in parse_qsl(query) if len(value) >= _SHORTEST_SIGNATURE]
    return [url, query, *values]


def _retry_after(value: str, now: datetime) -> float | None:
    """The seconds that the header asks for; None where it says nothing that can be understood."""
    text = value.strip()
    if text.isdecimal() and text.isascii():
        # A number of any length, capped before it becomes a float.
        return float(min(int(text[:12]), LONGEST_WAIT))
    moment = _http_date(text)
    return None if moment is None else max((moment - now).total_seconds(), 0.0)


def _http_date(text: str) -> datetime | None:
    """The time in a header, in UTC; None where it is none."""
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone.utc)
        return moment.astimezone(timezone.utc)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
