# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The size of an archive, without downloading more than one byte of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.part import placed
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client


class _Length:
    """Receives only the headers of a response."""

    size = 0

    def __init__(self, addresses: Iterable[str]) -> None:
        self._addresses = list(addresses)
        self.total: int | None = None

    def addresses(self) -> Iterable[str]:
        return self._addresses

    def headers(self) -> Mapping[str, str]:
        return {"Range": "bytes=0-0"}

    def begin(self, status: int, headers: Mapping[str, str]) -> bool:
        _first, self.total = placed(status, headers)
        return False

    def write(self, _piece: bytes) -> None:
        raise AssertionError("not wanted")

    def end(self) -> None:
        raise AssertionError("not wanted")


def length(client: Client, addresses: Iterable[str]) -> int | None:
    """Return the size of the body at `addresses`, or None if it is unknown. Send one GET."""
    sink = _Length(addresses)
    client.download(sink)
    return sink.total
