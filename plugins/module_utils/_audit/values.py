# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The values that an audit reads from a portal. Pure.

None means that the portal does not report a value. All times are in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo


@dataclass(frozen=True)
class Policy:
    """The requirements of the administrator for every portal.

    A backup is overdue `grace` after its slot, and too old after `max_age`, regardless of the
    schedule. `ignore` contains the names of findings that do not count.
    """

    grace: timedelta
    max_age: timedelta | None
    min_kept: int
    ignore: frozenset[str]


@dataclass(frozen=True)
class Settings:
    """The settings of the portal.

    `timezone` is an IANA name, `zone` the time zone if this machine knows it, and `state` the name
    of the status of the portal.
    """

    version: str | None
    standalone: bool | None
    timezone: str | None
    zone: tzinfo | None
    state: str | None

    def is_at_least(self, major: int, minor: int) -> bool | None:
        """Whether the portal has this release or a later one; None if it reports no release."""
        parts = (self.version or "").split(".")
        if len(parts) < 2 or not (parts[0].isdecimal() and parts[1].isdecimal()):
            return None
        return (int(parts[0]), int(parts[1])) >= (major, minor)


@dataclass(frozen=True)
class Target:
    """The target folder of the backups.

    `problem` is a case of the finding `target`, or "". `lifetime` is in days.
    """

    id: str
    problem: str = ""
    title: str | None = None
    path: str | None = None
    section: str | None = None
    room_type: str | None = None
    owner: str | None = None
    writable: bool | None = None
    public: bool | None = None
    lifetime: int | None = None


@dataclass(frozen=True)
class Usage:
    """The free backups of a hosted portal in a month, and whether its wallet pays for more."""

    free: int
    free_used: int
    wallet: bool | None = None


@dataclass(frozen=True)
class Lost:
    """The last traces of a schedule that no longer exists."""

    last_at: datetime
    deleted_at: datetime | None = None
    deleted_by: str | None = None


@dataclass(frozen=True)
class Unread:
    """Why a portal could not be read: a finding, its case, and the message of the client."""

    finding: str
    case: str
    what: str
    hint: str

    @property
    def is_state(self) -> bool:
        """Whether the state of the portal, which it reports to anyone, explains the failure."""
        return self.finding == "portal_state" and self.case != "unpaid"


@dataclass(frozen=True)
class Count:
    """The number of backups that ended at or after `since`, either paid or free ones."""

    since: datetime
    paid: bool
    number: int
