# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conclusions from the facts: the last success, the last run, and when a backup became due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.facts import (
    EVER,
    Facts,
    LastRun,
    Success,
    as_result,
    due_since,
    expected_since,
    last_run,
    last_success,
    none_since,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.values import (
    Count,
    Settings,
    Target,
    Usage,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import (
    Backup,
    Event,
    Progress,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule

UTC = timezone.utc
GRACE = timedelta(hours=6)
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
DONE = Progress("id", 100, True)
OLD = Settings("3.2.1", True, "UTC", UTC, "active")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def facts(last: str | None = "07-01 02:00", **known: Any) -> Facts:
    """Facts for a daily schedule at 02:00 UTC whose last run started at `last`."""
    schedule = Schedule("Local", {}, "EveryDay", 2, None, 7, False, at(last) if last else None)
    settings = Settings("3.7.2", True, "UTC", UTC, "active")
    known = {"now": NOW, "schedule": schedule, "settings": settings, "read": ("progress",), **known}
    return Facts("https://p.example.com", **known)


def test_a_portal_that_does_not_tell_its_state() -> None:
    assert Facts("https://p", NOW).zone is None
    assert Facts("https://p", NOW, dump=True).zone == UTC
    assert not Facts("https://p", NOW).hosted


class TestDue:
    @pytest.mark.parametrize(
        ("now", "last", "due"),
        [
            # The last run becomes due after the grace period and one polling interval.
            ("07-01 08:14", "07-01 02:00", None),
            ("07-01 08:16", "07-01 02:00", "07-01 02:00"),
            # The server has skipped a slot.
            ("07-02 08:14", "07-01 02:00", "07-01 02:00"),
            ("07-02 08:16", "07-01 02:00", "07-02 02:00"),
            ("07-09 12:00", "07-01 02:00", "07-09 02:00"),
            # A run outside of the schedule, because the schedule was saved after its hour.
            ("07-01 23:00", "07-01 15:15", "07-01 15:15"),
            ("07-01 12:00", None, None),
        ],
    )
    def test_since_when(self, now: str, last: str | None, due: str | None) -> None:
        assert due_since(facts(last, now=at(now)), GRACE) == (at(due) if due else None)

    def test_without_a_zone_the_slots_are_unknown(self) -> None:
        unknown = Settings("3.7.2", True, None, None, "active")

        assert due_since(facts("06-20 02:00", settings=unknown), GRACE) == at("06-20 02:00")
        assert expected_since(facts(None, settings=unknown), GRACE) is None

    def test_a_schedule_that_may_be_new_is_expected_to_be_old(self) -> None:
        assert expected_since(facts(None), GRACE) == at("07-01 02:00")
        assert expected_since(facts(None, schedule=None), GRACE) is None

    @pytest.mark.parametrize(
        ("last", "hour", "known", "since"),
        [
            # The slot of last night is more recent than the 24 hours of the queue.
            (None, 2, {"settings": OLD}, "06-30 12:00"),
            (None, 2, {"dump": True}, "06-30 12:00"),
            (None, 2, {}, "07-01 02:00"),
            # The slot of yesterday is not.
            (None, 10, {"settings": OLD}, "06-30 10:00"),
            # This schedule has run, so the item in the queue belongs to that run.
            ("06-29 02:00", 2, {"settings": OLD}, "07-01 02:00"),
            ("07-01 10:00", 2, {"settings": OLD}, "07-01 02:00"),
        ],
    )
    def test_what_cannot_be_counted_is_not_expected_to_be_more_exact_than_the_queue(
        self, last: str | None, hour: int, known: dict[str, Any], since: str
    ) -> None:
        schedule = replace(facts(last).schedule, hour=hour)

        assert expected_since(facts(schedule=schedule, **known), GRACE) == at(since)


class TestSuccess:
    @pytest.mark.parametrize(
        ("last", "earliest"),
        [
            ("07-01 02:00", "07-01 02:00"),
            ("06-29 02:00", "06-30 12:00"),
            (None, "06-30 12:00"),
            # This run may not be in the queue yet.
            ("07-01 11:59", "06-30 12:00"),
        ],
    )
    def test_the_queue_has_no_time(self, last: str | None, earliest: str) -> None:
        assert last_success(facts(last, progress=DONE)) == Success(at(earliest), "progress")

    @pytest.mark.parametrize(
        "item",
        [
            Progress("id", 30, False),
            Progress("id", 30, True, error="No space left."),
            Progress("id", 30, True, warning="Backup cancelled", cancelled=True),
        ],
    )
    def test_not_every_item_is_one(self, item: Progress) -> None:
        assert last_success(facts(progress=item)) is None

    def test_an_incomplete_one_is_one(self) -> None:
        assert last_success(facts(progress=Progress("id", 100, True, warning="Some files.")))

    def test_the_latest_counts(self) -> None:
        backup = Backup("id", "name", "Local", at("06-30 20:00"))
        counts = (Count(at("06-30 02:00"), False, 1), Count(EVER, False, 9))

        assert last_success(facts(counts=counts)) == Success(at("06-30 02:00"), "count")
        known = facts(counts=counts, history=(backup,))
        assert last_success(known) == Success(at("06-30 20:00"), "history")

    def test_that_there_was_one_ever_has_no_time(self) -> None:
        assert last_success(facts(counts=(Count(EVER, False, 9),))) is None

    @pytest.mark.parametrize(
        ("moment", "counts", "known"),
        [
            ("06-28 02:01", (Count(at("06-29 02:00"), False, 0),), True),
            # The portal did not count a backup since then, so the event was that of a dump.
            ("06-29 02:01", (Count(at("06-29 02:00"), False, 0),), False),
            ("06-28 02:01", (), False),
        ],
    )
    def test_an_event_is_one_if_it_cannot_be_that_of_a_dump(
        self, moment: str, counts: tuple[Count, ...], known: bool
    ) -> None:
        event = Event("completed", "schedule", at(moment))
        found = last_success(facts("06-29 02:00", completed=(event,), counts=counts))

        assert found == (Success(at(moment), "event") if known else None)

    def test_none_since(self) -> None:
        assert none_since(facts()) is None
        assert none_since(facts(history=())) == EVER
        backup = Backup("id", "name", "Local", at("06-30 20:00"))
        assert none_since(facts(history=(backup,))) == at("06-30 20:00:01")
        none, some = Count(at("06-30 02:00"), False, 0), Count(at("06-29 02:00"), False, 1)
        assert none_since(facts(counts=(some, none))) == at("06-30 02:00")


class TestLastRun:
    @pytest.mark.parametrize(
        ("item", "outcome", "error"),
        [
            (DONE, "completed", None),
            (Progress("id", 9, False), "running", None),
            (Progress("id", 9, True, error="No space left."), "failed", "No space left."),
            (Progress("id", 99, True, warning="Some files."), "incomplete", "Some files."),
        ],
    )
    def test_an_item_of_the_queue(self, item: Progress, outcome: str, error: str | None) -> None:
        assert last_run(facts(progress=item)) == LastRun(at("07-01 02:00"), outcome, error)

    @pytest.mark.parametrize(
        ("last", "known", "outcome"),
        [
            ("07-01 02:00", {}, None),
            ("07-01 02:00", {"counts": (Count(at("07-01 02:00"), False, 1),)}, "completed"),
            ("07-01 02:00", {"counts": (Count(at("07-01 02:00"), False, 0),)}, "interrupted"),
            ("07-01 02:00", {"counts": (Count(at("07-01 03:00"), False, 0),)}, None),
            (
                "07-01 02:00",
                {"counts": (Count(at("07-01 02:00"), False, 0),), "read": ()},
                None,
            ),
            ("07-01 11:59", {"counts": (Count(at("07-01 11:59"), False, 0),)}, None),
            ("06-25 02:00", {"counts": (Count(at("06-25 02:00"), False, 0),)}, "failed"),
            ("06-25 02:00", {}, None),
        ],
    )
    def test_nothing_in_the_queue(
        self, last: str, known: dict[str, Any], outcome: str | None
    ) -> None:
        assert last_run(facts(last, **known)) == LastRun(at(last), outcome)

    def test_there_was_none(self) -> None:
        assert last_run(facts(None)) is None


def test_the_facts_as_they_are_shown() -> None:
    known = facts(
        progress=DONE,
        target=Target("7", "read_only", "Backups", public=False),
        usage=Usage(2, 1),
        history=(),
    )
    shown = as_result(replace(known, read=("schedule", "progress")), GRACE)

    assert shown["portal"] == "https://p.example.com"
    assert shown["checked_at"] == "2026-07-01T12:00:00Z"
    assert shown["schedule"]["next_run"] == "2026-07-02T02:00:00Z"
    assert shown["last_success"] == {"at": "2026-07-01T02:00:00Z", "evidence": "progress"}
    assert shown["last_run"] == {
        "at": "2026-07-01T02:00:00Z",
        "outcome": "completed",
        "error": None,
    }
    assert shown["due_since"] == "2026-07-01T02:00:00Z"
    assert shown["usage"] == {"free": 2, "free_used": 1, "wallet": None}
    assert (shown["target"]["title"], "problem" in shown["target"]) == ("Backups", False)
    assert (shown["backups"], shown["lost"], shown["state"]) == (0, None, "active")
    assert shown["read"] == ["schedule", "progress"]
