# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The job template that backs up a fleet: its message for each portal, and its failures."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from support.simulator import Simulator

from awx import sites
from awx.jobs import Job
from awx.sites import Site

ANSWERS = {
    "backup_now_max_age": "26h",
    "backup_now_wait_timeout": "2m",
    "backup_now_allow_paid": "false",
}


class Done(NamedTuple):
    site: Site
    jobs: dict[str, Job]
    methods: dict[str, set[str]]


@pytest.fixture(scope="module")
def done(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """A check and a run over two healthy portals with a schedule, and the broken ones."""
    site = sites.site(simulator, tmp_path_factory.mktemp("now"), 2)
    for host in site.healthy:
        portal = site.fleet.portals[host]
        answer = portal.post(
            "backup/createbackupschedule",
            {"storageType": "DataStore", "cronParams": {"period": 0, "hour": 3}},
        )
        assert answer.status == 200, answer.text
        simulator.control.next_backup(portal.alias, seconds=0.1)
    template = sites.template("docspace_backup_now")
    launch = site.launch()._replace(answers=ANSWERS)
    over = Done(site, {}, {})
    for name, job_type in (("check", "check"), ("run", "run")):
        over.jobs[name], over.methods[name] = site.run(
            name, template, launch._replace(job_type=job_type)
        )
    return over


def told(job: Job) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in job.told)


def test_a_check_starts_nothing(done: Done) -> None:
    lines = told(done.jobs["check"])

    assert done.methods["check"] == {"GET"}
    assert {lines[host] for host in done.site.healthy} == {"would be backed up"}


def test_a_run_backs_up_what_is_healthy_and_tells_of_the_rest(done: Done) -> None:
    lines = told(done.jobs["run"])

    assert lines.keys() == done.site.fleet.inventory.keys()
    for host in done.site.fleet.inventory:
        healthy = host in done.site.healthy
        assert lines[host].startswith("new backup " if healthy else "failed: "), lines[host]


def test_the_job_fails_for_the_portals_that_failed(done: Done) -> None:
    for job in done.jobs.values():
        assert job.failures.keys() == done.site.fleet.broken.keys()


def test_no_key_is_seen(done: Done) -> None:
    for secret in done.site.secrets():
        assert all(secret not in job.stdout for job in done.jobs.values())
