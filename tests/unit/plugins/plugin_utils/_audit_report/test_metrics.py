# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Metrics: the exact names and labels, on which rules and dashboards depend."""

from __future__ import annotations

from datetime import datetime, timezone

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    Audited,
    document,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.metrics import (
    metrics,
)

NOW = datetime(2026, 7, 1, 6, 0, tzinfo=timezone.utc)
FINDING = {"name": "expires", "severity": "warning", "text": "Text.", "remedy": "Remedy."}


def lines_of(*fleet):
    return metrics(document(fleet, NOW)).split("\n")


def samples(*fleet):
    return [line for line in lines_of(*fleet) if line and not line.startswith("#")]


def test_a_portal_that_is_known():
    facts = {
        "portal": "https://a.example.com",
        "last_success": {"at": "2026-07-01T01:00:00Z", "evidence": "event"},
        "schedule": {"next_run": "2026-07-02T01:00:00Z"},
    }
    own = 'host="a",portal="https://a.example.com"'

    assert samples(Audited("a", {"verdict": "at_risk", "findings": [FINDING], "facts": facts})) == [
        "docspace_backup_audit_timestamp_seconds 1782885600",
        f"docspace_backup_protected{{{own}}} 0",
        f"docspace_backup_last_success_timestamp_seconds{{{own}}} 1782867600",
        f"docspace_backup_next_run_timestamp_seconds{{{own}}} 1782954000",
        f'docspace_backup_finding{{{own},finding="expires",severity="warning"}} 1',
    ]


def test_what_is_not_known_has_no_sample():
    assert samples(Audited("a", {"verdict": "protected", "findings": [], "facts": {}})) == [
        "docspace_backup_audit_timestamp_seconds 1782885600",
        'docspace_backup_protected{host="a",portal=""} 1',
    ]


def test_the_same_finding_twice_is_one_sample():
    result = {"verdict": "at_risk", "findings": [FINDING, FINDING], "facts": {}}

    assert sum("_finding{" in line for line in samples(Audited("a", result))) == 1


def test_every_metric_is_described_before_its_samples():
    lines = lines_of(Audited("a", {"verdict": "protected", "findings": [], "facts": {}}))
    heads = [line.split()[2] for line in lines if line.startswith("# HELP")]

    assert heads == [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert heads == [
        "docspace_backup_audit_timestamp_seconds",
        "docspace_backup_protected",
        "docspace_backup_last_success_timestamp_seconds",
        "docspace_backup_next_run_timestamp_seconds",
        "docspace_backup_finding",
    ]


def test_the_file_has_an_end():
    assert lines_of()[-2:] == ["# EOF", ""]


def test_labels_are_escaped():
    (line,) = [line for line in samples(Audited('a"b\\c\nd', None)) if "_protected" in line]

    assert line == r'docspace_backup_protected{host="a\"b\\c\nd",portal=""} 0'
