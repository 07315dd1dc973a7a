# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ways in which the credential of the kit reaches a portal, without showing its keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.simulator import Simulator

from awx import sites
from awx.jobs import Job, Launch
from awx.sites import Site

CANARY = "sk-" + "canary" * 10 + "7777"


@pytest.fixture(scope="module")
def site(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return sites.site(simulator, tmp_path_factory.mktemp("credentials"), 1)


def dry_run(site: Site, name: str, launch: Launch) -> Job:
    return site.run(name, sites.template("docspace_backup_schedule_dry_run"), launch)[0]


def test_one_portal_needs_nothing_in_the_inventory(site: Site) -> None:
    """The address and the key come from the environment. The inventory has only a host name."""
    (host,) = site.healthy
    launch = site.launch([host])
    inputs = {
        "api_host": site.fleet.portals[host].url,
        "api_key": site.fleet.inventory[host]["docspace_api_key"],
    }
    bare = launch.inventory._replace(hosts={host: {}}, variables={})
    job = dry_run(site, "environment", launch._replace(inventory=bare, inputs=inputs))

    assert job.status == 0
    assert job.schedules[host]["changed"] is True


def test_a_host_that_the_file_does_not_name_gets_the_one_key(site: Site) -> None:
    (host,) = site.healthy
    key = site.fleet.inventory[host]["docspace_api_key"]
    inputs = {"api_key": key, "api_keys": "somebody.else: sk-other"}
    job = dry_run(site, "one-key", site.launch([host])._replace(inputs=inputs))

    assert job.status == 0


def test_without_any_key_the_portal_fails_and_says_so(site: Site) -> None:
    (host,) = site.healthy
    job = dry_run(site, "no-key", site.launch([host])._replace(inputs={}))

    assert job.status == 2
    assert "missing required arguments: docspace_api_key" in job.failures[host]


def test_a_key_is_not_seen_however_much_is_told(site: Site) -> None:
    """The portal rejects the key, and the output is verbose, but the key is only in one file."""
    (host,) = site.healthy
    launch = site.launch([host])._replace(inputs={"api_keys": f"{host}: {CANARY}"}, verbosity=5)
    job = dry_run(site, "canary", launch)

    assert "returned 401" in job.failures[host]
    holding = [path for path in job.folder.rglob("*") if path.is_file() and holds(path)]
    assert [path.relative_to(job.folder).as_posix() for path in holding] == [
        "env/credential-template.api_keys"
    ]
    assert CANARY not in job.stdout


def holds(path: Path) -> bool:
    return CANARY.encode() in path.read_bytes()
