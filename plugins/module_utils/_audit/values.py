# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The values of an audit: what was read of a portal. Pure.

None stands for what the portal does not report. All times are in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo


@dataclass(frozen=True)
class Policy:
    """What the administrator requires of every portal.

    A backup is late `grace` after its slot, and too old after `max_age`, whatever the schedule.
    `ignore` are names of findings that do not count.
    """

    grace: timedelta
    max_age: timedelta | None
    min_kept: int
    ignore: frozenset[str]


@dataclass(frozen=True)
class Settings:
    """The portal itself. `timezone` is an IANA name, `zone` the same as far as it is known here;
    `state` is a word for its status.
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
    """The folder of the portal to which the backups go.

    `problem` is a case of the finding `target`, "" for none; `lifetime` is in days.
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
    """The last trace of a schedule that is gone."""

    last_at: datetime
    deleted_at: datetime | None = None
    deleted_by: str | None = None


@dataclass(frozen=True)
class Unread:
    """Why a portal could not be read: a finding, its case, and the words of the client."""

    finding: str
    case: str
    what: str
    hint: str

    @property
    def is_state(self) -> bool:
        """Whether the state of the portal, which it reports to anybody, says more."""
        return self.finding == "portal_state" and self.case != "unpaid"


@dataclass(frozen=True)
class Count:
    """How many backups ended at or after `since`, those charged to the wallet or the others."""

    since: datetime
    paid: bool
    number: int
