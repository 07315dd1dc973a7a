# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The variables that the role backup_audit sets for each host of the play."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    Audited,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._notation import (
    as_a_module_gets_them,
)

RESULT = "backup_audit_result"
FAILURE = "backup_audit_failure"


def audited(hosts: Iterable[str], hostvars: Mapping[str, Any]) -> Iterator[Audited]:
    """Yield each host once, with its result as plain JSON, even if the role did not run for it."""
    for host in dict.fromkeys(map(str, hosts)):
        variables = hostvars.get(host) or {}
        kept = {name: variables.get(name) for name in (RESULT, FAILURE)}
        plain = as_a_module_gets_them(kept)
        result = plain[RESULT] or {}
        failure = plain[FAILURE] or result.get("msg") or ""
        yield Audited(host, result, str(failure))
