# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A transport that answers from a script: a portal without a network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from requests.structures import CaseInsensitiveDict

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import Answer


def ok(response: Any = None) -> Answer:
    """A success response of the server with this `response`, or None for nothing (contract 2.1)."""
    envelope: dict[str, Any] = {"count": 0, "links": [], "status": 0, "statusCode": 200}
    if response is not None:
        envelope = {"response": response, **envelope, "count": 1}
    return answer(200, json.dumps(envelope).encode())


def answer(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
    """A response as the transport returns it."""
    return Answer(status, CaseInsensitiveDict(headers or {}), body)


@dataclass
class ScriptedTransport:
    """Returns the scripted responses in order, and repeats the last one forever.

    Requests for the `fixed` paths are not part of the script.
    """

    script: list[Answer]
    fixed: Mapping[str, Answer] = field(default_factory=dict)
    turn: int = 0
    sent: list[str] = field(default_factory=list)

    def send(self, method: str, url: str, body: bytes | None = None) -> Answer:
        """Return the next response of the script."""
        self.sent.append(method)
        path = urlsplit(url).path
        if path in self.fixed:
            return self.fixed[path]
        self.turn += 1
        return self.script[min(self.turn, len(self.script)) - 1]

    def close(self) -> None:
        """Do nothing, because nothing is open."""
