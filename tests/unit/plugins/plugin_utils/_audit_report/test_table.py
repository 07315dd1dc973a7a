# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table in the terminal: worst first, within the given width, and notes are counted."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

import pytest

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    Audited,
    document,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.table import table
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.text import width

NOW = datetime(2026, 7, 1, 6, 0, tzinfo=timezone.utc)
RESULTS = json.loads(
    (Path(__file__).parents[2] / "module_utils" / "_audit" / "results.json").read_text()
)
LOST = {"name": "no_schedule", "severity": "critical", "text": "It is lost.", "remedy": "Find it."}


def lines_of(fleet, columns):
    return table(document(fleet, NOW), columns)


def test_findings_stand_beside_a_portal_where_there_is_room():
    fleet = [
        Audited("tokyo", RESULTS["protected"]),
        Audited("lima", {"verdict": "unprotected", "findings": [LOST], "facts": {}}),
    ]

    assert lines_of(fleet, 110) == [
        "2 portals: 1 unprotected, 0 at risk, 1 protected (times in UTC)",
        "",
        "VERDICT      HOST   LAST SUCCESS      NEXT RUN          FINDINGS",
        "unprotected  lima   unknown           none              no_schedule: It is lost.",
        "                                                        -> Find it.",
        "protected    tokyo  2026-07-01 01:00  2026-07-02 01:00",
        "",
        "Notes: inside_only (1)",
    ]


def test_findings_stand_below_a_portal_where_there_is_none():
    fleet = [Audited("lima", {"verdict": "unprotected", "findings": [LOST], "facts": {}})]

    assert lines_of(fleet, 68) == [
        "1 portal: 1 unprotected, 0 at risk, 0 protected (times in UTC)",
        "",
        "VERDICT      HOST  LAST SUCCESS  NEXT RUN",
        "unprotected  lima  unknown       none",
        "    no_schedule: It is lost.",
        "    -> Find it.",
    ]


def test_a_portal_without_a_schedule_has_no_next_run():
    assert lines_of([Audited("lost", RESULTS["lost"])], 110)[3].startswith(
        "unprotected  lost  2026-06-28 01:02  none "
    )


@pytest.mark.parametrize("columns", [10, 68, 79, 100, 140, 250])
def test_no_line_is_wider_than_the_terminal(columns):
    names = ["備份" * 30, "Ж" * 90, "a.b.c.example.com " * 5, *RESULTS]
    results = [*RESULTS.values(), None, None, None]
    lines = lines_of([Audited(*pair) for pair in zip(names, results)], columns)

    assert max(width(line) for line in lines) <= max(columns, 68)
    assert "".join(lines).count("Ж") == 90


def test_a_name_cannot_command_the_terminal():
    text = "\n".join(lines_of([Audited("\x1b]0;title\x07", None)], 100))

    assert r"\u001b]0;title\u0007" in text
    assert "\x1b" not in text


def test_an_empty_fleet_has_a_table():
    assert lines_of([], 100)[0].startswith("0 portals: ")
