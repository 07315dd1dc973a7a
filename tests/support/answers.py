# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain HTTP for tests: requests are sent exactly as written, and responses are unchanged.

The environment of the host is ignored (proxies, ``.netrc``, CA variables). Cookies are not kept,
redirects are not followed, and nothing is repeated.
"""

from __future__ import annotations

import json as jsonlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests

TIMEOUT_S = 30.0


@dataclass(frozen=True)
class Answer:
    """One response of the server: status, headers (names in any case), and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8 text."""
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        """The body as JSON, members in the server's order. Raises ``ValueError`` if invalid."""
        return jsonlib.loads(self.body)

    @property
    def response(self) -> Any:
        """The ``response`` member of a success envelope, or ``None`` if there is none."""
        return self.json.get("response")


class Http:
    """Sends requests. Threads can share it, and each of them uses its own connection."""

    def __init__(self) -> None:
        self._local = threading.local()

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = TIMEOUT_S,
    ) -> Answer:
        """Send one request, and read the complete response.

        Raises ``requests.RequestException`` if the connection breaks, or if ``timeout`` seconds
        pass without a byte.
        """
        with self._session().request(
            method,
            url,
            headers=dict(headers or {}),
            data=body,
            timeout=timeout,
            allow_redirects=False,
        ) as got:
            return Answer(got.status_code, got.headers, got.content)

    def close(self) -> None:
        """Close the connection of the calling thread."""
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is not None:
            session.close()
            del self._local.session

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            session.trust_env = False
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            self._local.session = session
        return session
