# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide describes every finding, every member of the document, and every metric."""

from __future__ import annotations

import re
from pathlib import Path

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.findings import NAMES
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    NOT_AUDITED,
    SCHEMA_VERSION,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.metrics import (
    metrics,
)
from report.fleets import RESULTS, fleet

GUIDE = (Path(__file__).resolve().parents[2] / "docs/docsite/rst/backup_audit.rst").read_text()
ROWS = re.findall(r"^   \* - ``([\w.]+)``\n     - (.*)$", GUIDE, re.MULTILINE)


def test_every_finding_with_its_severity() -> None:
    severities = {
        finding["name"]: finding["severity"]
        for result in RESULTS.values()
        for finding in result["findings"]
    }
    told = {name: text for name, text in ROWS if text in ("critical", "warning", "note")}

    assert told.keys() == {*NAMES, NOT_AUDITED}
    assert severities.items() <= told.items()


def test_every_member_of_the_document() -> None:
    report = fleet(10)
    told = {name for name, _text in ROWS} | {"schema_version", "summary"}

    assert f"``schema_version`` is ``{SCHEMA_VERSION}``" in GUIDE
    assert report.keys() <= told
    assert {f"summary.{name}" for name in report["summary"]} <= told
    assert report["portals"][0].keys() <= told


def test_every_metric() -> None:
    described = {line.split()[2] for line in metrics(fleet(1)).split("\n") if "# HELP" in line}

    assert {name for name, _text in ROWS if name.startswith("docspace_backup_")} == described
