# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The names that the portals of a server have as hosts of an inventory. Pure."""

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
    """The name of each portal, in their order; "" for a portal that cannot have one.

    A name is the portal's `alias` or `domain`, as `by` says, or that of the host in `server`. A
    portal that is called like one of the `groups` gets a longer name instead, because Ansible
    would take the host for the group. `hosts` are names that other hosts have already.
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
    """The names that the portal can have, the best one first."""
    wanted = host_name(portal, server, by)
    if not wanted:
        return
    for name in (wanted, host_name(portal, server, "domain"), f"portal-{portal['tenant_id']}"):
        if name and name not in groups:
            yield name
