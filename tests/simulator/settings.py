# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts about the portal and its storages (contract 6.1, 11)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from . import vault
from .call import Call
from .dumps import asked_for
from .errors import key_missing
from .places import CONSUMERS
from .tenants import BASE_DOMAIN, STATUSES, ZERO_GUID

DOCUMENT_SERVER = "9.1.0"
CULTURE = "en-US"
_TITLES = {"s3": "Amazon AWS S3", "googlecloud": "Google Cloud Storage", "rackspace": "Rackspace"}
_PROPERTIES = {
    "s3": ("bucket", "region", "serviceurl", "forcepathstyle", "usehttp", "sse", "ssekey"),
    "googlecloud": ("bucket",),
    "rackspace": ("private_container", "public_container", "region"),
}
_REGIONS = {
    "us-east-1": "US East (N. Virginia)",
    "us-west-2": "US West (Oregon)",
    "eu-central-1": "EU (Frankfurt)",
    "eu-west-1": "EU (Ireland)",
    "ap-southeast-1": "Asia Pacific (Singapore)",
}


def settings(call: Call) -> dict[str, Any]:
    """GET settings: anonymous callers get no time zone, and default values."""
    portal = call.portal
    shown: dict[str, Any] = {}
    known = call.identity is not None
    offset = timedelta()
    if known:
        shown["timezone"] = portal.timezone
        offset = datetime.fromtimestamp(call.now, portal.zone).utcoffset() or timedelta()
    return shown | {
        "trustedDomains": [],
        "trustedDomainsType": 0,
        "culture": CULTURE,
        "utcOffset": _time_span(offset),
        "utcHoursOffset": _number(offset.total_seconds() / 3600),
        "greetingSettings": "Web Office",
        "ownerId": portal.owner_id if known else ZERO_GUID,
        "nameSchemaId": "Common",
        "enabledJoin": False,
        "enableAdmMess": False,
        "docSpace": True,
        "standalone": portal.standalone,
        "baseDomain": BASE_DOMAIN,
        "version": portal.server_version,
        "tenantStatus": STATUSES[portal.status],
        "tenantAlias": portal.alias,
        "limitedAccessSpace": portal.limited_access if known else False,
    }


def _time_span(offset: timedelta) -> str:
    total = int(abs(offset).total_seconds())
    sign = "-" if offset < timedelta() else ""
    return f"{sign}{total // 3600:02}:{total % 3600 // 60:02}:{total % 60:02}"


def _number(hours: float) -> int | float:
    return int(hours) if hours == int(hours) else hours


def build(call: Call) -> dict[str, str]:
    """GET settings/version/build."""
    return {"docSpace": call.portal.server_version, "documentServer": DOCUMENT_SERVER}


def capabilities(call: Call) -> dict[str, Any]:
    """GET capabilities: the login methods."""
    return {
        "ldapEnabled": False,
        "providers": [],
        "ssoLabel": "",
        "oauthEnabled": False,
        "ssoUrl": "",
        "identityServerEnabled": False,
    }


def backup_storages(call: Call) -> list[dict[str, Any]]:
    """GET settings/storage/backup: the storage modules, and whether each is set up and in use."""
    dump = asked_for(call)
    call.demand_admin()
    row = call.vault(dump).schedule
    used: dict[str, str | None] = {}
    module = None
    if row is not None and row.storage_type == vault.CONSUMER:
        if "module" not in row.params:
            raise key_missing("module")
        used, module = row.params, row.params["module"]
    return [_storage(call, name, used, name == module) for name in CONSUMERS]


def _storage(call: Call, name: str, used: dict[str, str | None], current: bool) -> dict[str, Any]:
    keys = [key for key in used if key != "module"] if current else list(_PROPERTIES[name])
    return {
        "id": name,
        "title": _TITLES[name],
        "properties": [_property(call, key, used.get(key) if current else "") for key in keys],
        "current": current,
        "isSet": call.portal.storages[name],
    }


def _property(call: Call, key: str, value: str | None) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": key, "value": value or "", "title": key.capitalize()}
    if call.profile.storage_property_types:
        shown["type"] = "text"
    return shown


def regions(call: Call) -> list[dict[str, str]]:
    """GET settings/storage/s3/regions."""
    call.demand_admin()
    return [{"systemName": name, "displayName": title} for name, title in _REGIONS.items()]
