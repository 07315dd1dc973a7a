# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Response bodies: envelopes, errors, ProblemDetails (contract 2.1, 3)."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

from .bulk import Content
from .errors import KINDS, Thrown
from .profiles import Profile

JSON_TYPE = "application/json; charset=utf-8"
PROBLEM_TYPE = "application/problem+json; charset=utf-8"
_NO_CACHE = (("Cache-Control", "no-cache,no-store"), ("Pragma", "no-cache"), ("Expires", "-1"))
_SECTIONS = {
    400: ("15.5.1", "Bad Request"),
    403: ("15.5.4", "Forbidden"),
    404: ("15.5.5", "Not Found"),
    415: ("15.5.16", "Unsupported Media Type"),
}
_RFC = "https://tools.ietf.org/html/rfc9110#section-"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete response that can be sent or broken by a fault."""

    status: int
    body: Content = b""
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


def to_json(value: Any) -> bytes:
    """Compact JSON in UTF-8 without escapes. Lone surrogates become question marks."""
    return _encode(value).encode("utf-8", "replace")


def success(
    value: Any,
    href: str,
    method: str,
    total: int | None = None,
    headers: tuple[tuple[str, str], ...] = (),
) -> Reply:
    """The success envelope. ``None`` produces no ``response`` member and count 0."""
    body: dict[str, Any] = {} if value is None else {"response": value}
    body["count"] = 0 if value is None else len(value) if isinstance(value, list) else 1
    if total is not None:
        body["total"] = total
    body |= {"links": [{"href": href, "action": method}], "status": 0, "statusCode": 200}
    return Reply(200, to_json(body), JSON_TYPE, headers)


def exception(error: Thrown, profile: Profile, where: str) -> Reply:
    """The exception envelope with the status in this release (contract 3.1, 3.2)."""
    kind = KINDS[error.type_name]
    status = profile.statuses.get(error.type_name, kind.status)
    message = error.message
    if status != 500 and kind.message is not None:
        message = kind.message
    elif kind.status == 400 and profile.argument_text is not None:
        message = profile.argument_text
    content = {
        "message": message,
        "type": error.type_name if kind.named else None,
        "stack": f"   at {where}\n" if kind.named else None,
        "hresult": kind.hresult,
    }
    body = {"error": content, "status": 1, "statusCode": status}
    return Reply(status, to_json(body), JSON_TYPE, _NO_CACHE)


def _trace() -> str:
    return f"00-{os.urandom(16).hex()}-{os.urandom(8).hex()}-00"


def validation(errors: dict[str, list[str]], href: str, method: str, profile: Profile) -> Reply:
    """A model-binding failure, wrapped in the success envelope (contract 3.3)."""
    problem = {
        "type": _RFC + _SECTIONS[400][0],
        "title": "One or more validation errors occurred.",
        "status": 400,
        "errors": errors,
        "traceId": _trace(),
    }
    return _wrapped(400, problem, href, method, *profile.validation_status)


def unsupported_media(href: str, method: str) -> Reply:
    """415 with an inner envelope that claims success (contract 3.3)."""
    return _wrapped(415, _details(415), href, method, 0, 200)


def _wrapped(
    http: int, problem: dict[str, Any], href: str, method: str, status: int, code: int
) -> Reply:
    body = {
        "response": problem,
        "count": 1,
        "links": [{"href": href, "action": method}],
        "status": status,
        "statusCode": code,
    }
    return Reply(http, to_json(body), PROBLEM_TYPE)


def _details(status: int) -> dict[str, Any]:
    section = _SECTIONS.get(status)
    head = {"type": _RFC + section[0], "title": section[1]} if section else {}
    return {**head, "status": status, "traceId": _trace()}


def problem(status: int) -> Reply:
    """ProblemDetails without an envelope (contract 3.4)."""
    return Reply(status, to_json(_details(status)), PROBLEM_TYPE)


def keep_fields(value: Any, wanted: list[str]) -> Any:
    """The ``fields`` filter: only the named members, with ``a.b`` for inner ones (contract 2.1)."""
    if isinstance(value, list):
        return [keep_fields(item, wanted) for item in value]
    if not isinstance(value, dict):
        return value
    inner: dict[str, list[str]] = {}
    for name in wanted:
        head, _separator, rest = name.partition(".")
        inner.setdefault(head, []).extend([rest] if rest else [])
    return {
        name: keep_fields(member, inner[name]) if inner[name] else member
        for name, member in value.items()
        if name in inner
    }
