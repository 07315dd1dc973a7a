# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find the endpoint of a path, ignoring case, with a cache."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from .call import Endpoint

PREFIX = "/api/2.0/"
CACHE_SIZE = 20_000
# The front proxy forwards these names under /portal/ to the backup service (contract 1.6).
_ALIAS = re.compile(r"(/api/2\.0)/portal/([^/]*(?:backup|restore)[^/]*(?:/.*)?)$", re.IGNORECASE)


def _is_guid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


_CONSTRAINTS: dict[str, Callable[[str], bool]] = {"guid": _is_guid, "any": bool}


@dataclass(frozen=True, slots=True)
class Match:
    """The meaning of a path: the endpoints and the values in the path, by verb."""

    path: str
    endpoints: dict[str, tuple[Endpoint, tuple[str, ...]]]


class Router:
    """Finds the endpoints of a path."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        self._patterns = [(endpoint, endpoint.path.split("/")) for endpoint in endpoints]
        self._cache: dict[str, Match] = {}

    def match(self, path: str) -> Match:
        """The endpoints of a path as sent, or none for an unknown path."""
        found = self._cache.get(path)
        if found is None:
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            found = self._cache[path] = self._search(path)
        return found

    def _search(self, path: str) -> Match:
        served = _ALIAS.sub(r"\1/backup/\2", path)
        if not served.lower().startswith(PREFIX):
            return Match(served, {})
        segments = [unquote(part) for part in served[len(PREFIX) :].rstrip("/").split("/")]
        endpoints: dict[str, tuple[Endpoint, tuple[str, ...]]] = {}
        for endpoint, pattern in self._patterns:
            args = _fit(pattern, segments)
            if args is not None:
                endpoints.setdefault(endpoint.method, (endpoint, args))
        return Match(served, endpoints)


def _fit(pattern: list[str], segments: list[str]) -> tuple[str, ...] | None:
    if len(pattern) != len(segments):
        return None
    args = []
    for wanted, given in zip(pattern, segments, strict=True):
        if wanted.startswith("{"):
            if not _CONSTRAINTS[wanted[1:-1]](given):
                return None
            args.append(given)
        elif wanted != given.lower():
            return None
    return tuple(args)
