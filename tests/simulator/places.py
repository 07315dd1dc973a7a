# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storages that can become unavailable: a directory of the server, and third-party buckets.

There are two ways (contract-backups 0.1, 3): *unreachable*, where every access fails; and *not
mounted*, where the API finds no file, as in a container without the directory or a bucket that
reports "no such file", even if the storage is unreachable. The worker can still use a directory
that is not mounted for the API.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import HTTP_REQUEST, IO, Thrown

if TYPE_CHECKING:
    from .tenants import Portal
    from .vault import Record

LOCAL = "Local"
CONSUMERS = ("s3", "googlecloud", "rackspace")
PLACES = (LOCAL, *CONSUMERS)


@dataclass(slots=True)
class Place:
    """One storage of a portal."""

    name: str
    reachable: bool = True
    mounted: bool = True

    @property
    def complaint(self) -> Thrown:
        """The exception of an access while the storage is unreachable."""
        if self.name == LOCAL:
            return Thrown(IO, "Input/output error")
        return Thrown(HTTP_REQUEST, f"Connection refused ({self.name}.storage.test:443)")


def all_reachable() -> dict[str, Place]:
    """The initial state of every storage."""
    return {name: Place(name) for name in PLACES}


def shows_archive(portal: Portal, record: Record) -> bool:
    """Whether the API finds a record's archive. Raises Thrown if the storage is unreachable."""
    place = portal.places.get(record.place or "")
    if place is None:
        return record.archived
    if not place.mounted:
        return False
    if not place.reachable:
        raise place.complaint
    return record.archived


def erase(portal: Portal, record: Record) -> None:
    """Delete a record's archive like the API. Raises Thrown if the storage is unreachable."""
    if shows_archive(portal, record):
        record.archived = False
