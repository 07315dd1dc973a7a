# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The portals that make a play fail, and its message."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    Audited,
    document,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.verdict import (
    reason,
)

NOW = datetime(2026, 7, 1, 6, 0, tzinfo=timezone.utc)


def told(severity, *severities):
    findings = [
        {"name": each, "severity": each, "text": f"A {each}.", "remedy": "Do\nit."}
        for each in severities
    ]
    verdict = "unprotected" if "critical" in severities else "at_risk"
    result = {"verdict": verdict, "findings": findings, "facts": {}}
    return reason(document([Audited("berlin", result)], NOW), severity)


@pytest.mark.parametrize(
    ("severity", "found", "text"),
    [
        ("critical", ("critical",), "berlin is unprotected. critical: A critical. Do it."),
        ("critical", ("critical", "note"), "berlin is unprotected. critical: A critical. Do it."),
        ("critical", ("warning",), ""),
        ("warning", ("warning",), "berlin is at risk. warning: A warning. Do it."),
        ("warning", ("note",), ""),
        ("never", ("critical", "warning"), ""),
        ("critical", (), ""),
    ],
)
def test_findings_count_by_their_severity(severity, found, text):
    assert told(severity, *found) == text


def test_a_host_that_was_not_audited_always_counts():
    report = document([Audited("berlin", None, "backup_audit_grace is wrong")], NOW)

    assert "backup_audit_grace is wrong. Correct" in reason(report, "never")


def test_a_host_that_ansible_cannot_reach_is_a_finding_like_others():
    report = document([Audited("berlin", {"unreachable": True, "msg": "no route"})], NOW)

    assert reason(report, "never") == ""
    assert "no route" in reason(report, "critical")
