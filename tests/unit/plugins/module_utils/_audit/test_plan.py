# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules: for each finding, facts that cause it, and the nearest facts that do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.facts import (
    EVER,
    Facts,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.findings import (
    NAMES,
    verdict,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.plan import judge
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.values import (
    Count,
    Policy,
    Settings,
    Target,
    Unread,
    Usage,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import (
    Backup,
    Event,
    Progress,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule

UTC = timezone.utc

# A Wednesday at noon. The schedule of these tests runs at 02:00 UTC.
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
TONIGHT = datetime(2026, 7, 1, 2, 0, 4, tzinfo=UTC)
POLICY = Policy(timedelta(hours=6), None, 3, frozenset())


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def schedule(storage: str = "Local", **changes: Any) -> Schedule:
    """A daily schedule at 02:00 that ran last night."""
    params = {"Local": {"filePath": "/b"}, "Documents": {"folderId": "7"}}.get(storage, {})
    daily = Schedule(storage, params, "EveryDay", 2, None, 7, False, TONIGHT)
    return replace(daily, **changes)


def settings(version: str | None = "3.7.2", zone: str = "UTC", hosted: bool = False) -> Settings:
    return Settings(version, not hosted, zone, ZoneInfo(zone), "active")


def completed(*, error: str = "", warning: str = "", **more: Any) -> Progress:
    return Progress("id", 100, True, error, warning, **more)


def ended(at: datetime) -> tuple[Event, ...]:
    return (Event("completed", "schedule", at),)


def facts(**known: Any) -> Facts:
    """Facts about a portal with that schedule and without any known runs."""
    given: dict[str, Any] = {"schedule": schedule(), "settings": settings(), **known}
    read = tuple(name for name in given if name not in ("now", "dump"))
    return Facts("https://portal.example.com", given.pop("now", NOW), read=read, **given)


def in_the_cloud(**known: Any) -> Facts:
    """The same for a hosted portal, where all events belong to the portal."""
    zone = known.pop("zone", "UTC")
    return facts(settings=settings(zone=zone, hosted=True), **known)


# The facts of a portal whose last backup succeeded.
FINE: dict[str, Any] = {"progress": completed()}


def found(known: Facts, **policy: Any) -> list[str]:
    return [each.name for each in judge(known, replace(POLICY, **policy))]


def the(name: str, known: Facts, **policy: Any) -> str:
    """The text and the remedy of the only finding with this name."""
    each = [f for f in judge(known, replace(POLICY, **policy)) if f.name == name]
    assert len(each) == 1, found(known, **policy)
    return f"{each[0].text} {each[0].remedy}"


def test_nothing_is_wrong() -> None:
    assert found(facts(**FINE)) == []


class TestUnread:
    def failure(self, name: str, case: str = "") -> Unread:
        return Unread(name, case, "It was answered so.", "Do this.")

    @pytest.mark.parametrize("name", ["unreachable", "key_refused"])
    def test_the_words_of_the_client(self, name: str) -> None:
        known = Facts("https://p", NOW, failure=self.failure(name))

        assert found(known) == [name]
        assert the(name, known) == "It was answered so. Do this."

    @pytest.mark.parametrize(
        ("state", "says"),
        [
            ("restoring", "The portal is being restored. No backup runs until"),
            ("removing", "The portal is being removed. No backup runs."),
            ("suspended", "The portal is suspended. No backup runs. Reactivate"),
            ("active", "It was answered so. Do this."),
            (None, "It was answered so. Do this."),
        ],
    )
    def test_the_state_of_the_portal(self, state: str | None, says: str) -> None:
        known = Facts(
            "https://p",
            NOW,
            failure=self.failure("portal_state", "unknown"),
            settings=replace(settings(), state=state),
        )

        assert the("portal_state", known).startswith(says)

    def test_a_plan_that_is_not_paid(self) -> None:
        known = Facts("https://p", NOW, failure=self.failure("portal_state", "unpaid"))

        assert the("portal_state", known).startswith("The plan of the portal is not paid for.")

    def test_nothing_else_is_judged(self) -> None:
        known = facts(failure=self.failure("unreachable"), target=Target("7", "missing"))

        assert found(known, max_age=timedelta(hours=1)) == ["unreachable"]


class TestNoSchedule:
    def test_there_is_none(self) -> None:
        assert found(facts(schedule=None, completed=(), started=())) == ["no_schedule"]

    def test_of_the_server(self) -> None:
        assert "of the whole server" in the("no_schedule", facts(schedule=None, dump=True))

    def test_it_was_there(self) -> None:
        known = in_the_cloud(schedule=None, completed=ended(ago(days=3)))

        assert found(known) == ["no_schedule", "schedule_lost"]
        assert "last ran at 2026-06-28 12:00 UTC. The audit trail" in the("schedule_lost", known)

    def test_it_was_there_but_never_succeeded(self) -> None:
        started = (Event("started", "schedule", ago(days=3)),)

        assert "schedule_lost" in found(in_the_cloud(schedule=None, completed=(), started=started))

    def test_somebody_deleted_it(self) -> None:
        deleted = (Event("schedule_deleted", "hand", ago(days=2), "Jane Doe"),)
        known = in_the_cloud(schedule=None, completed=ended(ago(days=3)), deleted=deleted)

        assert "Jane Doe deleted it at 2026-06-29 12:00 UTC." in the("schedule_lost", known)

    def test_a_deletion_before_its_last_run_was_another(self) -> None:
        deleted = (Event("schedule_deleted", "hand", ago(days=4), "Jane Doe"),)
        known = in_the_cloud(schedule=None, completed=ended(ago(days=3)), deleted=deleted)

        assert "Jane" not in the("schedule_lost", known)

    @pytest.mark.parametrize(("dumps", "lost"), [(None, False), (True, False), (False, True)])
    def test_the_events_may_be_those_of_dumps(self, dumps: bool | None, lost: bool) -> None:
        known = facts(schedule=None, completed=ended(ago(days=3)), dumps=dumps)

        assert ("schedule_lost" in found(known)) is lost

    def test_the_greatest_age_counts_without_a_schedule(self) -> None:
        day = timedelta(days=1)
        none = (Count(ago(days=1), False, 0),)

        assert "overdue" in found(facts(schedule=None, counts=none), max_age=day)
        assert "overdue" not in found(facts(schedule=None, counts=none))
        assert "overdue" not in found(facts(schedule=None), max_age=day)
        assert "overdue" not in found(facts(schedule=None, progress=completed()), max_age=day)


class TestCannotRun:
    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            (schedule("CustomCloud"), "storage type CustomCloud"),
            (schedule("99"), "storage type 99"),
            (schedule("ThirdPartyConsumer"), "ThirdPartyConsumer needs module"),
        ],
    )
    def test_the_storage(self, wrong: Schedule, says: str) -> None:
        known = facts(schedule=wrong)

        assert says in the("cannot_run", known)
        assert verdict(judge(known, POLICY)) == "unprotected"

    @pytest.mark.parametrize("case", ["module", "access"])
    def test_a_third_party_storage(self, case: str) -> None:
        consumer = schedule("ThirdPartyConsumer", storage_params={"module": "s3"})

        assert "s3" in the("cannot_run", facts(schedule=consumer, access=case, **FINE))
        assert found(facts(schedule=consumer, access="", **FINE)) == []

    def test_what_cannot_run_is_not_late_too(self) -> None:
        none = (Count(ago(hours=1), False, 0), Count(EVER, False, 0))

        assert found(facts(schedule=schedule("CustomCloud"), counts=none)) == ["cannot_run"]


class TestTarget:
    @pytest.mark.parametrize("problem", ["missing", "trash", "archive", "unseen", "read_only"])
    def test_the_folder_is_wrong(self, problem: str) -> None:
        target = Target("7", problem, "Backups", "Rooms/Backups")
        known = facts(schedule=schedule("Documents"), target=target, **FINE)

        assert found(known) == ["target", "inside_only"]
        assert "older 7 (Rooms/Backups)" in the("target", known)

    def test_the_owner_is_named(self) -> None:
        known = facts(target=Target("7", "read_only", owner="Jane Doe"), **FINE)

        assert "which belongs to Jane Doe." in the("target", known)

    def test_the_folder_is_fine(self) -> None:
        assert "target" not in found(facts(target=Target("7"), **FINE))


class TestNeverRan:
    def new(self, **known: Any) -> Facts:
        return facts(schedule=schedule(last_backup_time=None), **known)

    def test_there_never_was_a_backup(self) -> None:
        known = self.new(completed=(), counts=(Count(EVER, False, 0),))

        assert found(known) == ["never_ran"]
        assert "Its first run is at 2026-07-02 02:00 UTC." in the("never_ran", known)

    def test_it_has_run(self) -> None:
        assert "never_ran" not in found(facts(counts=(Count(EVER, False, 0),)))

    @pytest.mark.parametrize(
        "known",
        [
            {"progress": completed()},
            {"completed": ended(ago(hours=3))},
            {"counts": (Count(EVER, False, 4), Count(ago(hours=11), False, 1))},
        ],
    )
    def test_there_was_one_before_it_was_saved(self, known: dict[str, Any]) -> None:
        assert "never_ran" not in found(self.new(**known))

    def test_nobody_knows(self) -> None:
        assert found(self.new()) == ["unproven"]

    def test_paid_backups_count_too(self) -> None:
        hosted = settings(hosted=True)
        free, paid = Count(EVER, False, 0), Count(EVER, True, 1)

        assert found(self.new(settings=hosted, counts=(free,))) == ["unproven"]
        assert found(self.new(settings=hosted, counts=(free, paid))) == ["unproven"]
        none = (free, replace(paid, number=0))
        assert found(self.new(settings=hosted, counts=none)) == ["never_ran"]

    @pytest.mark.parametrize(
        ("zone", "hour", "starts"),
        [
            ("America/New_York", 19, True),
            # In summer, 20:00 in New York is on the next day in UTC.
            ("America/New_York", 20, False),
            ("America/New_York", 22, False),
            ("Asia/Tokyo", 22, True),
            ("Asia/Tokyo", 2, True),
            ("UTC", 23, True),
        ],
    )
    def test_an_hour_at_which_the_server_never_starts_it(
        self, zone: str, hour: int, starts: bool
    ) -> None:
        new = schedule(last_backup_time=None, hour=hour)
        known = facts(
            schedule=new, settings=settings(zone=zone), completed=ended(ago(hours=1)), **FINE
        )

        assert ("never_ran" in found(known)) is not starts
        if not starts:
            assert "Set hour to a value below 20," in the("never_ran", known)


class TestOverdue:
    def test_a_slot_has_passed(self) -> None:
        missed = schedule(last_backup_time=datetime(2026, 6, 29, 2, 0, 4, tzinfo=UTC))
        since = datetime(2026, 7, 1, 2, tzinfo=UTC)
        known = facts(
            schedule=missed,
            completed=ended(datetime(2026, 6, 29, 2, 1, tzinfo=UTC)),
            counts=(Count(since, False, 0),),
        )

        assert found(known) == ["overdue"]
        assert "since 2026-07-01 02:00 UTC" in the("overdue", known)
        assert "Last known success: 2026-06-29 02:01 UTC" in the("overdue", known)

    def test_a_count_is_enough(self) -> None:
        """Manual backups count too."""
        missed = schedule(last_backup_time=ago(days=3))
        since = datetime(2026, 7, 1, 2, tzinfo=UTC)

        assert found(facts(schedule=missed, counts=(Count(since, False, 1),))) == []

    def test_one_that_was_paid_for_is_enough(self) -> None:
        missed = schedule(last_backup_time=ago(days=3))
        since = datetime(2026, 7, 1, 2, tzinfo=UTC)
        free, paid = Count(since, False, 0), Count(since, True, 1)

        assert found(in_the_cloud(schedule=missed, counts=(free,))) == ["unproven"]
        assert found(in_the_cloud(schedule=missed, counts=(free, paid))) == []
        none = (free, replace(paid, number=0))
        assert "overdue" in found(in_the_cloud(schedule=missed, counts=none))

    @pytest.mark.parametrize(
        "portal", [None, replace(settings(), standalone=None)], ids=["unread", "not told"]
    )
    def test_who_pays_is_not_known(self, portal: Settings | None) -> None:
        """The portal may be hosted, so there may be paid backups, which were not counted."""
        missed = schedule(last_backup_time=ago(days=3))
        free = Count(datetime(2026, 7, 1, 2, tzinfo=UTC), False, 0)

        assert found(facts(schedule=missed, settings=portal, counts=(free,))) == ["unproven"]

    def test_the_history_is_enough(self) -> None:
        missed = schedule(last_backup_time=ago(days=3))
        old, new = (Backup("id", "name", "Local", ago(days=n)) for n in (3, 0.2))

        assert "overdue" in found(facts(schedule=missed, history=(old,)))
        assert "overdue" in found(facts(schedule=missed, history=()))
        assert found(facts(schedule=missed, history=(new, old))) == []

    def test_a_backup_may_be_late_by_the_grace(self) -> None:
        yesterday = schedule(last_backup_time=ago(hours=34))
        known = facts(schedule=yesterday, counts=(Count(ago(hours=10), False, 0),))

        assert found(known) == ["overdue"]
        assert found(known, grace=timedelta(hours=12)) == ["unproven"]

    def test_a_schedule_that_was_saved_since_is_not(self) -> None:
        new = schedule(last_backup_time=None)
        since = datetime(2026, 7, 1, 2, tzinfo=UTC)
        known = facts(schedule=new, counts=(Count(since, False, 0),), completed=ended(ago(days=3)))

        assert found(known) == ["unproven"]
        assert "the schedule may have been saved after that time" in the("unproven", known)

    def test_the_greatest_age(self) -> None:
        weekly = schedule(period="EveryWeek", day=2, last_backup_time=ago(days=2))
        known = facts(schedule=weekly, history=(Backup("id", "name", "Local", ago(days=2)),))

        assert found(known) == []
        assert found(known, max_age=timedelta(days=3)) == []
        assert found(known, max_age=timedelta(days=1)) == ["overdue"]
        assert "maximum age" in the("overdue", known, max_age=timedelta(days=1))

    def test_what_is_not_known_is_not_late(self) -> None:
        missed = schedule(last_backup_time=ago(days=3))

        assert found(facts(schedule=missed)) == ["unproven"]
        assert found(facts(schedule=missed, counts=(Count(NOW, False, 0),))) == ["unproven"]

    @pytest.mark.parametrize(
        ("zone", "now", "last", "late"),
        [
            # Berlin skips 02:00 on March 29, so the run is at 03:00, which is 01:00 UTC.
            ("Europe/Berlin", "2026-03-29 07:14", "2026-03-28 01:01", False),
            ("Europe/Berlin", "2026-03-29 07:16", "2026-03-28 01:01", True),
            # 02:00 occurs twice on October 25, and the run is at the first occurrence, 00:00 UTC.
            ("Europe/Berlin", "2026-10-25 06:14", "2026-10-24 00:01", False),
            ("Europe/Berlin", "2026-10-25 06:16", "2026-10-24 00:01", True),
            # In winter, 02:00 is 01:00 UTC.
            ("Europe/Berlin", "2026-10-26 07:14", "2026-10-25 00:01", False),
            ("Pacific/Auckland", "2026-07-01 20:14", "2026-06-30 14:01", False),
            ("Pacific/Auckland", "2026-07-01 20:16", "2026-06-30 14:01", True),
        ],
    )
    def test_the_hour_is_that_of_the_portal(
        self, zone: str, now: str, last: str, late: bool
    ) -> None:
        ran = datetime.fromisoformat(last).replace(tzinfo=UTC)
        known = facts(
            now=datetime.fromisoformat(now).replace(tzinfo=UTC),
            schedule=schedule(last_backup_time=ran),
            settings=settings(zone=zone),
            history=(Backup("id", "name", "Local", ran + timedelta(minutes=1)),),
        )

        assert found(known) == (["overdue"] if late else [])


class TestFailing:
    def test_the_last_run_failed(self) -> None:
        known = facts(progress=completed(error="No space left."))

        assert found(known) == ["failing"]
        assert "failed: No space left. Fix the cause" in the("failing", known)

    def test_it_never_ended(self) -> None:
        known = facts(progress=None, counts=(Count(TONIGHT, False, 0),))

        assert found(known) == ["overdue", "failing"]
        assert "started but never ended" in the("failing", known)

    def test_the_events_may_be_those_of_dumps(self) -> None:
        assert found(facts(progress=None, completed=ended(ago(hours=1)))) == ["unproven"]

    def test_it_has_only_begun(self) -> None:
        begun = ago(minutes=1)
        known = facts(
            schedule=schedule(last_backup_time=begun),
            progress=None,
            counts=(Count(begun, False, 0),),
        )

        assert "failing" not in found(known)

    def test_an_older_one_was_not_completed(self) -> None:
        weekly = schedule(period="EveryWeek", day=2, last_backup_time=ago(days=2))
        known = facts(schedule=weekly, counts=(Count(ago(days=2), False, 0),))

        assert found(known) == ["overdue", "failing"]
        assert "did not succeed" in the("failing", known)

    def test_the_last_one_was_cancelled(self) -> None:
        cancelled = completed(warning="Backup cancelled", cancelled=True)

        assert "failing" not in found(facts(progress=cancelled))


class TestWarnings:
    def test_incomplete(self) -> None:
        known = facts(progress=completed(warning="Some files were not included."))

        assert found(known) == ["incomplete"]
        assert verdict(judge(known, POLICY)) == "at_risk"

    @pytest.mark.parametrize(
        ("kept", "least", "few"), [(2, 3, True), (3, 3, False), (1, 0, False), (None, 1, True)]
    )
    def test_keeps_too_few(self, kept: int | None, least: int, few: bool) -> None:
        known = facts(schedule=schedule(backups_stored=kept), **FINE)

        assert found(known, min_kept=least) == (["keeps_too_few"] if few else [])

    def test_a_store_that_expires(self) -> None:
        assert found(facts(schedule=schedule("DataStore"), **FINE)) == ["expires"]

    def test_a_room_that_expires(self) -> None:
        known = facts(target=Target("7", lifetime=30), **FINE)

        assert "removes files 30 days after" in the("expires", known)
        assert found(facts(target=Target("7"), **FINE)) == []

    @pytest.mark.parametrize(("day", "skips"), [(28, False), (29, True), (31, True)])
    def test_months_without_the_day(self, day: int, skips: bool) -> None:
        monthly = schedule(period="EveryMonth", day=day)

        assert found(facts(schedule=monthly, **FINE)) == (["skipped_months"] if skips else [])

    def test_a_day_of_the_week_is_in_every_month(self) -> None:
        assert found(facts(schedule=schedule(period="EveryWeek", day=4), **FINE)) == []

    @pytest.mark.parametrize(
        ("used", "wallet", "says"),
        [
            (2, True, "charged to the wallet"),
            (2, False, "the server removes the schedule"),
            (3, True, "All 2 free backups"),
            (1, True, None),
            (2, None, "If the wallet service for backups is off, the server removes the schedule"),
        ],
    )
    def test_paid_next(self, used: int, wallet: bool | None, says: str | None) -> None:
        known = facts(settings=settings(hosted=True), usage=Usage(2, used, wallet), **FINE)

        assert found(known) == (["paid_next"] if says else [])
        if says:
            assert says in the("paid_next", known)

    @pytest.mark.parametrize(("version", "paid"), [("3.7.2", False), ("3.6.1", True)])
    def test_the_next_run_is_in_the_next_month(self, version: str, paid: bool) -> None:
        """Since 3.7, free backups are counted per calendar month."""
        last_day = datetime(2026, 7, 31, 12, tzinfo=UTC)
        known = facts(
            now=last_day,
            schedule=schedule(last_backup_time=last_day - timedelta(hours=10)),
            settings=settings(version, hosted=True),
            usage=Usage(2, 2, False),
            **FINE,
        )

        assert ("paid_next" in found(known)) is paid

    @pytest.mark.parametrize(
        ("room_type", "says"), [("PublicRoom", "in a public room"), ("CustomRoom", "external link")]
    )
    def test_an_open_target(self, room_type: str, says: str) -> None:
        target = Target("7", room_type=room_type, public=True)

        assert says in the("open_target", facts(target=target, **FINE))
        assert found(facts(target=replace(target, public=False), **FINE)) == []

    def test_inside_only_is_a_note(self) -> None:
        known = facts(schedule=schedule("Documents"), **FINE)

        assert found(known) == ["inside_only"]
        assert verdict(judge(known, POLICY)) == "protected"

    @pytest.mark.parametrize(
        ("known", "says"),
        [
            ({"settings": settings("3.2.1")}, "DocSpace 3.2.1 does not count backups"),
            ({"dump": True}, "does not count dumps"),
            ({"progress": Progress("id", 10, False)}, "a backup is running"),
            ({"problems": ("GET x failed: 500.",)}, "GET x failed: 500. Run the audit again."),
            ({}, "reports neither a success nor a failure"),
        ],
    )
    def test_unproven(self, known: dict[str, Any], says: str) -> None:
        assert found(facts(**known)) == ["unproven"]
        assert says in the("unproven", facts(**known))

    @pytest.mark.parametrize(
        ("known", "found_then"),
        [
            # These servers have no other evidence of a backup in these 24 hours.
            ({"settings": settings("3.1.0")}, []),
            ({"settings": settings("3.2.1")}, []),
            ({"dump": True}, []),
            # This server has other evidence, but it has not been read yet.
            ({"settings": settings("3.5.0")}, ["unproven"]),
        ],
    )
    def test_what_a_release_does_not_have_is_no_finding(
        self, known: dict[str, Any], found_then: list[str]
    ) -> None:
        new = schedule(last_backup_time=None)

        assert found(facts(schedule=new, progress=completed(), **known)) == found_then
        assert found(facts(schedule=new, progress=completed(error="Full."), **known)) == ["failing"]
        assert found(facts(schedule=new, progress=None, **known)) == ["unproven"]

    def test_a_release_without_counts_does_not_prove_what_the_policy_wants_in_addition(
        self,
    ) -> None:
        old = settings("3.2.1")
        new = facts(schedule=schedule(last_backup_time=None), settings=old, **FINE)
        missed = facts(schedule=schedule(last_backup_time=ago(hours=34)), settings=old, **FINE)

        assert found(new, max_age=timedelta(hours=24)) == []
        assert found(new, max_age=timedelta(hours=23)) == ["unproven"]
        # The schedule itself shows that it did not start at 02:00.
        assert found(missed) == ["unproven"]


def test_what_is_ignored_does_not_count() -> None:
    known = facts(schedule=schedule("Documents", backups_stored=1), target=Target("7", "missing"))

    assert found(known) == ["target", "keeps_too_few", "inside_only"]
    assert found(known, ignore=frozenset({"target", "inside_only"})) == ["keeps_too_few"]


# These facts never contradict each other, but many of them are unusual.
TIMES = st.datetimes(datetime(2026, 3, 1), datetime(2026, 7, 1, 12), timezones=st.just(UTC))
SCHEDULES = st.builds(
    lambda storage, when, hour, kept, last: schedule(
        storage, period=when[0], day=when[1], hour=hour, backups_stored=kept, last_backup_time=last
    ),
    st.sampled_from(["Local", "Documents", "DataStore", "CustomCloud", "99"]),
    st.one_of(
        st.just(("EveryDay", None)),
        st.tuples(st.just("EveryWeek"), st.integers(1, 7)),
        st.tuples(st.just("EveryMonth"), st.integers(1, 31)),
    ),
    st.integers(0, 23),
    st.none() | st.integers(1, 30),
    st.none() | TIMES,
)
EVENTS = st.none() | st.just(()) | TIMES.map(ended)
KNOWN = st.builds(
    lambda **known: Facts("https://p", NOW, **known),
    dump=st.booleans(),
    read=st.just(("schedule", "settings", "progress")),
    settings=st.none()
    | st.builds(
        settings,
        st.sampled_from(["3.1.0", "3.5.0", "3.7.2", None]),
        st.sampled_from(["UTC", "America/New_York", "Pacific/Auckland"]),
        st.booleans(),
    ),
    schedule=st.none() | SCHEDULES,
    progress=st.sampled_from(
        [None, completed(), completed(error="e"), completed(warning="w"), Progress("i", 3, False)]
    ),
    completed=EVENTS,
    counts=st.lists(
        st.builds(Count, st.just(EVER) | TIMES, st.booleans(), st.integers(0, 2)), max_size=2
    ).map(tuple),
)
POLICIES = st.builds(
    Policy,
    st.timedeltas(timedelta(0), timedelta(days=2)),
    st.none() | st.timedeltas(timedelta(0), timedelta(days=60)),
    st.integers(0, 30),
    st.frozensets(st.sampled_from(NAMES)),
)


@given(KNOWN, POLICIES)
def test_whatever_is_known_there_is_a_judgement(known: Facts, policy: Policy) -> None:
    judged = judge(known, policy)

    assert judged == judge(known, policy)
    assert [f.name for f in judged] == sorted((f.name for f in judged), key=NAMES.index)
    assert policy.ignore.isdisjoint(f.name for f in judged)
    assert all(f.text and f.remedy and "None" not in f.text for f in judged)


@given(KNOWN, POLICIES)
def test_to_ignore_a_finding_changes_no_other(known: Facts, policy: Policy) -> None:
    everything = judge(known, replace(policy, ignore=frozenset()))

    assert judge(known, policy) == [f for f in everything if f.name not in policy.ignore]


@given(KNOWN, POLICIES, st.timedeltas(timedelta(0), timedelta(days=2)))
def test_more_patience_finds_nothing_new_to_be_late(
    known: Facts, policy: Policy, more: timedelta
) -> None:
    patient = replace(policy, grace=policy.grace + more)

    assert ("overdue" in [f.name for f in judge(known, patient)]) <= (
        "overdue" in [f.name for f in judge(known, policy)]
    )
