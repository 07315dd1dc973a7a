# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""configure_awx.yml, run with the modules of awx.awx against a stand-in for AWX.

`make awx` first creates .venv/awx-modules, with these modules and an ansible-core for them.
"""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from pytest_httpserver import HTTPServer
from werkzeug import Request
from werkzeug.test import EnvironBuilder

from awx import kit
from awx.controller import REFERENCES, ROOT, TOKEN, Controller, Write

FOLDER = Path(__file__).resolve().parents[2] / ".venv" / "awx-modules" / "bin"
LONGEST_S = 600
TASKS = kit.AWX / "tasks" / "awx.yml"
SETTINGS = {
    "docspace_awx_portals": {"a.example.com": {}, "b.example.com": {"backup_schedule_hour": 4}},
    "docspace_awx_api_keys": {"a.example.com": "sk-a", "b.example.com": "sk-b"},
    "docspace_awx_audit_dest": "/var/lib/docspace",
}
# The AWX API path for each of our variables.
PLACES = {
    "controller_credential_types": "credential_types",
    "controller_credentials": "credentials",
    "controller_execution_environments": "execution_environments",
    "controller_projects": "projects",
    "controller_inventories": "inventories",
    "controller_hosts": "hosts",
    "controller_templates": "job_templates",
    "controller_workflows": "workflow_job_templates",
    "controller_schedules": "schedules",
}


class Run(NamedTuple):
    """A run of the playbook: its changed tasks, the writes that AWX received, and its objects."""

    changed: set[str]
    writes: list[Write]
    objects: dict[str, dict[int, kit.Object]]


class Done(NamedTuple):
    controller: Controller
    wanted: dict[str, list[kit.Object]]
    first: Run
    second: Run


def installed(name: str, *arguments: str, home: Path, **variables: str) -> str:
    """Run a program of .venv/awx-modules, and return its output."""
    own = {"HOME": str(home), "ANSIBLE_HOME": str(home), "ANSIBLE_REMOTE_TEMP": str(home / "tmp")}
    done = subprocess.run(
        [str(FOLDER / name), *arguments],
        cwd=home,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **own, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Two runs with the same settings."""
    controller = Controller(kit.COLLECTION)
    home = tmp_path_factory.mktemp("home")
    with HTTPServer(host="127.0.0.1") as server:
        server.expect_request(re.compile(ROOT)).respond_with_handler(controller.answer)
        runs = [run(controller, server.url_for(""), home) for _turn in range(2)]
    return Done(controller, kit.objects(**SETTINGS), *runs)


def run(controller: Controller, url: str, home: Path) -> Run:
    """Run the playbook as described in the README."""
    controller.writes.clear()
    said = installed(
        "ansible-playbook", str(kit.AWX / "configure_awx.yml"), "-e", json.dumps(SETTINGS),
        home=home,
        CONTROLLER_HOST=url,
        CONTROLLER_OAUTH_TOKEN=TOKEN,
        ANSIBLE_STDOUT_CALLBACK="ansible.posix.json",
    )  # fmt: skip
    tasks = [task for play in json.loads(said)["plays"] for task in play["tasks"]]
    changed = {one["task"]["name"] for one in tasks if one["hosts"]["localhost"].get("changed")}
    return Run(changed, list(controller.writes), copy.deepcopy(controller.objects))


def resolved(controller: Controller, kept: kit.Object) -> kit.Object:
    """An AWX object with names instead of IDs, and with decoded variables."""
    found = {**kept}
    for name in REFERENCES.keys() & kept.keys():
        found[name] = controller.name(name, kept[name])
    for name in {"variables", "extra_vars"} & kept.keys():
        found[name] = json.loads(kept[name])
    if "credentials" in kept:
        found["credentials"] = [controller.name("credentials", one) for one in kept["credentials"]]
    return found


# Options that are not fields: related objects that a module creates, and its search criteria.
BESIDE = {
    "controller_templates": {"survey_spec"},
    "controller_workflows": {"workflow_nodes", "destroy_current_nodes"},
    "controller_schedules": {"organization"},
}


@pytest.mark.parametrize("kind", PLACES)
def test_awx_has_what_the_variables_say(done: Done, kind: str) -> None:
    """Each value arrives as described, and templates for the job are not rendered."""
    found = done.controller.named(PLACES[kind])

    assert list(found) == [one["name"] for one in done.wanted[kind]]
    for wanted in done.wanted[kind]:
        kept = resolved(done.controller, found[wanted["name"]])
        fields = wanted.keys() - BESIDE.get(kind, set())
        assert {name: kept.get(name) for name in fields} == {name: wanted[name] for name in fields}


def test_a_template_has_its_survey(done: Done) -> None:
    wanted = {
        one["name"]: one.get("survey_spec", {}) for one in done.wanted["controller_templates"]
    }

    kept = done.controller.named("job_templates")
    assert {name: one["survey"] for name, one in kept.items()} == wanted
    assert any(wanted.values())


def test_a_credential_has_the_keys(done: Done) -> None:
    (credential,) = done.controller.named("credentials").values()

    assert yaml.safe_load(credential["inputs"]["api_keys"]) == SETTINGS["docspace_awx_api_keys"]


def test_the_workflow_audits_backs_up_and_audits_again(done: Done) -> None:
    nodes = done.controller.objects["workflow_job_template_nodes"]
    (workflow,) = done.controller.named("workflow_job_templates").values()

    assert {node["workflow_job_template"] for node in nodes.values()} == {workflow["id"]}
    assert [
        (node["identifier"], done.controller.name("unified_job_template", template))
        for node in nodes.values()
        if (template := node["unified_job_template"])
    ] == [
        ("audit", "docspace_backup_audit"),
        ("back_up", "docspace_backup_after_audit"),
        ("audit_again", "docspace_backup_audit"),
    ]
    assert {
        node["identifier"]: [nodes[one]["identifier"] for one in node["always_nodes"]]
        for node in nodes.values()
    } == {"audit": ["back_up"], "back_up": ["audit_again"], "audit_again": []}
    assert not any(node["success_nodes"] or node["failure_nodes"] for node in nodes.values())


def test_the_second_run_writes_the_credential_only(done: Done) -> None:
    """AWX does not show secrets, so the module cannot know that they are unchanged."""
    tasks = {task["name"] for task in yaml.safe_load(TASKS.read_text())}

    assert done.first.changed == tasks
    assert done.second.changed == {"Create the credentials"}
    assert done.second.objects == done.first.objects
    (credential,) = done.controller.named("credentials").values()
    assert f"credentials/{credential['id']}" in {write.path for write in done.second.writes}
    assert {write.method for write in done.second.writes} == {"PATCH"}


@cache
def documented(home: Path) -> dict[str, Any]:
    """The options of the module that creates workflows, from its documentation."""
    module = "awx.awx.workflow_job_template"
    said = json.loads(installed("ansible-doc", "--json", module, home=home))
    options: dict[str, Any] = said[module]["doc"]["options"]
    return options


def unknown(given: Any, options: dict[str, Any]) -> Iterator[str]:
    """The names at any level of `given` that are not options."""
    for one in given if isinstance(given, list) else [given]:
        for name, value in one.items():
            if name not in options:
                yield name
            elif "suboptions" in options[name]:
                yield from unknown(value, options[name]["suboptions"])


def test_the_options_of_nodes_are_those_of_the_module(
    done: Done, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The module accepts any dictionary for a node, and would ignore misspelled names."""
    options = documented(tmp_path_factory.getbasetemp())

    for workflow in done.wanted["controller_workflows"]:
        assert not list(unknown(workflow, options))
    wrong = {"workflow_nodes": [{"related": {"always_node": []}, "identity": "audit"}]}
    assert list(unknown(wrong, options)) == ["always_node", "identity"]


TEMPLATE = {"name": "one", "project": 3, "playbook": "playbooks/backup_audit.yml"}
REFUSED: dict[str, tuple[str, kit.Object]] = {
    "unknown field": ("organizations", {"name": "one", "label": "One"}),
    "without a name": ("organizations", {"description": "One"}),
    "the same name": ("organizations", {"name": "Default"}),
    "unknown object": ("projects", {"name": "one", "organization": 7}),
    "no such playbook": ("job_templates", {**TEMPLATE, "name": "two", "playbook": "no.yml"}),
    "rule without interval": (
        "schedules",
        {
            "name": "one", "unified_job_template": 4,
            "rrule": "DTSTART:20260101T000500Z RRULE:FREQ=DAILY",
        },
    ),
    "survey without choices": (
        "job_templates/4/survey_spec",
        {"name": "", "description": "", "spec": [
            {"type": "multiplechoice", "variable": "a", "question_name": "A", "required": True},
        ]},
    ),
    "circle of nodes": ("workflow_job_template_nodes/6/always_nodes", {"id": 6}),
}  # fmt: skip


@pytest.mark.parametrize(("path", "data"), REFUSED.values(), ids=REFUSED.keys())
def test_the_stand_in_refuses_what_awx_refuses(path: str, data: kit.Object) -> None:
    controller = Controller(kit.COLLECTION)

    def status(path: str, data: kit.Object) -> int:
        key = ("Authorization", f"Bearer {TOKEN}")
        made = EnvironBuilder(f"{ROOT}{path}/", method="POST", json=data, headers=[key])
        return controller.answer(Request(made.get_environ())).status_code

    firsts: dict[str, kit.Object] = {
        "inventories": {"name": "one", "organization": 1},
        "projects": {"name": "one"},
        "job_templates": TEMPLATE,
        "workflow_job_templates": {"name": "one"},
        "workflow_job_template_nodes": {
            "identifier": "one", "workflow_job_template": 5, "unified_job_template": 4,
        },
    }  # fmt: skip
    for kind, first in firsts.items():
        assert status(kind, first) == 201
    assert status(path, data) == 400
