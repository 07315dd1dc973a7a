# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The drift of every option is detected: the table has a row for each option of the spec."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_schedule_spec,
    connection_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.plan import (
    desired_schedule,
    plan,
    wanted_from_options,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.wire import (
    schedule_from_wire,
)

OPTIONS = {
    "storage_type": "ThirdPartyConsumer",
    "storage_params": {"module": "s3", "bucket": "b"},
    "period": "EveryWeek",
    "hour": 3,
    "day": 2,
    "weekday": "monday",
    "backups_stored": 7,
    "dump": False,
}
WIRE = {
    "storageType": 5,
    "storageParams": {"module": "s3", "bucket": "b"},
    "cronParams": {"period": 1, "hour": 3, "day": 2},
    "backupsStored": 7,
    "lastBackupTime": "2026-06-29T23:00:04",
    "dump": False,
}

# Option -> changes on the portal that differ from OPTIONS.
DRIFT: dict[str, list[dict[str, Any]]] = {
    "storage_type": [{"storageType": 4}, {"storageType": 2}, {"storageType": 99}],
    "storage_params": [
        {"storageParams": {"module": "s3", "bucket": "c"}},
        {"storageParams": {"module": "s3"}},
        {"storageParams": {"module": "s3", "bucket": "b", "region": "eu"}},
        {"storageParams": {"module": "s3", "bucket": "b", "ssekey": "x"}},
        {"storageParams": {"module": "s3", "bucket": "B"}},
    ],
    "period": [{"cronParams": {"period": 0, "hour": 3, "day": 0}}],
    "hour": [{"cronParams": {"period": 1, "hour": 4, "day": 2}}],
    "day": [{"cronParams": {"period": 1, "hour": 3, "day": 3}}],
    "weekday": [{"cronParams": {"period": 1, "hour": 3, "day": 1}}],
    "backups_stored": [{"backupsStored": 8}, {"backupsStored": 0}],
}

# Options that cannot drift on the portal, with the reason.
EXEMPT = {
    "state": "present against absent is a whole schedule, not a drift of one",
    "dump": "it says which schedule is meant; the other one is never compared",
    "verify_target": "it says what else is looked at, and is no part of the schedule",
    "extra_run": "it says what to do about a change, and is no part of the schedule",
    "last_backup_time": "accepted so that a result can be given back; nothing is done with it",
    "next_run": "accepted so that a result can be given back; nothing is done with it",
}


def test_every_option_has_a_row():
    own = set(backup_schedule_spec()) - set(connection_spec())

    assert own == set(DRIFT) | set(EXEMPT)
    assert not set(DRIFT) & set(EXEMPT)


def test_both_sides_start_equal():
    actual = schedule_from_wire(WIRE, False)

    assert not plan(desired_schedule(wanted_from_options(OPTIONS), actual), actual).changed


@pytest.mark.parametrize(
    ("option", "drift"), [(option, drift) for option, rows in DRIFT.items() for drift in rows]
)
def test_drift_is_seen_and_named(option, drift):
    actual = schedule_from_wire({**copy.deepcopy(WIRE), **drift}, False)
    todo = plan(desired_schedule(wanted_from_options(OPTIONS), actual), actual)

    assert todo.changed
    assert todo.before[option] != todo.after[option]
    assert todo.after[option] == OPTIONS[option]


@pytest.mark.parametrize(
    ("option", "drift"), [(option, drift) for option, rows in DRIFT.items() for drift in rows]
)
def test_drift_of_the_one_option_that_is_given_is_seen(option, drift):
    actual = schedule_from_wire({**copy.deepcopy(WIRE), **drift}, False)
    needed = {
        "storage_type": ["storage_params"],
        "period": ["day"],
    }.get(option, [])
    given = {name: OPTIONS[name] for name in [option, *needed]}
    todo = plan(desired_schedule(wanted_from_options(given), actual), actual)

    assert todo.changed
    assert todo.before[option] != todo.after[option]
