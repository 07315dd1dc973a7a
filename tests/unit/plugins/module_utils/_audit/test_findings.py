# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of findings, the sample results, and their documentation."""

from __future__ import annotations

import json
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit import findings
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.facts import (
    Facts,
    as_result,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.findings import (
    NAMES,
    finding,
    verdict,
)
from ansible_collections.onlyoffice.docspace.plugins.modules import docspace_backup_audit

SAMPLES: dict[str, Any] = json.loads(Path(__file__).with_name("results.json").read_text())
RETURN: dict[str, Any] = yaml.safe_load(docspace_backup_audit.RETURN)
FOUND = [found for sample in SAMPLES.values() for found in sample["findings"]]
ROWS = findings._TABLE

CRITICAL = (
    "unreachable, key_refused, portal_state, no_schedule, schedule_lost, cannot_run, target, "
    "never_ran, overdue, failing"
)
WARNING = "incomplete, keeps_too_few, expires, skipped_months, unproven, paid_next, open_target"


@pytest.mark.parametrize(
    ("severity", "names"), [("critical", CRITICAL), ("warning", WARNING), ("note", "inside_only")]
)
def test_the_severities(severity: str, names: str) -> None:
    assert {row.name for row in ROWS if row.severity == severity} == set(names.split(", "))


def test_a_name_has_one_severity_and_the_worst_come_first() -> None:
    pairs = dict.fromkeys((row.name, row.severity) for row in ROWS)
    order = [list(findings.VERDICTS).index(severity) for _name, severity in pairs]

    assert len(pairs) == len(NAMES)
    assert order == sorted(order)


def test_a_case_is_there_once() -> None:
    assert len(findings._CASES) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name} {row.case}".strip())
def test_the_texts_are_sentences(row: Any) -> None:
    values = {
        name: f"{name} of it."
        for text in (row.text, row.remedy)
        for _text, name, _format, _conversion in Formatter().parse(text)
        if name
    }
    found = finding(row.name, row.case, **values)

    for text in (found.text, found.remedy):
        assert text[-1] in ".:!?" and "{" not in text and "  " not in text


@pytest.mark.parametrize(
    ("names", "word"),
    [
        ([], "protected"),
        (["inside_only"], "protected"),
        (["inside_only", "keeps_too_few"], "at_risk"),
        (["keeps_too_few", "no_schedule"], "unprotected"),
    ],
)
def test_the_verdict_is_that_of_the_worst(names: list[str], word: str) -> None:
    known = {"kept": 1, "least": 3}

    assert verdict(finding(name, **known) for name in names) == word


class TestSamples:
    """The sample results that the tests of the report use."""

    def test_each_finding_has_one(self) -> None:
        assert {found["name"] for found in FOUND} == set(NAMES)

    @pytest.mark.parametrize("found", FOUND, ids=lambda found: found["name"])
    def test_a_finding_is_one_of_the_table(self, found: dict[str, str]) -> None:
        (severity,) = {row.severity for row in ROWS if row.name == found["name"]}

        assert found.keys() == RETURN["findings"]["contains"].keys()
        assert found["severity"] == severity

    @pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
    def test_a_result_has_what_the_documentation_promises(self, sample: dict[str, Any]) -> None:
        assert sample.keys() - {"changed"} == RETURN.keys() - {"error"}
        assert sample["facts"].keys() == RETURN["facts"]["contains"].keys()
        for name, value in sample["facts"].items():
            documented = RETURN["facts"]["contains"][name].get("contains")
            if documented and value:
                assert value.keys() == documented.keys()


def test_the_facts_are_those_of_the_documentation() -> None:
    from datetime import datetime, timedelta, timezone

    facts = Facts("https://p.example.com", datetime(2026, 7, 1, tzinfo=timezone.utc))

    assert as_result(facts, timedelta(0)).keys() == RETURN["facts"]["contains"].keys()
