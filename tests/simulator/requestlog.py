# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests to portals, with credentials shortened to their last four characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from . import times

SHOWN = 4
_KEY = re.compile(r"sk-[0-9A-Za-z]+")
_SECRET_NAMES = (
    "password|passwordhash|currentpassword|accesstoken|access_token|token|codeoauth|confirmdata"
    "|serializedprofile|recaptcharesponse|secretkey|secretaccesskey|acesskey|ssekey|apikey|api_key"
    "|api_token|asc_auth_key|auth|stream_auth|x-amz-signature"
)
_STRING = r'"((?:[^"\\]|\\.)*)"?'
_MEMBER = re.compile(rf'("(?:{_SECRET_NAMES})"\s*:\s*)' + _STRING, re.IGNORECASE | re.DOTALL)
_PAIR = re.compile(
    rf'("key"\s*:\s*"(?:{_SECRET_NAMES})"\s*,\s*"value"\s*:\s*)' + _STRING,
    re.IGNORECASE | re.DOTALL,
)
_FORM = re.compile(rf"((?:^|[&?])(?:{_SECRET_NAMES})=)([^&\s]*)", re.IGNORECASE)
_SECRET_HEADERS = ("x-api-key", "x-auth-token")


def shortened(credential: str) -> str:
    """The last four characters, or only asterisks if the credential has no more than that."""
    return credential[-SHOWN:] if len(credential) > SHOWN else "*" * len(credential)


def clean_text(text: str) -> str:
    """A body, query or path with shortened credentials."""
    text = _MEMBER.sub(lambda m: f'{m[1]}"{shortened(m[2])}"', text)
    text = _PAIR.sub(lambda m: f'{m[1]}"{shortened(m[2])}"', text)
    text = _FORM.sub(lambda m: m[1] + shortened(m[2]), text)
    return _KEY.sub(lambda m: shortened(m[0]), text)


def _clean_authorization(value: str) -> str:
    scheme, blank, credential = value.rpartition(" ")
    return scheme + blank + shortened(credential)


def _clean_cookie(value: str) -> str:
    parts = (part.strip().partition("=") for part in value.split(";"))
    return "; ".join(name + eq + shortened(content) for name, eq, content in parts)


_CLEANERS: dict[str, Callable[[str], str]] = {
    "authorization": _clean_authorization,
    "proxy-authorization": _clean_authorization,
    "cookie": _clean_cookie,
    **dict.fromkeys(_SECRET_HEADERS, shortened),
}


def clean_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers as sent, with repeated ones joined by a comma."""
    shown: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1"), value.decode("utf-8", "replace")
        text = _CLEANERS.get(key.lower(), clean_text)(text)
        shown[key] = f"{shown[key]}, {text}" if key in shown else text
    return shown


@dataclass(slots=True)
class Entry:
    """One request. ``status`` is None while it is in progress, or if no status was sent."""

    number: int
    at: float
    portal: str | None
    method: str
    path: str
    query: str
    headers: Iterable[tuple[bytes, bytes]]
    body: bytes = b""
    status: int | None = None

    def view(self) -> dict[str, Any]:
        """The entry as the control interface returns it."""
        return {
            "n": self.number,
            "at": times.utc(self.at).isoformat().replace("+00:00", "Z"),
            "portal": self.portal,
            "method": self.method,
            "path": clean_text(self.path),
            "query": clean_text(self.query),
            "headers": clean_headers(self.headers),
            "body": clean_text(self.body.decode("utf-8", "replace")),
            "status": self.status,
        }


class RequestLog:
    """All portal requests since the log was cleared, oldest first."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def clear(self) -> None:
        """Remove all entries, and restart the numbering."""
        self.entries = []

    def add(
        self,
        at: float,
        portal: str | None,
        method: str,
        target: tuple[str, str],
        headers: Iterable[tuple[bytes, bytes]],
    ) -> Entry:
        """Add a request that has arrived. ``target`` is its path and query."""
        entry = Entry(len(self.entries) + 1, at, portal, method, *target, headers)
        self.entries.append(entry)
        return entry

    def views(self, portal: str | None) -> list[dict[str, Any]]:
        """The entries of one portal, or of all."""
        return [e.view() for e in self.entries if portal is None or e.portal == portal]
