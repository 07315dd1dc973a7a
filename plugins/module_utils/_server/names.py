# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The host names of the portals of a server in an inventory. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._server.wire import (
    Facts,
    host_name,
)


def host_names(
    portals: Sequence[Facts], server: str, by: str, groups: Collection[str], hosts: Collection[str]
) -> list[str]:
    """Return the name of each portal in order, or "" for a portal without a valid name.

    `by` is "alias" or "domain". A portal without its own name gets the host name in `server`. A
    portal with the name of one of the `groups` gets a longer name, because Ansible cannot
    distinguish hosts from groups. `hosts` are the names of existing hosts.
    """
    taken = set(hosts)
    names = []
    for portal in portals:
        name = next(_names(portal, server, by, groups), "")
        if name in taken:
            name = ""
        taken.add(name)
        names.append(name)
    return names


def _names(
    portal: Mapping[str, Any], server: str, by: str, groups: Collection[str]
) -> Iterator[str]:
    """Yield the possible names of the portal, the best one first."""
    wanted = host_name(portal, server, by)
    if not wanted:
        return
    for name in (wanted, host_name(portal, server, "domain"), f"portal-{portal['tenant_id']}"):
        if name and name not in groups:
            yield name
