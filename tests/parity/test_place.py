# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the worker cannot replace the module, the module runs, with the same result."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ansible import constants
from support.control import Control

from parity import fleets
from parity.comparison import fields
from parity.plays import PLAYBOOKS, Run, play

TASKS = 3
SAME_USER = {"ansible_become_method": "same_user"}
OTHER_PYTHON = {"ansible_python_interpreter": "{{ folder }}/python"}
THIS_PYTHON = Path(sys.executable)


class Place(NamedTuple):
    """How many of the three tasks run as modules, the reason, and the settings that cause it.

    The settings are variables of the host, and arguments and environment of ansible-playbook. `own`
    is a prefix of the fields that differ in this place.
    """

    name: str
    why: str
    variables: Mapping[str, Any] = {}
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = {}
    modules: int = TASKS
    own: str = "-"
    # Another notation of a place that is already tested.
    variant: bool = False


# ansible-core 2.19 introduced this setting.
TRACEBACKS = [
    Place(
        "tracebacks",
        "the files or tracebacks of modules are inspected",
        environment={"ANSIBLE_DISPLAY_TRACEBACK": "error"},
        own="result.exception",
    )
][: hasattr(constants, "DISPLAY_TRACEBACK")]
ELSEWHERE = (
    Place("off", "docspace_in_process is off", {"docspace_in_process": False}),
    Place(
        "off in words",
        "docspace_in_process is off",
        {"docspace_in_process": "{{ 'No' }}"},
        variant=True,
    ),
    Place(
        "connection",
        "the connection is not local",
        {"ansible_connection": "elsewhere"},
        variant=True,
    ),
    Place("delegate", "the connection is not local", {"place": "neighbor"}),
    Place("become", "it runs as another user", SAME_USER, ("--become",)),
    Place(
        "become by variable",
        "it runs as another user",
        {**SAME_USER, "ansible_become": True},
        variant=True,
    ),
    Place("async", "it runs in the background", {"seconds": 60}, modules=2),
    Place("environment", "it has its own environment", {"variables": {"SOME": "thing"}}),
    Place("interpreter", "it uses another interpreter", OTHER_PYTHON),
    Place(
        "interpreter by configuration",
        "it uses another interpreter",
        {"ansible_python_interpreter": None},
        environment={"ANSIBLE_PYTHON_INTERPRETER": "{{ folder }}/python"},
        variant=True,
    ),
    Place(
        "library",
        "requests is not installed here",
        OTHER_PYTHON,
        environment={"PYTHONPATH": "{{ folder }}/without"},
    ),
    Place(
        "files kept",
        "the files or tracebacks of modules are inspected",
        environment={"ANSIBLE_KEEP_REMOTE_FILES": "1"},
        variant=True,
    ),
    *TRACEBACKS,
)
HERE = (
    Place("plain", ""),
    Place("full name", "", {"ansible_connection": "ansible.builtin.local"}),
    Place("on in words", "", {"docspace_in_process": "yes"}),
    Place("become overruled", "", {**SAME_USER, "ansible_become": False}, ("--become",)),
    Place("no environment", "", {"variables": {}}),
    Place("localhost", "", {"place": "localhost"}),
    Place(
        "other name",
        "",
        {"ansible_python_interpreter": str(THIS_PYTHON.with_name("python3"))},
    ),
    Place("any Python", "", {"ansible_python_interpreter": "auto_silent"}),
)


def _run(control: Control, place: Place, folder: Path) -> Run:
    """Run the play in that place, on a portal that always has the same initial state."""
    _other_python(folder)
    control.reset()
    hosts = {"portals": {"portal": fleets.portal(control, "somewhere"), **place.variables}}
    environment = {
        name: value.replace("{{ folder }}", str(folder))
        for name, value in place.environment.items()
    }
    neighbor = {"ansible_connection": "elsewhere"}
    return play(
        PLAYBOOKS / "place.yml",
        {**hosts, "neighbor": neighbor},
        arguments=["-vvv", *place.arguments, "-e", f"folder={folder}"],
        environment=environment,
    )


def _other_python(folder: Path) -> None:
    """Create a second path to Python, and a folder that hides `requests` from the controller."""
    script = folder / "python"
    script.write_text(f'#!/bin/sh\nunset PYTHONPATH\nexec "{THIS_PYTHON}" "$@"\n')
    script.chmod(0o755)
    hiding = folder / "without" / "requests.py"
    hiding.parent.mkdir(exist_ok=True)
    hiding.write_text('raise ImportError("hidden by a test")\n')


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, simulator: Any) -> Run:
    """The results in the worker."""
    return _run(simulator.control, HERE[0], tmp_path_factory.mktemp("worker"))


@pytest.mark.parametrize(
    "place",
    [pytest.param(one, marks=pytest.mark.matrix if one.variant else ()) for one in ELSEWHERE],
    ids=lambda place: place.name,
)
def test_elsewhere_it_is_a_module(
    control: Control, place: Place, expected: Run, tmp_path: Path
) -> None:
    run = _run(control, place, tmp_path)
    assert run.output.count(f"runs as a module because {place.why}") == place.modules
    assert run.output.count("runs in the worker") == TASKS - place.modules
    assert _missing(expected, run, place.own) == []


@pytest.mark.parametrize("place", HERE, ids=lambda place: place.name)
def test_here_it_is_the_worker(
    control: Control, place: Place, expected: Run, tmp_path: Path
) -> None:
    run = _run(control, place, tmp_path)
    assert run.output.count("runs in the worker") == TASKS
    assert "runs as a module" not in run.output
    assert _missing(expected, run, place.own) == []


def _missing(expected: Run, run: Run, own: str) -> list[str]:
    """Fields that the results of `run` lack. Additional fields, as of async, are allowed."""
    assert len(expected.records) == len(run.records) == TASKS
    found = []
    for one, other in zip(expected.records, run.records, strict=True):
        there = fields(other)
        found += [
            f"{one['task']}: {name} is {there.get(name)}, not {value}"
            for name, value in fields(one).items()
            if there.get(name) != value and not name.startswith(own)
        ]
    return found
