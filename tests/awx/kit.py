# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The objects of extensions/ as AWX and Automation Platform get them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import yaml
from parity.plays import LONGEST_RUN_S, TREE, program
from support import role_spec

COLLECTION = (
    Path(os.environ.get("ANSIBLE_COLLECTIONS_PATH", TREE))
    / "ansible_collections/onlyoffice/docspace"
)
AWX = COLLECTION / "extensions" / "awx"
PATTERNS = COLLECTION / "extensions" / "patterns"

Object = dict[str, Any]


KINDS = (
    "controller_credential_types",
    "controller_credentials",
    "controller_execution_environments",
    "controller_projects",
    "controller_inventories",
    "controller_hosts",
    "controller_templates",
    "controller_workflows",
    "controller_schedules",
)


def objects(**settings: Any) -> dict[str, list[Object]]:
    """The objects that extensions/awx/group_vars creates from `settings`, rendered by Ansible."""
    wanted = "{{ {" + ", ".join(f"'{kind}': {kind}" for kind in KINDS) + "} }}"
    done = subprocess.run(
        [program("ansible"), "localhost", "-i", "localhost,", "--playbook-dir", str(AWX)]
        + ["-e", json.dumps(settings), "-m", "ansible.builtin.debug"]
        + ["-a", json.dumps({"msg": wanted})],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "ANSIBLE_NOCOLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        timeout=LONGEST_RUN_S,
    )
    shown: dict[str, list[Object]] = json.loads(done.stdout.partition("=>")[2])["msg"]
    return shown


def named(objects: list[Object], name: str) -> Object:
    """The object with this name. Raises KeyError if there is none."""
    return {one["name"]: one for one in objects}[name]


def pattern(name: str) -> Object:
    """The content of meta/pattern.json."""
    said: Object = json.loads((PATTERNS / name / "meta" / "pattern.json").read_text())
    return said


def pattern_template(name: str) -> Object:
    """The job template of a pattern, with the path of its playbook in the project."""
    (template,) = pattern(name)["aap_resources"]["controller_job_templates"]
    playbook = f"extensions/patterns/{name}/playbooks/{template['playbook']}"
    return {**template, "playbook": playbook}


def survey(template: Object) -> dict[str, Object]:
    """The questions of a job template by their variables."""
    found = template.get("survey") or template.get("survey_spec") or {"spec": []}
    return {question["variable"]: question for question in found["spec"]}


def role_options(role: str) -> dict[str, Object]:
    """The variables of the role, with their specs."""
    return role_spec.checked(COLLECTION / "roles" / role)


def play_options(name: str) -> dict[str, Object]:
    """The options of a pattern's play, from the argument spec next to it."""
    path = COLLECTION / Path(pattern_template(name)["playbook"]).with_suffix(".meta.yml")
    (spec,) = yaml.safe_load(path.read_text())["argument_specs"].values()
    options: dict[str, Object] = spec["options"]
    return options
