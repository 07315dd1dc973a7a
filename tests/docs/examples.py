# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples in the documentation of the modules, and one play that runs them all."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import yaml

from docs.places import ROOT

Task = dict[str, Any]

# Resets the portal to this state before each example.
SEED: Task = {
    "name": "(as it is found)",
    "onlyoffice.docspace.docspace_backup_schedule": {
        "api_host": "{{ docspace_api_host }}",
        "api_key": "{{ docspace_api_key }}",
        "storage_type": "Documents",
        "storage_params": {"folderId": "1234"},
        "period": "EveryDay",
        "hour": 14,
        "backups_stored": 2,
    },
}


def plugins(kind: str) -> list[Path]:
    """Return the plugins of a kind that have their own documentation."""
    return sorted((ROOT / "plugins" / kind).glob("[!_]*.py"))


def text_of(plugin: Path, name: str = "EXAMPLES") -> str:
    """The documentation string `name` of a plugin, as in its source."""
    for node in ast.parse(plugin.read_text()).body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and [getattr(target, "id", "") for target in node.targets] == [name]
        ):
            return str(node.value.value)
    raise AssertionError(f"{plugin.name} has no {name}")


def tasks_of(module: Path) -> list[Task]:
    """The examples of a module."""
    tasks: list[Task] = yaml.safe_load(text_of(module))
    return tasks


def names(tasks: list[Task]) -> list[str]:
    """The names of all tasks, including those in blocks."""
    found: list[str] = []
    for task in tasks:
        found += names(task["block"]) if "block" in task else [task["name"]]
    return found


def playbook(modules: list[Path]) -> str:
    """A playbook with a play for each module: its unchanged examples, each after SEED."""
    return as_text(
        [
            {
                "name": module.stem,
                "hosts": "all",
                "gather_facts": False,
                "tasks": [part for task in tasks_of(module) for part in (SEED, task)],
            }
            for module in modules
        ]
    )


def as_text(content: list[Task]) -> str:
    """YAML without anchors and line breaks, so that error messages of Ansible are readable."""
    dumper = type("Plain", (yaml.SafeDumper,), {"ignore_aliases": lambda *_: True})
    return str(yaml.dump(content, Dumper=dumper, sort_keys=False, width=1000))
