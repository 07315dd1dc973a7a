# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""API requests about a schedule: paths, queries, and the meaning of their failures."""

from __future__ import annotations

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client, Get
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    after_a_change,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.paths import api_path
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.wire import (
    payload,
    schedule_from_wire,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.api import (
    READ_SCHEDULE,
    dump_query,
    explain_refusal,
    read_schedule,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.params import secrets_of

_SAVE = api_path("backup", "createbackupschedule")
_DELETE = api_path("backup", "deletebackupschedule")


class BackupApi:
    """The schedule of one portal or, with `dump`, of the whole server."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def schedule(self, dump: bool) -> Schedule | None:
        """Return the current schedule, or None if there is none. Send one GET."""
        return self._read(self._client.get, dump)

    def save(self, desired: Schedule) -> None:
        """Save `desired`. Send one POST. The server resets the last run (contract 5.2)."""
        self._client.hide(secrets_of(desired.storage_params))
        try:
            self._client.write(
                "POST",
                _SAVE,
                body=payload(desired),
                settled=lambda get: self._read(get, desired.dump) == desired,
            )
        except DocSpaceError as error:
            explain_refusal(error, desired.storage_type)
            raise

    def delete(self, dump: bool) -> None:
        """Remove the schedule, but keep its backups. Send one DELETE."""
        self._client.write(
            "DELETE",
            _DELETE,
            query=dump_query(dump),
            settled=lambda get: self._read(get, dump) is None,
        )

    def written(self, desired: Schedule | None, dump: bool) -> Schedule | None:
        """Return the schedule after a write. Send one GET, or more until it is `desired`.

        Raise DocSpaceError if the portal accepted the write but the schedule is different.
        """
        found = self._client.confirm(lambda: self.schedule(dump), lambda read: read == desired)
        if found != desired:
            with after_a_change():
                raise self._not_applied(desired)
        return found

    def _not_applied(self, desired: Schedule | None) -> DocSpaceError:
        path = _SAVE if desired else _DELETE
        return DocSpaceError(
            f"{self._client.portal} accepted the change, but the schedule is still different.",
            kind="not_applied",
            portal=self._client.portal,
            hint="Check whether another user or another play changes it at the same time.",
            status=200,
            method="POST" if desired else "DELETE",
            path=path,
        )

    def _read(self, get: Get, dump: bool) -> Schedule | None:
        response = read_schedule(get, dump)
        schedule = self._client.decoded(
            lambda read: schedule_from_wire(read, dump), response, READ_SCHEDULE
        )
        if schedule:
            self._client.hide(secrets_of(schedule.storage_params))
        return schedule
