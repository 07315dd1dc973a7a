# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same job with the vendor's SDK, one portal at a time: `python -m benchmark.sdk_loop FILE`.

FILE is the inventory of a fleet as `benchmark.fleet` writes it.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any


def keep(sdk: Any, url: str, key: str, hour: int) -> bool:
    """Read, compare, write if different, and return whether it was different."""
    configuration = sdk.Configuration(host=url, access_token=key)
    with sdk.ApiClient(configuration) as client:
        backups = sdk.BackupApi(client)
        found = backups.get_backup_schedule(dump=False).response
        if found and (found.storage_type, found.cron_params.hour, found.backups_stored) == (
            sdk.BackupStorageType.CustomCloud,
            hour,
            7,
        ):
            return False
        backups.create_backup_schedule(
            sdk.BackupScheduleDto(
                storageType=sdk.BackupStorageType.CustomCloud,
                storageParams=[],
                cronParams=sdk.Cron(period=sdk.BackupPeriod.EveryDay, hour=hour, day=0),
                backupsStored=7,
                dump=False,
            )
        )
        return True


def main(inventory: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # member names that pydantic uses too
        import docspace_api_sdk as sdk
    fleet = json.loads(inventory.read_text())["all"]
    hour = fleet["vars"]["hour"]
    changed = [keep(sdk, host["url"], host["key"], hour) for host in fleet["hosts"].values()]
    print(f"{sum(changed)} of {len(changed)} changed")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
