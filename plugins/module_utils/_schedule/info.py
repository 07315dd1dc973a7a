# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The task of docspace_backup_schedule_info: read and report. Options in, result out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import timezone, tzinfo
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.settings import (
    PortalFacts,
    portal_facts,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import zone_by_name
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.api import BackupApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.cron import (
    can_run,
    with_next_run,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.late_start import (
    late_start_warning,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule


def run(
    options: Mapping[str, Any],
    _check_mode: bool,
    make_client: Callable[..., Client] = Client,
) -> dict[str, Any]:
    """Return the schedule and, if requested, the facts of the portal.

    Send one GET, and another one if the time zone or the facts are necessary. Raise DocSpaceError
    if the portal cannot be read.
    """
    connection = Connection.from_options(options)
    with closing(make_client(connection, read_only=True)) as client:
        schedule = BackupApi(client).schedule(options["dump"])
        facts = _facts(client, schedule, "portal" in options["gather"])
    zone, now = _zone(schedule, facts), client.portal_time
    late_start = late_start_warning(schedule, zone, now) if schedule and zone else None
    result: dict[str, Any] = {
        "changed": False,
        "schedule": schedule and with_next_run(schedule, zone, now),
        "warnings": connection.warnings() + ([late_start] if late_start else []),
    }
    if "portal" in options["gather"] and facts:
        result["portal"] = vars(facts)
    return result


def _facts(client: Client, schedule: Schedule | None, asked_for: bool) -> PortalFacts | None:
    """Return the facts of the portal, or None if they are neither requested nor necessary."""
    if asked_for:
        return portal_facts(client)
    if schedule is None or schedule.dump or not can_run(schedule):
        return None
    try:
        return portal_facts(client)
    except DocSpaceError:
        # The schedule is known, and only the time of the next run is not.
        return None


def _zone(schedule: Schedule | None, facts: PortalFacts | None) -> tzinfo | None:
    """Return the time zone of the hour of the schedule, or None if it is unknown."""
    if schedule and schedule.dump:
        return timezone.utc
    return zone_by_name(facts.timezone if facts else None)
