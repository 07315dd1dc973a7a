# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Report the progress of a long operation, but not too often."""

from __future__ import annotations

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client

# Percentage points and seconds after which to show another line.
_POINTS = 10
_EVERY = 60.0


class Telling:
    """Shows the progress of `what`: a line for every 10 points, and at least one a minute."""

    def __init__(self, client: Client, what: str) -> None:
        self._client = client
        self._what = what
        self._percent = -_POINTS
        self._at = client.clock()

    def tell(self, percent: int) -> None:
        """Show the progress, if it is time to."""
        now = self._client.clock()
        if percent - self._percent >= _POINTS or now - self._at >= _EVERY:
            self._client.tell(f"{self._client.portal}: {self._what} is {percent} % complete.")
            self._percent, self._at = percent, now
