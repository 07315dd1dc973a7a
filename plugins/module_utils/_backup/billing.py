# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Whether the next backup of a hosted portal would be charged to its wallet."""

from __future__ import annotations

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.api import BackupsApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)


def demand_free(api: BackupsApi, portal: str) -> None:
    """Raise DocSpaceError of kind payment if the next backup would be charged.

    Send one GET on a self-hosted portal, or if the wallet is off. In this case, the server itself
    rejects backups that are not free. Send two more GETs on other portals.
    """
    if not api.wallet():
        return
    free, made = api.free(), api.made(paid=False)
    if made < free:
        return
    raise DocSpaceError(
        f"No backup of {portal} was started, because it would be charged to the wallet: "
        f"{made} of {free} free backups of this month are used.",
        kind="payment",
        portal=portal,
        hint="Set allow_paid to true, or wait for the next calendar month (UTC).",
    )
