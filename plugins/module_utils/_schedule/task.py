# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The task of docspace_backup_schedule: read, plan, apply, and report. Options in, result out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    naming,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import utc_text
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.api import BackupApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.extra_run import (
    ExtraRun,
    extra_run_of,
    zone_of_change,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.late_start import (
    late_start_warning,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.plan import (
    Plan,
    Wanted,
    desired_schedule,
    plan,
    wanted_from_options,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import (
    Schedule,
    options_of,
    warnings_of,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.folder import (
    folder_problem,
)


@dataclass(frozen=True)
class _Outcome:
    """The result for the portal; in check mode, the result that a real run would have."""

    todo: Plan
    schedule: Schedule | None
    extra_run: ExtraRun | None
    late_start: str | None
    target_problem: str


def run(
    options: Mapping[str, Any],
    check_mode: bool,
    make_client: Callable[..., Client] = Client,
) -> dict[str, Any]:
    """Bring the schedule into the state of the options. Return the result of the task.

    Send one GET and, for a change, POST or DELETE, and another GET. In check mode, send only the
    first. In addition, send one GET if a change can start an extra run, and one for
    `verify_target`. Raise DocSpaceError on failure, or OptionError before the first request if the
    options alone are invalid.
    """
    connection = Connection.from_options(options)
    with naming(connection.portal):
        wanted = wanted_from_options(options)
        with closing(make_client(connection, read_only=check_mode)) as client:
            outcome = _apply(client, options, wanted, check_mode)
    schedule, extra_run = outcome.schedule, outcome.extra_run
    deferred = extra_run is not None and extra_run.deferred
    return {
        "changed": outcome.todo.changed,
        "schedule": options_of(schedule) if schedule else None,
        "deferred": deferred,
        "safe_from": utc_text(extra_run.safe_from) if extra_run and deferred else None,
        "target_problem": outcome.target_problem or None,
        "diff": _diff(connection.portal, wanted.dump, outcome.todo),
        "warnings": connection.warnings() + _warnings(outcome),
    }


def _apply(
    client: Client, options: Mapping[str, Any], wanted: Wanted, check_mode: bool
) -> _Outcome:
    """Read, plan, check the effects of the change, and make it."""
    api = BackupApi(client)
    actual = api.schedule(wanted.dump)
    present = options["state"] == "present"
    todo = plan(desired_schedule(wanted, actual) if present else None, actual)
    policy, now = options["extra_run"], client.portal_time
    zone = zone_of_change(client, todo, policy, now)
    extra_run = extra_run_of(todo, policy, zone, now)
    if extra_run and extra_run.deferred:
        todo = plan(actual, actual)
    changed = todo.desired if todo.changed else None
    late_start = late_start_warning(changed, zone, now) if changed and zone else None
    folder = todo.desired.folder if todo.desired and options["verify_target"] else None
    problem = folder_problem(client, folder) if folder else ""
    if problem and todo.changed:
        raise unusable(client.portal, f"folder {folder} {problem}")
    if check_mode or not todo.changed:
        return _Outcome(todo, todo.desired, extra_run, late_start, problem)
    schedule = _write(api, todo.desired, wanted.dump)
    return _Outcome(todo, schedule, extra_run, late_start, problem)


def _write(api: BackupApi, desired: Schedule | None, dump: bool) -> Schedule | None:
    """Write once, read again, and return the schedule that the portal has afterwards."""
    if desired is None:
        api.delete(dump)
    else:
        api.save(desired)
    return api.written(desired, dump)


def _diff(portal: str, dump: bool, todo: Plan) -> dict[str, Any]:
    what = "backup schedule of the whole server" if dump else "backup schedule"
    header = f"{portal} ({what})"
    return {
        "before": todo.before,
        "after": todo.after,
        "before_header": header,
        "after_header": header,
    }


def _warnings(outcome: _Outcome) -> list[str]:
    found = warnings_of(outcome.schedule) if outcome.schedule else []
    if outcome.schedule and outcome.target_problem:
        found.append(
            f"The folder {outcome.schedule.folder} of the schedule {outcome.target_problem}."
        )
    if outcome.extra_run:
        found.append(outcome.extra_run.warning)
    if outcome.late_start:
        found.append(outcome.late_start)
    return found


def unusable(portal: str, problem: str) -> DocSpaceError:
    """Return the error for a change that would use an unusable folder, before any change."""
    return DocSpaceError(
        f"The schedule of {portal} was not changed, because {problem}.",
        kind="target",
        portal=portal,
        hint="Set folderId to the ID of a room in which the owner of the key can create files.",
    )
