# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that knows nothing of us: the vendor's own SDK talks to the simulated portal.

The SDK checks every answer against the vendor's published models, so it is a second opinion on
names, types and enums. It is given the ``sk-`` key as access token, which it sends as
``Authorization: Bearer``; the raw header of the vendor's samples does not work with such keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import docspace_api_sdk as sdk
import pytest
from docspace_api_sdk.api.backup.backup_api import BackupApi
from support.control import Control
from support.portal import Portal

NEVER = datetime(1, 1, 1)


@pytest.fixture
def backups(portal: Portal) -> Iterator[BackupApi]:
    """The vendor's backup API of a fresh portal."""
    configuration = sdk.Configuration(host=portal.url, access_token=portal.api_key)
    with sdk.ApiClient(configuration) as client:
        yield BackupApi(client)


def params(**values: str) -> list[sdk.ItemKeyValuePairObjectObject]:
    """Storage parameters in the SDK's form."""
    return [sdk.ItemKeyValuePairObjectObject(key=key, value=value) for key, value in values.items()]


def weekly(folder: str) -> sdk.BackupScheduleDto:
    """Every Monday at 3 into the folder, five copies."""
    return sdk.BackupScheduleDto(
        storageType=sdk.BackupStorageType.Documents,
        storageParams=params(folderId=folder),
        backupsStored=5,
        cronParams=sdk.Cron(period=sdk.BackupPeriod.EveryWeek, hour=3, day=2),
        dump=False,
    )


def test_no_schedule(backups: BackupApi) -> None:
    answer = backups.get_backup_schedule()
    assert answer.response is None
    assert (answer.count, answer.status, answer.status_code) == (0, 0, 200)


def test_a_schedule_is_written_read_and_removed(
    backups: BackupApi, portal: Portal, control: Control
) -> None:
    folder = str(control.folder(portal.alias, "Backups"))
    assert backups.create_backup_schedule(weekly(folder)).response is True

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
    sdk.BackupStorageType.CustomCloud: ({}, {"folderId": None}),
    sdk.BackupStorageType.Local: ({"filePath": "/b"}, {"filePath": "/b", "folderId": "/b"}),
    sdk.BackupStorageType.DataStore: ({}, {"folderId": None}),
    sdk.BackupStorageType.ThirdPartyConsumer: (
        {"module": "s3", "bucket": "b"},
        {"module": "s3", "bucket": "b"},
    ),
}


@pytest.mark.parametrize("storage_type", TYPES, ids=lambda member: member.name)
def test_every_storage_type_is_read_back(
    backups: BackupApi, storage_type: sdk.BackupStorageType
) -> None:
    posted, read = TYPES[storage_type]
    body = sdk.BackupScheduleDto(
        storageType=storage_type,
        storageParams=params(**posted),
        backupsStored=1,
        cronParams=sdk.Cron(period=sdk.BackupPeriod.EveryDay, hour=0),
    )
    assert backups.create_backup_schedule(body).response is True
    shown = backups.get_backup_schedule().response
    assert shown is not None
    assert shown.storage_type is storage_type
    assert shown.storage_params == read


def test_the_dump_of_the_server(backups: BackupApi, portal: Portal) -> None:
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
    backups: BackupApi, portal: Portal, control: Control
) -> None:
    control.clock_at("2026-03-02T12:00:00Z")
    folder = str(control.folder(portal.alias, "Backups"))
    assert backups.get_backup_progress().response is None
    assert backups.get_backup_history().response == []

    body = sdk.BackupDto(
        storageType=sdk.BackupStorageType.Documents, storageParams=params(folderId=folder)
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
    backups: BackupApi, portal: Portal, control: Control
) -> None:
    control.clock_at("2026-03-02T02:00:00Z")  # a Monday
    backups.create_backup_schedule(weekly(str(control.folder(portal.alias, "Backups"))))
    control.clock_at("2026-03-02T03:20:00Z")
    shown = backups.get_backup_schedule().response
    assert shown is not None
    assert shown.last_backup_time.isoformat()[:13] == "2026-03-02T03"
    progress = backups.get_backup_progress().response
    assert progress is not None and progress.is_completed is True


REFUSED: dict[str, tuple[dict[str, Any], type[Exception]]] = {
    "31-copies": ({"backupsStored": 31}, sdk.exceptions.BadRequestException),
    "hour-25": ({"cronParams": sdk.Cron(hour=25)}, sdk.exceptions.ServiceException),
    "missing-folder": (
        {
            "storageType": sdk.BackupStorageType.Documents,
            "storageParams": params(folderId="999999"),
        },
        sdk.exceptions.NotFoundException,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_reach_the_sdk(backups: BackupApi, portal: Portal, name: str) -> None:
    changes, exception = REFUSED[name]
    body = {
        "storageType": sdk.BackupStorageType.DataStore,
        "cronParams": sdk.Cron(hour=1),
        **changes,
    }
    with pytest.raises(exception):
        backups.create_backup_schedule(sdk.BackupScheduleDto(**body))
    assert portal.schedule() is None


def test_a_wrong_key_is_unauthorised(portal: Portal) -> None:
    configuration = sdk.Configuration(host=portal.url, access_token="sk-" + "0" * 64)
    with (
        sdk.ApiClient(configuration) as client,
        pytest.raises(sdk.exceptions.UnauthorizedException),
    ):
        BackupApi(client).get_backup_schedule()


def test_names_and_numbers_make_the_same_schedule(
    backups: BackupApi, portal: Portal, control: Control
) -> None:
    """The SDK writes enums as numbers; a client that writes names gets the same."""
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
    backups.create_backup_schedule(weekly(folder))
    assert portal.schedule() == read_after_names
