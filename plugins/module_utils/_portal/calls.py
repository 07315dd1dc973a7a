# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""One attempt of a request, and its failure, which is either permanent or temporary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import Answer
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    NoAnswer,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.failures import failure_of
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.masking import Mask
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import (
    printable,
    sentence,
)

# Temporary failures. With a rate limit or without an upstream server, nothing has processed the
# request. If a gateway has lost its upstream server, it is unknown.
_NOT_ACTED_ON = (429, 503)
_LOST = (502, 504)

# Maximum waiting time in seconds, even if the server requests more.
LONGEST_WAIT = 60.0

# Maximum number of characters of a server's text that are processed for a message.
_LONGEST_READ = 16_384

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


@dataclass(frozen=True)
class Call:
    """One attempt of a request. `attempt` starts at 0."""

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


class MayPass(Exception):
    """A failure that can disappear at the next attempt.

    `lost` means that a write may have happened. `answered` means that the server has finished the
    request, so that it must not be sent again.
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
        # The client or the gateway has stopped waiting, but the server may continue.
        self.unfinished = lost and (error.kind == "timeout" or error.status == 504)
        self.over = lost and not self.unfinished and not answered

    def forget(self) -> None:
        """Free the data that was read. The traceback and its error form a cycle that keeps it."""
        self.__traceback__ = self.__context__ = None


class Failures:
    """Converts failed responses of `portal` to exceptions, without the secrets of `mask`."""

    def __init__(self, portal: str, mask: Mask, now: Callable[[], datetime]) -> None:
        self._portal = portal
        self._mask = mask
        self._now = now

    def hide(self, secrets: Iterable[str]) -> None:
        """Hide these secrets in every message, in whatever encoding the server repeats them."""
        self._mask.add(secrets)

    def safe(self, text: str) -> str:
        """Return `text` from outside in a form that is safe to show."""
        return printable(self._clean(text))

    def unanswered(self, call: Call, none: NoAnswer) -> Exception:
        """Return the failure for a missing response."""
        error = self._error(call, none.kind, none.cause, _HINTS[none.kind])
        if none.kind not in _FINAL:
            return MayPass(error, lost=none.sent)
        return self._unclear(call, error) if none.sent else error

    def no_json(self, call: Call) -> Exception:
        """Return the failure for a body that may not come from the API."""
        return MayPass(self.malformed(call, "the response is not JSON"), lost=True)

    def no_sense(self, call: Call, problem: str) -> Exception:
        """Return the failure for an invalid response of the API. `problem` is the reason."""
        return self._unclear(call, self.malformed(call, problem))

    def malformed(self, call: Call, problem: str) -> DocSpaceError:
        """Return the error for an invalid response. `problem` is the reason."""
        return self._error(call, "malformed", problem, _HINTS["malformed"], status=200)

    def failed(self, call: Call, answer: Answer) -> Exception:
        """Return the failure for a response with an error status."""
        failure = failure_of(answer.status, answer.headers, answer.body, call.method, self._clean)
        error = self._error(
            call, failure.kind, failure.server_message, failure.hint, status=answer.status
        )
        error.server_message = failure.server_message
        error.exception = failure.exception
        if answer.status in _NOT_ACTED_ON + _LOST:
            after = _retry_after(answer.headers.get("Retry-After", ""), self._now())
            return MayPass(error, lost=answer.status in _LOST, retry_after=after)
        return error if failure.refused else self._unclear(call, error, answer.status < 300)

    def _unclear(self, call: Call, error: DocSpaceError, accepted: bool = True) -> Exception:
        """Return the failure for a response that may mean that the write was `accepted`."""
        error.unsettled = call.is_write and accepted
        return MayPass(error, lost=True, answered=True) if call.is_write else error

    def _error(
        self, call: Call, kind: str, problem: str, hint: str, *, status: int | None = None
    ) -> DocSpaceError:
        came = "received no response" if status is None else f"returned {status}"
        tries = "1 retry" if call.attempt == 1 else f"{call.attempt} retries"
        tried = f" (after {tries})" if call.attempt else ""
        what = f"{call.method} {call.target} on {self._portal} {came}{tried}"
        what += f": {self.safe(problem)}" if problem else ""
        return DocSpaceError(
            sentence(what),
            kind=kind,
            portal=self._portal,
            hint=hint,
            status=status,
            method=call.method,
            path=call.path,
            retries=call.attempt,
        )

    def _clean(self, text: str) -> str:
        """Return `text` from outside without secrets, and truncated if it is very long."""
        return self._mask(text, _LONGEST_READ)


def _retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds in the header, or None if its value is not valid."""
    text = value.strip()
    if text.isdecimal() and text.isascii():
        # The number can have any length, so limit it before the conversion to a float.
        return float(min(int(text[:12]), LONGEST_WAIT))
    moment = http_date(text)
    return None if moment is None else max((moment - now).total_seconds(), 0.0)


def http_date(text: str) -> datetime | None:
    """Return the time in a header in UTC, or None if it is not valid."""
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone.utc)
        return moment.astimezone(timezone.utc)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
