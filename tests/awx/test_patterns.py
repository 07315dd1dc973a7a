# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The patterns: schema, importer, and the same questions in survey, play, and role."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from support.packaging import packaged

from awx import kit
from awx.schema import PATTERN, QUESTION

# Patterns whose play runs a role, with the name of this role.
OF_THE_ROLE = {
    "backup_schedule_apply": "backup_schedule",
    "backup_schedule_drift_report": "backup_schedule",
    "backup_audit": "backup_audit",
}
NAMES = ("backup_now", *OF_THE_ROLE)

# Variables of the play itself. All others belong to the role.
OF_THE_PLAY: dict[str, set[str]] = {
    "backup_schedule_apply": set(),
    "backup_schedule_drift_report": {"backup_schedule_fail_on_drift"},
    "backup_audit": set(),
}
EITHER = ["true", "false"]


def test_every_pattern_is_tested() -> None:
    assert sorted(path.name for path in kit.PATTERNS.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_pattern_is_valid(name: str) -> None:
    pattern = kit.pattern(name)

    jsonschema.Draft202012Validator(PATTERN).validate(pattern)
    assert pattern["name"] == name
    resources = pattern["aap_resources"]
    for template in resources["controller_job_templates"]:
        assert set(template["labels"]) <= set(resources["controller_labels"])
        assert template["ask_inventory_on_launch"] and template["ask_credential_on_launch"]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"variable": "Hour"},
        {"type": "choice"},
        {"default": 7},
        {"choices": [1, 2]},
        {"mandatory": True},
    ],
)
def test_a_spoilt_question_is_not_valid(spoilt: dict[str, Any]) -> None:
    (question, *_others) = kit.survey(kit.pattern_template("backup_schedule_apply")).values()
    validator = jsonschema.Draft202012Validator(QUESTION)

    assert validator.is_valid(question)
    assert not validator.is_valid({**question, **spoilt})


def test_the_importer_takes_the_patterns() -> None:
    script = Path(__file__).with_name("importing.py")
    said = json.loads(packaged("python", str(script), str(kit.COLLECTION)).splitlines()[-1])

    assert {one["name"] for one in said["patterns"]} == set(NAMES)
    for name in NAMES:
        folder = f"extensions/patterns/{name}"
        stem = Path(kit.pattern_template(name)["playbook"]).stem
        assert {path for path in said["files"] if path.startswith(f"{folder}/")} == {
            f"{folder}/README.md",
            f"{folder}/meta/pattern.json",
            f"{folder}/playbooks/{stem}.yml",
            f"{folder}/playbooks/{stem}.meta.yml",
        }


@pytest.mark.parametrize("name", OF_THE_ROLE)
def test_play_and_role_have_the_same_options(name: str) -> None:
    play, role = kit.play_options(name), kit.role_options(OF_THE_ROLE[name])

    assert play.keys() - role.keys() == OF_THE_PLAY[name]
    for variable in play.keys() & role.keys():
        compared = ("type", "choices", "default")
        assert {key: play[variable].get(key) for key in compared} == {
            key: role[variable].get(key) for key in compared
        }, variable


@pytest.mark.parametrize("name", NAMES)
def test_survey_and_play_ask_the_same(name: str) -> None:
    play = kit.play_options(name)
    questions = kit.survey(kit.pattern_template(name))

    assert list(questions) == list(play)
    for variable, option in play.items():
        choices = (
            EITHER if option["type"] == "bool" else [str(c) for c in option.get("choices", [])]
        )
        question = questions[variable]
        # AWX accepts an empty answer, so a question is required unless its default is empty.
        assert question["required"] is (option["default"] != "")
        assert question["type"] == ("multiplechoice" if choices else "text")
        assert question.get("choices", []) == choices
        assert question["default"] == as_answer(option["default"])
        assert not choices or question["default"] in choices


def as_answer(value: object) -> str:
    """A value as text, which is how AWX sends an answer."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("name", OF_THE_ROLE)
def test_the_defaults_are_those_of_the_role(name: str) -> None:
    path = kit.COLLECTION / "roles" / OF_THE_ROLE[name] / "defaults" / "main.yml"
    defaults = yaml.safe_load(path.read_text())
    questions = kit.survey(kit.pattern_template(name))

    for variable in questions.keys() - OF_THE_PLAY[name]:
        assert questions[variable]["default"] == as_answer(defaults[variable])


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_tells_the_survey(name: str) -> None:
    text = (kit.PATTERNS / name / "README.md").read_text()
    table = text.partition("<!-- survey -->\n")[2].partition("<!-- end of survey -->")[0]
    rows = [re.findall(r"`([^`]*)`", line) for line in table.splitlines()[2:]]
    questions = kit.survey(kit.pattern_template(name))

    assert [row[0] for row in rows] == list(questions)
    for (variable, *choices, default), question in zip(rows, questions.values(), strict=True):
        assert default == question["default"], variable
        wanted = question.get("choices", [])
        # The documentation shortens long lists to their ends.
        assert choices in (wanted, wanted[:1] + wanted[-1:])


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_names_what_is_made(name: str) -> None:
    text = (kit.PATTERNS / name / "README.md").read_text()
    resources = kit.pattern(name)["aap_resources"]

    made = [resources["controller_project"], *resources["controller_job_templates"]]
    for wanted in [one["name"] for one in made] + resources["controller_labels"]:
        assert f"`{wanted}`" in text
