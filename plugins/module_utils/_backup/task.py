# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The task of docspace_backup: find, make, or remove backups. Options in, result out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
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
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import naming

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
    """Bring the backups of the portal into the wanted state, and return the result of the task.

    `options` are the options of the module, including defaults. To run without real time, set
    `make_client` to `functools.partial(Client, sleep=..., clock=...)`, where `clock` returns the
    seconds that `sleep` has slept. Ages depend on the time of the portal.

    Send two GETs if a backup is recent enough. Otherwise, send GET, one POST, GETs at intervals of
    1 to 15 seconds until the backup has ended, and a last GET. In addition, send one GET for the
    storage of the schedule, and one to three before the POST if a backup could be charged. For the
    other states, see `removal`.

    Raise DocSpaceError on failure. Its `error.done` contains changes that were made nevertheless.
    Raise OptionError before the first request if the options alone are invalid.
    """
    connection = Connection.from_options(options)
    with naming(connection.portal):
        wanted = wanted_from_options(options)
        with closing(make_client(connection, read_only=check_mode)) as client:
            outcome = _STATES[wanted.state](client, wanted, check_mode)
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
