# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Give secrets to every scenario, and verify that none of them is visible."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from leaks.canaries import Canaries
from leaks.runs import PATHS, ROOT, Run
from leaks.scenarios import SCENARIOS

HOSTS = [f"{scenario.name}-{path}" for path in PATHS for scenario in SCENARIOS]
OURS = re.compile(r"onlyoffice\.docspace\.|ansible\.builtin\.(validate_argument_spec|fail)$")

RunOf = Callable[[str], Run]


def last_of(run: Run, host: str) -> dict[str, Any]:
    """The record of the scenario's last task that uses the collection."""
    return [entry for entry in run.results(host) if OURS.match(entry["action"])][-1]


def outcome_of(noted: dict[str, Any]) -> str:
    """The outcome in the notation of the scenarios."""
    if noted["failed"]:
        return str(noted["result"].get("error", {}).get("kind", "refused"))
    return "changed" if noted["result"]["changed"] else "ok"


@pytest.mark.parametrize("host", HOSTS)
def test_the_scenario_is_what_it_says(host: str, run_of: RunOf) -> None:
    run = run_of(host)
    noted = last_of(run, host)

    assert outcome_of(noted) == run.cast[host].scenario.outcome, noted["result"].get("msg")
    assert run.cast[host].shown in str(noted["result"])


@pytest.mark.parametrize("host", HOSTS)
def test_nothing_of_a_secret_is_seen(host: str, run_of: RunOf) -> None:
    run = run_of(host)
    canaries = run.cast[host].canaries
    seen = {place: canaries.seen_in(text) for place, text in run.places.items()}

    assert {place: words for place, words in seen.items() if words} == {}


@pytest.mark.parametrize("host", HOSTS)
def test_the_scenario_was_seen(host: str, run_of: RunOf) -> None:
    """Otherwise, the search for secrets could use empty files."""
    places = run_of(host).places

    assert f"[{host}]" in places["stdout"] + places["stderr"]
    assert f"[{host}]" in places["log"]
    assert f'"host": "{host}"' in places["results"]


def test_both_paths_are_run(runs: list[Run]) -> None:
    for run in runs:
        in_worker = run.places["stdout"].count("runs in the worker")
        as_modules = run.places["stdout"].count(
            "runs as a module because docspace_in_process is off"
        )

        assert (in_worker > 0, as_modules > 0) == (run.path == "worker", run.path == "process")


def test_modules_write_to_the_journal(runs: list[Run]) -> None:
    invoked = [
        entry for run in runs for entry in run.journal() if "Invoked with" in entry["MESSAGE"]
    ]

    # Tasks that Ansible rejects do not invoke a module.
    accepted = [scenario for scenario in SCENARIOS if scenario.outcome != "refused"]
    assert len(invoked) >= len(PATHS) * len(accepted)
    assert all("api_key=NOT_LOGGING_PARAMETER" in entry["MESSAGE"] for entry in invoked)


def test_what_the_portal_has_is_shown_but_for_names_of_secrets(run_of: RunOf) -> None:
    for path in PATHS:
        run = run_of(f"read-{path}")
        host = f"read-{path}"

        assert last_of(run, host)["result"]["schedule"]["storage_params"] == {
            "module": "s3",
            "bucket": run.cast[host].canaries.plain,
            "ssekey": "(hidden)",
            "secretaccesskey": "(hidden)",
        }


def test_there_is_a_scenario_for_every_kind_of_failure() -> None:
    module = ROOT / "plugins" / "modules" / "docspace_backup_schedule.py"
    documented = yaml.safe_load(_returned(module))["error"]["contains"]["kind"]["description"]
    kinds = set(re.findall(r"V\((\w+)\)", " ".join(documented)))

    # No scenario covers internal errors, because neither a portal nor a play can cause them.
    assert kinds - {"internal"} <= {scenario.outcome for scenario in SCENARIOS}


def test_there_are_enough_scenarios_and_no_two_with_one_name() -> None:
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS) >= 40


KEY = "sk-" + "0123456789abcdefghijklmnopqrstuvwxyz"
TOKEN = "aBcDeFgHiJkLmNoPqRsTuV+/wXyZ0123456789=="


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("nothing", []),
        (f"Bearer {KEY}.", ["key"]),
        (KEY[:22], ["key"]),
        (KEY[-20:], ["key"]),
        (quote(TOKEN), ["token"]),
        (json.dumps({"a": f"{KEY} {TOKEN}"}), ["key", "token"]),
    ],
)
def test_a_part_of_a_secret_is_found(text: str, seen: list[str]) -> None:
    assert Canaries.of("x", KEY, TOKEN).seen_in(text) == seen


def _returned(module: Path) -> str:
    (text,) = re.findall(r'^RETURN = r"""\n(.*?)^"""', module.read_text(), re.DOTALL | re.MULTILINE)
    return str(text)
