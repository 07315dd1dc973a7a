# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Times of the server and of results, which are all in UTC, and time zones by name. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import member

# The server's value for "never", and the latest time.
_NEVER = datetime.min.replace(tzinfo=timezone.utc)
_LATEST = datetime.max.replace(microsecond=0, tzinfo=timezone.utc)


def zone_by_name(name: str | None) -> tzinfo | None:
    """Return the time zone `name` (IANA), or None if this machine does not know it."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # ZoneInfoNotFoundError is a KeyError. The name of a directory raises an OSError.
        return None


def zone_as_told(name: str | None, hours: Any) -> tzinfo | None:
    """Return the time zone of a portal, or None if it reports no valid one.

    If this machine does not know the name of the time zone, use `hours`, today's offset.
    """
    if not name or zone_by_name(name):
        return zone_by_name(name)
    if isinstance(hours, (int, float)) and -23 < hours < 23:
        return timezone(timedelta(hours=hours))
    return None


def utc_time(value: Any, name: str) -> datetime | None:
    """Return a time of the server in UTC, or None for "never" or a missing time.

    MySQL returns UTC without a zone, PostgreSQL can add a `Z` and fractions (contract 2.2).
    """
    if value is None:
        return None
    text = member(value, name, str)
    seconds, zone = text[:19], text[19:].lstrip(".0123456789")
    try:
        moment = datetime.fromisoformat(seconds + ("+00:00" if zone in ("", "Z") else zone))
    except ValueError:
        raise ValueError(f"{name} is not a time") from None
    moment = in_zone(moment, timezone.utc)
    return None if moment == _NEVER else moment


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return `moment` in the zone, limited to the earliest and the latest possible time."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        end = _NEVER if moment.year == _NEVER.year else _LATEST
        return end.replace(tzinfo=zone)


def utc_text(moment: datetime | None) -> str | None:
    """Return a time in the format of results, or None for None."""
    if moment is None:
        return None
    text = in_zone(moment, timezone.utc).replace(microsecond=0, tzinfo=None).isoformat()
    return f"{text}Z"
