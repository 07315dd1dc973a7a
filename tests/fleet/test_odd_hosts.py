# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Unusual fleets: unreachable hosts, portals with two names, blank variables, and no hosts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from parity.plays import TREE, Run, play
from support import role_spec
from support.simulator import Portal, Simulator

from fleet.portals import plain

PLAYBOOK = "onlyoffice.docspace.backup_schedule"
PATTERNS = TREE / "ansible_collections" / "onlyoffice" / "docspace" / "extensions" / "patterns"
REPORT = PATTERNS / "backup_schedule_drift_report" / "playbooks" / "drift_report.yml"
BACKUP = PATTERNS / "backup_now" / "playbooks" / "backup_now.yml"
ROLE = Path(__file__).resolve().parents[2] / "roles" / "backup_schedule"
REFUSED = "Connection refused"
# A port of this machine on which nothing listens.
AWAY = {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 1}


class Done(NamedTuple):
    """The portals by host name, the runs, and the portals that received requests from each run."""

    portals: dict[str, Portal]
    runs: dict[str, Run]
    asked: dict[str, set[str]]


@pytest.fixture(scope="module")
def done(simulator: Simulator) -> Done:
    """A run with one host at a time, then a report on these hosts, and a dry run of backups."""
    portals = {name: simulator.fresh_portal() for name in ("blank", "healthy")}
    hosts = {name: variables_of(portal) for name, portal in portals.items()}
    inventory = {
        # This host comes first, so that it is a separate batch, and the one that shows the summary.
        "away": {**hosts["healthy"], **AWAY, "docspace_api_host": "https://away.example.com"},
        "blank": {**hosts["blank"], **blanks()},
        "healthy": hosts["healthy"],
        "twin": {**hosts["blank"], "docspace_api_host": f"{portals['blank'].url}/"},
        "dump": {**hosts["blank"], "backup_schedule_dump": "true"},
    }
    simulator.control.clear_requests()
    runs, asked = {}, {}
    for name, playbook, answers in (
        ("run", PLAYBOOK, {"backup_schedule_serial": 1, "backup_schedule_hosts": " "}),
        ("report", REPORT, dict.fromkeys(ANSWERS, "")),
        ("backup", BACKUP, dict.fromkeys(BACKUP_ANSWERS, "")),
    ):
        check = ["--check"] if name == "backup" else []
        runs[name] = play(playbook, inventory, arguments=["-e", json.dumps(answers), *check])
        asked[name] = {request.portal for request in simulator.control.requests()}
        simulator.control.clear_requests()
    return Done(portals, runs, asked)


ANSWERS = ("backup_schedule_hosts", "backup_schedule_serial", "backup_schedule_fail_on_drift")
BACKUP_ANSWERS = tuple(
    f"backup_now_{name}" for name in ("hosts", "max_age", "wait_timeout", "allow_paid")
)


def variables_of(portal: Portal) -> dict[str, Any]:
    return {"docspace_api_host": portal.url, "docspace_api_key": portal.api_key}


def blanks() -> dict[str, str | None]:
    """All variables of the role except address and key, with different blank values."""
    ways = ("", None, "  ")
    names = sorted(role_spec.documented(ROLE).keys() - {"docspace_api_host", "docspace_api_key"})
    return {name: ways[turn % len(ways)] for turn, name in enumerate(names)}


def told(run: Run) -> list[str]:
    """The lines of the summary."""
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


def test_the_summary_counts_every_kind(done: Done) -> None:
    lines = told(done.runs["run"])

    assert lines[:5] == [
        "changed      3  blank, healthy, dump",
        "unchanged    0",
        "deferred     0",
        "failed       1  twin",
        "unreachable  1  away",
    ]
    (reason,) = [line for line in lines if line.startswith("away: ")]
    assert REFUSED in reason


def test_the_report_names_an_unreachable_host_and_goes_on(done: Done) -> None:
    lines: Mapping[str, str] = dict(line.split(": ", 1) for line in told(done.runs["report"]))

    assert lines["away"].startswith("unreachable: ")
    assert REFUSED in lines["away"]
    assert lines["twin"].startswith("failed: docspace_api_host: the host blank")
    for host in ("blank", "healthy", "dump"):
        assert lines[host] == "matches the desired state"


def test_a_backup_on_demand_names_an_unreachable_host_and_goes_on(done: Done) -> None:
    run = done.runs["backup"]
    lines: dict[str, str] = dict(line.split(": ", 1) for line in told(run))

    assert run.status == 2
    assert failures(run).keys() == {"away"}
    assert lines.pop("away").startswith("unreachable: ")
    assert set(lines.values()) == {"would be backed up"}


@pytest.mark.parametrize("name", ["run", "report"])
def test_what_was_not_managed_fails(done: Done, name: str) -> None:
    assert done.runs[name].status == 2
    assert failures(done.runs[name]).keys() == {"away", "twin"}


def test_the_second_host_of_a_portal_names_the_first(done: Done) -> None:
    reason = failures(done.runs["run"])["twin"]

    assert reason.startswith("docspace_api_host: the host blank manages the same schedule")
    asking = [
        record
        for record in done.runs["run"].records
        if record["host"] == "twin" and "docspace_" in record["action"]
    ]
    assert asking == []


def test_blank_variables_are_left_out(done: Done) -> None:
    schedule = done.portals["blank"].schedule()

    assert schedule is not None
    rooms = done.portals["blank"].get("files/rooms").response["folders"]
    assert [room["title"] for room in rooms] == ["Backups"]
    assert schedule["storageParams"] == {"folderId": str(rooms[0]["id"])}
    assert schedule["cronParams"]["period"] == 0
    assert 1 <= schedule["cronParams"]["hour"] < 5
    assert schedule["backupsStored"] == 7


@pytest.mark.parametrize(
    ("arguments", "status"), [([], 2), (["--limit", "healthy"], 0)], ids=["nobody", "limit"]
)
def test_a_fleet_of_nobody_is_a_failure(arguments: list[str], status: int) -> None:
    answers = json.dumps({"backup_schedule_hosts": "nosuch"})
    run = play(PLAYBOOK, {"healthy": {}}, arguments=["-e", answers, *arguments])

    assert run.status == status
    words = "no host of the inventory matches 'nosuch' (backup_schedule_hosts)"
    assert (words in run.output) is bool(status)


def test_a_start_in_the_middle_says_what_is_missing(simulator: Simulator) -> None:
    inventory = {"portal": variables_of(simulator.fresh_portal())}
    run = play(PLAYBOOK, inventory, arguments=["--start-at-task", "Apply the backup schedule"])

    assert run.status == 2
    assert "The role has not looked for the room of the backups" in failures(run)["portal"]
