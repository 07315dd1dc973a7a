# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form of responses, in addition to what the notation checks (contract 2, 3.1, 7.1)."""

from __future__ import annotations

from typing import Any

import pytest
from support.portal import Portal

from contract.matrix.bodies import PROGRESS, READ, START, WRITE, bare, pairs
from contract.notation import null_members
from contract.values import is_integer

SCHEDULE = ("storageType", "storageParams", "cronParams", "backupsStored", "lastBackupTime", "dump")
BACKUP = (
    "isCompleted",
    "progress",
    "error",
    "link",
    "tenantId",
    "backupProgressEnum",
    "status",
    "taskId",
)
PERIODS = {"EveryDay": 0, "EveryWeek": 1, "EveryMonth": 2}
MADE_OF_STORE = {"storageType": "DataStore"}


def test_members_come_in_the_order_of_the_server(portal: Portal) -> None:
    portal.post(WRITE, bare("DataStore", backupsStored=7))
    portal.post(START, MADE_OF_STORE)
    envelope = portal.get(READ).json
    assert list(envelope) == ["response", "count", "links", "status", "statusCode"]
    assert tuple(envelope["response"]) == SCHEDULE
    assert list(envelope["response"]["cronParams"]) == ["period", "hour", "day"]
    assert tuple(portal.get(PROGRESS).response) == BACKUP


def test_no_schedule_leaves_the_response_out(portal: Portal) -> None:
    answer = portal.get(READ)
    assert answer.status == 200
    assert list(answer.json) == ["count", "links", "status", "statusCode"]
    assert answer.json["count"] == 0


def test_a_link_repeats_the_address_and_the_method(portal: Portal) -> None:
    (link,) = portal.get(READ + "?dump=false").json["links"]
    assert link["action"] == "GET"
    assert link["href"].endswith("/api/2.0/backup/getbackupschedule?dump=false")


@pytest.mark.parametrize(("name", "number"), PERIODS.items())
def test_periods_are_read_as_numbers(portal: Portal, name: str, number: int) -> None:
    body = {"storageType": 4, "cronParams": {"period": name, "hour": 2, "day": 1}}
    portal.post(WRITE, body)
    shown = portal.schedule()
    assert shown is not None
    assert is_integer(shown["cronParams"]["period"])
    assert shown["cronParams"]["period"] == number


STORAGES: tuple[tuple[str, int, list[dict[str, Any]]], ...] = (
    ("CustomCloud", 2, []),
    ("Local", 3, pairs(filePath="/b")),
    ("DataStore", 4, []),
    ("ThirdPartyConsumer", 5, pairs(module="s3", bucket="b")),
)


@pytest.mark.parametrize(("name", "number", "params"), STORAGES)
def test_storage_types_are_read_as_numbers(
    portal: Portal, name: str, number: int, params: list[dict[str, Any]]
) -> None:
    portal.post(WRITE, bare(name, params))
    shown = portal.schedule()
    assert shown is not None
    assert is_integer(shown["storageType"])
    assert shown["storageType"] == number


def test_null_properties_are_left_out_and_null_entries_are_not(portal: Portal) -> None:
    portal.post(WRITE, bare("DataStore"))
    answer = portal.get(READ)
    assert list(null_members(answer.json)) == []
    assert answer.response["storageParams"] == {"folderId": None}


def test_an_error_writes_its_nulls(portal: Portal) -> None:
    answer = portal.post("authentication", {"userName": "x", "password": "y"}, auth=None)
    error = answer.json["error"]
    assert error["type"] is None
    assert error["stack"] is None
    assert error["hresult"] == 0


def test_an_error_shows_the_stack_of_the_server(portal: Portal) -> None:
    error = portal.post(WRITE, bare("DataStore", backupsStored=0)).json["error"]
    assert error["type"] == "System.ArgumentException"
    assert error["stack"].lstrip().startswith("at ")


def test_keys_of_storage_parameters_come_back_untouched(portal: Portal) -> None:
    odd = {"module": "s3", "Bucket_Name": "Ä/ö", "UPPER": "x", "a.b": ""}
    portal.post(WRITE, bare("ThirdPartyConsumer", pairs(**odd)))
    answer = portal.get(READ)
    assert answer.response["storageParams"] == odd
    assert "Ä/ö" in answer.text, "letters outside ASCII are written as they are"


def test_names_of_members_and_paths_are_taken_in_any_case(portal: Portal) -> None:
    body = {"STORAGETYPE": 4, "cronparams": {"PERIOD": 0, "Hour": 5}, "BackupsStored": 2}
    assert portal.post("Backup/CreateBackupSchedule", body).status == 200
    shown = portal.get("backup/GETBACKUPSCHEDULE?DUMP=false").response
    assert shown["cronParams"] == {"period": 0, "hour": 5, "day": 0}
    assert shown["backupsStored"] == 2


def test_success_answers_say_how_long_they_took(portal: Portal) -> None:
    assert portal.get(READ).headers.get("Server-Timing")
