# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The API request for the settings of the portal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.paths import api_path
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import zone_as_told

_READ = api_path("settings")


@dataclass(frozen=True)
class PortalFacts:
    """The facts that the portal reports. None means that it does not report one (contract 11).

    `timezone` is an IANA name. A portal that does not accept the key does not report it.
    """

    version: str | None
    standalone: bool | None
    timezone: str | None


def portal_facts(client: Client) -> PortalFacts:
    """Return the facts of the portal with one GET. Raise DocSpaceError if it fails."""
    response = _settings(client)
    return PortalFacts(
        version=_of_type(response.get("version"), str),
        standalone=_of_type(response.get("standalone"), bool),
        timezone=_of_type(response.get("timezone"), str),
    )


def portal_zone(client: Client) -> tzinfo | None:
    """Return the time zone of the portal, or None if it does not report one. Send one GET.

    If this machine does not know the name of the time zone, use today's offset.
    """
    response = _settings(client)
    name = _of_type(response.get("timezone"), str)
    return zone_as_told(name, response.get("utcHoursOffset"))


def _settings(client: Client) -> dict[str, Any]:
    response: Any = client.get(_READ)
    if not isinstance(response, dict):
        raise client.malformed(_READ, "the settings are not of the expected type")
    return response


def _of_type(value: Any, kind: type) -> Any:
    return value if isinstance(value, kind) else None
