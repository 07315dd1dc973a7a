# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The adjustable clock, and events between two of its times (simulator: clock)."""

from __future__ import annotations

from functools import partial

import pytest
from simulator import times
from simulator.agenda import Agenda, Operation
from simulator.clock import Clock
from simulator.scheduler import poll_after


class Ticks:
    """A source of time that the test controls."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


def test_it_shows_the_real_time_at_first(ticks: Ticks) -> None:
    clock = Clock(ticks)
    assert clock.now() == 1000
    assert clock.real


def test_it_goes_on_from_where_it_is_put(ticks: Ticks) -> None:
    clock = Clock(ticks)
    clock.move_to(50_000)
    ticks.now += 7
    assert clock.now() == 50_007
    assert not clock.real


def test_it_goes_back_to_the_real_time(ticks: Ticks) -> None:
    clock = Clock(ticks)
    clock.move_to(50_000)
    clock.follow_real()
    assert clock.now() == ticks.now


def test_it_stands_still_while_an_event_is_performed(ticks: Ticks) -> None:
    clock = Clock(ticks)
    with clock.held_at(500):
        ticks.now += 9
        assert clock.now() == 500
    assert clock.now() == 1009


def test_operations_end_in_the_order_of_their_ends() -> None:
    agenda = Agenda()
    ended: list[float] = []
    for end in (30, 10, 20):
        agenda.add(Operation(0, end, partial(ended.append, end)))
    while agenda.next_due() < float("inf"):
        agenda.end_next()
    assert ended == [10, 20, 30]


def test_a_cancelled_operation_does_not_finish() -> None:
    agenda, ended = Agenda(), []
    operation = Operation(0, 10, lambda: ended.append("finished"))
    agenda.add(operation)
    operation.cancelled = True
    agenda.end_next()
    assert ended == []


def test_a_jump_back_keeps_the_length_of_what_is_under_way() -> None:
    agenda = Agenda()
    operation = Operation(1000, 1002, lambda: None)
    agenda.add(operation)
    agenda.shift(-600)
    assert (operation.started, agenda.next_due()) == (400, 402)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-01T15:05:00Z", "2026-03-01T15:15:00Z"),
        ("2026-03-01T15:15:00Z", "2026-03-01T15:30:00Z"),
        ("2026-03-01T23:59:59Z", "2026-03-02T00:00:00Z"),
    ],
)
def test_polls_are_on_the_quarters_of_the_hour(moment: str, expected: str) -> None:
    assert poll_after(times.parse(moment)) == times.parse(expected)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T02:59:00Z",
        "2026-03-01T02:59:00",
        "2026-03-01T04:59:00+02:00",
        "2026-03-01T02:59:00.0000000Z",
    ],
)
def test_times_are_read_with_and_without_zone(text: str) -> None:
    assert times.plain(times.parse(text)) == "2026-03-01T02:59:00"
