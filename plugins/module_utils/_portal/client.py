# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Send requests to a portal, retry them if this is safe, and raise errors with clear messages.

This module is independent of Ansible and of schedules.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timezone
from typing import Any, TypeVar

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import Transport
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.calls import (
    LONGEST_WAIT,
    Call,
    Failures,
    MayPass,
    http_date,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import (
    decoded_json,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.download import (
    Downloads,
    Sink,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    NoAnswer,
    after_a_change,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.masking import Mask

# Waiting before the next attempt (seconds).
_FIRST_WAIT = 0.5
_LONGEST_BACK_OFF = 8.0

# A clock outside these years is wrong and cannot be used.
_YEARS = range(2000, 3000)

# Pauses before another look for a write that the portal does not show yet (seconds).
_SECOND_LOOKS = (0.25, 0.5, 1.0, 2.0)

# Pauses while the server works in the background (seconds).
_FIRST_LOOK = 0.25
_LONGEST_LOOK = 4.0

_Read = TypeVar("_Read")
Get = Callable[[str, "Mapping[str, str] | None"], Any]
Settled = Callable[[Get], bool]
Unwrap = Callable[[Any], Any]
Decode = Callable[[Any], Any]


def _as_it_is(result: Any) -> Any:
    return result


def from_envelope(data: Any) -> Any:
    """Return `response` of a success envelope, or raise ValueError for others (contract 2.1)."""
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

    A read-only client rejects all methods except GET, so that check mode cannot write. `hidden`
    contains secrets, in addition to the key, that no message may show. `unwrap` extracts the result
    from a decoded response, or raises ValueError with a message for users. The client calls
    `progress` with a line for users whenever it waits. Tests can set `sleep`, `jitter` (0 to 1),
    `now` (UTC), and `clock` (seconds, which advance while `sleep` sleeps).
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
        mask = Mask([connection.key, *connection.hidden, *hidden])
        self._failures = Failures(self.portal, mask, now)
        self._downloads = Downloads(connection, self._failures)
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
        """The time (UTC) in the last response of the server, or else of this machine."""
        return self._time_of_answer or self._now()

    def hide(self, secrets: Iterable[str]) -> None:
        """Hide these secrets in every message, in whatever encoding the server repeats them."""
        self._failures.hide(secrets)

    def safe(self, text: str) -> str:
        """Return `text` from outside in a form that is safe to show."""
        return self._failures.safe(text)

    def close(self) -> None:
        """Close the connections to the portal."""
        self._transport.close()

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        """Return the result in the response, or None if the server has none.

        Retry after temporary failures: no connection, 429, 502 to 504, an incomplete response.
        Raise DocSpaceError if no attempt succeeds.
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
        """Perform a write exactly once, and return the decoded result, or None without a response.

        `settled(get)` reads the portal and returns whether it has the desired state. The client
        calls it if there is no response, or if the response neither is valid nor refuses the write.
        If the state is different, the client sends the write again. If the write `creates`
        something new each time, the client does not send it again while the server may still
        process it. If the write is `wary`, the client calls `settled` even after 429 and 503, which
        normally mean that nothing was done. `decode` raises ValueError with a message for an
        invalid result.

        Raise DocSpaceError if the write failed, or if its result is unknown.
        """
        if self._read_only:
            raise RuntimeError(f"a read-only client was asked to {method} {path}")
        for attempt in range(self._retries + 1):
            try:
                return self._once(method, path, query, body, attempt, decode)
            except MayPass as passing:
                passing.forget()
                last = attempt == self._retries or passing.answered
                lost = passing.lost or (wary and passing.error.status is not None)
                if last and not lost:
                    raise passing.error from None
                self._wait(attempt, passing.error, passing.retry_after)
                patient = last or passing.error.unsettled or (creates and passing.over)
                if lost and self._is_settled(settled, attempt, passing.error, patient):
                    return None
                if creates and passing.unfinished:
                    self._await_settled(settled, attempt, passing.error)
                    return None
                if last:
                    raise passing.error from None
        raise AssertionError("unreachable")

    def download(self, sink: Sink) -> None:
        """Download a body of any size to `sink`.

        Retry like `get`, but start counting again after an attempt that received data: only
        `retries` attempts in a row may fail. Raise DocSpaceError if more attempts fail.
        """
        attempt = 0
        while True:
            before = sink.size
            try:
                self._downloads.attempt(sink, attempt)
            except MayPass as passing:
                passing.forget()
                attempt = 1 if sink.size > before else attempt + 1
                if attempt > self._retries:
                    raise passing.error from None
                self._wait(attempt - 1, passing.error, passing.retry_after)
            else:
                return

    def confirm(self, read: Callable[[], _Read], is_right: Callable[[_Read], bool]) -> _Read:
        """Call `read` repeatedly for a few seconds until its result `is_right`, and return it.

        Use it after a change, because a portal with several databases can show it with a delay.
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
        """Call `read` repeatedly while it returns None, and return its result.

        `state` describes what the client waits for. Return None if the server is not ready within
        the time limit of one attempt.
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
        """Call `settled` until it returns true, instead of the remaining attempts of the write."""
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
        """Call `settled` with the remaining attempts of the write, but at least one.

        With `patient`, do not accept the first negative result, because a write that is done twice
        cannot be corrected.
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

    def decoded(
        self, decode: Callable[[Any], _Read], result: Any, path: str, method: str = "GET"
    ) -> _Read:
        """Return `result`, which is from `path`, decoded. Raise DocSpaceError if it is invalid.

        `decode` raises ValueError with a clear message in this case.
        """
        try:
            return decode(result)
        except ValueError as problem:
            raise self.malformed(path, str(problem), method) from None

    def malformed(self, path: str, problem: str, method: str = "GET") -> DocSpaceError:
        """Return the error for an invalid response from `path`. `problem` is the reason."""
        return self._failures.malformed(Call(method, path, None, 0), problem)

    def _get(self, path: str, query: Mapping[str, str] | None, retries: int) -> Any:
        for attempt in range(retries + 1):
            try:
                return self._once("GET", path, query, None, attempt)
            except MayPass as passing:
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
        """Make one attempt. Return the decoded response, or raise DocSpaceError or MayPass."""
        call = Call(method, path, query, attempt)
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            answer = self._transport.send(method, self.portal + call.target, content)
        except NoAnswer as none:
            raise self._failures.unanswered(call, none) from None
        date = http_date(answer.headers.get("Date", ""))
        self._time_of_answer = date if date and date.year in _YEARS else None
        if answer.status == 200:
            return self._decode(call, answer.body, decode)
        raise self._failures.failed(call, answer)

    def _decode(self, call: Call, body: bytes, decode: Decode) -> Any:
        try:
            data = decoded_json(body.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            # Do not assign the error to a variable: a cycle would keep the body in memory.
            raise self._failures.no_json(call) from None
        try:
            return decode(self._unwrap(data))
        except ValueError as problem:
            raise self._failures.no_sense(call, str(problem)) from None

    def _wait(self, attempt: int, error: DocSpaceError, retry_after: float | None = None) -> None:
        back_off = min(_FIRST_WAIT * 2**attempt, _LONGEST_BACK_OFF)
        seconds = back_off * (0.5 + self._jitter() / 2)
        if retry_after is not None:
            seconds = min(max(seconds, retry_after), LONGEST_WAIT)
        self.tell(f"{error.what} Waiting {seconds:.1f} s.")
        self.sleep(seconds)
