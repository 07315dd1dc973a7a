# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""extensions/awx: the objects fit together, and both playbooks create all of them."""

from __future__ import annotations

import json
import os
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pytest
import yaml
from jinja2 import meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from parity.plays import LONGEST_RUN_S, program

from awx import kit
from awx.jobs import injected

PROMPTS = ("ask_inventory_on_launch", "ask_credential_on_launch")


@cache
def objects() -> dict[str, list[kit.Object]]:
    return kit.objects(
        docspace_awx_portals={"a.example.com": {}, "b.example.com": {"backup_schedule_hour": 4}},
        docspace_awx_api_keys={"a.example.com": "sk-a", "b.example.com": "sk-b"},
    )


def credential_type() -> kit.Object:
    (one,) = objects()["controller_credential_types"]
    return one


def names(kind: str) -> set[str]:
    return {one["name"] for one in objects()[kind]}


def test_names_are_lower_case() -> None:
    for kind in objects().keys() - {"controller_hosts"}:
        assert names(kind), kind
        for name in names(kind):
            assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name), name


def test_a_setting_that_is_blank_counts_as_unset() -> None:
    settings = yaml.safe_load((kit.AWX / "group_vars" / "all" / "settings.yml").read_text())
    blank = {name: None if turn % 2 else "" for turn, name in enumerate(settings)}

    assert kit.objects(**blank) == kit.objects()


def test_without_a_file_of_keys_the_one_key_counts() -> None:
    (inventory,) = objects()["controller_inventories"]
    done = subprocess.run(
        [program("ansible"), "portal", "-i", "portal,", "-m", "ansible.builtin.debug"]
        + ["-e", json.dumps(inventory["variables"]), "-a", "var=docspace_api_key"],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "DOCSPACE_API_KEY": "sk-one"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        timeout=LONGEST_RUN_S,
    )

    assert '"docspace_api_key": "sk-one"' in done.stdout


@pytest.mark.parametrize(
    "path", sorted((kit.AWX / "group_vars" / "all").iterdir()), ids=lambda path: path.stem
)
def test_no_object_is_made_of_a_setting_that_may_be_blank(path: Path) -> None:
    if path.stem not in ("settings", "unless_blank"):
        used = set(re.findall(r"\w+", path.read_text()))
        settings = yaml.safe_load(path.with_name("settings.yml").read_text())
        assert not used.intersection(settings)


def test_what_is_named_is_there() -> None:
    assert {one["credential_type"] for one in objects()["controller_credentials"]} <= names(
        "controller_credential_types"
    )
    assert {one["inventory"] for one in objects()["controller_hosts"]} <= names(
        "controller_inventories"
    )
    for template in objects()["controller_templates"]:
        assert template["project"] in names("controller_projects")
        assert template["execution_environment"] in names("controller_execution_environments")
        assert template["inventory"] in names("controller_inventories")
        assert set(template["credentials"]) <= names("controller_credentials")
        assert (kit.COLLECTION / template["playbook"]).is_file()
    for schedule in objects()["controller_schedules"]:
        assert schedule["unified_job_template"] in names("controller_templates")
    for workflow in objects()["controller_workflows"]:
        nodes = {node["identifier"]: node for node in workflow["workflow_nodes"]}
        for node in nodes.values():
            assert node["unified_job_template"]["name"] in names("controller_templates")
            for following in ("always_nodes", "success_nodes", "failure_nodes"):
                assert {one["identifier"] for one in node["related"][following]} <= nodes.keys()


def test_every_template_asks_for_inventory_and_credential() -> None:
    for template in objects()["controller_templates"]:
        assert all(template[prompt] is True for prompt in PROMPTS), template["name"]


def test_templates_that_ask_take_the_survey_of_a_pattern() -> None:
    asking = {
        one["name"]: kit.survey(one)
        for one in objects()["controller_templates"]
        if one.get("survey_enabled")
    }

    apply = kit.survey(kit.pattern_template("backup_schedule_apply"))
    assert asking == {
        "docspace_backup_schedule_apply": apply,
        "docspace_backup_schedule_dry_run": apply,
        "docspace_backup_now": kit.survey(kit.pattern_template("backup_now")),
    }


def test_what_a_schedule_starts_asks_nothing() -> None:
    for schedule in objects()["controller_schedules"]:
        template = kit.named(objects()["controller_templates"], schedule["unified_job_template"])
        assert not template.get("survey_enabled")


def test_a_check_shows_the_difference() -> None:
    checks = [one for one in objects()["controller_templates"] if one["job_type"] == "check"]

    assert len(checks) == 2
    assert all(one["diff_mode"] is True for one in checks)


def test_one_template_is_sliced() -> None:
    slices = [one.get("job_slice_count", 1) for one in objects()["controller_templates"]]

    assert sorted(slices) == [1, 1, 1, 1, 1, 1, 4]


def test_a_host_has_its_own_variables() -> None:
    hosts = {one["name"]: one["variables"] for one in objects()["controller_hosts"]}

    assert hosts == {"a.example.com": {}, "b.example.com": {"backup_schedule_hour": 4}}


def test_keys_are_in_the_credential_and_nowhere_else() -> None:
    (credential,) = objects()["controller_credentials"]
    others = {kind: one for kind, one in objects().items() if kind != "controller_credentials"}

    assert yaml.safe_load(credential["inputs"]["api_keys"]) == {
        "a.example.com": "sk-a",
        "b.example.com": "sk-b",
    }
    assert "sk-a" not in str(others)


def test_nothing_is_injected_as_an_extra_variable() -> None:
    assert set(credential_type()["injectors"]) == {"file", "env"}


def test_every_secret_is_hidden() -> None:
    fields = credential_type()["inputs"]["fields"]

    assert {field["id"] for field in fields if field.get("secret")} == {"api_key", "api_keys"}


def test_the_injectors_use_fields_and_files_that_exist() -> None:
    """AWX rejects a credential type whose injectors use unknown names."""
    fields = {field["id"]: "EXAMPLE" for field in credential_type()["inputs"]["fields"]}
    files = credential_type()["injectors"]["file"]
    labels = {label.removeprefix("template."): "EXAMPLE_FILENAME" for label in files}
    jinja = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined)
    known = {**fields, "tower": {"filename": labels}}

    used = set()
    for injector in credential_type()["injectors"].values():
        for text in injector.values():
            jinja.from_string(text).render(**known)
            used |= meta.find_undeclared_variables(jinja.parse(text))
    assert used == known.keys()


INPUTS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "one portal": (
        {"api_host": "https://a.example.com", "api_key": "sk-a"},
        {"DOCSPACE_API_HOST": "https://a.example.com", "DOCSPACE_API_KEY": "sk-a"},
    ),
    "nothing": ({}, {"DOCSPACE_API_HOST": "", "DOCSPACE_API_KEY": "", "DOCSPACE_CA_PATH": ""}),
    "untouched box": ({}, {"DOCSPACE_VALIDATE_CERTS": "True"}),
    "unticked box": ({"skip_tls_verification": False}, {"DOCSPACE_VALIDATE_CERTS": "True"}),
    "ticked box": ({"skip_tls_verification": True}, {"DOCSPACE_VALIDATE_CERTS": "False"}),
}


@pytest.mark.parametrize(("inputs", "wanted"), INPUTS.values(), ids=INPUTS.keys())
def test_what_a_job_gets_of_a_credential(
    tmp_path: Path, inputs: dict[str, Any], wanted: dict[str, str]
) -> None:
    got = injected(credential_type(), inputs, tmp_path)

    assert wanted.items() <= got.items()


def test_files_are_named_in_the_environment(tmp_path: Path) -> None:
    inputs = {"api_keys": "a.example.com: sk-a", "ca_certificates": "-----BEGIN CERTIFICATE-----"}
    got = injected(credential_type(), inputs, tmp_path)

    for variable, field in (
        ("DOCSPACE_API_KEYS_FILE", "api_keys"),
        ("DOCSPACE_CA_PATH", "ca_certificates"),
    ):
        with open(got[variable]) as file:
            assert file.read() == inputs[field]


# The variable that each task of the playbook for awx.awx loops over.
TASKS = yaml.safe_load((kit.AWX / "tasks" / "awx.yml").read_text())


def looped(task: dict[str, Any]) -> str:
    """The variable that a task loops over."""
    (name,) = re.findall(r"\w+", task["loop"])
    return str(name)


def test_both_playbooks_make_the_same_kinds() -> None:
    assert [looped(task) for task in TASKS] == list(kit.KINDS)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task["name"])
def test_the_playbook_for_awx_leaves_nothing_out(task: dict[str, Any]) -> None:
    """Each entry of the variable reaches the module under its name, and no value is added."""
    (module,) = [key for key in task if key.startswith("awx.awx.")]
    entries = {key for one in objects()[looped(task)] for key in one}

    assert task[module].keys() == entries
    for name, value in task[module].items():
        assert re.fullmatch(rf"{{{{ item\.{name}( \| default\((false|1|omit|{{}})\))? }}}}", value)
