# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's SDK, an independent client, uses the simulated portal.

The SDK checks every response against the vendor's published models, which verifies names, types and
enums independently. The ``sk-`` key is its access token, which it sends as ``Authorization:
Bearer``. The raw header of the vendor's samples does not work with such keys.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from support.control import Control
from support.portal import Portal

if TYPE_CHECKING:
    from docspace_api_sdk import BackupApi, BackupScheduleDto, ItemKeyValuePairObjectObject

NEVER = datetime(1, 1, 1)


def params(sdk: Any, **values: str) -> list[ItemKeyValuePairObjectObject]:
    """Storage parameters in the form of the SDK."""
    return [sdk.ItemKeyValuePairObjectObject(key=key, value=value) for key, value in values.items()]


def weekly(sdk: Any, folder: str) -> BackupScheduleDto:
    """Every Monday at 3, in the folder, five copies."""
    dto: BackupScheduleDto = sdk.BackupScheduleDto(
        storageType=sdk.BackupStorageType.Documents,
        storageParams=params(sdk, folderId=folder),
        backupsStored=5,
        cronParams=sdk.Cron(period=sdk.BackupPeriod.EveryWeek, hour=3, day=2),
        dump=False,
    )
    return dto


def test_no_schedule(backups: BackupApi) -> None:
    answer = backups.get_backup_schedule()
    assert answer.response is None
    assert (answer.count, answer.status, answer.status_code) == (0, 0, 200)


def test_a_schedule_is_written_read_and_removed(
    sdk: Any, backups: BackupApi, portal: Portal, control: Control
) -> None:
    folder = str(control.folder(portal.alias, "Backups"))
    assert backups.create_backup_schedule(weekly(sdk, folder)).response is True

    shown = backups.get_backup_schedule(dump=False).response
    assert shown is not None
    assert shown.storage_type is sdk.BackupStorageType.Documents
    assert shown.storage_params == {"folderId": folder}
    assert shown.cron_params.period is sdk.BackupPeriod.EveryWeek
    assert (shown.cron_params.hour, shown.cron_params.day) == (3, 2)
    assert shown.backups_stored == 5
    assert shown.last_backup_time == NEVER
    assert shown.dump is False

    assert backups.delete_backup_schedule().response is True
    assert backups.get_backup_schedule().response is None
    assert portal.schedule() is None


TYPES = {
    "CustomCloud": ({}, {"folderId": None}),
    "Local": ({"filePath": "/b"}, {"filePath": "/b", "folderId": "/b"}),
    "DataStore": ({}, {"folderId": None}),
    "ThirdPartyConsumer": ({"module": "s3", "bucket": "b"}, {"module": "s3", "bucket": "b"}),
}


@pytest.mark.parametrize("name", TYPES)
def test_every_storage_type_is_read_back(sdk: Any, backups: BackupApi, name: str) -> None:
    posted, read = TYPES[name]
    body = sdk.BackupScheduleDto(
        storageType=sdk.BackupStorageType[name],
        storageParams=params(sdk, **posted),
        backupsStored=1,
        cronParams=sdk.Cron(period=sdk.BackupPeriod.EveryDay, hour=0),
    )
    assert backups.create_backup_schedule(body).response is True
    shown = backups.get_backup_schedule().response
    assert shown is not None
    assert shown.storage_type is sdk.BackupStorageType[name]
    assert shown.storage_params == read


def test_the_dump_of_the_server(sdk: Any, backups: BackupApi, portal: Portal) -> None:
    body = sdk.BackupScheduleDto(
        storageType=sdk.BackupStorageType.DataStore,
        backupsStored=7,
        cronParams=sdk.Cron(period=sdk.BackupPeriod.EveryDay, hour=3),
        dump=True,
    )
    assert backups.create_backup_schedule(body).response is True
    assert backups.get_backup_schedule(dump=False).response is None
    shown = backups.get_backup_schedule(dump=True).response
    assert shown is not None
    assert shown.dump is True
    assert shown.storage_params == {"folderId": None, "tenantId": str(portal.id)}
    assert backups.delete_backup_schedule(dump=True).response is True


def test_a_backup_its_progress_and_the_history(
    sdk: Any, backups: BackupApi, portal: Portal, control: Control
) -> None:
    control.clock_at("2026-03-02T12:00:00Z")
    folder = str(control.folder(portal.alias, "Backups"))
    assert backups.get_backup_progress().response is None
    assert backups.get_backup_history().response == []

    body = sdk.BackupDto(
        storageType=sdk.BackupStorageType.Documents, storageParams=params(sdk, folderId=folder)
    )
    started = backups.start_backup(body).response
    assert started is not None
    assert started.is_completed is False
    assert started.backup_progress_enum is sdk.BackupProgressEnum.Backup
    assert started.tenant_id == portal.id

    control.clock_forward(60)
    done = backups.get_backup_progress().response
    assert done is not None
    assert (done.is_completed, done.progress, done.error) == (True, 100, "")
    assert done.status is sdk.DistributedTaskStatus.Completed
    assert done.task_id == started.task_id

    history = backups.get_backup_history().response
    assert history is not None
    (record,) = history
    assert record.id == UUID(started.task_id)
    assert record.storage_type is sdk.BackupStorageType.Documents
    assert record.created_on.date().isoformat() == "2026-03-02"

    assert backups.delete_backup(record.id).response is True
    assert backups.get_backup_history().response == []


def test_a_scheduled_run_shows_in_what_the_sdk_reads(
    sdk: Any, backups: BackupApi, portal: Portal, control: Control
) -> None:
    control.clock_at("2026-03-02T02:00:00Z")  # a Monday
    backups.create_backup_schedule(weekly(sdk, str(control.folder(portal.alias, "Backups"))))
    control.clock_at("2026-03-02T03:20:00Z")
    shown = backups.get_backup_schedule().response
    assert shown is not None
    assert shown.last_backup_time.isoformat()[:13] == "2026-03-02T03"
    progress = backups.get_backup_progress().response
    assert progress is not None and progress.is_completed is True


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "31-copies": ({"backupsStored": 31}, "BadRequestException"),
    "hour-25": ({"cronParams": {"hour": 25}}, "ServiceException"),
    "missing-folder": (
        {"storageType": 0, "storageParams": [{"key": "folderId", "value": "999999"}]},
        "NotFoundException",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_reach_the_sdk(sdk: Any, backups: BackupApi, portal: Portal, name: str) -> None:
    changes, exception = REFUSED[name]
    body = sdk.BackupScheduleDto(**{"storageType": 4, "cronParams": {"hour": 1}, **changes})
    with pytest.raises(getattr(sdk.exceptions, exception)):
        backups.create_backup_schedule(body)
    assert portal.schedule() is None


def test_a_wrong_key_is_unauthorized(sdk: Any, portal: Portal) -> None:
    configuration = sdk.Configuration(host=portal.url, access_token="sk-" + "0" * 64)
    with (
        sdk.ApiClient(configuration) as client,
        pytest.raises(sdk.exceptions.UnauthorizedException),
    ):
        sdk.BackupApi(client).get_backup_schedule()


def test_names_and_numbers_make_the_same_schedule(
    sdk: Any, backups: BackupApi, portal: Portal, control: Control
) -> None:
    """The SDK writes enums as numbers. A client that writes names gets the same schedule."""
    folder = str(control.folder(portal.alias, "Backups"))
    by_name = {
        "storageType": "Documents",
        "storageParams": [{"key": "folderId", "value": folder}],
        "cronParams": {"period": "EveryWeek", "hour": 3, "day": 2},
        "backupsStored": 5,
        "dump": False,
    }
    assert portal.post("backup/createbackupschedule", by_name).status == 200
    read_after_names = portal.schedule()
    backups.create_backup_schedule(weekly(sdk, folder))
    assert portal.schedule() == read_after_names
