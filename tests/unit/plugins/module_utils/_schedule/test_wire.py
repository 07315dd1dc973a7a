# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All forms of the same schedule are equal, and invalid data is refused."""

from __future__ import annotations

import copy
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import utc_time
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.wire import (
    schedule_from_wire,
)

# From contract 2.3.
WIRE = {
    "storageType": 0,
    "storageParams": {"folderId": "1234"},
    "cronParams": {"period": 1, "hour": 2, "day": 2},
    "backupsStored": 7,
    "lastBackupTime": "2026-06-29T23:00:04",
    "dump": False,
}
SCHEDULE = Schedule("Documents", {"folderId": "1234"}, "EveryWeek", 2, 2, 7)


def wire(**changes: Any) -> dict[str, Any]:
    changed = copy.deepcopy(WIRE)
    cron = {name: changes.pop(name) for name in ("period", "hour", "day") if name in changes}
    changed["cronParams"].update(cron)
    changed.update(changes)
    return changed


def test_the_contracts_example():
    schedule = schedule_from_wire(WIRE, False)

    assert schedule == SCHEDULE
    assert schedule.last_backup_time == datetime(2026, 6, 29, 23, 0, 4, tzinfo=timezone.utc)


def test_no_response_is_no_schedule():
    assert schedule_from_wire(None, False) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"storageType": "Documents"},
        {"storageType": "documents"},
        {"storageType": "0"},
        {"period": "EveryWeek"},
        {"period": "everyweek"},
        {"period": "1"},
        {"hour": "2"},
        {"day": "2"},
        {"backupsStored": "7"},
        {"storageParams": {"folderId": 1234}},
        {"storageParams": {"folderId": "1234", "tenantId": "1"}},
        {"storageParams": [{"key": "folderId", "value": "1234"}]},
        {"dump": "False"},
        {"lastBackupTime": "0001-01-01T00:00:00"},
        {"unknown": [1]},
    ],
)
def test_noise_is_no_difference(changes):
    assert schedule_from_wire(wire(**changes), False) == SCHEDULE


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"storageType": 3, "storageParams": {"filePath": "/b", "folderId": "/b"}},
            {"filePath": "/b"},
        ),
        ({"storageType": 2, "storageParams": {"folderId": None}}, {}),
        ({"storageType": 4, "storageParams": None}, {}),
        ({"storageType": 4, "storageParams": {"folderId": None, "tenantId": "1"}}, {}),
        ({"storageType": 1, "storageParams": {"folderId": "drive-1"}}, {"folderId": "drive-1"}),
        (
            {"storageType": 5, "storageParams": {"module": "s3", "usehttp": "True"}},
            {"module": "s3", "usehttp": "true"},
        ),
        (
            {"storageType": 5, "storageParams": {"module": "s3", "usehttp": True, "x": None}},
            {"module": "s3", "usehttp": "true"},
        ),
    ],
)
def test_params_without_what_the_server_adds(changes, expected):
    assert schedule_from_wire(wire(**changes), False).storage_params == expected


@pytest.mark.parametrize("day", [0, 99, "x", None, [1]])
def test_the_day_of_a_daily_schedule_is_ignored(day):
    assert schedule_from_wire(wire(period=0, day=day), False).day is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({"backupsStored": 0}, None), ({"backupsStored": None}, None), ({"backupsStored": 1}, 1)],
)
def test_no_number_of_copies_is_none(changes, expected):
    assert schedule_from_wire(wire(**changes), False).backups_stored == expected


def test_a_type_that_does_not_exist_is_its_number():
    assert schedule_from_wire(wire(storageType=99), False).storage_type == "99"


@pytest.mark.parametrize(("dump", "said"), [(True, True), (True, "True"), (False, False)])
def test_the_kind_that_was_asked_for(dump, said):
    assert schedule_from_wire(wire(dump=said), dump).dump is dump


def test_a_server_that_ignores_dump_is_noticed():
    with pytest.raises(ValueError, match="other kind"):
        schedule_from_wire(wire(dump=False), True)


@pytest.mark.parametrize(
    "changes",
    [
        {"storageType": None},
        {"storageType": True},
        {"storageType": "Nonsense"},
        {"storageType": 1.0},
        {"storageType": "1" * 12},
        {"storageParams": "folderId"},
        {"storageParams": [1]},
        {"storageParams": [{"value": "x"}]},
        {"storageParams": {"folderId": {"a": 1}}},
        {"storageParams": {"folderId": [1]}},
        {"cronParams": None},
        {"cronParams": [1]},
        {"period": 3},
        {"period": -1},
        {"period": "EveryHour"},
        {"period": None},
        {"hour": 24},
        {"hour": -1},
        {"hour": True},
        {"hour": 2.5},
        {"hour": None},
        {"day": 0},
        {"day": 8},
        {"day": True},
        {"backupsStored": 31},
        {"backupsStored": -1},
        {"backupsStored": "many"},
        {"dump": None},
        {"dump": 0},
        {"dump": "no"},
        {"lastBackupTime": 5},
        {"lastBackupTime": "yesterday"},
        {"lastBackupTime": ""},
        {"lastBackupTime": "2026-13-01T00:00:00"},
    ],
)
def test_nonsense_is_refused(changes):
    with pytest.raises(ValueError, match=r"is|contains"):
        schedule_from_wire(wire(**changes), False)


@pytest.mark.parametrize("response", [[], "x", 1, True, {}, {"cronParams": {}}])
def test_other_answers_are_refused(response):
    with pytest.raises(ValueError, match="is"):
        schedule_from_wire(response, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("0001-01-01T00:00:00", None),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00.0000000", None),
        ("2026-07-01T02:15:07", (2026, 7, 1, 2, 15, 7)),
        ("2026-07-01T02:15:07Z", (2026, 7, 1, 2, 15, 7)),
        ("2026-07-01T02:15:07.123", (2026, 7, 1, 2, 15, 7)),
        ("2026-07-01T02:15:07.1234567Z", (2026, 7, 1, 2, 15, 7)),
        ("2026-07-01T05:15:07.0000000+03:00", (2026, 7, 1, 2, 15, 7)),
        ("2026-06-30T18:15:07-08:00", (2026, 7, 1, 2, 15, 7)),
        # Both ends of the calendar, with and without time zones.
        ("0001-01-01T00:00:00+03:00", None),
        ("0001-01-01T00:00:01", (1, 1, 1, 0, 0, 1)),
        ("9999-12-31T23:59:59.9999999", (9999, 12, 31, 23, 59, 59)),
        ("9999-12-31T23:59:59.9999999-08:00", (9999, 12, 31, 23, 59, 59)),
    ],
)
def test_times_are_utc_in_every_form(text, expected):
    moment = expected and datetime(*expected, tzinfo=timezone.utc)
    assert utc_time(text, "lastBackupTime") == moment


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(name=st.sampled_from([*WIRE, "period", "hour", "day"]), value=json_values)
def test_any_value_anywhere_is_understood_or_refused(name, value):
    try:
        schedule = schedule_from_wire(wire(**{name: value}), False)
    except ValueError:
        return
    assert isinstance(schedule, Schedule)
    assert schedule.hour in range(24)
    assert schedule.backups_stored is None or schedule.backups_stored in range(1, 31)
