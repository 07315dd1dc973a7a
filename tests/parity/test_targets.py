# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every integration target, and the playbook with its role, on both paths."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from support.control import Control

from parity import fleets
from parity.both_paths import both
from parity.comparison import differences
from parity.fleets import Hosts
from parity.plays import HERE, PLAYBOOKS, TREE, Run

TARGETS = HERE.parent / "integration" / "targets"
PLAYBOOK = "onlyoffice.docspace.backup_schedule"
OURS = "onlyoffice.docspace."

# A target starts its own portals: on another port, with new keys, in a folder with a random name.
# Portals whose clock it does not set make their backups now.
NOW = datetime.now(timezone.utc)
NEW_EACH_TIME = (
    (re.compile(rf"(?<!\d)({NOW:%Y-%m-%d}|{NOW + timedelta(1):%Y-%m-%d})[T_][\d:-]{{8}}"), "now"),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:80"),
    (re.compile(r"\bsk-[0-9a-f]{32,}"), "sk-key"),
    (re.compile(r"\b(docspace-(?:[a-z]+-)+)\w+"), r"\1"),
)


def targets() -> list[str]:
    """Every target with tasks, except those that only support others."""
    found = sorted(path.parents[1].name for path in TARGETS.glob("*/tasks/main.yml"))
    return [name for name in found if not name.startswith("setup_")]


def test_there_are_targets() -> None:
    modules = {path.stem for path in (HERE.parents[1] / "plugins" / "modules").glob("*.py")}
    assert modules <= set(targets())


@pytest.mark.matrix
@pytest.mark.parametrize("target", targets())
def test_target(control: Control, target: str) -> None:
    (ours, _our_run), (theirs, _their_run) = both(
        control,
        PLAYBOOKS / "target.yml",
        lambda _control: {"testhost": {}},
        arguments=["-e", f"target={target}"],
        environment=_roles,
    )
    assert (ours.status, theirs.status) == (0, 0), ours.output + theirs.output
    assert _of_modules(ours).records
    assert "\n".join(differences(_of_modules(ours), _of_modules(theirs))) == ""


def _roles(_hosts: Hosts) -> Mapping[str, str]:
    # This tree also contains the simulator, which the installed collection does not.
    places = [os.environ.get("ANSIBLE_COLLECTIONS_PATH", ""), str(TREE)]
    return {
        "ANSIBLE_ROLES_PATH": str(TARGETS),
        "ANSIBLE_COLLECTIONS_PATH": os.pathsep.join(filter(None, places)),
    }


def _of_modules(run: Run) -> Run:
    """The output, and the results of our modules, without values that always differ."""
    records = [record for record in run.records if record["action"].startswith(OURS)]
    texts = [run.stdout, run.stderr, json.dumps(records)]
    for pattern, name in NEW_EACH_TIME:
        texts = [pattern.sub(name, text) for text in texts]
    return Run(run.status, texts[0], texts[1], json.loads(texts[2]))


@pytest.mark.parametrize("arguments", [["--check", "--diff"], ["--diff"]], ids=" ".join)
def test_playbook(control: Control, arguments: list[str]) -> None:
    (ours, sent), (theirs, also_sent) = both(control, PLAYBOOK, _fleet, arguments=arguments)
    assert any(record["action"].startswith(OURS) for record in ours.records)
    assert "\n".join(differences(ours, theirs)) == ""
    assert sent == also_sent


def _fleet(control: Control) -> Hosts:
    """Healthy portals, and one with an unknown key."""
    hosts: dict[str, dict[str, Any]] = fleets.healthy(control)
    strange = {**hosts["old"]["portal"], "api_key": "sk-0000"}
    return {
        name: {
            "portal": portal,
            "docspace_api_host": portal["url"],
            "docspace_api_key": portal["api_key"],
        }
        for name, portal in [
            *((name, variables["portal"]) for name, variables in hosts.items()),
            ("strange", strange),
        ]
    }
