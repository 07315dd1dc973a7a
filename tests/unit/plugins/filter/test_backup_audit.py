# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filters of the role backup_audit, as templates call them."""

from __future__ import annotations

import json

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.onlyoffice.docspace.plugins.filter import (
    backup_audit_document,
    backup_audit_problem,
    backup_audit_reason,
    backup_audit_report,
)

FILTERS = {
    name: function
    for module in (
        backup_audit_document,
        backup_audit_problem,
        backup_audit_reason,
        backup_audit_report,
    )
    for name, function in module.FilterModule().filters().items()
}
document = FILTERS["backup_audit_document"]
report = FILTERS["backup_audit_report"]
reason = FILTERS["backup_audit_reason"]
problem = FILTERS["backup_audit_problem"]

HOSTVARS = {
    "a": {"backup_audit_result": {"verdict": "protected", "findings": [], "facts": {}}},
    "b": {"backup_audit_failure": "backup_audit_grace is wrong"},
    "c": {},
}


def test_every_host_is_in_the_document_once():
    summed = document(["a", "b", "c", "d", "a"], HOSTVARS)

    verdicts = {portal["host"]: portal["verdict"] for portal in summed["portals"]}
    assert verdicts == {
        "a": "protected",
        "b": "unprotected",
        "c": "unprotected",
        "d": "unprotected",
    }
    assert len(summed["portals"]) == 4


@pytest.mark.parametrize("hosts", ["a", {"a": 1}, None, 5])
def test_hosts_must_be_a_list(hosts):
    with pytest.raises(AnsibleFilterError, match="a list of hosts"):
        document(hosts, HOSTVARS)


def test_the_variables_of_the_hosts_are_needed():
    with pytest.raises(AnsibleFilterError, match="hostvars"):
        document(["a"], None)


@pytest.mark.parametrize(
    ("form", "start"),
    [("html", "<!DOCTYPE html>"), ("json", "{\n"), ("prom", "# HELP docspace_backup_audit_")],
)
def test_each_form_of_the_report(form, start):
    assert report(document(["a"], HOSTVARS), form).lstrip().startswith(start)


def test_json_is_the_document():
    summed = document(["a", "b"], HOSTVARS)

    assert json.loads(report(summed, "json")) == summed


@pytest.mark.parametrize("columns", ["70", "200"])
def test_the_table_is_as_wide_as_the_terminal(columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    lines = report(document(["a", "b"], HOSTVARS), "table")

    assert max(map(len, lines)) > 68 if columns == "200" else max(map(len, lines)) <= 68


def test_the_table_without_a_terminal(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)

    assert max(map(len, report(document(["b"], HOSTVARS), "table"))) <= 79


def test_a_reason_names_the_host():
    assert reason(document(["a"], HOSTVARS)) == ""
    assert "b is unprotected" in reason(document(["b"], HOSTVARS), "never")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: report(document(["a"], HOSTVARS), "pdf"), "html, json, prom, table"),
        (lambda: report({"portals": []}, "html"), "backup_audit_document"),
        (lambda: reason(document(["a"], HOSTVARS), "note"), "critical, warning, never"),
        (lambda: reason([]), "backup_audit_document"),
        (lambda: problem([]), "dictionary of role variables"),
    ],
)
def test_wrong_arguments_are_told(call, words):
    with pytest.raises(AnsibleFilterError, match=words):
        call()


KEY = "sk-canary0123456789abcdef"
PORTAL = {"docspace_api_host": "https://portal.example.com", "docspace_api_key": KEY}


@pytest.fixture(autouse=True)
def _no_variables_of_the_environment(monkeypatch):
    for name in ("API_HOST", "API_KEY", "TIMEOUT", "RETRIES", "VALIDATE_CERTS", "CA_PATH"):
        monkeypatch.delenv(f"DOCSPACE_{name}", raising=False)


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"backup_audit_grace": "90m", "backup_audit_max_age": "2d", "backup_audit_min_kept": "7"},
        {"backup_audit_ignore": "inside_only,expires", "backup_audit_fail_on": "never"},
        dict.fromkeys(("backup_audit_grace", "backup_audit_min_kept", "backup_audit_ignore"), ""),
        dict.fromkeys(("backup_audit_history", "backup_audit_fail_on", "docspace_timeout"), None),
    ],
)
def test_nothing_is_wrong(variables):
    assert problem({**PORTAL, **variables}) == ""


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("docspace_api_host", "portal.example.com"),
        ("docspace_api_host", None),
        ("docspace_api_key", " "),
        ("docspace_timeout", "long"),
        ("docspace_ca_path", "nowhere.pem"),
        ("backup_audit_dump", "perhaps"),
        ("backup_audit_grace", "soon"),
        ("backup_audit_max_age", "old"),
        ("backup_audit_min_kept", "many"),
        ("backup_audit_min_kept", -1),
        ("backup_audit_min_kept", 31),
        ("backup_audit_max_age", 0),
        ("backup_audit_ignore", ["everything"]),
        ("backup_audit_history", "perhaps"),
        ("backup_audit_fail_on", "note"),
    ],
)
def test_what_is_wrong_is_named_by_its_variable(variable, value):
    found = problem({**PORTAL, variable: value}, "/playbooks")

    assert variable in found
    assert KEY not in found
    assert len(found.splitlines()) == 1
