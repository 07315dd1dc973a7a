# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The audit of a fleet whose hosts are broken in different ways: each of them has a verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from parity.plays import Run, play
from prometheus_client.parser import text_string_to_metric_families
from support import role_spec
from support.simulator import Portal, Simulator

from fleet.portals import plain

PLAYBOOK = "onlyoffice.docspace.backup_audit"
ROLE = Path(__file__).resolve().parents[2] / "roles" / "backup_audit"
FILES = {f"backup_audit.{form}" for form in ("json", "html", "prom")}
# A port of this machine on which nothing listens.
NOBODY = "http://127.0.0.1:1"
AWAY = {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 1}

# The verdict of each host, and one of its findings.
WANTED = {
    "away": ("unprotected", "unreachable"),
    "bare": ("unprotected", "no_schedule"),
    "refused": ("unprotected", "key_refused"),
    "silent": ("unprotected", "unreachable"),
    "misspelt": ("unprotected", "not_audited"),
    "undefined": ("unprotected", "not_audited"),
    "undecided": ("unprotected", "not_audited"),
    "blank": ("protected", "inside_only"),
    "twin": ("protected", "inside_only"),
}


class Done(NamedTuple):
    """The runs, the folder of the report, and the methods of all requests."""

    run: Run
    check: Run
    folder: Path
    methods: set[str]

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "backup_audit.json").read_text())
        return found


@pytest.fixture(scope="module")
def done(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """A run in batches with another strategy, and a check that is limited to two hosts."""
    folder = tmp_path_factory.mktemp("audit")
    bare, protected = simulator.fresh_portal(), simulator.fresh_portal()
    _protect(simulator, protected)
    inventory = _inventory(variables_of(bare), variables_of(protected))
    simulator.control.clear_requests()
    answers = {"backup_audit_dest": str(folder / "new" / "report"), "backup_audit_serial": 3}
    run = play(
        PLAYBOOK,
        inventory,
        arguments=["-e", json.dumps(answers)],
        environment={"ANSIBLE_STRATEGY": "free", "ANSIBLE_ANY_ERRORS_FATAL": "true"},
    )
    answers = {"backup_audit_dest": str(folder / "check"), "backup_audit_fail_on": "never"}
    limited = ["--check", "--limit", "bare,blank", "-e", json.dumps(answers)]
    check = play(PLAYBOOK, inventory, arguments=limited)
    methods = {request.method for request in simulator.control.requests()}
    return Done(run, check, folder / "new" / "report", methods)


def _inventory(bare: dict[str, Any], protected: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A host for each entry of WANTED. The one that Ansible cannot reach comes first."""
    ways = ("", None, "  ")
    names = sorted(role_spec.documented(ROLE).keys() - bare.keys() - {"backup_audit_dest"})
    blanks = {name: ways[turn % len(ways)] for turn, name in enumerate(names)}
    return {
        "away": {**bare, **AWAY},
        "bare": bare,
        "refused": {**bare, "docspace_api_key": "sk-" + "0" * 64},
        "silent": {**bare, "docspace_api_host": NOBODY, "docspace_retries": 0},
        "misspelt": {**protected, "backup_audit_grace": "soon"},
        "undefined": {**protected, "docspace_api_host": "{{ nowhere }}"},
        "undecided": {**protected, "backup_audit_fail_on": "Critical"},
        "blank": {**protected, **blanks},
        "twin": protected,
    }


def _protect(simulator: Simulator, portal: Portal) -> None:
    """Give the portal a schedule, and a backup that the audit can see."""
    target = str(simulator.control.folder(portal.alias, "Backups"))
    params = [{"key": "folderId", "value": target}]
    schedule = {"storageType": "Documents", "storageParams": params, "backupsStored": 7}
    answer = portal.post(
        "backup/createbackupschedule", {**schedule, "cronParams": {"period": 0, "hour": 3}}
    )
    assert answer.status == 200, answer.text
    simulator.control.next_backup(portal.alias, seconds=0)
    answer = portal.post("backup/startbackup", {"storageType": 0, "storageParams": params})
    assert answer.status == 200, answer.text


def variables_of(portal: Portal) -> dict[str, Any]:
    return {"docspace_api_host": portal.url, "docspace_api_key": portal.api_key}


def told(run: Run) -> list[str]:
    """The lines of the table."""
    (lines,) = [plain(r["result"]["msg"]) for r in run.records if r["action"].endswith("debug")]
    assert isinstance(lines, list)
    return lines


def failures(run: Run) -> dict[str, str]:
    """The last failure of each host."""
    return {
        record["host"]: plain(record["result"])["msg"]
        for record in run.records
        if record["event"] == "failed"
    }


def test_every_host_has_its_verdict(done: Done) -> None:
    found = {
        portal["host"]: (portal["verdict"], {each["name"] for each in portal["findings"]})
        for portal in done.report["portals"]
    }

    assert found.keys() == WANTED.keys()
    for host, (verdict, finding) in WANTED.items():
        assert found[host][0] == verdict, host
        assert finding in found[host][1], host


def test_the_table_has_them_worst_first(done: Done) -> None:
    lines = told(done.run)
    rows = [line.split() for line in lines if line.startswith(("unprotected ", "protected "))]

    assert lines[0].startswith("9 portals: 7 unprotected, 0 at risk, 2 protected")
    assert [row[1] for row in rows] == [portal["host"] for portal in done.report["portals"]]
    assert [row[0] for row in rows] == ["unprotected"] * 7 + ["protected"] * 2


def test_the_play_fails_for_each_that_is_not_protected(done: Done) -> None:
    reasons = failures(done.run)

    assert done.run.status == 2
    assert {host for host, (verdict, _name) in WANTED.items() if verdict != "protected"} == set(
        reasons
    )
    for host, reason in reasons.items():
        assert reason.startswith(f"{host} is unprotected. {WANTED[host][1]}: ")
    assert "backup_audit_grace: 'soon'" in reasons["misspelt"]
    assert "nowhere" in reasons["undefined"]
    assert "backup_audit_fail_on must be one of" in reasons["undecided"]


def test_nothing_is_changed(done: Done) -> None:
    assert done.methods == {"GET"}
    assert "changed=1" not in done.run.stdout + done.check.stdout


def test_the_files_are_whole_and_say_the_same(done: Done) -> None:
    assert {path.name for path in done.folder.iterdir()} == FILES
    assert {path.stat().st_mode & 0o777 for path in done.folder.iterdir()} == {0o644}
    page = (done.folder / "backup_audit.html").read_text()
    assert page.endswith("</html>")
    metrics = {
        family.name: {sample.labels["host"]: sample.value for sample in family.samples}
        for family in text_string_to_metric_families(
            (done.folder / "backup_audit.prom").read_text()
        )
        if family.name == "docspace_backup_protected"
    }
    for portal in done.report["portals"]:
        assert f"<bdi>{portal['host']}</bdi>" in page
        protected = metrics["docspace_backup_protected"][portal["host"]]
        assert protected == (portal["verdict"] == "protected")


def test_a_check_shows_all_and_writes_nothing(done: Done) -> None:
    assert done.check.status == 0
    assert told(done.check)[0].startswith("2 portals: 1 unprotected, 0 at risk, 1 protected")
    assert not (done.folder.parents[1] / "check").exists()


@pytest.mark.parametrize(
    ("forms", "replaced"), [(["json", "html", "prom"], True), (["json", "html", "pdf"], False)]
)
def test_files_are_replaced_when_all_are_complete(
    simulator: Simulator, tmp_path: Path, forms: list[str], replaced: bool
) -> None:
    """The last form of the second case fails. Open files still show the old content."""
    kept = tmp_path / "kept"
    for name in FILES:
        (tmp_path / name).write_text("old")
    kept.hardlink_to(tmp_path / "backup_audit.prom")
    answers = {
        "backup_audit_dest": str(tmp_path),
        "backup_audit_fail_on": "never",
        "__backup_audit_forms": forms,
    }

    run = play(
        PLAYBOOK,
        {"bare": variables_of(simulator.fresh_portal())},
        arguments=["-e", json.dumps(answers)],
    )

    assert (run.status == 0) is replaced
    assert {(tmp_path / name).read_text() != "old" for name in FILES} == {replaced}
    assert kept.read_text() == "old"


def test_an_empty_fleet_is_a_failure() -> None:
    run = play(PLAYBOOK, {})

    assert run.status == 2
    assert "No portal was audited" in run.output
