# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""promtool accepts the metrics and the alert rules."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    Audited,
    document,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.metrics import (
    metrics,
)
from report.fleets import NOW, RESULTS, fleet

HERE = Path(__file__).resolve().parent
RULES = HERE.parents[1] / "extensions" / "prometheus" / "backup_audit_rules.yml"
TESTS = HERE / "backup_audit_rules_test.yml"

needs_promtool = pytest.mark.skipif(
    not shutil.which("promtool"), reason="promtool is not installed (Debian: prometheus)"
)


def promtool(*arguments: str, given: str = "") -> str:
    done = subprocess.run(
        ["promtool", *arguments], cwd=HERE, input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@needs_promtool
def test_promtool_has_nothing_to_say_about_the_metrics() -> None:
    odd = [Audited('"\\\n\r\x00\x1b{}<', RESULTS["unprotected"]), Audited("備份", None)]
    for report in (fleet(30), document(odd, NOW), document([], NOW)):
        assert promtool("check", "metrics", given=metrics(report)) == ""


@needs_promtool
def test_promtool_passes_the_rules_and_their_tests() -> None:
    promtool("check", "rules", str(RULES))
    assert "SUCCESS" in promtool("test", "rules", TESTS.name)


def test_every_alert_has_a_test_with_and_one_without_it() -> None:
    alerts = {
        rule["alert"]
        for group in yaml.safe_load(RULES.read_text())["groups"]
        for rule in group["rules"]
    }
    tested = [
        (each["alertname"], bool(each["exp_alerts"]))
        for test in yaml.safe_load(TESTS.read_text())["tests"]
        for each in test["alert_rule_test"]
    ]

    assert set(tested) == {(alert, fires) for alert in alerts for fires in (True, False)}


def test_the_rules_use_metrics_that_there_are() -> None:
    described = {line.split()[2] for line in metrics(fleet(1)).split("\n") if "# HELP" in line}
    used = {
        word
        for word in RULES.read_text().replace("(", " ").replace(")", " ").replace("{", " ").split()
        if word.startswith("docspace_backup_") and word != "docspace_backup_audit"
    }

    assert used <= described
    assert used
