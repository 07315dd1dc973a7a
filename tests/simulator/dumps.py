# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ``dump`` switch: the portal's own backups or the whole server's (contract 2.4, 5.1)."""

from __future__ import annotations

from .binding import query_bool
from .call import Call
from .errors import access_denied


def asked_for(call: Call) -> bool:
    """The ``dump`` query parameter. Refused if whole-server backups are not allowed.

    Releases before 3.1 ignore the parameter.
    """
    if not call.profile.dump_query:
        return False
    dump = bool(query_bool(call.first("dump"), "Dump", False))
    demand(call, dump)
    return dump


def demand(call: Call, dump: bool) -> None:
    """Refuse a dump with 403 in the cloud, or on a portal with limited access space."""
    if dump and not call.portal.dump_allowed:
        raise access_denied()
