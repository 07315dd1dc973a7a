# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured: the candidates, and the table of cells, each a candidate at a size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

LATENCY_MS = 20


class Candidate(NamedTuple):
    """A way to do the job: a playbook, or the SDK's loop, which knows no forks.

    `seconds` is about what one portal costs, for the order and the forecast.
    """

    name: str
    what: str
    playbook: str | None
    variables: str = "{}"
    seconds: float = 0.03


FLOOR = Candidate("debug", "one debug task: Ansible's own cost", "floor", seconds=0.025)
OURS = Candidate("in-process", "this collection, in the worker", "collection", seconds=0.035)
MODULE = Candidate(
    "module",
    "this collection, as a module",
    "collection",
    '{"docspace_in_process": false}',
    seconds=0.3,
)
URI = Candidate("uri", "three tasks of ansible.builtin", "uri", seconds=0.35)
SDK = Candidate("sdk", "the vendor's SDK in a Python loop", None, seconds=0.03)
CANDIDATES = (FLOOR, OURS, MODULE, URI, SDK)


class Cell(NamedTuple):
    """One candidate on a fleet of `size`, all of it to be changed or none, with `forks`."""

    candidate: Candidate
    size: int
    forks: int
    changed: bool

    @property
    def forecast(self) -> float:
        """About how many seconds it takes on two quiet cores."""
        writes = 1.8 if self.changed and self.candidate is not FLOOR else 1.0
        return 2.0 + self.size * self.candidate.seconds * writes


class Plan(NamedTuple):
    """Sizes of unchanged fleets, those measured in changed ones and with other forks.

    Every cell is measured once, and up to `rounds` times where it is short, as long as the end of
    `seconds` is not in sight.
    """

    sizes: tuple[int, ...]
    changed_size: int
    forks_size: int
    forks: tuple[int, ...]
    rounds: int
    seconds: float

    def cells(self) -> list[Cell]:
        """The table, those that are compared side by side."""
        return list(dict.fromkeys(self._cells()))

    def _cells(self) -> Iterator[Cell]:
        for size in self.sizes:
            yield from (Cell(one, size, self.forks[0], False) for one in CANDIDATES)
        yield from (
            Cell(one, self.changed_size, self.forks[0], True)
            for one in CANDIDATES
            if one is not FLOOR
        )
        yield Cell(OURS, self.sizes[-1], self.forks[0], True)
        for forks in self.forks[1:]:
            yield from (
                Cell(one, self.forks_size, forks, False) for one in CANDIDATES if one is not SDK
            )


FULL = Plan((1, 10, 100, 500, 1000), 100, 100, (5, 20, 50), rounds=5, seconds=50 * 60)
QUICK = Plan((1, 10, 50), 10, 10, (5, 20), rounds=2, seconds=150)
