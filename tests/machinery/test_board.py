# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What `make test` says at its end is true: stages in order, tests counted, failures seen."""

from __future__ import annotations

import board
import pytest
from stages import ALL, Stage


def stage(name: str, needs: tuple[str, ...] = ()) -> Stage:
    return Stage(name, lambda: None, ".", name, needs)


@pytest.mark.parametrize(
    ("log", "status", "counted"),
    [
        ("===== 40 passed in 1.20s =====\n", 0, (40, 0)),
        ("= 2 failed, 40 passed, 1 warning in 61.20s (0:01:01) =\n", 1, (40, 2)),
        ("2 failed, 1 passed, 3 errors in 0.50s\n", 1, (1, 5)),
        ("===== 1 error in 0.10s =====\n", 2, (0, 1)),
        ("= 3 passed in 1.00s =\n... \n= 4 passed in 2.00s =\n", 0, (7, 0)),
        ("it said that 7 passed in 1 lane\n", 0, (1, 0)),
        ("no pytest here\n", 0, (1, 0)),
        ("no pytest here\n", 1, (0, 1)),
        # The tests passed, but something after them failed.
        ("===== 40 passed in 1.20s =====\nno coverage\n", 1, (40, 1)),
        ("===== no tests ran in 0.01s =====\n", 5, (0, 1)),
    ],
)
def test_tests_are_counted_from_the_log(log, status, counted):
    assert board.count(log, status) == counted


def run(monkeypatch, stages, broken=()):
    """Run stages without processes; answer the outcomes in the order in which they ended."""

    def execute(one):
        return board.Outcome(one, int(one.name in broken), 0.0, 0.0, 1, int(one.name in broken))

    monkeypatch.setattr(board, "execute", execute)
    lane = board.Board(stages)
    lane.work()
    return [outcome.stage.name for outcome in lane.outcomes()]


def test_a_stage_runs_after_what_it_needs(monkeypatch):
    stages = [stage("report", ("one", "two")), stage("one"), stage("two")]
    assert run(monkeypatch, stages) == ["one", "two", "report"]


def test_a_need_whose_subject_is_not_there_is_not_waited_for(monkeypatch):
    assert run(monkeypatch, [stage("report", ("gone",))]) == ["report"]


def test_a_failure_is_the_exit_status_and_the_last_line(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(board, "LOGS", tmp_path)
    monkeypatch.setattr(board, "ROOT", tmp_path)
    (tmp_path / "bad.log").write_text("why it failed\n")

    def execute(one):
        return board.Outcome(one, int(one.name == "bad"), 0.0, 0.0, 3, int(one.name == "bad"))

    monkeypatch.setattr(board, "execute", execute)

    assert board.run_all([stage("good"), stage("bad")]) == 1
    printed = capsys.readouterr().out
    assert "why it failed" in printed
    assert printed.splitlines()[-1] == "6 passed, 1 failed"


@pytest.mark.parametrize(("program", "status"), [("pass", 0), ("raise SystemExit(3)", 3)])
def test_a_stage_is_a_process_whose_use_of_the_processors_is_told(
    monkeypatch, tmp_path, program, status
):
    busy = "for unused in range(10**6): pass\n"
    main = tmp_path / "tests" / "run" / "__main__.py"
    main.parent.mkdir(parents=True)
    # In a process of its own: all that a stage starts counts.
    main.write_text(
        "import subprocess, sys\n"
        f"subprocess.run([sys.executable, '-c', {busy!r}], check=True)\n{program}\n"
    )
    monkeypatch.setattr(board, "LOGS", tmp_path / "logs")
    monkeypatch.setattr(board, "ROOT", tmp_path)

    outcome = board.execute(stage("busy"))

    assert outcome.status == status
    assert outcome.cpu_seconds > 0.01
    assert (outcome.passed, outcome.failed) == ((1, 0) if status == 0 else (0, 1))


def test_every_need_is_a_stage():
    names = {one.name for one in ALL}
    assert {need for one in ALL for need in one.needs} <= names
    assert len(names) == len(ALL)


def test_a_stage_whose_program_is_missing_is_left_out_in_words(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(board, "LOGS", tmp_path)
    monkeypatch.setattr(board, "ROOT", tmp_path)
    (tmp_path / "one.log").write_text("")
    needy = stage("needy")._replace(program="no-such-program")

    def execute(one):
        return board.Outcome(one, 0, 0.0, 0.0, 1, 0)

    monkeypatch.setattr(board, "execute", execute)
    assert board.run_all([needy, stage("one")]) == 0
    said = capsys.readouterr().out
    assert "needy" in said
    assert "left out: no no-such-program here" in said
    assert "1 of 1 stages passed" in said
