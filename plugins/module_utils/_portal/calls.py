# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""One attempt at a request, and its failure in words: for good, or one that may pass."""

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
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import printable

# Statuses that say "not now". The limiter and a missing upstream answer before the request is
# acted on; a gateway that lost its upstream cannot tell.
_NOT_ACTED_ON = (429, 503)
_LOST = (502, 504)

# Seconds. A server may ask for any waiting time; more than this is not waited.
LONGEST_WAIT = 60.0

# Characters of a server's text that are looked at for what a message may hold of it.
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


class MayPass(Exception):
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


class Failures:
    """What came back from `portal` as the exception for it, without what `mask` hides."""

    def __init__(self, portal: str, mask: Mask, now: Callable[[], datetime]) -> None:
        self._portal = portal
        self._mask = mask
        self._now = now

    def hide(self, secrets: Iterable[str]) -> None:
        """Keep these out of every message, in whatever form the server repeats them."""
        self._mask.add(secrets)

    def safe(self, text: str) -> str:
        """`text` from outside as it may be shown."""
        return printable(self._clean(text))

    def unanswered(self, call: Call, none: NoAnswer) -> Exception:
        """The failure for no answer."""
        error = self._error(call, none.kind, none.cause, _HINTS[none.kind])
        if none.kind not in _FINAL:
            return MayPass(error, lost=none.sent)
        return self._unclear(call, error) if none.sent else error

    def no_json(self, call: Call) -> Exception:
        """The failure for a body that something other than the API may have sent."""
        return MayPass(self.malformed(call, "the response is not JSON"), lost=True)

    def no_sense(self, call: Call, problem: str) -> Exception:
        """The failure for an answer of the API that makes no sense, as `problem` says."""
        return self._unclear(call, self.malformed(call, problem))

    def malformed(self, call: Call, problem: str) -> DocSpaceError:
        """The error for an answer that makes no sense, as `problem` says."""
        return self._error(call, "malformed", problem, _HINTS["malformed"], status=200)

    def failed(self, call: Call, answer: Answer) -> Exception:
        """The failure for an answer with any status but that of success."""
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
        """The failure for an answer that is no refusal; `accepted` where it rather is a yes."""
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
            what if what.endswith((".", "!", "?")) else what + ".",
            kind=kind,
            portal=self._portal,
            hint=hint,
            status=status,
            method=call.method,
            path=call.path,
            retries=call.attempt,
        )

    def _clean(self, text: str) -> str:
        """`text` from outside without secrets, and no longer than is worth a look."""
        return self._mask(text, _LONGEST_READ)


def _retry_after(value: str, now: datetime) -> float | None:
    """The seconds that the header asks for; None where it says nothing that can be understood."""
    text = value.strip()
    if text.isdecimal() and text.isascii():
        # A number of any length, capped before it becomes a float.
        return float(min(int(text[:12]), LONGEST_WAIT))
    moment = http_date(text)
    return None if moment is None else max((moment - now).total_seconds(), 0.0)


def http_date(text: str) -> datetime | None:
    """The time in a header, in UTC; None where it is none."""
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone.utc)
        return moment.astimezone(timezone.utc)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
