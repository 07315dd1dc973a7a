# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The next reading: never the same twice, never one that cannot matter, and at most five."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.facts import (
    EVER,
    Facts,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.readings import (
    MOST,
    Question,
    next_count,
    next_reading,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.values import (
    Count,
    Policy,
    Settings,
    Target,
    Unread,
    Usage,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import Progress
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule

UTC = timezone.utc
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
TONIGHT = datetime(2026, 7, 1, 2, 0, 4, tzinfo=UTC)
DAILY = Schedule("Documents", {"folderId": "7"}, "EveryDay", 2, None, 7, False, TONIGHT)
OLD = replace(DAILY, last_backup_time=NOW - timedelta(days=3))
NEW = replace(DAILY, last_backup_time=None)
LOCAL = replace(DAILY, storage_type="Local", storage_params={"filePath": "/b"})
DONE = Progress("id", 100, True)


def question(
    *read: str, version: str = "3.7.2", hosted: bool = False, history: bool = False, **known: Any
) -> Question:
    """The next reading for a portal after `read`. The portal has no schedule by default."""
    max_age = known.pop("max_age", None)
    settings = Settings(version, not hosted, "UTC", UTC, "active")
    facts = Facts(
        "https://p", NOW, read=("schedule", "settings", *read), settings=settings, **known
    )
    return Question(facts, Policy(timedelta(hours=6), max_age, 3, frozenset()), history)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        # Without a schedule, the audit checks whether there was one.
        (question(), "completed"),
        (question(version="3.5.0"), None),
        (question("completed", completed=()), "started"),
        (question("completed", "started", completed=(), started=()), None),
        (question(version="3.2.1", max_age=timedelta(days=1)), "progress"),
        # If the schedule cannot run, nothing else matters.
        (question(schedule=replace(DAILY, storage_type="CustomCloud", storage_params={})), None),
        # It ran last night, so the queue shows how the run ended.
        (question(schedule=DAILY), "progress"),
        (question("progress", schedule=DAILY, progress=DONE), "target"),
        (question("progress", "target", schedule=DAILY, progress=DONE), None),
        (question("progress", schedule=LOCAL, progress=DONE), None),
        (question("progress", schedule=LOCAL), "counted"),
        (question("progress", schedule=LOCAL, version="3.2.1"), None),
        (question("progress", schedule=LOCAL, dump=True), None),
        # It did not run, so the count shows whether there is a backup.
        (question(schedule=OLD), "target"),
        (question("target", schedule=OLD), "counted"),
        (question("target", schedule=OLD, version="3.2.1"), "progress"),
        # The history is read only on request.
        (question("progress", "target", schedule=DAILY, progress=DONE, history=True), "history"),
        # On a hosted portal, the audit checks for a backup first, and then the cost of the next
        # one.
        (question(schedule=OLD, hosted=True), "counted"),
        (
            question("counted", schedule=OLD, hosted=True, counts=(Count(TONIGHT, False, 0),)),
            "counted_paid",
        ),
        (
            question("counted", schedule=OLD, hosted=True, counts=(Count(TONIGHT, False, 1),)),
            "target",
        ),
        (question("progress", "target", schedule=DAILY, hosted=True, progress=DONE), "usage"),
        (
            question(
                "counted", "target", schedule=OLD, hosted=True, counts=(Count(TONIGHT, False, 1),)
            ),
            "usage",
        ),
        (
            question(
                "usage", "progress", schedule=LOCAL, hosted=True, progress=DONE, usage=Usage(2, 2)
            ),
            "wallet",
        ),
        (
            question(
                "usage", "progress", schedule=LOCAL, hosted=True, progress=DONE, usage=Usage(2, 1)
            ),
            None,
        ),
    ],
)
def test_what_is_read_next(asked: Question, name: str | None) -> None:
    assert next_reading(asked) == name


def test_at_first_the_schedule_then_the_settings() -> None:
    asked = Question(Facts("https://p", NOW), question().policy, True)

    assert next_reading(asked) == "schedule"
    assert (
        next_reading(replace(asked, facts=replace(asked.facts, read=("schedule",)))) == "settings"
    )


def test_no_more_than_five() -> None:
    asked = question("progress", "target", "counted", schedule=NEW, target=Target("7"))

    assert len(asked.facts.read) == MOST
    assert next_reading(asked) is None


def test_a_failure_ends_it_but_for_the_state_of_the_portal() -> None:
    facts = Facts("https://p", NOW, read=("schedule",))
    policy = question().policy

    for case, name in (("unknown", "settings"), ("unpaid", None)):
        failed = replace(facts, failure=Unread("portal_state", case, "", ""))
        assert next_reading(Question(failed, policy, True)) == name
    failed = replace(facts, failure=Unread("unreachable", "", "", ""))
    assert next_reading(Question(failed, policy, True)) is None


LAST_SLOT = datetime(2026, 7, 1, 2, tzinfo=UTC)
NONE, SOME = (Count(LAST_SLOT, False, number) for number in (0, 1))
NEVER, ONCE = (Count(EVER, False, number) for number in (0, 1))


@pytest.mark.parametrize(
    ("asked", "since"),
    [
        (question(schedule=OLD), LAST_SLOT),
        (question(schedule=OLD, counts=(SOME,)), None),
        (question(schedule=OLD, counts=(NONE,)), None),
        # The queue no longer contains the last run.
        (question("progress", schedule=DAILY), TONIGHT),
        # A schedule that has not run may be new.
        (question(schedule=NEW), LAST_SLOT),
        (question(schedule=NEW, counts=(NONE,)), EVER),
        (question(schedule=NEW, counts=(NONE, NEVER)), None),
        (question(schedule=NEW, counts=(SOME,)), None),
        (question(schedule=NEW, hosted=True), EVER),
        (question(schedule=NEW, hosted=True, counts=(ONCE,)), LAST_SLOT),
        (question(schedule=OLD, version="3.2.1"), None),
        (question(schedule=OLD, dump=True), None),
    ],
)
def test_since_when_backups_are_counted(asked: Question, since: datetime | None) -> None:
    assert next_count(asked) == since
