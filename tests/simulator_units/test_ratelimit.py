# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rate limits of the simulated server (contract 8)."""

from __future__ import annotations

import asyncio

import pytest
from simulator.errors import Bare
from simulator.ratelimit import Limiter

NOW = 1_000_000.0


def outcomes(
    limiter: Limiter, method: str, count: int, now: float = NOW, path: str | None = None
) -> list[int]:
    """The status of simultaneous requests, with 200 for a permit."""

    async def one() -> int:
        try:
            async with limiter.permit("someone", method, now, path):
                return 200
        except Bare as refusal:
            return refusal.status

    async def together() -> list[int]:
        return await asyncio.gather(*(one() for _turn in range(count)))

    return asyncio.run(together())


def test_writes_side_by_side() -> None:
    assert outcomes(Limiter(), "POST", 16).count(429) == 1


def test_reads_side_by_side() -> None:
    assert outcomes(Limiter(get_concurrency=3), "GET", 5).count(429) == 2


def test_permits_are_given_back() -> None:
    limiter = Limiter(write_concurrency=1)
    assert [outcomes(limiter, "POST", 1) for _turn in range(3)] == [[200]] * 3


def test_the_window_slides() -> None:
    limiter = Limiter(window_limit=2)
    assert outcomes(limiter, "GET", 1) + outcomes(limiter, "GET", 1) == [200, 200]
    assert outcomes(limiter, "GET", 1, NOW + 59) == [429]
    assert outcomes(limiter, "GET", 1, NOW + 60) == [200]


def test_writes_of_a_day() -> None:
    limiter = Limiter(daily_writes=1)
    assert outcomes(limiter, "PUT", 1) == [200]
    assert outcomes(limiter, "POST", 1) == [429]
    assert outcomes(limiter, "DELETE", 1) == [200], "deletions are not counted"
    assert outcomes(limiter, "POST", 1, NOW + 86_400) == [200]


def test_sensitive_paths() -> None:
    limiter = Limiter()
    made = [outcomes(limiter, "POST", 1, path="/api/2.0/keys") for _turn in range(6)]
    assert made == [[200]] * 5 + [[429]]


@pytest.mark.parametrize(
    ("limiter", "limit", "retry_after"),
    [(Limiter(window_limit=0), "0", False), (Limiter(daily_writes=0), "0", True)],
)
def test_headers_of_a_rejection(limiter: Limiter, limit: str, retry_after: bool) -> None:
    async def ask() -> None:
        async with limiter.permit("someone", "POST", NOW, None):
            raise AssertionError("no permit was to be had")

    with pytest.raises(Bare) as caught:
        asyncio.run(ask())
    headers = dict(caught.value.headers)
    assert (headers["X-RateLimit-Limit"], headers["X-RateLimit-Remaining"]) == (limit, "0")
    assert ("Retry-After" in headers) is retry_after
