# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""What docspace_backup does: find, make or remove backups, and report. Options in, result out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.outcome import Outcome
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.plan import (
    Wanted,
    wanted_from_options,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.present import Present
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.removal import (
    absent,
    cancelled,
    pruned,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError

_STATES: Mapping[str, Callable[[Client, Wanted, bool], Outcome]] = {
    "present": lambda client, wanted, check_mode: Present(client, wanted, check_mode).run(),
    "absent": absent,
    "pruned": pruned,
    "cancelled": cancelled,
}


def run(
    options: Mapping[str, Any],
    check_mode: bool,
    make_client: Callable[..., Client] = Client,
) -> dict[str, Any]:
    """Bring the portal's backups into the state that `options` ask for; the result of the task.

    `options` are those of the module with their defaults filled in. It waits through the client
    that `make_client` makes: `functools.partial(Client, sleep=..., clock=...)` takes the place of
    real time, where `clock` gives the seconds that `sleep` has slept. Ages are judged by the
    portal's own time.

    Requests: two GETs where a backup is fresh enough; otherwise GET, one POST, GETs from 1 to 15
    seconds apart until it has ended, and a last GET. One GET more for the storage of the schedule,
    and one to three before the POST where a backup could be charged. See `removal` for the other
    states.

    DocSpaceError where it cannot be done: `error.done` tells what was done all the same.
    OptionError before the first request where the options alone show it.
    """
    connection = Connection.from_options(options)
    try:
        wanted = wanted_from_options(options)
        client = make_client(connection, read_only=check_mode)
        try:
            outcome = _STATES[wanted.state](client, wanted, check_mode)
        finally:
            client.close()
    except OptionError as error:
        error.portal = connection.portal
        raise
    header = f"{connection.portal} ({'backups of the whole server' if wanted.dump else 'backups'})"
    return {
        "changed": outcome.changed,
        "started": outcome.started,
        "backup": outcome.backup,
        "removed": outcome.removed,
        "diff": {
            "before": outcome.before,
            "after": outcome.after,
            "before_header": header,
            "after_header": header,
        },
        "warnings": connection.warnings() + outcome.warnings,
    }
