# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbook on a fleet: check, run, run, check. The broken portals never stop the others."""

from __future__ import annotations

from typing import Any

import pytest
from parity.plays import Run, play
from support.simulator import Simulator

from fleet.portals import Fleet, made, plain, schedules

PLAYBOOK = "onlyoffice.docspace.backup_schedule"
FORKS = {"ANSIBLE_FORKS": "10"}
# The fleet, the runs, and for each run the host and method of every request.
Done = tuple[Fleet, dict[str, Run], dict[str, list[tuple[str, str]]]]

RUNS = (("check", True), ("run", False), ("again", False), ("check again", True))


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(True, id="in-the-worker"),
        pytest.param(False, id="as-modules", marks=pytest.mark.matrix),
    ],
)
def done(request: pytest.FixtureRequest, simulator: Simulator) -> Done:
    """The four runs on one fleet, and the requests of each run by host."""
    fleet = made(simulator)
    runs: dict[str, Run] = {}
    traffic: dict[str, list[tuple[str, str]]] = {}
    hosts = {portal.alias: host for host, portal in fleet.portals.items()}
    for name, check in RUNS:
        arguments = ["--check", "--diff"] if check else []
        runs[name] = play(
            PLAYBOOK,
            fleet.inventory,
            in_process=request.param,
            arguments=arguments,
            environment=FORKS,
        )
        traffic[name] = [(hosts[r.portal], r.method) for r in simulator.control.requests()]
        simulator.control.clear_requests()
    return fleet, runs, traffic


def test_healthy_portals_are_as_they_should_be(done: Done) -> None:
    fleet, runs, _traffic = done
    reported = schedules(runs["again"].records)

    for host in fleet.portals.keys() - fleet.broken.keys():
        schedule = reported[host]["schedule"]
        kept = fleet.inventory[host].get("backup_schedule_backups_stored", 7)
        assert schedule["backups_stored"] == str(kept)
        assert schedule["period"] == "EveryDay"
        assert 1 <= int(schedule["hour"]) < 5
        actual = fleet.portals[host].get("backup/getbackupschedule").response
        assert actual["storageParams"] == {"folderId": schedule["storage_params"]["folderId"]}
        assert (actual["cronParams"]["hour"], actual["backupsStored"]) == (
            int(schedule["hour"]),
            kept,
        )
        rooms = fleet.portals[host].get("files/rooms").response["folders"]
        assert [room["id"] for room in rooms if room["title"] == "Backups"] == [
            int(schedule["storage_params"]["folderId"])
        ]


def test_the_hours_are_spread_over_the_window(done: Done) -> None:
    _fleet, runs, _traffic = done
    hours = {result["schedule"]["hour"] for result in schedules(runs["again"].records).values()}

    assert hours == {"1", "2", "3", "4"}


def test_the_check_told_what_the_run_did(done: Done) -> None:
    fleet, runs, _traffic = done
    foretold, did = schedules(runs["check"].records), schedules(runs["run"].records)

    assert foretold.keys() == did.keys() == fleet.portals.keys() - fleet.broken.keys()
    for host, result in did.items():
        assert foretold[host]["changed"] is True
        assert result["changed"] is True
        told = foretold[host]["schedule"]
        # The room does not exist in check mode, so it has no number.
        made_later = {**told, "storage_params": result["schedule"]["storage_params"]}
        assert made_later == result["schedule"]
        assert told["storage_params"]["folderId"] == "(the new room Backups)"


@pytest.mark.parametrize("name", ["again", "check again"])
def test_nothing_is_left_to_do(done: Done, name: str) -> None:
    _fleet, runs, traffic = done

    assert not any(result["changed"] for result in schedules(runs[name].records).values())
    assert {method for _host, method in traffic[name]} == {"GET"}


def test_a_check_only_reads(done: Done) -> None:
    assert {method for _host, method in done[2]["check"]} == {"GET"}


def test_an_unchanged_portal_costs_two_requests(done: Done) -> None:
    fleet, _runs, traffic = done
    healthy = [host for host, _method in traffic["again"] if host not in fleet.broken]

    assert len(healthy) == 2 * (len(fleet.portals) - len(fleet.broken))


@pytest.mark.parametrize("name", [name for name, _arguments in RUNS])
def test_the_broken_ones_are_named_with_their_reasons(done: Done, name: str) -> None:
    fleet, runs, _traffic = done
    run = runs[name]
    summary = [plain(r["result"]["msg"]) for r in run.records if r["action"].endswith("debug")]

    assert run.status == 2
    assert len(summary) == 1
    assert f"failed       3  {', '.join(sorted(fleet.broken))}" in summary[0]
    for host, words in fleet.broken.items():
        (line,) = [line for line in summary[0] if line.startswith(f"{host}: ")]
        assert words in line
        assert f"{host} " in run.stdout[run.stdout.index("PLAY RECAP") :]
    assert run.stdout.count("failed=1") == 3


def test_three_tasks_at_the_most_run_for_a_portal(done: Done) -> None:
    fleet, runs, _traffic = done
    role = [r for r in runs["again"].records if r["task"].startswith("onlyoffice.docspace.")]
    for host in fleet.portals.keys() - fleet.broken.keys():
        ran = [r["task"] for r in role if r["host"] == host and r["event"] != "skipped"]
        assert 0 < len([task for task in ran if not task.endswith(ONCE)]) <= 3
    assert len([r for r in role if r["task"].endswith(ONCE)]) == 1


# The only task that runs once for all hosts.
ONCE = "Find hosts with the same portal"

# A variable, and invalid values: first those that the argument spec rejects, then those that the
# modules reject.
BAD_INPUT: list[tuple[str, dict[str, Any]]] = [
    *(
        (variable, {variable: value})
        for variable, value in {
            "backup_schedule_hour": 24,
            "backup_schedule_backups_stored": 31,
            "backup_schedule_period": "EveryHour",
            "backup_schedule_day": 0,
            "backup_schedule_weekday": "Monday",
            "backup_schedule_window_start": -1,
            "backup_schedule_window_end": "noon",
            "backup_schedule_storage_type": "Tape",
            "backup_schedule_storage_params": 5,
            "backup_schedule_dump": "perhaps",
            "backup_schedule_extra_run": "never",
            "backup_schedule_verify_target": "perhaps",
            "docspace_timeout": "long",
            "docspace_validate_certs": "perhaps",
            "docspace_api_host": "portal.example.com",
            "docspace_api_key": " ",
            "docspace_retries": -1,
            "docspace_ca_path": "nowhere.pem",
            "backup_schedule_room": "x" * 171,
        }.items()
    ),
    ("docspace_api_host", {"docspace_api_host": None}),
    ("backup_schedule_storage_params", {"backup_schedule_storage_type": "Local"}),
    ("backup_schedule_storage_params", {"backup_schedule_storage_params": {"tenantId": 1}}),
    ("backup_schedule_storage_params", {"backup_schedule_storage_params": {"folderId": [1]}}),
    ("backup_schedule_storage_params", {"backup_schedule_storage_params": "a=b"}),
]


def test_bad_input_is_named_before_the_first_request(simulator: Simulator) -> None:
    portal = simulator.fresh_portal()
    good = {"docspace_api_host": portal.url, "docspace_api_key": portal.api_key}
    inventory = {f"bad-{turn}": {**good, **wrong} for turn, (_name, wrong) in enumerate(BAD_INPUT)}
    simulator.control.clear_requests()
    run = play(PLAYBOOK, inventory, environment=FORKS)

    assert run.status == 2
    assert simulator.control.requests() == []
    for turn, (variable, _wrong) in enumerate(BAD_INPUT):
        reasons = [
            plain(record["result"])["msg"]
            for record in run.records
            if record["host"] == f"bad-{turn}" and record["event"] == "failed"
        ]
        assert len(reasons) == 2
        assert all(variable in reason for reason in reasons)


def test_a_room_that_was_deleted_is_made_anew(simulator: Simulator) -> None:
    portal = simulator.fresh_portal()
    inventory = {"portal": {"docspace_api_host": portal.url, "docspace_api_key": portal.api_key}}
    first = schedules(play(PLAYBOOK, inventory).records)["portal"]["schedule"]["storage_params"]
    answer = portal.delete(f"files/rooms/{first['folderId']}", {"deleteAfter": False})
    assert answer.status == 200, answer.text

    repaired = schedules(play(PLAYBOOK, inventory).records)["portal"]

    assert repaired["changed"]
    assert repaired["schedule"]["storage_params"]["folderId"] != first["folderId"]


def test_a_room_that_was_archived_is_taken_out(simulator: Simulator) -> None:
    portal = simulator.fresh_portal()
    inventory = {"portal": {"docspace_api_host": portal.url, "docspace_api_key": portal.api_key}}
    first = schedules(play(PLAYBOOK, inventory).records)["portal"]["schedule"]["storage_params"]
    answer = portal.put(f"files/rooms/{first['folderId']}/archive", {"deleteAfter": False})
    assert answer.status == 200, answer.text

    run = play(PLAYBOOK, inventory)

    assert "changed      1  portal" in run.stdout
    rooms = portal.get("files/rooms").response["folders"]
    assert [str(room["id"]) for room in rooms] == [first["folderId"]]


def test_a_named_folder_that_was_deleted_is_told(simulator: Simulator) -> None:
    portal = simulator.fresh_portal()
    folder = str(simulator.control.folder(portal.alias, "Elsewhere"))
    host = {
        "docspace_api_host": portal.url,
        "docspace_api_key": portal.api_key,
        "backup_schedule_storage_params": {"folderId": folder},
    }
    play(PLAYBOOK, {"portal": host})
    assert portal.delete(f"files/rooms/{folder}", {"deleteAfter": False}).status == 200

    run = play(PLAYBOOK, {"portal": host})

    assert "does not exist" in schedules(run.records)["portal"]["target_problem"]
    assert "the folder of the backups does not exist" in run.stdout
