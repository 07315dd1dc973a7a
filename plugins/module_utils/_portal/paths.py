# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Build all paths of the server's API. Pure."""

from __future__ import annotations

from urllib.parse import quote

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)

_API = "/api/2.0"

# Steps that change the path even if they are quoted, because HTTP libraries resolve them.
_NO_NAMES = ("", ".", "..")


def api_path(*parts: str | int) -> str:
    """Return the path of a request, as in `api_path("files", "rooms", room_id, "archive")`.

    Each part becomes exactly one step of the path, because the server or a play can set it to any
    value. Raise DocSpaceError for a part that cannot be a step.
    """
    steps = [str(part) for part in parts]
    for step in steps:
        if step in _NO_NAMES:
            raise DocSpaceError(f"{step!r} cannot be an ID on a portal.", kind="malformed")
    return "/".join([_API, *(quote(step, safe="", errors="replace") for step in steps)])
