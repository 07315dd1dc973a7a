# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""API requests about a portal, its folders and its plan, for the audit of its backups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.values import (
    Settings,
    Target,
    Usage,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.wire import (
    access_from_wire,
    settings_from_wire,
    target_from_wire,
    usage_from_wire,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import integer
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.paths import api_path

_SETTINGS = api_path("settings")
_STORAGES = api_path("settings", "storage", "backup")
_QUOTA = api_path("portal", "payment", "quota")
_COUNT = api_path("backup", "getbackupscount")

# The clock of this machine may be behind the clock of the server, so the end is not "now".
_END_OF_TIME = "2999-01-01T00:00:00"

# Statuses of a folder that cannot be read, as cases of the finding `target`.
_UNREAD = {404: "missing", 403: "unseen"}

_Value = TypeVar("_Value")


class AuditApi:
    """Facts that affect the backups of one portal. Each method sends one GET.

    Raise DocSpaceError if the request fails.
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    def settings(self) -> Settings:
        """Return the settings. The server returns them to anyone, in any state of the portal."""
        return self._read(_SETTINGS, {}, settings_from_wire)

    def target(self, folder: str) -> Target:
        """Return the folder with this ID, even if it does not exist or cannot be seen."""
        # The only request that returns 404 for a missing folder in every release (contract-rooms
        # 3.2).
        path = api_path("files", folder)
        try:
            return self._read(path, {"count": "1"}, lambda read: target_from_wire(folder, read))
        except DocSpaceError as error:
            if error.status in _UNREAD and error.kind not in ("scope", "portal_state"):
                return Target(folder, problem=_UNREAD[error.status])
            raise

    def access(self, module: str, dump: bool) -> str:
        """Return why the third-party storage cannot be used, as a case of `cannot_run`."""
        query = {"dump": "true" if dump else "false"}
        return self._read(_STORAGES, query, lambda read: access_from_wire(module, read))

    def usage(self) -> Usage | None:
        """Return the free backups of the month, or None if the plan has no limit."""
        return self._read(_QUOTA, {}, usage_from_wire)

    def counted(self, since: datetime, *, paid: bool) -> int:
        """Return how many backups ended at or after `since`, including removed ones, but not dumps.

        With `paid`, count the backups that were charged to the wallet, otherwise the free ones.
        """
        # The server reads a time without a zone as UTC, as it writes them (contract 2.2).
        query = {
            "from": since.strftime("%Y-%m-%dT%H:%M:%S"),
            "to": _END_OF_TIME,
            "paid": "true" if paid else "false",
        }
        return self._read(_COUNT, query, lambda read: integer(read, "response"))

    def _read(self, path: str, query: dict[str, str], decode: Callable[[Any], _Value]) -> _Value:
        return self._client.decoded(decode, self._client.get(path, query), path)
