# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The first host of a play for each schedule of each portal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.given import is_blank
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    portal_address,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError

_ADDRESS = "docspace_api_host"
_DUMP = "backup_schedule_dump"
_USUAL_PORTS = (None, 80, 443)


def schedule_key(address: Any, dump: Any) -> str:
    """Return a text that identifies a schedule regardless of its notation, or "".

    A portal has two schedules: its own, and the one of the dump of the whole server.
    """
    if is_blank(address):
        address = os.environ.get(_ADDRESS.upper())
    try:
        parts = urlsplit(portal_address(str(address)))
    except OptionError:
        return ""
    port = "" if parts.port in _USUAL_PORTS else f":{parts.port}"
    of_server = boolean(dump, strict=False) if not is_blank(dump) else False
    # A dot at the end says that the name is a whole one.
    host = (parts.hostname or "").rstrip(".")
    return f"{host}{port}{parts.path}{' dump' if of_server else ''}"


def first_hosts(
    host_variables: Mapping[str, Any], hosts: Iterable[str], known: Mapping[str, str]
) -> dict[str, str]:
    """Return the first host for each schedule: the `known` ones, then `hosts` in order.

    Only variables of the inventory, facts, and extra variables count. Skip a host whose variables
    cannot be resolved, because its own tasks report this.
    """
    found = dict(known)
    for host in hosts:
        key = _key_of(host_variables, host)
        if key:
            found.setdefault(key, host)
    return found


def _key_of(host_variables: Mapping[str, Any], host: str) -> str:
    try:
        variables = host_variables[host]
        return schedule_key(variables.get(_ADDRESS), variables.get(_DUMP))
    except Exception:  # noqa: BLE001 - a template can fail in any way
        return ""
