# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The API request for all portals of a self-hosted server: authentication and failures.

It belongs to the server, and not to a portal. It does not accept API keys, and its response has no
envelope (contract-rooms 7).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    OptionError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._server.wire import (
    Facts,
    portals_from_wire,
)

_READ = "/apisystem/portal/get"

_HINTS = {
    "unauthorized": "Use a valid session token, or the email address and password, of a "
    "DocSpace admin. The server does not accept API keys for this request.",
    "not_found": "Check server_url: it must be the address of a self-hosted server.",
}
_FORBIDDEN = "Only a DocSpace admin of a self-hosted server can list its portals."

# The names of module options, and their replacements for the inventory plugin.
_NAMES = {"api_host": "server_url", "api_key": "session_token", "API key": "credentials"}


def server_connection(options: Mapping[str, Any]) -> Connection:
    """Return the connection in the options. Raise OptionError with the invalid option."""
    secret, scheme = _credentials(options)
    try:
        connection = Connection.from_options(
            {**options, "api_host": options["server_url"], "api_key": secret}
        )
    except OptionError as error:
        problem = _renamed(error.problem)
        raise OptionError(_renamed(error.option), problem, portal=error.portal) from None
    password = options.get("password")
    return replace(connection, scheme=scheme, hidden=(password,) if password else ())


def connection_warnings(connection: Connection) -> list[str]:
    """Return warnings about the security of this connection."""
    return [_renamed(warning) for warning in connection.warnings()]


def read_portals(
    connection: Connection, statistics: bool, make_client: Callable[..., Client] = Client
) -> list[Facts]:
    """Return all active portals of the server with one GET. Raise DocSpaceError if it fails.

    With `statistics`, the server counts users, rooms, and bytes of each portal, which takes longer.
    """
    client = make_client(connection, read_only=True, unwrap=portals_from_wire)
    try:
        found: list[Facts] = client.get(_READ, {"statistics": "true"} if statistics else None)
    except DocSpaceError as error:
        hint = _FORBIDDEN if error.status == 403 else _HINTS.get(error.kind)
        error.hint = hint or _renamed(error.hint)
        raise
    finally:
        client.close()
    return found


def _credentials(options: Mapping[str, Any]) -> tuple[str, str]:
    """Return the secret and its authentication scheme. A session token takes precedence."""
    token = re.sub(r"^Bearer\s+", "", (options.get("session_token") or "").strip())
    if token.startswith("sk-"):
        raise OptionError(
            "session_token",
            "it is an API key, which the server does not accept for this request; use a "
            "session token, or username and password",
        )
    if token:
        return token, "Bearer"
    username, password = options.get("username") or "", options.get("password") or ""
    if not username or not password:
        raise OptionError("session_token", "required, unless username and password are set")
    if ":" in username:
        raise OptionError("username", "it must be an email address without a colon")
    return base64.b64encode(f"{username}:{password}".encode()).decode(), "Basic"


def _renamed(text: str) -> str:
    for ours, theirs in _NAMES.items():
        text = text.replace(ours, theirs)
    return text
