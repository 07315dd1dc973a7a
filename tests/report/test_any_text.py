# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No text of a server or an inventory breaks the report, according to independent parsers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import html5lib
from hypothesis import HealthCheck, given, settings
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as prometheus

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    Document,
    as_json,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.metrics import (
    metrics,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.page import page
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.table import table
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.text import (
    printable,
    width,
)
from report.fleets import DOCUMENTS, fleet

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

COLUMNS = 100


@few
@given(DOCUMENTS)
def test_json_says_what_the_document_says(report: Document) -> None:
    assert json.loads(as_json(report).encode().decode()) == report


@few
@given(DOCUMENTS)
def test_the_table_has_no_controls_and_no_long_line(report: Document) -> None:
    for line in table(report, COLUMNS):
        assert printable(line) == line
        assert width(line) <= COLUMNS


@few
@given(DOCUMENTS)
def test_metrics_say_what_the_document_says(report: Document) -> None:
    text = metrics(report).encode().decode()
    read = [_samples(prometheus(text)), _samples(openmetrics(text))]

    assert read[0] == read[1]
    protected = {
        labels["host"]: value for name, labels, value in read[0] if name.endswith("_protected")
    }
    assert protected == {
        portal["host"]: portal["verdict"] == "protected" for portal in report["portals"]
    }


def _samples(families: Any) -> list[tuple[str, dict[str, str], float]]:
    return [
        (sample.name, sample.labels, sample.value)
        for family in families
        for sample in family.samples
    ]


@few
@given(DOCUMENTS)
def test_the_page_has_the_elements_of_its_template_only(report: Document) -> None:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    root = parser.parse(page(report))

    # Errors that html5lib reports for markup that browsers accept.
    known = {"unexpected-end-tag", "duplicate-attribute"}
    assert [error for error in parser.errors if error[1] not in known] == []
    assert len(root.findall(".//script")) == len(root.findall(".//style")) == 1
    rows = root.findall(".//tbody/tr")
    assert [_text(row.find("th/bdi")) for row in rows] == [
        _as_read(portal["host"]) for portal in report["portals"]
    ]
    for row, portal in zip(rows, report["portals"], strict=True):
        told = [_text(part) for part in row.findall(".//li//bdi")]
        assert told == [
            _as_read(finding[part]) for finding in portal["findings"] for part in ("text", "remedy")
        ]


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _as_read(text: str) -> str:
    return printable(text)


def _attributes(root: Any) -> Iterator[str]:
    for element in root.iter():
        yield from element.attrib


def test_the_page_has_no_attribute_that_runs_a_script() -> None:
    root = html5lib.parse(page(fleet(20)), namespaceHTMLElements=False)

    assert [name for name in _attributes(root) if str(name).startswith("on")] == []
    assert "style" not in set(_attributes(root))
