# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The workflow: the artifacts of an audit determine which portals the next job backs up."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest
from support.simulator import Simulator

from awx import sites
from awx.jobs import Job
from awx.kit import Object
from awx.sites import Site


class Done(NamedTuple):
    site: Site
    audit: Job
    artifacts: Object
    backup: Job
    methods: dict[str, set[str]]
    report: Object


@pytest.fixture(scope="module")
def done(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Both jobs, over one protected portal, one without a schedule, and the broken ones."""
    folder = tmp_path_factory.mktemp("audit")
    site = sites.site(simulator, folder, 2)
    (protected, _bare) = sorted(site.healthy)
    _protect(simulator, site, protected)
    methods = {}
    template = sites.template("docspace_backup_audit")
    audited = {**template, "extra_vars": {"backup_audit_dest": str(folder / "report")}}
    audit, methods["audit"] = site.run("audit", audited, site.launch())
    artifacts = artifacts_of(audit)
    launch = site.launch()._replace(answers=artifacts)
    after = sites.template("docspace_backup_after_audit")
    backup, methods["backup"] = site.run("backup", after, launch)
    report = json.loads((folder / "report" / "backup_audit.json").read_text())
    return Done(site, audit, artifacts, backup, methods, report)


def _protect(simulator: Simulator, site: Site, host: str) -> None:
    """Give the portal a schedule, and a backup in its queue that the audit can see."""
    portal = site.fleet.portals[host]
    simulator.control.change(portal.alias, server_version="3.7.2")
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


def artifacts_of(job: Job) -> Object:
    """The artifacts that AWX stores for the next jobs of a workflow."""
    (stats,) = [event for event in job.events if event["event"] == "playbook_on_stats"]
    found: Object = stats["event_data"]["artifact_data"]
    return found


def test_the_artifacts_are_those_of_the_report(done: Done) -> None:
    verdicts = {portal["host"]: portal["verdict"] for portal in done.report["portals"]}

    assert verdicts.keys() == done.site.fleet.inventory.keys()
    assert set(done.artifacts) == {"backup_audit_counts", "backup_audit_found"}
    assert done.artifacts["backup_audit_counts"] == {
        "portals": len(verdicts),
        **done.report["summary"]["verdicts"],
    }
    for verdict, hosts in done.artifacts["backup_audit_found"].items():
        assert sorted(hosts) == sorted(host for host, its in verdicts.items() if its == verdict)


def test_the_audit_reads_and_fails_for_what_is_not_protected(done: Done) -> None:
    assert done.methods["audit"] == {"GET"}
    found = done.artifacts["backup_audit_found"]["unprotected"]
    assert done.audit.failures.keys() == set(found)
    assert done.site.fleet.broken.keys() < set(found)


def test_only_what_was_found_is_backed_up(done: Done) -> None:
    found = {host for hosts in done.artifacts["backup_audit_found"].values() for host in hosts}
    protected = done.site.fleet.inventory.keys() - found

    assert len(protected) == 1
    lines = dict(line.split(": ", 1) for line in done.backup.told)
    assert lines.keys() == found


def test_no_key_is_seen(done: Done) -> None:
    for secret in done.site.secrets():
        assert secret not in done.audit.stdout + done.backup.stdout
        assert secret not in json.dumps(done.report)
