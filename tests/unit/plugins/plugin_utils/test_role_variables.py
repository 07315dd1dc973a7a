# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invalid values are reported with the name of the role's variable."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.onlyoffice.docspace.plugins.filter.backup_schedule_problem import (
    FilterModule,
)

KEY = "sk-canary0123456789abcdef"
PORTAL = "https://portal.example.com"
GOOD = {"docspace_api_host": PORTAL, "docspace_api_key": KEY}
IN_A_ROOM = {
    "backup_schedule_storage_type": "Documents",
    "backup_schedule_storage_params": {},
    "backup_schedule_room": "Backups",
}
problem = FilterModule().filters()["backup_schedule_problem"]


@pytest.fixture(autouse=True)
def _no_variables_of_the_environment(monkeypatch):
    for name in ("HOST", "KEY", "TIMEOUT", "RETRIES", "VALIDATE_CERTS", "CA_PATH"):
        for variable in (f"DOCSPACE_API_{name}", f"DOCSPACE_{name}"):
            monkeypatch.delenv(variable, raising=False)


@pytest.mark.parametrize(
    "variables",
    [
        {},
        IN_A_ROOM,
        {
            "backup_schedule_storage_type": "Documents",
            "backup_schedule_storage_params": "folderId=7",
        },
        {
            "backup_schedule_storage_type": "Local",
            "backup_schedule_storage_params": '{"filePath": "/srv"}',
        },
        {"backup_schedule_storage_type": "CustomCloud", "backup_schedule_storage_params": {}},
        {"docspace_timeout": "5", "docspace_retries": "0", "docspace_validate_certs": "no"},
        {"docspace_ca_path": None, "backup_schedule_storage_params": None},
        {"docspace_timeout": "", "docspace_ca_path": " ", "backup_schedule_storage_type": ""},
        {**IN_A_ROOM, "backup_schedule_storage_params": {"folderId": ""}},
        # The role passes only the day that matches the period.
        {"backup_schedule_period": "EveryWeek", "backup_schedule_day": 31},
        {"backup_schedule_period": "EveryDay", "backup_schedule_weekday": "monday"},
        {"backup_schedule_state": "absent", "backup_schedule_storage_type": "Local"},
    ],
)
def test_what_can_work_has_no_problem(variables):
    assert problem({**GOOD, **variables}) == ""


@pytest.mark.parametrize(
    ("variables", "beginning"),
    [
        ({"docspace_api_host": "portal.example.com"}, "docspace_api_host: it must start with"),
        ({"docspace_api_host": ""}, "missing required arguments: docspace_api_host"),
        ({"docspace_api_key": " "}, "missing required arguments: docspace_api_key"),
        ({"docspace_api_key": "Bearer"}, "docspace_api_key: it is empty"),
        ({"docspace_timeout": "soon"}, "argument 'docspace_timeout' is of type"),
        ({"docspace_timeout": 0}, "docspace_timeout: it must be 1 or more"),
        ({"docspace_retries": -1}, "docspace_retries: it must be 0 or more"),
        ({"docspace_ca_path": "none.pem"}, "docspace_ca_path: there is no file"),
        ({"docspace_client_key": __file__}, "docspace_client_key: it requires client_cert"),
        (
            {"backup_schedule_storage_type": "Tape"},
            "value of backup_schedule_storage_type must be one of",
        ),
        (
            {"backup_schedule_storage_type": "Local", "backup_schedule_storage_params": {}},
            "backup_schedule_storage_params: storage_type Local needs filePath",
        ),
        (
            {"backup_schedule_storage_type": "Documents", "backup_schedule_storage_params": {}},
            "backup_schedule_storage_params: storage_type Documents needs folderId",
        ),
        (
            {**IN_A_ROOM, "backup_schedule_storage_params": {"tenantId": 1}},
            "backup_schedule_storage_params: tenantId is set by the server",
        ),
        (
            {**IN_A_ROOM, "backup_schedule_storage_params": "tenantId=1"},
            "backup_schedule_storage_params: it must be a dictionary",
        ),
        ({"backup_schedule_window_start": 24}, "value of backup_schedule_window_start must be"),
        ({"backup_schedule_hour": "24"}, "value of backup_schedule_hour must be one of: 0, 1, 2"),
        ({"backup_schedule_day": 0}, "value of backup_schedule_day must be one of: 1, 2"),
        ({"backup_schedule_dump": "perhaps"}, "argument 'backup_schedule_dump' is of type"),
        ({**IN_A_ROOM, "backup_schedule_room": "x" * 171}, "backup_schedule_room: it has 171"),
    ],
)
def test_a_problem_names_the_variable(variables, beginning):
    assert problem({**GOOD, **variables}).startswith(beginning)


def test_it_names_the_portal_where_that_is_known():
    found = problem({**GOOD, "docspace_retries": -1})
    assert found.endswith(f"(portal {PORTAL})")


@pytest.mark.parametrize("variable", sorted(GOOD))
def test_what_is_missing_may_stand_in_the_environment(monkeypatch, variable):
    rest = {name: value for name, value in GOOD.items() if name != variable}
    assert problem(rest) == f"missing required arguments: {variable}"
    monkeypatch.setenv(variable.upper(), GOOD[variable])
    assert problem(rest) == ""


def test_relative_paths_start_at_the_folder(tmp_path):
    (tmp_path / "ca.pem").write_text("a certificate")
    variables = {**GOOD, "docspace_ca_path": "ca.pem"}
    assert problem(variables).startswith("docspace_ca_path: ")
    assert problem(variables, str(tmp_path)) == ""


@pytest.mark.parametrize(
    "variables",
    [
        {"docspace_timeout": KEY},
        {"docspace_api_host": f"https://{KEY}.example.com:port"},
        {"docspace_ca_path": f"/nowhere/{KEY}"},
        {"backup_schedule_storage_type": KEY},
        {"backup_schedule_storage_params": f"secretaccesskey {KEY}"},
    ],
)
def test_a_problem_tells_no_secret(variables):
    found = problem({**GOOD, **variables})
    assert found
    assert KEY not in found


def test_anything_but_a_dictionary_is_refused():
    with pytest.raises(AnsibleFilterError, match="needs a dictionary"):
        problem("docspace_api_host")
