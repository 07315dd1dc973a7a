# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The API request for the storage of a schedule, and the meaning of storage failures."""

from __future__ import annotations

from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client, Get
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import member
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.paths import api_path
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.params import secrets_of
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.wire import (
    Storage,
    storage_from_wire,
)

READ_SCHEDULE = api_path("backup", "getbackupschedule")

_SELF_HOSTED_ONLY = (
    "A dump of the whole server requires a self-hosted server and a portal without limited "
    "access: remove dump."
)
_NO_LOCAL = "Storage type Local requires a self-hosted server: use another storage_type."
_NO_RIGHT = (
    "The owner of the key must be the owner, a room manager, or a content creator of the "
    "folder (folderId). The list of rooms, the archive, and templates cannot be used."
)


def scheduled_storage(client: Client, dump: bool) -> Storage | None:
    """Return the storage of the schedule, or None if there is no schedule. Send one GET."""
    response = read_schedule(client.get, dump)
    if response is None:
        return None
    storage = client.decoded(
        lambda read: storage_from_wire(member(read, "response", dict)), response, READ_SCHEDULE
    )
    client.hide(secrets_of(storage.params))
    return storage


def read_schedule(get: Get, dump: bool) -> Any:
    """Return the response for the schedule of the portal or of the dump. Send one GET."""
    return get_of_kind(get, READ_SCHEDULE, dump)


def get_of_kind(get: Get, path: str, dump: bool) -> Any:
    """Return the response of `path` for the portal or, with `dump`, the server. Send one GET."""
    try:
        return get(path, dump_query(dump))
    except DocSpaceError as error:
        # The server first checks whether dumps are allowed (contract 5.1).
        if dump and error.exception == "SecurityException":
            error.hint = _SELF_HOSTED_ONLY
        raise


def dump_query(dump: bool) -> dict[str, str]:
    """Return the query for the portal or for the dump."""
    return {"dump": "true" if dump else "false"}


def explain_refusal(error: DocSpaceError, storage_type: str) -> None:
    """Add a hint to `error` if the server rejected the storage."""
    if error.exception == "SecurityException":
        error.hint = _NO_RIGHT
    if error.status == 500 and storage_type == "Local":
        error.hint = _NO_LOCAL
