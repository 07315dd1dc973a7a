# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storages that can be taken away: a directory of the server, and third-party buckets.

Two ways (contract-backups 0.1, 3): *unreachable*, every access is an error; *not mounted*, the
API finds no file there, as in a container without the directory or a bucket that says "no such
file", whether or not it could be reached. The worker sees an unmounted directory all the same.
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
    """One storage, as a portal sees it."""

    name: str
    reachable: bool = True
    mounted: bool = True

    @property
    def complaint(self) -> Thrown:
        """The exception of an access while it is unreachable."""
        if self.name == LOCAL:
            return Thrown(IO, "Input/output error")
        return Thrown(HTTP_REQUEST, f"Connection refused ({self.name}.storage.test:443)")


def all_reachable() -> dict[str, Place]:
    """Every storage as it is at first."""
    return {name: Place(name) for name in PLACES}


def shows_archive(portal: Portal, record: Record) -> bool:
    """Whether the API finds a record's archive. Raises Thrown for an unreachable storage."""
    place = portal.places.get(record.place or "")
    if place is None:
        return record.archived
    if not place.mounted:
        return False
    if not place.reachable:
        raise place.complaint
    return record.archived


def erase(portal: Portal, record: Record) -> None:
    """Delete a record's archive as the API does. Raises Thrown for an unreachable storage."""
    if shows_archive(portal, record):
        record.archived = False
