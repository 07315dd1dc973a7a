# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations in progress (backups, restores), and the order in which they end."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

_sequence = count()


@dataclass(slots=True, eq=False)
class Operation:
    """An operation that lasts from ``started`` to ``ends``, and then calls ``finish`` once."""

    started: float
    ends: float
    finish: Callable[[], None]
    cancelled: bool = field(default=False)

    def fraction(self, now: float) -> float:
        """The completed share, from 0 to 1."""
        length = self.ends - self.started
        return 1.0 if length <= 0 else min(1.0, max(0.0, (now - self.started) / length))


class Agenda:
    """All operations that have not ended, soonest first."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Operation]] = []

    def add(self, operation: Operation) -> None:
        """Add an operation, which ends at its scheduled time."""
        heapq.heappush(self._heap, (operation.ends, next(_sequence), operation))

    def next_due(self) -> float:
        """When the next operation ends, or infinity if there is none."""
        return self._heap[0][0] if self._heap else float("inf")

    def end_next(self) -> None:
        """Remove the next operation, and finish it unless it was canceled."""
        operation = heapq.heappop(self._heap)[2]
        if not operation.cancelled:
            operation.finish()

    def shift(self, delta_s: float) -> None:
        """Shift all operations, so that a clock change does not affect their duration."""
        operations = [entry[2] for entry in sorted(self._heap)]
        self._heap = []
        for operation in operations:
            operation.started += delta_s
            operation.ends += delta_s
            self.add(operation)
