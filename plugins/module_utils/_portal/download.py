# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Download bodies that are too large for memory, in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol
from urllib.parse import parse_qsl

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import Answer
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.calls import (
    Call,
    Failures,
    MayPass,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    NoAnswer,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.stream import open_stream

# The content, or the requested part of it.
_OF_CONTENT = (200, 206)

# Minimum length of a signature in a query. Shorter values can be ordinary words.
_SHORTEST_SIGNATURE = 12


class Sink(Protocol):
    """Receives a body that is too large for memory. `size` is the number of bytes that it has.

    Each attempt requests the `addresses`, one after another, with `headers`. `begin` returns
    whether to read the body. ValueError means that the response does not match the request.
    """

    @property
    def size(self) -> int:
        """The number of bytes that it has."""

    def addresses(self) -> Iterable[str]:
        """Return the addresses of the body."""

    def headers(self) -> Mapping[str, str]:
        """Return the headers of the request."""

    def begin(self, status: int, headers: Mapping[str, str]) -> bool:
        """Return whether to read the body of this response."""

    def write(self, _piece: bytes, /) -> None:
        """Process the next piece."""

    def end(self) -> None:
        """Process the end of the body."""


class Downloads:
    """Attempts to download bodies from a portal, or from the addresses that it returns."""

    def __init__(self, connection: Connection, failures: Failures) -> None:
        self._connection = connection
        self._failures = failures

    def attempt(self, sink: Sink, attempt: int) -> None:
        """Try each address once, until one of them returns data."""
        failed: list[Exception] = []
        before = sink.size
        for url in sink.addresses():
            # Anyone who has the whole address can download the archive without a login.
            path = url.partition("?")[0].removeprefix(self._connection.portal)
            try:
                self._receive(Call("GET", path, None, attempt), url, sink)
            except (DocSpaceError, MayPass) as failure:
                failed.append(failure)
            else:
                return
            if sink.size > before:
                break
        raise next((f for f in failed if isinstance(f, MayPass)), failed[-1]) from None

    def _receive(self, call: Call, url: str, sink: Sink) -> None:
        try:
            with open_stream(self._connection, url, sink.headers(), self._hide) as answer:
                if answer.status not in _OF_CONTENT:
                    refusal = Answer(answer.status, answer.headers, answer.start())
                    raise self._failures.failed(call, refusal)
                if sink.begin(answer.status, answer.headers):
                    for piece in answer.pieces():
                        sink.write(piece)
                    sink.end()
        except NoAnswer as none:
            raise self._failures.unanswered(call, none) from None
        except ValueError as problem:
            raise MayPass(self._failures.malformed(call, str(problem)), lost=True) from None

    def _hide(self, url: str) -> None:
        self._failures.hide(_secrets_of(url))


def _secrets_of(url: str) -> list[str]:
    """Return the secrets in an address that works without a login, including its signatures."""
    query = url.partition("?")[2]
    values = [value for _name, value in parse_qsl(query) if len(value) >= _SHORTEST_SIGNATURE]
    return [url, query, *values]
