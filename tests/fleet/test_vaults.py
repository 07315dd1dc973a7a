# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys in vaults of every kind. Also runs on the oldest ansible-core, whose vaults differ."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from parity.fleets import vaulted
from parity.plays import VAULT_PASSWORD, Run, play
from support.simulator import Portal, Simulator

from fleet.portals import plain

PLAYBOOK = "onlyoffice.docspace.backup_schedule"
SECRET = "a storage secret's canary"
HOSTS = ("inline", "file", "both", "wrong")


@pytest.fixture(scope="module")
def portals(simulator: Simulator) -> dict[str, Portal]:
    return {name: simulator.fresh_portal() for name in HOSTS}


@pytest.fixture(scope="module")
def run(portals: dict[str, Portal], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One run on hosts with keys in inline vaults, in a vaulted file, and in both."""
    keys = tmp_path_factory.mktemp("vaults") / "keys.yml"
    secret = VaultLib([("default", VaultSecret(VAULT_PASSWORD.encode()))])
    content = yaml.safe_dump({"vault_keys": {"file": portals["file"].api_key}})
    keys.write_bytes(secret.encrypt(content))
    inventory: dict[str, dict[str, Any]] = {
        host: {
            "docspace_api_host": portal.url,
            "docspace_api_key": vaulted(portal.api_key),
        }
        for host, portal in portals.items()
    }
    inventory["file"]["docspace_api_key"] = "{{ vault_keys[inventory_hostname] }}"
    inventory["both"].update(
        backup_schedule_storage_type="ThirdPartyConsumer",
        backup_schedule_storage_params={
            "module": "s3",
            "bucket": "backups",
            "secretaccesskey": vaulted(SECRET),
        },
    )
    inventory["wrong"]["backup_schedule_hour"] = "noon"
    return play(PLAYBOOK, inventory, arguments=["-vvv", "-e", f"@{keys}"])


@pytest.mark.parametrize("host", ["inline", "file", "both"])
def test_a_key_from_a_vault_works(run: Run, portals: dict[str, Portal], host: str) -> None:
    assert portals[host].schedule() is not None, run.stdout[-3000:]


def test_a_secret_from_a_vault_is_what_the_portal_gets(
    run: Run, portals: dict[str, Portal]
) -> None:
    schedule = portals["both"].schedule()

    assert run.records
    assert schedule is not None
    assert schedule["storageParams"]["secretaccesskey"] == SECRET


def test_a_failed_validation_names_the_variable(run: Run) -> None:
    reasons = [
        plain(record["result"])["msg"]
        for record in run.records
        if record["host"] == "wrong" and record["event"] == "failed"
    ]

    assert reasons
    assert all("backup_schedule_hour" in reason for reason in reasons)


def test_no_key_is_seen(run: Run, portals: dict[str, Portal]) -> None:
    for secret in (SECRET, *(portal.api_key for portal in portals.values())):
        assert secret not in run.output
