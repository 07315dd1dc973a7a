# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Wait for a backup: intervals, time limit, progress, and tolerated failures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TypeVar

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import Progress
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.duration import (
    duration_text,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.telling import Telling
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)

# Seconds between two requests.
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 15.0
_GROWTH = 1.5

# A cancelled item disappears for a moment before the server reports it as cancelled (contract 7.3).
_MISSING = 2

# Temporary failures of a portal that is restarting, being restored, or unreachable.
_PASSING = (
    "connection",
    "malformed",
    "portal_state",
    "rate_limit",
    "server",
    "timeout",
    "truncated",
    "unavailable",
)

_T = TypeVar("_T")


class Waiting:
    """The time that a task may wait, from now on, measured by the `clock` of the client.

    With a `limit` of zero, it does not wait at all.
    """

    def __init__(self, client: Client, limit: timedelta) -> None:
        self._client = client
        self._limit = limit
        self._end = client.clock() + limit.total_seconds()
        self._telling = Telling(client, "the backup")

    def patiently(self, read: Callable[[], _T]) -> _T:
        """Return the result of `read`, and retry it while the portal is unavailable.

        Raise DocSpaceError if the time limit is reached, or if the failure is permanent.
        """
        for pause in _pauses():
            try:
                return read()
            except DocSpaceError as error:
                if error.kind not in _PASSING or not self._pause(pause):
                    raise
        raise AssertionError("unreachable")

    def until_ended(self, read: Callable[[], Progress | None], item: Progress) -> Progress | None:
        """Wait for the end of the backup `item`. Return it, or None if the server has lost it.

        Raise DocSpaceError of kind wait_timeout if it is still running at the time limit.
        """
        missing = 0
        for pause in _pauses():
            if item.finished or missing == _MISSING:
                return item if item.finished else None
            self._telling.tell(item.percent)
            if not self._pause(pause):
                break
            try:
                seen = self.patiently(read)
            except DocSpaceError as error:
                if error.kind in _PASSING:
                    raise self._timed_out(item, error.what) from None
                raise
            if seen and seen.id != item.id:
                # The start of another backup removes an item that has ended.
                return None
            missing = 0 if seen else missing + 1
            item = seen or item
        raise self._timed_out(item)

    def _pause(self, seconds: float) -> bool:
        """Sleep, but not beyond the time limit. Return False if it is already reached."""
        left = self._end - self._client.clock()
        if left <= 0:
            return False
        self._client.sleep(min(seconds, left))
        return True

    def _timed_out(self, item: Progress, problem: str = "") -> DocSpaceError:
        portal, limit = self._client.portal, duration_text(self._limit)
        what = f"The backup {item.id} of {portal} was {item.percent} % complete after {limit}."
        return DocSpaceError(
            f"{what} {problem}".strip(),
            kind="wait_timeout",
            portal=portal,
            hint="It continues on the server. Run the playbook again to wait for it, or increase "
            "wait_timeout.",
        )


def _pauses() -> Iterator[float]:
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(pause * _GROWTH, LONGEST_PAUSE)
