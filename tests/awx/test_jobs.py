# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Job templates, patterns, and the role alone on a fleet: check, run, run, check."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from support.simulator import Portal, Simulator

from awx import kit, sites
from awx.jobs import Job
from awx.sites import Site

# AWX sends answers as text. This window spans midnight, and some hosts want more copies.
ANSWERS = {
    "backup_schedule_room": "Backups",
    "backup_schedule_period": "EveryWeek",
    "backup_schedule_weekday": "saturday",
    "backup_schedule_day": "1",
    "backup_schedule_window_start": "22",
    "backup_schedule_window_end": "2",
    "backup_schedule_backups_stored": "10",
    "backup_schedule_extra_run": "allow",
}
HOURS = {22, 23, 0, 1}
OWN = {"playbook": "own/role.yml"}


class Subject(NamedTuple):
    """What to check and run, and the number of healthy portals to try it on."""

    check: Any
    run: Any
    healthy: int | None


SUBJECTS = {
    "job-templates": Subject(
        lambda: sites.template("docspace_backup_schedule_dry_run"),
        lambda: sites.template("docspace_backup_schedule_apply"),
        6,
    ),
    "job-templates-whole-fleet": Subject(
        lambda: sites.template("docspace_backup_schedule_dry_run"),
        lambda: sites.template("docspace_backup_schedule_apply"),
        None,
    ),
    "pattern": Subject(
        lambda: kit.pattern_template("backup_schedule_apply"),
        lambda: kit.pattern_template("backup_schedule_apply"),
        None,
    ),
    "role": Subject(lambda: OWN, lambda: OWN, None),
}
RUNS = (("check", True), ("run", False), ("again", False), ("check-again", True))


class Done(NamedTuple):
    site: Site
    jobs: dict[str, Job]
    methods: dict[str, set[str]]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(name, marks=() if name == "job-templates" else pytest.mark.matrix)
        for name in SUBJECTS
    ],
)
def done(
    request: pytest.FixtureRequest,
    simulator: Simulator,
    tmp_path_factory: pytest.TempPathFactory,
) -> Done:
    subject = SUBJECTS[request.param]
    site = sites.site(simulator, tmp_path_factory.mktemp("jobs"), subject.healthy)
    over = Done(site, {}, {})
    launch = site.launch()._replace(answers=ANSWERS)
    for name, check in RUNS:
        template = {**(subject.check() if check else subject.run())}
        # A pattern has no job type. Users choose it at launch.
        template.setdefault("job_type", "check" if check else "run")
        over.jobs[name], over.methods[name] = site.run(name, template, launch)
    return over


def folder_title(portal: Portal, folder_id: int | str) -> str:
    rooms = portal.get("files/rooms").response["folders"]
    titles: dict[str, str] = {str(room["id"]): room["title"] for room in rooms}
    return titles[str(folder_id)]


def test_healthy_portals_are_as_the_survey_says(done: Done) -> None:
    fleet = done.site.fleet

    for host in done.site.healthy:
        schedule = done.site.schedule(host)
        assert schedule["backupsStored"] == 10
        # Sunday is 1 for the server (contract 2.2).
        assert schedule["cronParams"]["day"] == 7
        assert schedule["cronParams"]["hour"] in HOURS
        title = folder_title(fleet.portals[host], schedule["storageParams"]["folderId"])
        assert title == "Backups"


def test_the_check_told_what_the_run_did(done: Done) -> None:
    foretold, did = done.jobs["check"].schedules, done.jobs["run"].schedules

    assert foretold.keys() == did.keys() == done.site.healthy
    for host, result in did.items():
        assert foretold[host]["changed"] is result["changed"] is True
        later = {"storage_params": result["schedule"]["storage_params"]}
        assert {**foretold[host]["schedule"], **later} == result["schedule"]


@pytest.mark.parametrize("name", ["again", "check-again"])
def test_nothing_is_left_to_do(done: Done, name: str) -> None:
    assert not any(result["changed"] for result in done.jobs[name].schedules.values())
    assert done.methods[name] == {"GET"}


def test_a_check_only_reads(done: Done) -> None:
    assert done.methods["check"] == {"GET"}
    assert "POST" in done.methods["run"]


@pytest.mark.parametrize("name", [name for name, _how in RUNS])
def test_broken_portals_are_named_with_their_reasons(done: Done, name: str) -> None:
    job = done.jobs[name]
    broken = done.site.fleet.broken

    assert job.status == 2
    assert len(broken) == 3
    assert job.failures.keys() == broken.keys()
    for host, words in broken.items():
        assert words in job.failures[host]


@pytest.mark.parametrize("name", [name for name, _how in RUNS])
def test_no_key_is_kept(done: Done, name: str) -> None:
    """No key in the extra variables, the inventory, or the files of the runner."""
    folder = done.jobs[name].folder
    looked_at = [folder / "env" / "extravars", folder / "env" / "cmdline"]
    looked_at += [path for path in (folder / "inventory").iterdir() if path.is_file()]
    looked_at += [path for path in (folder / "artifacts").rglob("*") if path.is_file()]
    seen = {path.name: path.read_text() for path in looked_at}
    seen["stdout of ansible-runner"] = done.jobs[name].stdout

    assert {"extravars", "cmdline", "hosts", "stdout"} <= seen.keys()
    for secret in done.site.secrets():
        assert not [place for place, text in seen.items() if secret in text]
