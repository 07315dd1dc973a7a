# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table at the end of the demo, and the problems that it reports."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from demo import fleet, report
from demo.__main__ import RUNS
from demo.runs import Run

SCHEDULE = {
    "storage_type": "Documents",
    "period": "EveryWeek",
    "day": 1,
    "weekday": "sunday",
    "hour": 3,
    "backups_stored": 7,
}


def note(
    changed: bool = False, failed: str | None = None, schedule: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {"changed": changed, "failed": failed, "schedule": schedule}


def three(
    check: dict[str, Any], first: dict[str, Any], second: dict[str, Any], status: int = 0
) -> list[Run]:
    """The three runs of the demo with one portal."""
    return [
        Run("check", True, 0, {"a": check}),
        Run("run", False, status, {"a": first}),
        Run("run again", False, 0, {"a": second}),
    ]


GOOD = three(note(True), note(True, schedule=SCHEDULE), note(schedule=SCHEDULE))


def test_the_table_tells_what_each_run_did() -> None:
    assert report.rows(GOOD) == [
        ["portal", "schedule", "check", "run", "run again"],
        ["a", "every sunday at 03:00, 7 kept, Documents", "would change", "changed", "unchanged"],
    ]


def test_the_columns_of_the_table_are_aligned() -> None:
    assert report.table_text([["a", "bcd"], ["efgh", "i"]]).splitlines() == [
        "  a     bcd",
        "  ----  ---",
        "  efgh  i",
    ]


@pytest.mark.parametrize(
    ("schedule", "text"),
    [
        (None, "none"),
        (SCHEDULE, "every sunday at 03:00, 7 kept, Documents"),
        (
            {**SCHEDULE, "day": 7, "weekday": "saturday"},
            "every saturday at 03:00, 7 kept, Documents",
        ),
        ({**SCHEDULE, "period": "EveryDay"}, "every day at 03:00, 7 kept, Documents"),
        (
            {**SCHEDULE, "period": "EveryMonth", "day": 28},
            "day 28 of the month at 03:00, 7 kept, Documents",
        ),
    ],
)
def test_a_schedule_in_words(schedule: dict[str, Any] | None, text: str) -> None:
    assert report.schedule_text(schedule) == text


def test_three_good_runs_have_no_problem() -> None:
    assert report.problems(GOOD) == []


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (three(note(False), note(True), note()), "the check did not predict what the run did"),
        (three(note(True), note(False), note()), "the check did not predict what the run did"),
        (three(note(True), note(True), note(True)), "the second run changed something again"),
        (three(note(True), note(failed="401"), note(failed="401"), status=2), "a: 401"),
        (three(note(True), note(True), note(), status=4), "ended with status 4"),
        (
            [Run("check", True, 0, {}), Run("run", False, 0, {}), Run("again", False, 0, {})],
            "no portal",
        ),
    ],
)
def test_a_problem_is_named(runs: list[Run], said: str) -> None:
    assert any(said in problem for problem in report.problems(runs))


def test_the_picture_is_of_this_demo() -> None:
    picture = Path(__file__).resolve().parents[2] / "docs" / "demo.svg"
    shown = html.unescape(re.sub(r"<[^>]+>", "", picture.read_text())).replace("\xa0", " ")
    said = [about for _heading, _check, about in RUNS] + [portal.about for portal in fleet.PORTALS]
    assert [words for words in ["+++ after", *said] if words not in shown] == [], "make picture"
