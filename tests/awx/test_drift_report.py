# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The drift report: its message for each portal, its failures, and that it never writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from support.simulator import Simulator

from awx import kit, sites
from awx.jobs import Job
from awx.sites import Site

PATTERN = "backup_schedule_drift_report"
APPLY = "docspace_backup_schedule_apply"
LENIENT = {"backup_schedule_fail_on_drift": "false"}
STRICT = {"backup_schedule_fail_on_drift": "true"}
COPIES = {"backup_schedule_backups_stored": "7"}


class Done(NamedTuple):
    site: Site
    jobs: dict[str, Job]
    methods: dict[str, set[str]]


@pytest.fixture(
    scope="module", params=[3, pytest.param(None, marks=pytest.mark.matrix, id="whole-fleet")]
)
def done(
    request: pytest.FixtureRequest,
    simulator: Simulator,
    tmp_path_factory: pytest.TempPathFactory,
) -> Done:
    """A report before and after the change, as a run and as a check."""
    site = sites.site(simulator, tmp_path_factory.mktemp("drift"), request.param)
    pattern, apply = kit.pattern_template(PATTERN), sites.template(APPLY)
    launch, healthy = site.launch(), site.launch(site.healthy)
    over = Done(site, {}, {})
    for name, template, how in (
        ("before", pattern, launch._replace(answers={**COPIES, **STRICT})),
        ("lenient", pattern, healthy._replace(answers={**COPIES, **LENIENT}, job_type="check")),
        ("apply", apply, launch._replace(answers=COPIES)),
        ("after", pattern, launch._replace(answers={**COPIES, **STRICT}, job_type="check")),
    ):
        over.jobs[name], over.methods[name] = site.run(name, template, how)
    return over


def told(job: Job) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in job.told)


def differences(site: Site, job: Job) -> Iterator[tuple[str, Any, Any]]:
    """The changes that the run reported."""
    for host in site.healthy:
        diff = job.schedules[host]["diff"]
        yield host, diff["before"], diff["after"]


def test_it_foretells_what_the_run_changes(done: Done) -> None:
    lines = told(done.jobs["before"])

    assert lines.keys() == done.site.fleet.portals.keys()
    for host, before, after in differences(done.site, done.jobs["apply"]):
        assert lines[host].startswith("no room Backups; ")
        if not before:
            assert lines[host].endswith("no schedule")
            continue
        for name in ("hour", "backups_stored"):
            words = f"; {name} {before[name]} -> {after[name]}"
            assert (words in lines[host]) is (before[name] != after[name])


def test_it_tells_both_kinds_of_drift(done: Done) -> None:
    kinds = {bool(before) for _host, before, _after in differences(done.site, done.jobs["apply"])}

    assert kinds == {True, False}


def test_nothing_is_left_after_the_run(done: Done) -> None:
    lines = told(done.jobs["after"])

    assert {lines[host] for host in done.site.healthy} == {"matches the desired state"}


def test_it_fails_for_what_has_drifted_and_what_is_broken(done: Done) -> None:
    broken = done.site.fleet.broken.keys()

    assert done.jobs["before"].status == done.jobs["after"].status == 2
    assert done.jobs["before"].failures.keys() == done.site.fleet.portals.keys()
    assert done.jobs["after"].failures.keys() == broken
    for name in ("before", "after"):
        for host, words in done.site.fleet.broken.items():
            assert words in told(done.jobs[name])[host]
            assert words in done.jobs[name].failures[host]


def test_drift_alone_does_not_fail_where_the_survey_says_so(done: Done) -> None:
    job = done.jobs["lenient"]

    assert job.status == 0
    assert not job.failures
    assert told(job) == {host: told(done.jobs["before"])[host] for host in done.site.healthy}


@pytest.mark.parametrize("name", ["before", "lenient", "after"])
def test_it_never_writes(done: Done, name: str) -> None:
    assert done.methods[name] == {"GET"}


# The schedule of a portal before the report, the wanted schedule, and the reported differences.
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "should be absent": (
        {"hour": 3},
        {"backup_schedule_state": "absent"},
        "an unwanted schedule",
    ),
    "midnight": (
        {"hour": 0},
        {"backup_schedule_hour": 5},
        "hour 0 -> 5",
    ),
    "every week": (
        {"hour": 3},
        {"backup_schedule_period": "EveryWeek", "backup_schedule_hour": 3},
        "period EveryDay -> EveryWeek; day nothing -> 1; weekday nothing -> sunday",
    ),
    "folder gone": (
        {"hour": 3, "gone": True},
        {"backup_schedule_hour": 3},
        "the folder of the backups does not exist: every backup fails",
    ),
}


@pytest.fixture(scope="module")
def inventory_report(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """The template of the kit without a survey: the inventory contains all wanted schedules."""
    site = sites.site(simulator, tmp_path_factory.mktemp("cases"), 0)
    hosts, keys = {}, {}
    for case, (now, variables, _reason) in CASES.items():
        portal = simulator.fresh_portal()
        folder = simulator.control.folder(portal.alias, "Archive")
        answer = portal.post("backup/createbackupschedule", schedule(folder, now["hour"]))
        assert answer.status == 200, answer.text
        if now.get("gone"):
            portal.delete(f"files/rooms/{folder}", {"deleteAfter": False})
        host = case.replace(" ", "-")
        keys[host] = portal.api_key
        hosts[host] = {
            "docspace_api_host": portal.url,
            "backup_schedule_storage_params": {"folderId": str(folder)},
            "backup_schedule_backups_stored": 7,
            **variables,
        }
    launch = site.launch()
    launch = launch._replace(
        inventory=launch.inventory._replace(hosts=hosts), inputs={"api_keys": str(keys)}
    )
    job, _told = site.run("cases", sites.template("docspace_backup_schedule_drift_report"), launch)
    return job


def schedule(folder: int | str, hour: int) -> dict[str, Any]:
    return {
        "storageType": "Documents",
        "storageParams": [{"key": "folderId", "value": str(folder)}],
        "cronParams": {"period": "EveryDay", "hour": hour, "day": 0},
        "backupsStored": 7,
    }


@pytest.mark.parametrize("case", CASES)
def test_what_is_told_of_one_portal(inventory_report: Job, case: str) -> None:
    assert told(inventory_report)[case.replace(" ", "-")] == CASES[case][2]
