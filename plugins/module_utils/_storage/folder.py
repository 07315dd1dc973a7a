# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Check whether the folder of a schedule can still take backups.

The server does not check this. If the folder is deleted, it reports the schedule unchanged, and
every backup fails (contract-rooms 5.2).
"""

from __future__ import annotations

from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.paths import api_path

# Sections of the portal that are not suitable for backups: rootFolderType (contract-rooms 1.2).
_SECTIONS = {
    3: "is in the trash: backups are written there, but can be removed at any time",
    20: "is in the archive: backups are still written there, but the schedule cannot be saved",
}
_MISSING = "does not exist: every backup fails"
_UNSEEN = "cannot be seen by the owner of the key"
_READ_ONLY = "cannot be written to by the owner of the key: the schedule cannot be saved"


def folder_problem(client: Client, folder: str) -> str:
    """Return why `folder` is not suitable for backups, or "". Send one GET."""
    # The only request that returns 404 for a missing folder in every release (contract-rooms 3.2).
    path = api_path("files", folder)
    try:
        content = client.get(path, {"count": "1"})
    except DocSpaceError as error:
        problem = {404: _MISSING, 403: _UNSEEN}.get(error.status or 0)
        if problem is None or error.kind in ("scope", "portal_state"):
            raise
        return problem
    current = content.get("current") if isinstance(content, dict) else None
    if not isinstance(current, dict):
        raise client.malformed(path, "the folder is not of the expected type")
    return _problem_of(current)


def _problem_of(current: dict[str, Any]) -> str:
    section = current.get("rootFolderType")
    security = current.get("security")
    if isinstance(section, int) and section in _SECTIONS:
        return _SECTIONS[section]
    if not isinstance(security, dict) or security.get("Create") is not True:
        return _READ_ONLY
    return ""
