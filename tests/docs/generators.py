# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Generates parts of the documents by name, such as `options docspace_room`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import yaml
from support import role_spec

from docs import counts, measured, tables
from docs.blocks import blocks_of
from docs.examples import text_of
from docs.places import GUIDES, ROOT
from docs.sandbox import Sandbox

COLLECTION = "onlyoffice.docspace"

MakeSandbox = Callable[[], Sandbox]


def make(name: str, sandbox: MakeSandbox) -> str:
    """Generate the part `name`. `sandbox` creates an empty sandbox for parts that run something."""
    kind, _separator, subject = name.partition(" ")
    return _MAKERS[kind](subject, sandbox)


def _options(module: str, _sandbox: MakeSandbox) -> str:
    heading = ("Option", "Values", "Default", "Environment", "Meaning")
    own = yaml.safe_load(text_of(ROOT / "plugins" / "modules" / f"{module}.py", "DOCUMENTATION"))
    documented = documentation_of(module)["options"]
    # The module's own options come first, in order, followed by the connection options.
    options = {name: documented[name] for name in (*own["options"], *sorted(documented))}
    return tables.markdown(heading, tables.option_rows(options))


def documentation_of(module: str) -> Any:
    """The documentation of a module from ansible-doc, including fragments."""
    name = f"{COLLECTION}.{module}"
    said = subprocess.run(
        ["ansible-doc", "--json", "--type", "module", name],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return json.loads(said)[name]["doc"]


def _variables(role: str, _sandbox: MakeSandbox) -> str:
    heading = ("Variable", "Values", "Default", "Meaning")
    return tables.markdown(heading, tables.variable_rows(role_options(role)))


def role_options(role: str) -> dict[str, Any]:
    """The variables of a role, with their specs."""
    return role_spec.checked(ROOT / "roles" / role)


def _requests(_subject: str, sandbox: MakeSandbox) -> str:
    return tables.markdown(("Case", "Requests"), counts.budget(sandbox()))


# The ways to manage a schedule that the migration guide compares, by file.
_WAYS = {
    "schedule.py": "The script",
    "uri.yml": "One `uri` task",
    "careful.yml": "`uri` tasks that read first",
    "module.yml": "The module",
}


def _moving(_subject: str, sandbox: MakeSandbox) -> str:
    blocks = {block.marks.get("file"): block for block in blocks_of(GUIDES / "migration.rst")}
    place = sandbox()
    place.make_folder()
    rows = [
        [about.replace("`", "``"), *counts.moving(place, blocks[way])]
        for way, about in _WAYS.items()
    ]
    return tables.list_table(("", "Lines", "Requests", "Extra backups"), rows)


def _measured(subject: str, _sandbox: MakeSandbox) -> str:
    return measured.table(subject)


_MAKERS: dict[str, Callable[[str, MakeSandbox], str]] = {
    "options": _options,
    "variables": _variables,
    "requests": _requests,
    "moving": _moving,
    "measured": _measured,
}
