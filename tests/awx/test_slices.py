# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Slices of a fleet do the same as one job: each portal gets what the inventory specifies."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from fleet.portals import schedules
from parity.plays import play
from support.simulator import Simulator

from awx import sites
from awx.jobs import Job
from awx.sites import Site

TEMPLATE = "docspace_backup_schedule_sliced"


class Done(NamedTuple):
    site: Site
    slices: list[Job]


@pytest.fixture(
    scope="module", params=[4, pytest.param(None, marks=pytest.mark.matrix, id="whole-fleet")]
)
def done(
    request: pytest.FixtureRequest,
    simulator: Simulator,
    tmp_path_factory: pytest.TempPathFactory,
) -> Done:
    site = sites.site(simulator, tmp_path_factory.mktemp("slices"), request.param)
    template = sites.template(TEMPLATE)
    count = template["job_slice_count"]
    slices = []
    for number in range(1, count + 1):
        launch = site.launch()._replace(slice=(number, count))
        slices.append(site.run(f"slice-{number}", template, launch)[0])
    return Done(site, slices)


def test_every_portal_is_in_one_slice(done: Done) -> None:
    seen = [host for job in done.slices for host in {*job.schedules, *job.failures}]

    assert len(done.slices) == 4
    assert all(job.schedules for job in done.slices)
    assert sorted(seen) == sorted(done.site.fleet.portals)


def test_each_slice_has_a_summary_of_its_own(done: Done) -> None:
    for job in done.slices:
        assert f"failed    {len(job.failures):4}" in "\n".join(job.told)
        assert job.status == (2 if job.failures else 0)


def test_broken_portals_fail_in_their_slices(done: Done) -> None:
    failures = {host: why for job in done.slices for host, why in job.failures.items()}

    assert failures.keys() == done.site.fleet.broken.keys()
    for host, words in done.site.fleet.broken.items():
        assert words in failures[host]


def test_a_portal_has_what_the_inventory_says(done: Done) -> None:
    kept = {}
    for host in done.site.healthy:
        wanted = done.site.fleet.inventory[host].get("backup_schedule_backups_stored", 7)
        kept[host] = done.site.schedule(host)["backupsStored"]
        assert kept[host] == wanted
    assert set(kept.values()) == {7, 14}


def test_one_job_would_have_done_the_same(done: Done) -> None:
    """The playbook on the whole inventory finds nothing to change."""
    hosts = {host: done.site.fleet.inventory[host] for host in done.site.healthy}
    run = play("onlyoffice.docspace.backup_schedule", hosts, arguments=["--check"])
    found = schedules(run.records)

    assert found.keys() == hosts.keys(), run.output
    assert not any(result["changed"] for result in found.values())
