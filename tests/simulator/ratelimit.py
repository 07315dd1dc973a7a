# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's chained rate limiters (contract 8)."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from . import times
from .errors import Bare

WINDOW_S = 60
SENSITIVE_CALLS, SENSITIVE_WINDOW_S = 5, 15 * 60
# The minimum duration of a request, so that parallel requests overlap even on a slow machine: the
# first value applies initially, and the second one if another request has arrived meanwhile.
GET_HOLDS_S, WRITE_HOLDS_S = (0.005, 0.05), (0.15, 0.4)


@dataclass(slots=True)
class _Counters:
    window: deque[float] = field(default_factory=deque)
    gets: int = 0
    writes: int = 0
    day: int = -1
    day_writes: int = 0


@dataclass(slots=True)
class Limiter:
    """Limits per user, or else per address. There is one instance per portal that has limits."""

    window_limit: int = 1500
    write_concurrency: int = 15
    get_concurrency: int = 50
    daily_writes: int = 10_000
    _counters: dict[str, _Counters] = field(default_factory=lambda: defaultdict(_Counters))
    _sensitive: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    @asynccontextmanager
    async def permit(
        self, who: str, method: str, now: float, sensitive_path: str | None
    ) -> AsyncIterator[None]:
        """Hold a permit for one request. Raises Bare(429) with the headers of a rejection."""
        counters = self._counters[who]
        self._pass_window(counters.window, now, self.window_limit, WINDOW_S)
        if method == "GET":
            self._refuse_above(counters.gets, self.get_concurrency)
            counters.gets += 1
        else:
            self._refuse_above(counters.writes, self.write_concurrency)
            counters.writes += 1
        try:
            if method in ("POST", "PUT"):
                self._count_daily(counters, now)
            if sensitive_path is not None:
                window = self._sensitive[who + sensitive_path]
                self._pass_window(window, now, SENSITIVE_CALLS, SENSITIVE_WINDOW_S)
            await self._be_busy(counters, method)
            yield
        finally:
            if method == "GET":
                counters.gets -= 1
            else:
                counters.writes -= 1

    @staticmethod
    async def _be_busy(counters: _Counters, method: str) -> None:
        alone_s, together_s = GET_HOLDS_S if method == "GET" else WRITE_HOLDS_S
        await asyncio.sleep(alone_s)
        if (counters.gets if method == "GET" else counters.writes) > 1:
            await asyncio.sleep(together_s)

    @staticmethod
    def _pass_window(window: deque[float], now: float, limit: int, length_s: float) -> None:
        while window and not now - length_s < window[0] <= now:
            window.popleft()
        if len(window) >= limit:
            raise _rejected(limit)
        window.append(now)

    @staticmethod
    def _refuse_above(under_way: int, limit: int) -> None:
        if under_way >= limit:
            raise _rejected(limit)

    def _count_daily(self, counters: _Counters, now: float) -> None:
        day = int(now // times.DAY_S)
        if counters.day != day:
            counters.day, counters.day_writes = day, 0
        if counters.day_writes >= self.daily_writes:
            wait_s = int((day + 1) * times.DAY_S - now) + 1
            raise _rejected(self.daily_writes, ("Retry-After", str(wait_s)))
        counters.day_writes += 1


def _rejected(limit: int, *more: tuple[str, str]) -> Bare:
    headers = (("X-RateLimit-Limit", str(limit)), ("X-RateLimit-Remaining", "0"), *more)
    return Bare(429, headers)
