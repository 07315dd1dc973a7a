# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options for backups, and the choice of existing backups that they refer to."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import Backup
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.plan import (
    Wanted,
    listed,
    prunable,
    satisfying,
    shown,
    storage_problem,
    wanted_from_options,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.wire import (
    history_from_wire,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.wire import Storage

NOW = datetime(2026, 3, 10, 12, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
GUID = "7e6e1f0c-3a54-4a3c-9f6e-0d9a7a6f1b11"
DEFAULTS = {name: entry.get("default") for name, entry in backup_spec().items()}


def options(**own: Any) -> dict[str, Any]:
    return {**DEFAULTS, **own}


def backup(age: timedelta, number: int = 0, **own: Any) -> Backup:
    fields = {"file_name": "x.tar.gz", "storage_type": "Documents", "created_on": NOW - age, **own}
    return Backup(id=f"{number:08}-0000-0000-0000-000000000000", **fields)


HISTORIES = st.lists(
    st.builds(
        backup,
        st.timedeltas(timedelta(days=-1), timedelta(days=400)),
        st.integers(0, 99),
        storage_type=st.sampled_from(["Documents", "Local", "99"]),
        expires_on=st.none() | st.just(NOW - HOUR) | st.just(NOW + HOUR),
    ),
    max_size=8,
    unique_by=lambda b: b.id,
).map(tuple)


# --- options


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({}, "max_age: required with state present"),
        ({"max_age": "soon"}, "max_age: 'soon' is not a duration"),
        ({"max_age": "1h", "wait_timeout": "0s"}, "wait_timeout: it must be longer than 0"),
        ({"max_age": "1h", "wait_timeout": "no"}, "wait_timeout: 'no' is not a duration"),
        ({"max_age": "1h", "storage_params": {}}, "storage_type: required with storage_params"),
        ({"max_age": "1h", "storage_type": "Documents"}, "storage_params: .* needs folderId"),
        ({"max_age": "1h", "storage_type": "Local"}, "storage_params: .* needs filePath"),
        ({"max_age": "1h", "storage_type": "ThirdPartyConsumer"}, "storage_params: .* module"),
        ({"max_age": "1h", "storage_type": "CustomCloud"}, "storage_type: every backup to"),
        (
            {
                "max_age": "1h",
                "storage_type": "ThridpartyDocuments",
                "storage_params": {"folderId": 5},
            },
            "storage_params: folderId 5 is a folder of the portal",
        ),
        (
            {
                "max_age": "1h",
                "storage_type": "ThirdPartyConsumer",
                "storage_params": {"module": "s3", "secretkey": "(hidden)"},
            },
            "storage_params: secretkey is \\(hidden\\); set its value",
        ),
        ({"state": "absent"}, "backup_id: required with state absent"),
        ({"state": "absent", "backup_id": "7"}, "backup_id: '7' is not the ID of a backup"),
        ({"state": "pruned"}, "keep, older_than: state pruned needs one of them"),
        ({"state": "pruned", "keep": 0}, "keep: 0 is less than 1"),
        ({"state": "pruned", "keep": -1, "older_than": "1d"}, "keep: -1 is less than 1"),
        ({"state": "pruned", "older_than": "1y"}, "older_than: '1y' is not a duration"),
        ({"state": "cancelled", "dump": True}, "dump: the server cannot cancel a dump"),
    ],
)
def test_what_no_server_could_do_is_refused(own: dict[str, Any], says: str) -> None:
    with pytest.raises(OptionError, match=f"^{says}"):
        wanted_from_options(options(**own))


@pytest.mark.parametrize(
    ("own", "meant"),
    [
        ({"max_age": 0}, Wanted("present")),
        ({"max_age": "26h", "allow_paid": True}, {"max_age": 26 * HOUR, "allow_paid": True}),
        (
            {"max_age": "1d", "wait": False, "dump": True},
            {"max_age": 24 * HOUR, "wait": False, "dump": True},
        ),
        (
            {
                "max_age": "0",
                "storage_type": "ThridpartyDocuments",
                "storage_params": {"folderId": "drive-12"},
            },
            {"storage": Storage("ThirdPartyDocuments", {"folderId": "drive-12"})},
        ),
        (
            {"max_age": "0", "storage_type": "DataStore"},
            {"storage": Storage("DataStore", {})},
        ),
        # Options of another state are ignored, because they may come from module_defaults.
        ({"state": "absent", "backup_id": GUID.upper(), "max_age": "x"}, {"backup_id": GUID}),
        ({"state": "pruned", "keep": 3}, {"keep": 3}),
        ({"state": "pruned", "older_than": "2w"}, {"keep": 1, "older_than": 336 * HOUR}),
        ({"state": "cancelled", "wait_timeout": "5m"}, {"wait_timeout": timedelta(minutes=5)}),
    ],
)
def test_what_a_play_wants(own: dict[str, Any], meant: Any) -> None:
    expected = meant if isinstance(meant, Wanted) else Wanted(own.get("state", "present"), **meant)

    assert wanted_from_options(options(**own)) == expected


@pytest.mark.parametrize(
    ("storage", "problem"),
    [
        (Storage("Documents", {"folderId": "5"}), ""),
        (Storage("Documents", {"folderId": ""}), "storage_type Documents needs folderId"),
        (Storage("Documents", {"folderId": "drive-5"}), "is not the number of a folder"),
        (Storage("ThirdPartyDocuments", {"folderId": "drive-5"}), ""),
        (Storage("ThirdPartyDocuments", {"folderId": "5"}), "is a folder of the portal"),
        (Storage("CustomCloud", {}), "use another storage type"),
        (Storage("99", {}), "storage type 99 does not exist"),
        (Storage("Local", {"filePath": "/b" * 200}), "longer than 255 characters"),
    ],
)
def test_where_a_backup_can_be_made(storage: Storage, problem: str) -> None:
    found = storage_problem(storage)

    assert problem in found
    assert bool(found) is bool(problem)


# --- the choice of backups


def test_the_newest_backup_of_the_type_satisfies() -> None:
    newest, older = backup(HOUR, 1, storage_type="Local"), backup(2 * HOUR, 2)
    wanted = Wanted("present", max_age=2 * HOUR)

    assert satisfying(wanted, (older, newest), NOW) == newest
    to_room = Wanted("present", max_age=2 * HOUR, storage=Storage("Documents", {"folderId": "5"}))
    assert satisfying(to_room, (older, newest), NOW) == older
    assert satisfying(to_room, (older, newest), NOW + timedelta(seconds=1)) is None


@given(HISTORIES, st.timedeltas(timedelta(), timedelta(days=500)))
def test_whatever_satisfies_is_young_and_there(
    history: tuple[Backup, ...], max_age: timedelta
) -> None:
    found = satisfying(Wanted("present", max_age=max_age), history, NOW)

    fresh = {b for b in history if b.created_on >= NOW - max_age and not b.expired(NOW)}
    assert found in fresh if found else not fresh
    assert all(b.created_on <= found.created_on for b in fresh) if found else True


@given(HISTORIES, st.integers(1, 9), st.none() | st.timedeltas(timedelta(), timedelta(days=300)))
def test_pruning_never_takes_what_is_to_stay(
    history: tuple[Backup, ...], keep: int, older_than: timedelta | None
) -> None:
    wanted = Wanted("pruned", keep=keep, older_than=older_than)
    gone = prunable(wanted, history, NOW)

    sound = sorted((b for b in history if not b.expired(NOW)), key=lambda b: (b.created_on, b.id))
    stay = [b for b in sound if b not in gone]
    assert list(gone) == [b for b in sound if b in gone]
    assert len(stay) >= min(keep, len(sound))
    assert sound[-keep:] == stay[len(stay) - len(sound[-keep:]) :]
    assert all(older_than is None or NOW - b.created_on >= older_than for b in gone)
    # Nothing else stays.
    assert all(
        b in sound[-keep:] or (older_than is not None and NOW - b.created_on < older_than)
        for b in stay
    )
    assert prunable(wanted, tuple(b for b in history if b not in gone), NOW) == ()


def test_an_expired_record_is_not_what_is_kept() -> None:
    expired = backup(HOUR, 1, storage_type="DataStore", expires_on=NOW)
    real = backup(48 * HOUR, 2)

    assert prunable(Wanted("pruned", keep=1), (expired, real), NOW) == ()


def test_a_history_of_ten_thousand_records_is_no_trouble() -> None:
    records = [
        {
            "id": f"{n:08}-0000-0000-0000-000000000000",
            "fileName": f"portal_{n}.tar.gz",
            "storageType": 0,
            "createdOn": (NOW - n * HOUR).strftime("%Y-%m-%dT%H:%M:%S"),
            "expiresOn": "0001-01-01T00:00:00",
        }
        for n in range(10_000)
    ]

    history = history_from_wire(records[::-1])

    assert len(history) == 10_000
    found = satisfying(Wanted("present", max_age=HOUR), history, NOW)
    assert found is not None
    assert found.file_name == "portal_0.tar.gz"
    assert len(prunable(Wanted("pruned", keep=3), history, NOW)) == 9_997


# --- results


def test_a_backup_as_results_show_it() -> None:
    record = backup(HOUR, 7, storage_type="99")

    assert shown(record.id, dump=True, backup=record, incomplete=True) == {
        "id": record.id,
        "file_name": "x.tar.gz",
        "storage_type": None,
        "created_on": "2026-03-10T11:00:00Z",
        "expires_on": None,
        "incomplete": True,
        "dump": True,
    }
    assert shown(record.id, dump=False, storage_type="Local") == {
        **dict.fromkeys(("file_name", "created_on", "expires_on", "incomplete")),
        "id": record.id,
        "storage_type": "Local",
        "dump": False,
    }


def test_a_diff_has_a_line_for_each_backup() -> None:
    assert listed([backup(HOUR, 7)]) == {
        "backups": ["2026-03-10T11:00:00Z x.tar.gz (00000007-0000-0000-0000-000000000000)"]
    }
