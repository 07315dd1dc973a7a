# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The wanted schedule, the actual schedule, and the plan that is derived from both."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import datetime, timezone
from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.plan import (
    Wanted,
    desired_schedule,
    plan,
    wanted_from_options,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import (
    WEEKDAYS,
    Schedule,
    options_of,
    warnings_of,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.wire import payload
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.params import HIDDEN

LAST = datetime(2026, 7, 1, 1, 0, 4, tzinfo=timezone.utc)
DAILY = Schedule("Documents", {"folderId": "1234"}, "EveryDay", 3, None, 7, last_backup_time=LAST)
WEEKLY = Schedule("Documents", {"folderId": "1234"}, "EveryWeek", 3, 2, 7)
MONTHLY = Schedule("Local", {"filePath": "/b"}, "EveryMonth", 0, 31, 30)
BUCKET = Schedule(
    "ThirdPartyConsumer", {"module": "s3", "bucket": "b", "ssekey": "old"}, "EveryDay", 3, None, 7
)


def wanted(**options: Any) -> Wanted:
    return wanted_from_options(options)


class TestOptions:
    @pytest.mark.parametrize(
        ("options", "named", "words"),
        [
            ({"hour": 24}, "hour", "24 is not between 0 and 23"),
            ({"hour": -1}, "hour", "-1 is not between 0 and 23"),
            ({"day": 0}, "day", "0 is not between 1 and 31"),
            ({"day": 32}, "day", "32 is not between 1 and 31"),
            ({"period": "EveryWeek", "day": 8}, "day", "8 is not between 1 (sunday)"),
            ({"backups_stored": 0}, "backups_stored", "0 is not between 1 and 30"),
            ({"backups_stored": 31}, "backups_stored", "31 is not between 1 and 30"),
            ({"period": "EveryMonth", "weekday": "monday"}, "weekday", "not EveryMonth"),
            ({"period": "EveryDay", "weekday": "monday"}, "weekday", "not EveryDay"),
            ({"weekday": "monday", "day": 1}, "weekday", "monday is not day 1"),
            ({"storage_type": "Documents", "storage_params": {}}, "storage_params", "folderId"),
            (
                {"storage_type": "Documents", "storage_params": {"folderid": "1"}},
                "storage_params",
                "needs folderId",
            ),
            (
                {"storage_type": "ThridpartyDocuments", "storage_params": {"folderId": " "}},
                "storage_params",
                "needs folderId",
            ),
            (
                {"storage_type": "Local", "storage_params": {"path": "/b"}},
                "storage_params",
                "filePath",
            ),
            (
                {"storage_type": "ThirdPartyConsumer", "storage_params": {"bucket": "b"}},
                "storage_params",
                "needs module",
            ),
            ({"storage_params": {"tenantId": "1"}}, "storage_params", "tenantId"),
            (
                {"storage_params": {"folderId": "1", "tenantId": 1}, "dump": True},
                "storage_params",
                "tenantId",
            ),
            ({"storage_params": {"folderId": None}}, "storage_params", "folderId must be"),
            (
                {"storage_params": {"folderId": "\ud800"}},
                "storage_params",
                "an incomplete Unicode character",
            ),
            (
                {"storage_params": {"\udc00": "x"}},
                "storage_params",
                "an incomplete Unicode character",
            ),
            ({"storage_params": {"folderId": ["1"]}}, "storage_params", "folderId must be"),
            (
                {"storage_type": "Local", "storage_params": {"filePath": "x" * 256}},
                "storage_params",
                "filePath is longer than 255",
            ),
        ],
    )
    def test_bad_options_are_named(self, options, named, words):
        with pytest.raises(OptionError) as caught:
            wanted(**options)

        assert caught.value.option == named
        assert str(caught.value).startswith(f"{named}: ")
        assert words in str(caught.value)
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize(
        "options",
        [
            {"hour": 0},
            {"hour": 23},
            {"day": 1},
            {"day": 31},
            {"period": "EveryWeek", "day": 7},
            {"period": "EveryWeek", "weekday": "saturday", "day": 7},
            {"backups_stored": 1},
            {"backups_stored": 30},
            {"storage_type": "Local", "storage_params": {"filePath": "x" * 255}},
            {"storage_type": "CustomCloud", "storage_params": {}},
            {"storage_params": {}},
            {"storage_type": "Documents"},
        ],
    )
    def test_the_limits_themselves_are_fine(self, options):
        result = vars(wanted(**options))

        assert {name: result[name] for name in options} == options

    def test_both_spellings_of_the_third_party_type_are_one(self):
        assert wanted(storage_type="ThridpartyDocuments") == wanted(
            storage_type="ThirdPartyDocuments"
        )

    def test_params_are_compared_as_text(self):
        given = {"module": "s3", "usehttp": True, "forcepathstyle": "False", "n": 5, "f": 0.5}

        assert wanted(storage_type="ThirdPartyConsumer", storage_params=given).storage_params == {
            "module": "s3",
            "usehttp": "true",
            "forcepathstyle": "false",
            "n": "5",
            "f": "0.5",
        }

    def test_a_folder_where_it_has_no_meaning_is_left_out(self):
        given = {"filePath": "/b", "folderId": "/b"}

        assert wanted(storage_type="Local", storage_params=given).storage_params == {
            "filePath": "/b"
        }


def copy_of(text: str) -> str:
    """An equal text that is not the same object, like a text from JSON."""
    return "".join(list(text))


class TestValues:
    @pytest.mark.parametrize("value", [DAILY, Wanted(), plan(DAILY, None)])
    def test_they_never_change(self, value):
        with pytest.raises(FrozenInstanceError):
            value.anything = 1

    def test_what_wants_nothing_means_the_portals_own_schedule(self):
        assert Wanted() == wanted()
        assert not Wanted().dump

    @pytest.mark.parametrize(("day", "weekday"), list(enumerate(WEEKDAYS, 1)))
    def test_a_day_of_the_week_has_a_name(self, day, weekday):
        weekly = Schedule("DataStore", {}, "EveryWeek", 3, day, 7)

        assert weekly.weekday == weekday
        assert desired_schedule(wanted(weekday=weekday), WEEKLY).day == day

    def test_texts_are_compared_by_what_they_say(self):
        params = {"module": "s3", "bucket": "b", "ssekey": "old"}
        actual = Schedule(copy_of("ThirdPartyConsumer"), params, copy_of("EveryMonth"), 3, 5, 7)
        asked = {
            "storage_type": "ThirdPartyConsumer",
            "storage_params": {**params, "ssekey": copy_of(HIDDEN)},
            "period": "EveryMonth",
        }
        same = desired_schedule(wanted(**asked), actual)
        other_hour = Schedule(
            **{**vars(actual), "hour": 4, "storage_params": {**params, "ssekey": copy_of("old")}}
        )

        assert same == actual
        assert plan(other_hour, actual).after["storage_params"]["ssekey"] == HIDDEN


class TestDesired:
    @pytest.mark.parametrize(
        ("options", "missing"),
        [
            ({}, "storage_type, hour, backups_stored"),
            ({"storage_type": "DataStore", "hour": 0}, "backups_stored"),
            ({"storage_type": "DataStore", "backups_stored": 1}, "hour"),
            ({"hour": 0, "backups_stored": 1}, "storage_type"),
        ],
    )
    def test_a_new_schedule_needs_the_essentials(self, options, missing):
        with pytest.raises(OptionError) as caught:
            desired_schedule(wanted(**options), None)

        assert caught.value.option == missing

    def test_a_new_schedule_is_daily(self):
        new = desired_schedule(
            wanted(storage_type="DataStore", hour=0, backups_stored=1, day=5), None
        )

        assert new == Schedule("DataStore", {}, "EveryDay", 0, None, 1)
        assert new.last_backup_time is None

    @pytest.mark.parametrize("actual", [DAILY, WEEKLY, MONTHLY, BUCKET])
    def test_nothing_wanted_keeps_everything(self, actual):
        kept = desired_schedule(wanted(), actual)

        assert kept == actual
        assert kept.last_backup_time == actual.last_backup_time

    @pytest.mark.parametrize(
        ("actual", "options", "changed"),
        [
            (DAILY, {"hour": 0}, {"hour": 0}),
            (DAILY, {"backups_stored": 1}, {"backups_stored": 1}),
            (DAILY, {"period": "EveryWeek", "day": 1}, {"period": "EveryWeek", "day": 1}),
            (
                DAILY,
                {"period": "EveryWeek", "weekday": "saturday"},
                {"period": "EveryWeek", "day": 7},
            ),
            (DAILY, {"period": "EveryMonth", "day": 31}, {"period": "EveryMonth", "day": 31}),
            (DAILY, {"day": 9}, {}),
            (WEEKLY, {"weekday": "sunday"}, {"day": 1}),
            (WEEKLY, {"day": 7}, {"day": 7}),
            (WEEKLY, {"period": "EveryWeek", "hour": 5}, {"hour": 5}),
            (WEEKLY, {"period": "EveryDay"}, {"period": "EveryDay", "day": None}),
            (MONTHLY, {"day": 1}, {"day": 1}),
            (MONTHLY, {"period": "EveryMonth"}, {}),
            (
                DAILY,
                {"storage_params": {"folderId": 5}},
                {"storage_params": {"folderId": "5"}},
            ),
            (
                DAILY,
                {"storage_type": "DataStore"},
                {"storage_type": "DataStore", "storage_params": {}},
            ),
            (
                DAILY,
                {"storage_type": "Local", "storage_params": {"filePath": "/x"}},
                {"storage_type": "Local", "storage_params": {"filePath": "/x"}},
            ),
            (
                BUCKET,
                {"storage_params": {"module": "s3"}},
                {"storage_params": {"module": "s3"}},
            ),
            # The portal's storage type determines the meaning of a folder.
            (MONTHLY, {"storage_params": {"filePath": "/b", "folderId": "/b"}}, {}),
        ],
    )
    def test_what_is_wanted_replaces_what_is_there(self, actual, options, changed):
        desired = desired_schedule(wanted(**options), actual)

        assert vars(desired) == {**vars(actual), **changed}

    @pytest.mark.parametrize(
        ("actual", "options", "named", "words"),
        [
            (DAILY, {"period": "EveryWeek"}, "day or weekday", "period changes to EveryWeek"),
            (WEEKLY, {"period": "EveryMonth"}, "day", "period changes to EveryMonth"),
            (MONTHLY, {"period": "EveryWeek"}, "day or weekday", "required"),
            (DAILY, {"weekday": "monday"}, "weekday", "not EveryDay"),
            (MONTHLY, {"weekday": "monday"}, "weekday", "not EveryMonth"),
            (WEEKLY, {"day": 8}, "day", "8 is not between 1 (sunday)"),
            (DAILY, {"storage_type": "Local"}, "storage_params", "needs filePath"),
            (DAILY, {"storage_type": "ThirdPartyConsumer"}, "storage_params", "needs module"),
            (
                DAILY,
                {"storage_type": "ThirdPartyDocuments"},
                "storage_params",
                "needs folderId",
            ),
            (DAILY, {"storage_params": {}}, "storage_params", "needs folderId"),
            (
                DAILY,
                {
                    "storage_type": "ThirdPartyConsumer",
                    "storage_params": {"module": "s3", "ssekey": HIDDEN},
                },
                "storage_params",
                "ssekey is (hidden)",
            ),
        ],
    )
    def test_what_neither_side_gives_is_asked_for(self, actual, options, named, words):
        with pytest.raises(OptionError) as caught:
            desired_schedule(wanted(**options), actual)

        assert caught.value.option == named
        assert words in str(caught.value)

    def test_a_hidden_value_means_the_one_that_the_portal_has(self):
        options = {"storage_params": {"module": "s3", "bucket": "b", "ssekey": HIDDEN}}

        assert desired_schedule(wanted(**options), BUCKET) == BUCKET

    def test_hidden_is_an_ordinary_word_for_an_ordinary_parameter(self):
        options = {"storage_params": {"folderId": HIDDEN}}

        assert desired_schedule(wanted(**options), DAILY).storage_params == {"folderId": HIDDEN}

    @pytest.mark.parametrize(
        ("broken", "named"),
        [
            (Schedule("99", {}, "EveryDay", 3, None, 7), "storage_type"),
            (Schedule("DataStore", {}, "EveryDay", 3, None, None), "backups_stored"),
            (Schedule("ThirdPartyConsumer", {}, "EveryDay", 3, None, 7), "storage_params"),
        ],
    )
    def test_what_no_server_accepts_is_kept_but_not_written(self, broken, named):
        assert desired_schedule(wanted(hour=3), broken) == broken
        with pytest.raises(OptionError) as caught:
            desired_schedule(wanted(hour=4), broken)

        assert caught.value.option == named


class TestPlan:
    def test_equal_sides_need_nothing(self):
        todo = plan(DAILY, DAILY)

        assert not todo.changed
        assert todo.before == todo.after
        assert todo.desired.last_backup_time == LAST

    def test_the_last_run_is_no_difference(self):
        assert not plan(DAILY, Schedule(**{**vars(DAILY), "last_backup_time": None})).changed

    def test_a_write_makes_the_server_forget_the_last_run(self):
        desired = desired_schedule(wanted(hour=4), DAILY)
        todo = plan(desired, DAILY)

        assert todo.changed
        assert todo.desired.last_backup_time is None

    def test_the_diff_has_the_shape_of_the_options(self):
        todo = plan(desired_schedule(wanted(backups_stored=8), WEEKLY), WEEKLY)

        assert todo.before == {
            "storage_type": "Documents",
            "storage_params": {"folderId": "1234"},
            "period": "EveryWeek",
            "hour": 3,
            "day": 2,
            "weekday": "monday",
            "backups_stored": 7,
            "dump": False,
        }
        assert todo.after == {**todo.before, "backups_stored": 8}

    @pytest.mark.parametrize(
        ("desired", "actual", "changed"),
        [(None, None, False), (None, DAILY, True), (DAILY, None, True)],
    )
    def test_no_schedule_is_an_empty_side(self, desired, actual, changed):
        todo = plan(desired, actual)

        assert todo.changed is changed
        assert (todo.before == {}) is (actual is None)
        assert (todo.after == {}) is (desired is None)

    @pytest.mark.parametrize("new", ["new", "zzz", "!", ""])
    def test_a_secret_is_seen_to_change_but_not_shown(self, new):
        params = {"module": "s3", "bucket": "b", "ssekey": new}
        todo = plan(desired_schedule(wanted(storage_params=params), BUCKET), BUCKET)

        assert todo.before["storage_params"]["ssekey"] == HIDDEN
        assert todo.after["storage_params"]["ssekey"] == f"{HIDDEN} new value"
        assert todo.desired.storage_params["ssekey"] == new
        assert "old" not in str(todo.before)
        assert f"'{new}'" not in str(todo.after)

    def test_a_secret_that_stays_is_no_difference_in_the_diff(self):
        todo = plan(desired_schedule(wanted(hour=9), BUCKET), BUCKET)

        assert todo.before["storage_params"] == todo.after["storage_params"]


class TestShapes:
    def test_the_vendors_example_is_sent_to_the_member(self):
        options = {
            "storage_type": "CustomCloud",
            "period": "EveryDay",
            "hour": 3,
            "backups_stored": 7,
            "dump": True,
        }

        assert payload(desired_schedule(wanted(**options), None)) == {
            "storageType": "CustomCloud",
            "cronParams": {"period": "EveryDay", "hour": 3, "day": 0},
            "backupsStored": 7,
            "dump": True,
        }

    def test_a_payload_is_complete(self):
        cloud = Schedule("ThirdPartyDocuments", {"folderId": "drive-1"}, "EveryWeek", 0, 7, 30)

        assert payload(cloud) == {
            "storageType": "ThridpartyDocuments",
            "storageParams": [{"key": "folderId", "value": "drive-1"}],
            "cronParams": {"period": "EveryWeek", "hour": 0, "day": 7},
            "backupsStored": 30,
            "dump": False,
        }

    def test_the_result_has_the_last_run_in_utc(self):
        assert options_of(DAILY)["last_backup_time"] == "2026-07-01T01:00:04Z"
        assert options_of(WEEKLY)["last_backup_time"] is None

    @pytest.mark.parametrize("schedule", [DAILY, WEEKLY, MONTHLY, BUCKET])
    def test_a_result_given_back_wants_what_is_there(self, schedule):
        given_back = {**options_of(schedule), "state": "present"}

        assert desired_schedule(wanted_from_options(given_back), schedule) == schedule

    @pytest.mark.parametrize(
        ("broken", "hidden"),
        [
            (Schedule("99", {"x": "y"}, "EveryDay", 3, None, 7), ["storage_type"]),
            (Schedule("DataStore", {}, "EveryDay", 3, None, None), ["backups_stored"]),
            (Schedule("Local", {}, "EveryDay", 3, None, 7), ["storage_params"]),
        ],
    )
    def test_what_could_not_be_an_option_is_null_and_kept(self, broken, hidden):
        shown = options_of(broken)

        assert [shown[name] for name in hidden] == [None]
        assert desired_schedule(wanted_from_options(shown), broken) == broken

    @pytest.mark.parametrize(
        ("schedule", "words"),
        [
            (DAILY, []),
            (WEEKLY, []),
            (MONTHLY, ["Day 31 does not exist in every month"]),
            (Schedule("Documents", {"folderId": "1"}, "EveryMonth", 0, 29, 7), ["Day 29"]),
            (Schedule("Documents", {"folderId": "1"}, "EveryMonth", 0, 28, 7), []),
            (Schedule("Documents", {"folderId": "1"}, "EveryMonth", 0, 1, 7), []),
            (Schedule("CustomCloud", {}, "EveryDay", 3, None, 7), ["CustomCloud", "never runs"]),
            (Schedule("DataStore", {}, "EveryDay", 3, None, 7), ["DataStore", "one day"]),
            (Schedule("99", {}, "EveryDay", 3, None, 7), ["unknown storage type 99"]),
        ],
    )
    def test_warnings_say_what_to_do(self, schedule, words):
        found = warnings_of(schedule)

        assert len(found) == (1 if words else 0)
        assert all(word in found[0] for word in words)
