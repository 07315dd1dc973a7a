# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain HTTP for tests: a request goes out exactly as written, an answer comes back untouched.

Nothing of the host's environment takes part (no proxies, no ``.netrc``, no CA variables), no
cookie is kept, no redirect is followed and nothing is repeated.
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
    """One answer of the server: status, headers (names in any case) and the bytes of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8 text."""
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        """The body as JSON, members in the server's order. Raises ``ValueError`` if it is none."""
        return jsonlib.loads(self.body)

    @property
    def response(self) -> Any:
        """The ``response`` member of a success envelope, ``None`` where the server left it out."""
        return self.json.get("response")


class Http:
    """Sends requests; safe to share between threads, each of which has its own connection."""

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
        """Send one request and read the whole answer.

        Raises ``requests.RequestException`` when the connection breaks or ``timeout`` seconds
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
