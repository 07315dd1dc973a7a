# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The portals of the playbooks, as inventories. They are the same for each run."""

from __future__ import annotations

from typing import Any

from ansible.parsing.vault import VaultLib, VaultSecret
from support.control import Control

from parity.plays import VAULT_PASSWORD

Hosts = dict[str, dict[str, Any]]

# The time of the simulated server. Modules use real time.
NOW = "2026-03-01T12:00:00Z"

RELEASES: dict[str, dict[str, Any]] = {
    "old": {"server_version": "3.1.0", "mode": "standalone"},
    "cloud": {"server_version": "3.7.2", "mode": "saas", "timezone": "America/New_York"},
}

# Permanent faults of portals.
FAULTS: dict[str, dict[str, Any]] = {
    "bad-request": {"status": 400, "body": '{"error": {"message": "That was wrong"}}'},
    "forbidden": {"status": 403},
    "missing": {"status": 404},
    "too-many": {"status": 429, "headers": {"Retry-After": "1"}},
    "broken": {"status": 500, "body": '{"error": {"message": "{{ 7 * 7 }}", "stack": "at X()"}}'},
    "gateway": {"html": 502},
    "maintenance": {"status": 503},
    "not-json": {"status": 200, "body": "<html>"},
    "not-enveloped": {"status": 200, "body": "[]"},
    "moved": {"redirect": "https://portal.example.com/"},
    "cut": {"truncate": 20},
    "reset": {"reset": "before_headers"},
    "slow": {"delay_ms": 4000},
}
LOST_WRITES: dict[str, dict[str, Any]] = {
    "lost": {"reset": "before_headers"},
    "unsettled": {"status": 504},
}


def portal(control: Control, alias: str, **settings: Any) -> dict[str, Any]:
    """Create a portal with a room, and return the host variable for it."""
    made = control.portal(alias, **settings)
    room = control.folder(alias, "Backups")
    return {"url": made.url, "api_key": made.api_key, "room": str(room)}


def healthy(control: Control) -> Hosts:
    """A self-hosted portal of the oldest release, and a cloud portal of the newest release."""
    control.clock_at(NOW)
    return {
        name: {"portal": portal(control, name, **settings)} for name, settings in RELEASES.items()
    }


def single(control: Control) -> Hosts:
    """One portal, for plays that need no other. Its key is also in a vault."""
    variables = healthy(control)["old"]
    return {"old": {**variables, "vaulted_key": vaulted(variables["portal"]["api_key"])}}


def with_backups(control: Control) -> Hosts:
    """One portal with two old backups. The next backup ends almost immediately."""
    hosts = single(control)
    for day in ("01", "02"):
        control.backup("old", ended=f"2026-01-{day}T00:00:00Z", storageType="Local")
    control.next_backup("old", seconds=0.1)
    return hosts


def with_an_archive(control: Control) -> Hosts:
    """One portal with the archive of yesterday's backup."""
    hosts = single(control)
    room = hosts["old"]["portal"]["room"]
    control.backup("old", "2026-02-28T12:00:00Z", folder=room)
    return hosts


def vaulted(text: str) -> dict[str, str]:
    """`text`, encrypted with ansible-vault, in the notation of a JSON inventory."""
    secret = VaultSecret(VAULT_PASSWORD.encode())
    return {"__ansible_vault": VaultLib([("default", secret)]).encrypt(text).decode()}


def with_a_slow_one(control: Control) -> Hosts:
    """The healthy portals, with the variables of a slow portal."""
    hosts = healthy(control)
    slow = portal(control, "slow")
    control.fault({"delay_ms": 4000}, portal="slow", times=0)
    return {name: {**variables, "slow": slow} for name, variables in hosts.items()}


def failing(control: Control) -> Hosts:
    """Portals that fail, and addresses without a portal."""
    control.clock_at(NOW)
    hosts = {}
    for name, action in FAULTS.items():
        hosts[name] = {"portal": portal(control, name)}
        control.fault(action, portal=name, times=0)
    for name, action in LOST_WRITES.items():
        hosts[name] = {"portal": portal(control, name)}
        control.fault(action, portal=name, method="POST", times=0)
    cloud = portal(control, "cloud", mode="saas")
    suspended = portal(control, "suspended", mode="saas", status="Suspended")
    reader = control.key("cloud", "owner@cloud.docspace.test", permissions=["*:read"])
    tls = cloud["url"].replace("http:", "https:")
    return {
        **hosts,
        "suspended": {"portal": suspended},
        "strange-key": {"portal": {**cloud, "api_key": "sk-0000"}},
        "reading-key": {"portal": {**cloud, "api_key": reader}},
        "cloud-dump": {"portal": cloud, "dump": True},
        "no-folder": {
            "portal": cloud,
            "storage_type": "Documents",
            "storage_params": {"folderId": 999999},
        },
        "nobody": {"portal": {**cloud, "url": "http://127.0.0.1:1"}},
        "nowhere": {"portal": {**cloud, "url": "http://portal.invalid"}},
        "no-tls": {"portal": {**cloud, "url": tls}},
    }


def shaky(control: Control) -> Hosts:
    """A portal that fails twice."""
    control.clock_at(NOW)
    made = portal(control, "shaky")
    control.fault({"status": 503}, portal="shaky", times=2)
    return {"shaky": {"portal": made}}
