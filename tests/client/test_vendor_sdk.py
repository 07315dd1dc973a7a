# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vendor's SDK can read what the module writes, and the module can read what the SDK writes."""

from __future__ import annotations

from typing import Any

import pytest
from support.portal import Portal

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_schedule_info_spec,
    backup_schedule_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule import info, task

# Type, parameters, period, hour and day in the notation of the SDK.
Theirs = tuple[str, dict[str, str], str, int, int]

# The options of a schedule, and the same schedule in the notation of the SDK.
SAME: dict[str, tuple[dict[str, Any], Theirs]] = {
    "daily": (
        {"storage_type": "DataStore", "period": "EveryDay", "hour": 0, "backups_stored": 30},
        ("DataStore", {}, "EveryDay", 0, 0),
    ),
    "weekly": (
        {
            "storage_type": "Local",
            "storage_params": {"filePath": "/b"},
            "period": "EveryWeek",
            "weekday": "saturday",
            "hour": 23,
            "backups_stored": 1,
        },
        ("Local", {"filePath": "/b"}, "EveryWeek", 23, 7),
    ),
    "monthly": (
        {
            "storage_type": "ThirdPartyConsumer",
            "storage_params": {"module": "s3", "bucket": "b", "usehttp": "false"},
            "period": "EveryMonth",
            "day": 31,
            "hour": 12,
            "backups_stored": 7,
        },
        (
            "ThirdPartyConsumer",
            {"module": "s3", "bucket": "b", "usehttp": "false"},
            "EveryMonth",
            12,
            31,
        ),
    ),
    "dump": (
        {"storage_type": "CustomCloud", "hour": 3, "backups_stored": 7, "dump": True},
        ("CustomCloud", {}, "EveryDay", 3, 0),
    ),
}


def options(spec: dict[str, Any], portal: Portal, **own: Any) -> dict[str, Any]:
    given = {name: entry.get("default") for name, entry in spec.items()}
    return {**given, "api_host": portal.url, "api_key": portal.api_key, **own}


@pytest.mark.parametrize(("own", "theirs"), SAME.values(), ids=SAME)
def test_the_sdk_reads_what_the_module_writes(
    sdk: Any, backups: Any, portal: Portal, own: dict[str, Any], theirs: Theirs
) -> None:
    assert task.run(options(backup_schedule_spec(), portal, **own), False)["changed"]

    storage_type, params, period, hour, day = theirs
    shown = backups.get_backup_schedule(dump=own.get("dump", False)).response
    assert shown.storage_type is sdk.BackupStorageType[storage_type]
    assert shown.cron_params.period is sdk.BackupPeriod[period]
    assert (shown.cron_params.hour, shown.cron_params.day) == (hour, day)
    assert shown.backups_stored == own["backups_stored"]
    assert shown.dump is own.get("dump", False)
    assert params.items() <= shown.storage_params.items()


@pytest.mark.parametrize(("own", "theirs"), SAME.values(), ids=SAME)
def test_the_module_reads_what_the_sdk_writes(
    sdk: Any, backups: Any, portal: Portal, own: dict[str, Any], theirs: Theirs
) -> None:
    storage_type, params, period, hour, day = theirs
    body = sdk.BackupScheduleDto(
        storageType=sdk.BackupStorageType[storage_type],
        storageParams=[
            sdk.ItemKeyValuePairObjectObject(key=key, value=value) for key, value in params.items()
        ],
        backupsStored=own["backups_stored"],
        cronParams=sdk.Cron(period=sdk.BackupPeriod[period], hour=hour, day=day),
        dump=own.get("dump", False),
    )
    assert backups.create_backup_schedule(body).response is True

    asked = options(backup_schedule_info_spec(), portal, dump=own.get("dump", False), gather=[])
    read = info.run(asked, False)["schedule"]
    assert {name: read[name] for name in own} == own
    unchanged = task.run(options(backup_schedule_spec(), portal, **own), False)
    assert not unchanged["changed"]


def test_what_the_module_removes_is_gone_for_the_sdk(backups: Any, portal: Portal) -> None:
    own, _theirs = SAME["daily"]
    task.run(options(backup_schedule_spec(), portal, **own), False)
    task.run(options(backup_schedule_spec(), portal, state="absent"), False)

    assert backups.get_backup_schedule().response is None
