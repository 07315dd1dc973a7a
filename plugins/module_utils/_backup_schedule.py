# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""What docspace_backup_schedule does: read, plan, apply, and report. Options in, result out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup_api import BackupApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._connection import Connection
from ansible_collections.onlyoffice.docspace.plugins.module_utils._cron import starts_extra_run
from ansible_collections.onlyoffice.docspace.plugins.module_utils._errors import OptionError
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule import (
    Plan,
    Schedule,
    Wanted,
    desired_schedule,
    options_of,
    plan,
    wanted_from_options,
    warnings_of,
)

_EXTRA_RUN = (
    "Saving the schedule makes the server forget its last run. {condition}, it starts an extra "
    "backup within 15 minutes. To avoid that, change the schedule before that hour."
)
_IS_LATE = "Because hour {hour} has passed today (UTC)"
_MAY_BE_LATE = "If hour {hour} has already passed today in the portal's time zone"


def run(
    options: Mapping[str, Any],
    check_mode: bool,
    make_client: Callable[..., Client] = Client,
    now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
) -> dict[str, Any]:
    """Make the portal's schedule what `options` say; the result of the task.

    Unchanged costs one GET, a change GET, POST or DELETE, GET; in check mode there is only the
    first. DocSpaceError where it cannot be done, OptionError before the first request where the
    options alone show it.
    """
    connection = Connection.from_options(options)
    try:
        wanted = wanted_from_options(options)
        client = make_client(connection, read_only=check_mode)
        try:
            todo, schedule = _apply(BackupApi(client), options, wanted, check_mode)
        finally:
            client.close()
    except OptionError as error:
        error.portal = connection.portal
        raise
    return {
        "changed": todo.changed,
        "schedule": options_of(schedule) if schedule else None,
        "diff": _diff(connection.portal, wanted.dump, todo),
        "warnings": connection.warnings() + _warnings(todo, schedule, now()),
    }


def _apply(
    api: BackupApi, options: Mapping[str, Any], wanted: Wanted, check_mode: bool
) -> tuple[Plan, Schedule | None]:
    """The plan, and the schedule that the portal has afterwards (in check mode: would have)."""
    actual = api.schedule(wanted.dump)
    present = options["state"] == "present"
    todo = plan(desired_schedule(wanted, actual) if present else None, actual)
    if not todo.changed or check_mode:
        return todo, todo.desired
    if todo.desired is None:
        api.delete(wanted.dump)
    else:
        api.save(todo.desired)
    afterwards = api.schedule(wanted.dump)
    if afterwards != todo.desired:
        raise api.not_applied(todo.desired)
    return todo, afterwards


def _diff(portal: str, dump: bool, todo: Plan) -> dict[str, Any]:
    what = "backup schedule of the whole server" if dump else "backup schedule"
    header = f"{portal} ({what})"
    return {
        "before": todo.before,
        "after": todo.after,
        "before_header": header,
        "after_header": header,
    }


def _warnings(todo: Plan, schedule: Schedule | None, now: datetime) -> list[str]:
    if schedule is None:
        return []
    found = warnings_of(schedule)
    # A dump is in UTC; to learn a portal's zone would cost a request more.
    zone = timezone.utc if schedule.dump else None
    if todo.changed and starts_extra_run(schedule, zone, now):
        condition = (_IS_LATE if schedule.dump else _MAY_BE_LATE).format(hour=schedule.hour)
        found.append(_EXTRA_RUN.format(condition=condition))
    return found
