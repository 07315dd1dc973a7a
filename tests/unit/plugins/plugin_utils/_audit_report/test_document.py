# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The document about a fleet: every host has a verdict, and the worst hosts come first."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    Audited,
    as_json,
    document,
    moment_of,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.metrics import (
    metrics,
)

NOW = datetime(2026, 7, 1, 8, 0, tzinfo=timezone(timedelta(hours=2)))
RESULTS = json.loads(
    (Path(__file__).parents[2] / "module_utils" / "_audit" / "results.json").read_text()
)


def found(severity, name="overdue"):
    return {"name": name, "severity": severity, "text": "Text.", "remedy": "Remedy."}


def result(verdict, *severities):
    return {"verdict": verdict, "findings": [found(each) for each in severities], "facts": {}}


def test_it_names_its_schema_and_its_time_in_utc():
    report = document([], NOW)

    assert report == {
        "schema_version": "1.0",
        "audited_at": "2026-07-01T06:00:00Z",
        "summary": {
            "portals": 0,
            "verdicts": {"unprotected": 0, "at_risk": 0, "protected": 0},
            "findings": [],
        },
        "portals": [],
    }


def test_a_portal_is_what_the_module_returned():
    (portal,) = document([Audited("berlin", RESULTS["protected"])], NOW)["portals"]

    assert portal == {
        "host": "berlin",
        "portal": "https://p1.example.com",
        "verdict": "protected",
        "last_success": "2026-07-01T01:00:04Z",
        "next_run": "2026-07-02T01:00:00Z",
        "findings": RESULTS["protected"]["findings"],
        "facts": RESULTS["protected"]["facts"],
    }


@pytest.mark.parametrize("name", sorted(RESULTS))
def test_every_result_has_a_place_in_it(name):
    report = document([Audited("berlin", RESULTS[name])], NOW)

    assert report["portals"][0]["verdict"] == RESULTS[name]["verdict"]
    assert report["summary"]["verdicts"][RESULTS[name]["verdict"]] == 1
    assert len(report["summary"]["findings"]) == len(RESULTS[name]["findings"])


def test_the_worst_come_first_and_equals_by_name():
    fleet = [
        Audited("e", result("protected")),
        Audited("d", result("protected", "note")),
        Audited("c", result("at_risk", "warning")),
        Audited("b", result("unprotected", "critical", "warning")),
        Audited("g", result("unprotected", "critical")),
        Audited("f", result("unprotected", "critical")),
        Audited("a", result("unprotected", "critical", "critical")),
    ]

    assert [portal["host"] for portal in document(fleet, NOW)["portals"]] == list("abfgcde")


def test_names_with_numbers_come_in_the_order_of_the_numbers():
    names = ["p10", "p9.2", "p2", "10", "9", "p", "", "p10a", "p9.10", "2p", "1" * 5000]
    fleet = [Audited(name, result("protected")) for name in names]

    assert [portal["host"] for portal in document(fleet, NOW)["portals"]] == (
        ["", "2p", "9", "10", "1" * 5000, "p", "p2", "p9.2", "p9.10", "p10", "p10a"]
    )


def test_findings_of_a_portal_come_worst_first():
    audited = Audited("a", result("unprotected", "note", "critical", "warning"))
    (portal,) = document([audited], NOW)["portals"]

    assert [each["severity"] for each in portal["findings"]] == ["critical", "warning", "note"]


def test_findings_are_counted_once_for_a_portal():
    double = {**result("at_risk"), "findings": [found("warning", "expires")] * 2}
    fleet = [
        Audited("a", double),
        Audited("b", {**result("at_risk"), "findings": [found("warning", "expires")]}),
        Audited("c", {**result("at_risk"), "findings": [found("warning", "unproven")]}),
        Audited("d", result("unprotected", "critical")),
    ]

    assert document(fleet, NOW)["summary"] == {
        "portals": 4,
        "verdicts": {"unprotected": 1, "at_risk": 3, "protected": 0},
        "findings": [
            {"name": "overdue", "severity": "critical", "portals": 1},
            {"name": "expires", "severity": "warning", "portals": 2},
            {"name": "unproven", "severity": "warning", "portals": 1},
        ],
    }


@pytest.mark.parametrize(
    ("audited", "name", "words"),
    [
        (Audited("a", None), "not_audited", "failed in an earlier task"),
        (Audited("a", {}), "not_audited", "failed in an earlier task"),
        (Audited("a", None, "backup_audit_grace is wrong"), "not_audited", "backup_audit_grace"),
        (Audited("a", {"failed": True, "msg": "no such file"}), "not_audited", "no such file"),
        (Audited("a", {"unreachable": True, "msg": "no route"}), "unreachable", "no route"),
        (Audited("a", {"verdict": "fine", "findings": []}), "not_audited", "earlier task"),
    ],
)
def test_a_host_without_an_audit_is_unprotected(audited, name, words):
    (portal,) = document([audited], NOW)["portals"]

    assert portal["verdict"] == "unprotected"
    (finding,) = portal["findings"]
    assert (finding["name"], finding["severity"]) == (name, "critical")
    assert words in finding["text"]
    assert finding["remedy"]


def test_it_can_be_written_whatever_the_server_says():
    bad = {**result("protected"), "facts": {"portal": "https://\ud800", "\udfff": ["\ud800"]}}
    text = as_json(document([Audited("a\udcff", bad)], NOW))

    portal = json.loads(text.encode("utf-8"))["portals"][0]
    assert portal["host"] == r"a\udcff"
    assert portal["facts"] == {"portal": r"https://\ud800", r"\udfff": [r"\ud800"]}


ACTING = "\x1b[2J\x9b1m\x07\x85\u2028\u202e\u2066\u200f\ufeff"


@pytest.mark.parametrize(
    "audited",
    [
        Audited(ACTING, {**result("protected"), "facts": {"portal": ACTING, ACTING: [ACTING]}}),
        Audited("a", {"unreachable": True, "msg": ACTING}, ACTING),
        Audited("a", None, ACTING),
    ],
)
def test_nothing_in_it_acts_on_a_terminal(audited):
    report = document([audited], NOW)

    for text in (as_json(report), metrics(report)):
        assert not set(text) & set(ACTING) - set("[2J1m")


@pytest.mark.parametrize("text", [None, "", "yesterday", "2026-13-01T00:00:00Z"])
def test_what_is_no_time_is_none(text):
    assert moment_of(text) is None
