# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The markup of the page. Browser tests cover its appearance and its script."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import datetime, timezone
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    Audited,
    document,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.page import page

NOW = datetime(2026, 7, 1, 6, 0, tzinfo=timezone.utc)
RESULTS = json.loads(
    (Path(__file__).parents[2] / "module_utils" / "_audit" / "results.json").read_text()
)


class Outline(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def values(self, tag, attribute):
        return [attrs[attribute] for name, attrs in self.tags if name == tag and attribute in attrs]


def outline(*fleet):
    return Outline(page(document(fleet, NOW)))


def test_every_finding_is_there_with_its_remedy():
    shown = outline(*(Audited(name, result) for name, result in RESULTS.items())).text

    for result in RESULTS.values():
        for finding in result["findings"]:
            assert finding["text"] in shown
            assert finding["remedy"] in shown


def test_a_portal_has_its_address_release_schedule_and_times():
    shown = outline(Audited("berlin", RESULTS["protected"]))
    text = " ".join(shown.text.split())

    assert "https://p1.example.com" in shown.values("a", "href")
    assert "berlin https://p1.example.com DocSpace 3.7.2" in text
    assert "Every day at 3:00 (Europe/Berlin) Documents, keeps 7" in text
    assert "1 Jul 2026, 01:00 4 hours ago or later" in text
    assert "2 Jul 2026, 01:00 in 19 hours" in text


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ({"period": "EveryWeek", "weekday": "sunday"}, "Every Sunday at 22:00 (Asia/Tokyo)"),
        ({"period": "EveryMonth", "day": 5}, "Every month on day 5 at 22:00 (Asia/Tokyo)"),
        ({"period": "EveryDay", "dump": True}, "Every day at 22:00 (UTC)"),
        ({"period": "<i>"}, "day None at 22:00 (Asia/Tokyo)"),
    ],
)
def test_a_schedule_is_told_in_words(schedule, words):
    whole = {"hour": 22, "backups_stored": 3, "storage_type": "Local", **schedule}
    facts = {"schedule": whole, "timezone": "Asia/Tokyo"}
    shown = outline(Audited("a", {"verdict": "protected", "findings": [], "facts": facts}))

    assert f"{words} Local, keeps 3" in " ".join(shown.text.split())


@pytest.mark.parametrize(
    ("verdicts", "lead"),
    [
        ([], "no portals"),
        (["protected"], "1 portal protected"),
        (["protected"] * 2, "All 2 portals protected"),
        (["protected", "at_risk"], "1 at risk of 2 portals"),
        (["unprotected"] * 2 + ["at_risk"], "2 unprotected and 1 at risk of 3 portals"),
    ],
)
def test_the_title_is_the_result(verdicts, lead):
    fleet = [Audited(str(n), _bare(verdict)) for n, verdict in enumerate(verdicts)]

    assert f"<title>Backup audit: {lead}</title>" in page(document(fleet, NOW))


def _bare(verdict):
    return {"verdict": verdict, "findings": [], "facts": {}}


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "0 minutes ago"),
        (-0.02, "1 minute ago"),
        (-1, "1 hour ago"),
        (-47, "47 hours ago"),
        (-48, "2 days ago"),
        (21, "in 21 hours"),
    ],
)
def test_distances_from_the_audit(hours, words):
    at = datetime.fromtimestamp(NOW.timestamp() + hours * 3600, timezone.utc)
    facts = {"last_success": {"at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "evidence": "event"}}

    assert f">{words}<" in page(
        document([Audited("a", {**_bare("protected"), "facts": facts})], NOW)
    )


EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}{% raw %}"


def test_values_are_text_and_never_markup():
    finding = {"name": "target", "severity": "critical", "text": EVIL, "remedy": EVIL}
    facts = {
        "portal": EVIL,
        "version": EVIL,
        "timezone": EVIL,
        "schedule": {"period": "EveryDay", "hour": 3, "backups_stored": 3, "storage_type": EVIL},
    }
    evil = outline(Audited(EVIL, {"verdict": "unprotected", "findings": [finding], "facts": facts}))
    plain_facts = {**facts, "portal": "x", "version": "x"}
    plain_finding = {**finding, "text": "x", "remedy": "x"}
    plain = outline(
        Audited("x", {"verdict": "unprotected", "findings": [plain_finding], "facts": plain_facts})
    )

    assert [tag for tag, _attrs in evil.tags] == [tag for tag, _attrs in plain.tags]
    assert evil.text.count(EVIL) == 7


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x", ""])
def test_only_addresses_of_portals_are_links(address):
    facts = {"portal": address}
    shown = outline(Audited("a", {**_bare("protected"), "facts": facts}))

    assert set(shown.values("a", "href")) == {"#portals"}


def test_nothing_comes_from_outside():
    shown = outline(*(Audited(name, result) for name, result in RESULTS.items()))

    assert shown.values("script", "src") == shown.values("img", "src") == []
    assert all(link.startswith("data:") for link in shown.values("link", "href"))
    assert not re.search(r"@import|url\(", page(document([], NOW)))


def test_the_browser_runs_this_script_and_no_other():
    text = page(document([], NOW))
    (policy,) = [each for each in outline().values("meta", "content") if "default-src" in each]

    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        (source,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_headings_go_down_one_by_one():
    levels = [int(tag[1]) for tag, _attrs in outline().tags if re.fullmatch(r"h\d", tag)]

    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in zip(levels, levels[1:]))
