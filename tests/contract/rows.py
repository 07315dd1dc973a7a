# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A row of a test matrix, and the runner that executes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from support.simulator import Simulator

from contract.steps import Step, new_world

ServerFor = Callable[[Mapping[str, Any]], Simulator]


@dataclass(frozen=True)
class Row:
    """One row: its number in the contract, its meaning, and the steps that verify it."""

    number: int
    says: str
    steps: Sequence[Step]
    portal: Mapping[str, Any] = field(default_factory=dict)
    server: Mapping[str, Any] = field(default_factory=dict)  # a server with other arguments

    @property
    def id(self) -> str:
        return f"row-{self.number:03}"


def play(simulator: Simulator, says: str, portal: Mapping[str, Any], steps: Iterable[Step]) -> None:
    """Run the steps on a new portal. A failure contains the number of the step."""
    world = new_world(simulator, portal)
    try:
        for number, step in enumerate(steps, 1):
            try:
                step.run(world)
            except Exception as error:
                error.add_note(f"in step {number} of: {says}")
                raise
    finally:
        simulator.control.reset()


def missing_numbers(rows: Sequence[Row], last: int) -> list[int]:
    """The numbers from 1 to ``last`` without a row."""
    return sorted(set(range(1, last + 1)) - {row.number for row in rows})
