# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Whether a play fails after the audit, and with which message. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    NOT_AUDITED,
    words,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.text import (
    printable,
    sentence,
)

# The severities that count for each value of backup_audit_fail_on.
COUNTED: dict[str, tuple[str, ...]] = {
    "critical": ("critical",),
    "warning": ("critical", "warning"),
    "never": (),
}


def reason(report: Mapping[str, Any], severity: str) -> str:
    """Return the portals with findings that count, and these findings, or "" if there are none."""
    told = (_told(portal, COUNTED[severity]) for portal in report["portals"])
    return " ".join(line for line in told if line)


def _told(portal: Mapping[str, Any], counted: tuple[str, ...]) -> str:
    findings = [
        f"{finding['name']}: {sentence(finding['text'])} {finding['remedy']}"
        for finding in portal["findings"]
        if finding["severity"] in counted or finding["name"] == NOT_AUDITED
    ]
    if not findings:
        return ""
    return printable(f"{portal['host']} is {words(portal['verdict'])}. {' '.join(findings)}")
