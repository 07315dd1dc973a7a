# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conversion of the server's data about backups."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import (
    Backup,
    Event,
    Progress,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.wire import (
    events_from_wire,
    guid,
    history_from_wire,
    progress_from_wire,
    start_to_wire,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.wire import Storage

TASK = "7e6e1f0c-3a54-4a3c-9f6e-0d9a7a6f1b11"
# Contract 7.1.
ITEM: dict[str, Any] = {
    "isCompleted": True,
    "progress": 100,
    "error": "",
    "link": "",
    "tenantId": 1,
    "backupProgressEnum": 0,
    "status": 2,
    "taskId": TASK,
}
DONE = Progress(TASK, 100, True)
# Contract-backups 1.
RECORD: dict[str, Any] = {
    "id": TASK,
    "fileName": "portal_2026-07-01_02-15-07.tar.gz",
    "storageType": 0,
    "createdOn": "2026-07-01T02:15:07",
    "expiresOn": "0001-01-01T00:00:00",
}
AT = datetime(2026, 7, 1, 2, 15, 7, tzinfo=timezone.utc)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("said", "status", "more"),
    [
        ({}, "completed", {}),
        ({"isCompleted": False, "progress": 0, "status": 0}, "running", {}),
        ({"isCompleted": False, "progress": 37, "status": 1}, "running", {}),
        # The backup is completed but has failed (contract 0.8).
        ({"progress": 40, "error": "No space left"}, "failed", {"error": "No space left"}),
        ({"progress": 40, "status": 4}, "failed", {"error": "no reason given"}),
        ({"warning": "Some files"}, "incomplete", {"warning": "Some files"}),
        ({"warning": "Backup cancelled", "status": 3}, "cancelled", {"cancelled": True}),
        # Releases before 3.7 do not report the status.
        ({"status": None}, "completed", {}),
        ({"link": "/storage/x"}, "completed", {"link": "/storage/x"}),
    ],
)
def test_how_a_run_stands(said: dict[str, Any], status: str, more: dict[str, Any]) -> None:
    item = progress_from_wire(
        {name: value for name, value in {**ITEM, **said}.items() if value is not None}
    )

    assert item is not None
    assert item.status == status
    assert {name: getattr(item, name) for name in more} == more


def test_nothing_in_the_queue() -> None:
    assert progress_from_wire(None) is None


def test_a_link_is_not_told_by_the_item() -> None:
    assert "stream_auth" not in repr(progress_from_wire({**ITEM, "link": "/x?stream_auth=1"}))


@pytest.mark.parametrize(
    "said",
    [
        "text",
        [],
        {},
        {**ITEM, "taskId": "7"},
        {**ITEM, "progress": 101},
        {**ITEM, "progress": None},
        {**ITEM, "isCompleted": "maybe"},
        {**ITEM, "error": 7},
    ],
)
def test_what_is_no_item_is_refused(said: Any) -> None:
    with pytest.raises(ValueError, match=r"is not|out of range"):
        progress_from_wire(said)


def test_records_come_newest_first_whatever_the_order() -> None:
    older = {**RECORD, "id": TASK.replace("7", "8"), "createdOn": "2026-06-01T02:15:07.123Z"}

    for records in ([RECORD, older], [older, RECORD]):
        assert [b.id for b in history_from_wire(records)] == [TASK, older["id"]]


def test_a_record_in_our_words() -> None:
    stored = {**RECORD, "storageType": 4, "expiresOn": "2026-07-02T02:15:07"}

    (record,) = history_from_wire([stored])

    assert record == Backup(
        TASK, RECORD["fileName"], "DataStore", AT, expires_on=AT + timedelta(days=1)
    )
    assert not record.expired(AT)
    assert record.expired(AT + timedelta(days=1))


def test_no_records() -> None:
    assert history_from_wire([]) == history_from_wire(None) == ()


@pytest.mark.parametrize(
    "said",
    [
        {},
        "text",
        [7],
        [{**RECORD, "id": "../x"}],
        [{**RECORD, "createdOn": "yesterday"}],
        [{**RECORD, "createdOn": "0001-01-01T00:00:00"}],
        [{**RECORD, "createdOn": None}],
        [{**RECORD, "storageType": None}],
    ],
)
def test_what_is_no_history_is_refused(said: Any) -> None:
    with pytest.raises(ValueError, match="is not"):
        history_from_wire(said)


@pytest.mark.parametrize(
    ("action", "event", "by"),
    [(5128, "completed", "schedule"), (5126, "failed", "hand"), (5130, "schedule_deleted", "hand")],
)
def test_events_in_our_words(action: int, event: str, by: str) -> None:
    said = {"date": "2026-07-01T05:15:07.0000000+03:00", "actionId": action, "action": "Sicherung"}
    later = {**said, "date": "2026-07-01T03:15:07.0000000Z", "userId": TASK, "user": "Ada"}

    assert events_from_wire([said, later], action) == (
        Event(event, by, AT + timedelta(hours=1), "Ada"),
        Event(event, by, AT),
    )


def test_a_plan_without_audit_trail_ignores_the_filter() -> None:
    entries = [{"date": "2026-07-01T05:15:07Z", "actionId": action} for action in (5125, 1000)]

    assert events_from_wire(entries, 5125) is None
    assert events_from_wire([], 5125) == ()


def test_a_start_names_the_storage_as_the_server_spells_it() -> None:
    storage = Storage("ThirdPartyDocuments", {"folderId": "drive-12"})

    assert start_to_wire(storage, dump=True) == {
        "storageType": "ThridpartyDocuments",
        "storageParams": [{"key": "folderId", "value": "drive-12"}],
        "dump": True,
    }


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (TASK, TASK),
        (f" {TASK.upper()} ", TASK),
        (TASK.replace("-", ""), None),
        (f"{{{TASK}}}", None),
        (f"{TASK}/../x", None),
        ("", None),
    ],
)
def test_what_is_the_id_of_a_backup(text: str, meant: str | None) -> None:
    assert guid(text) == meant


@given(ANYTHING)
def test_nothing_but_a_value_error_comes_of_any_answer(said: Any) -> None:
    for decode in (
        progress_from_wire,
        history_from_wire,
        lambda answer: events_from_wire(answer, 5125),
        lambda answer: progress_from_wire({**ITEM, "progress": answer, "taskId": answer}),
        lambda answer: history_from_wire([{**RECORD, "createdOn": answer}]),
    ):
        try:
            decode(said)
        except ValueError:
            pass
