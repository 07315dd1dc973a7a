# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fault rules: the requests that they affect, and their effects."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from .errors import BadInput
from .inputs import binary, boolean, integer, mapping, only, text
from .ratelimit import Limiter

RULE_MEMBERS = ("portal", "method", "path", "times", "after", "action")
RESETS = ("before_headers", "mid_body")
LIMITS = ("window_limit", "write_concurrency", "get_concurrency", "daily_writes")


@dataclass(frozen=True, slots=True)
class Action:
    """The effect on a request. ``kind`` is the member that specifies it."""

    kind: str
    value: Any
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


@dataclass(slots=True)
class Rule:
    """A fault rule. If ``left`` is None, it applies forever."""

    id: int
    portal: str | None
    method: str | None
    path: str
    left: int | None
    after: bool
    action: Action
    used: int = field(default=0)

    def fits(self, portal: str | None, method: str, path: str) -> bool:
        """Whether the rule applies to a request."""
        return (
            self.left != 0
            and self.portal in (None, portal)
            and self.method in (None, method)
            and path.lower().startswith(self.path)
        )

    def use(self) -> None:
        """Count one use."""
        self.used += 1
        if self.left is not None:
            self.left -= 1


class Faults:
    """The rules, in order."""

    def __init__(self) -> None:
        self._ids = count(1)
        self.rules: list[Rule] = []

    def clear(self) -> None:
        """Remove all rules."""
        self.rules = []

    def add(self, given: dict[str, Any]) -> int:
        """Add a rule in the notation of the control interface. Raises BadInput."""
        only(given, RULE_MEMBERS)
        if "action" not in given:
            raise BadInput("a fault needs an action")
        times = integer(given, "times", 1, lowest=0)
        method, path = text(given, "method"), text(given, "path")
        rule = Rule(
            id=next(self._ids),
            portal=text(given, "portal"),
            method=method.upper() if method else None,
            path=(path or "").lower(),
            left=None if times == 0 else times,
            after=boolean(given, "after", False),
            action=_action(mapping(given, "action")),
        )
        self.rules.append(rule)
        return rule.id

    def match(
        self, portal: str | None, method: str, path: str
    ) -> tuple[Rule | None, list[Limiter]]:
        """The first rule that applies to this request, and the limiters of the rules before it."""
        limiters: list[Limiter] = []
        for rule in self.rules:
            if not rule.fits(portal, method, path):
                continue
            rule.use()
            if rule.action.kind != "rate_limit":
                return rule, limiters
            limiters.append(rule.action.value)
        return None, limiters


def _action(given: dict[str, Any]) -> Action:
    kinds = [kind for kind in _READERS if kind in given]
    if len(kinds) != 1:
        raise BadInput(f"an action is one of {', '.join(_READERS)}")
    return _READERS[kinds[0]](given)


def _status(given: dict[str, Any]) -> Action:
    only(given, ("status", "headers", "body", "body_base64"))
    status = integer(given, "status", lowest=200, highest=999)
    return Action("status", status, _headers(given), _body(given))


def _headers(given: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """An object, or a list of pairs in which a name can occur twice."""
    headers = given.get("headers") or {}
    pairs = list(headers.items()) if isinstance(headers, dict) else headers
    if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
        raise BadInput("headers are an object, or a list of pairs, of strings")
    lines = tuple((name, str(value)) for name, value in pairs)
    if any("\r" in a + b or "\n" in a + b for a, b in lines):
        raise BadInput("headers are single lines")
    return lines


def _is_pair(pair: Any) -> bool:
    if not isinstance(pair, (list, tuple)) or len(pair) != 2:
        return False
    name, value = pair
    return isinstance(name, str) and isinstance(value, (str, int))


def _body(given: dict[str, Any]) -> bytes | None:
    if "body_base64" in given:
        return binary(given, "body_base64") or b""
    body = given.get("body")
    if body is None:
        return None
    if isinstance(body, str):
        return body.encode("utf-8", "surrogatepass")
    return json.dumps(body, ensure_ascii=False).encode()


def _number(kind: str, lowest: int, highest: int | None = None) -> Callable[..., Action]:
    def read(given: dict[str, Any]) -> Action:
        only(given, (kind,))
        return Action(kind, integer(given, kind, lowest=lowest, highest=highest))

    return read


def _reset(given: dict[str, Any]) -> Action:
    only(given, ("reset",))
    if given["reset"] not in RESETS:
        raise BadInput(f"reset is one of {', '.join(RESETS)}")
    return Action("reset", given["reset"])


def _redirect(given: dict[str, Any]) -> Action:
    only(given, ("redirect",))
    target = text(given, "redirect")
    if not target or "\r" in target or "\n" in target:
        raise BadInput("redirect is an address")
    return Action("redirect", target)


def _rate_limit(given: dict[str, Any]) -> Action:
    only(given, ("rate_limit",))
    return Action("rate_limit", limiter(mapping(given, "rate_limit")))


_READERS: dict[str, Callable[[dict[str, Any]], Action]] = {
    "status": _status,
    "delay_ms": _number("delay_ms", 0),
    "reset": _reset,
    "truncate": _number("truncate", 0),
    "drip_bytes_per_s": _number("drip_bytes_per_s", 1),
    "html": _number("html", 200, 999),
    "redirect": _redirect,
    "rate_limit": _rate_limit,
}


def limiter(given: dict[str, Any]) -> Limiter:
    """A limiter with the given limits and the server's defaults. Raises BadInput."""
    only(given, LIMITS)
    return Limiter(**{name: integer(given, name, lowest=0) for name in given})
