# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The clock of the simulator: real at the start, adjustable, always running."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Clock:
    """The current time in seconds since 1970 (UTC).

    After it is set, it continues from the new time. While an event between two times is processed,
    the clock stands still at the time of the event.
    """

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._offset = 0.0
        self._held: float | None = None

    def now(self) -> float:
        """The current time."""
        return self._source() + self._offset if self._held is None else self._held

    def move_to(self, instant: float) -> None:
        """Set the current time."""
        self._offset = instant - self._source()

    def follow_real(self) -> None:
        """Return to the real time."""
        self._offset = 0.0

    @property
    def real(self) -> bool:
        """Whether the clock shows the real time."""
        return self._offset == 0.0

    @contextmanager
    def held_at(self, instant: float) -> Iterator[None]:
        """Stop the clock at a time while the block runs."""
        before, self._held = self._held, instant
        try:
            yield
        finally:
            self._held = before
