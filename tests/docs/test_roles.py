# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation of a role's variables is consistent.

The argument spec is compared with the defaults, README, and tasks, and with the spec of the module.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import role_spec

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible import (
    argspec,
)
from docs import regions, tables

ROOT = Path(__file__).resolve().parents[2]
ROLES = sorted(path.parents[1] for path in ROOT.glob("roles/*/meta/argument_specs.yml"))

# The prefix of connection variables, which all roles share. They have no default in a role.
SHARED = "docspace_"

# Options that accept a returned value and have no effect.
GIVEN_BACK = ("last_backup_time", "next_run")

_WORD = re.compile(r"\b[a-z]\w+")


@pytest.fixture(params=ROLES, ids=lambda role: role.name)
def role(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def options(role: Path) -> dict[str, Any]:
    return role_spec.checked(role)


@pytest.fixture
def defaults(role: Path) -> dict[str, Any]:
    found: dict[str, Any] = _yaml(role / "defaults" / "main.yml")
    return found


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


def _computed(value: Any) -> bool:
    return isinstance(value, str) and "{{" in value


def test_there_are_roles() -> None:
    assert ROLES


def test_every_variable_has_the_prefix_of_its_role(role: Path, options: dict[str, Any]) -> None:
    strangers = [name for name in options if not name.startswith((f"{role.name}_", SHARED))]

    assert not strangers


def test_defaults_are_those_of_the_argument_spec(
    role: Path, options: dict[str, Any], defaults: dict[str, Any]
) -> None:
    own = {name: option for name, option in options.items() if not name.startswith(SHARED)}

    assert sorted(defaults) == sorted(own)
    for name, default in defaults.items():
        if _computed(default):
            assert "default" not in own[name], f"{name} is computed, which no constant can tell"
        else:
            assert own[name]["default"] == default, name


def test_the_argument_spec_lets_pass_what_counts_as_unset(role: Path) -> None:
    for name, option in role_spec.documented(role).items():
        assert option["type"] == "raw", name
        # Before ansible-core 2.19, no_log rejects an inline vault.
        assert not {"choices", "no_log"}.intersection(option), name


def test_a_blank_variable_has_the_default(role: Path, defaults: dict[str, Any]) -> None:
    values = _yaml(role / "vars" / "main.yml")
    for name, default in defaults.items():
        value = " ".join(values[f"__{name}"].split())
        literal = "__.+" if _computed(default) else re.escape(_literal(default))
        assert re.fullmatch(
            r"\{\{ " + name + r" \| onlyoffice\.docspace\.unless_blank\(" + literal + r"\) \}\}",
            value,
        ), name


def _literal(value: Any) -> str:
    """A constant in the notation of a template."""
    return str(value).lower() if isinstance(value, bool) else repr(value)


def test_tasks_use_no_variable_that_may_be_blank(role: Path, defaults: dict[str, Any]) -> None:
    text = "\n".join(path.read_text() for path in role.glob("tasks/*.yml"))

    assert not sorted(set(defaults) & set(re.findall(r"\b[a-z]\w+", text)))


def test_a_variable_takes_what_the_option_of_its_name_takes(
    role: Path, options: dict[str, Any]
) -> None:
    # A role has the name of its module without the prefix of the product.
    assert hasattr(argspec, f"{role.name}_spec")
    module = getattr(argspec, f"{role.name}_spec")()
    for name, option in options.items():
        taken = module.get(name.removeprefix(f"{role.name}_"), {})
        if taken.get("choices"):
            assert option.get("choices") == taken["choices"], name
        if taken:
            assert option["type"] == taken["type"], name


def test_every_option_of_the_module_has_a_variable(role: Path, options: dict[str, Any]) -> None:
    connection = argspec.connection_spec()
    wanted = {
        f"{SHARED if option in connection else f'{role.name}_'}{option}"
        for option in getattr(argspec, f"{role.name}_spec")()
        if option not in GIVEN_BACK
    }

    assert wanted <= options.keys()


def test_shared_variables_have_no_default(options: dict[str, Any]) -> None:
    shared = {name: option for name, option in options.items() if name.startswith(SHARED)}

    assert shared
    assert not [name for name, option in shared.items() if "default" in option]


def test_tasks_and_vars_use_every_variable(
    role: Path, options: dict[str, Any], defaults: dict[str, Any]
) -> None:
    files = [*role.glob("tasks/*.yml"), *role.glob("vars/*.yml"), *role.glob("defaults/*.yml")]
    # Assignments of defaults do not count as a use.
    text = "\n".join(
        re.sub(r"^\w+:", "", line) for path in files for line in path.read_text().splitlines()
    )

    assert not sorted(set(options) - set(_WORD.findall(text)))


def test_the_readme_has_the_variables_of_the_argument_spec(
    role: Path, options: dict[str, Any]
) -> None:
    readme = (role / "README.md").read_text()
    table = tables.markdown(
        ("Variable", "Values", "Default", "Meaning"), tables.variable_rows(options)
    )

    assert f"variables {role.name}" in list(regions.names(readme))
    assert regions.filled(readme, lambda _name: table) == readme, "make examples ARGS=--update"
