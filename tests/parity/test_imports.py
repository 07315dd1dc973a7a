# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules of the collection are imported once, in the parent process, for all hosts."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest
from support.control import Control

from parity import fleets
from parity.plays import HERE, PLAYBOOKS, play

HOSTS = 10
OURS = "ansible_collections.onlyoffice.docspace.plugins."


class Imports(NamedTuple):
    """The program of each process, and the modules that each process was the first to import."""

    started: dict[int, str]
    imported: dict[int, set[str]]

    def importing(self, module: str) -> set[int]:
        return {process for process, modules in self.imported.items() if module in modules}


@pytest.fixture
def imports(control: Control, tmp_path: Path) -> Imports:
    """The imports of a run on ten hosts, five at a time."""
    output = tmp_path / "imports"
    hosts = {}
    for number in range(HOSTS):
        name = f"portal-{number}"
        hosts[name] = {"portal": fleets.portal(control, name)}
    run = play(
        PLAYBOOKS / "unchanged.yml",
        hosts,
        environment={
            "ANSIBLE_FORKS": "5",
            "PARITY_IMPORTS": str(output),
            "PYTHONPATH": str(HERE / "imports"),
        },
    )
    assert (run.status, len(run.records)) == (0, 2 * HOSTS), run.output
    return _read(output)


def _read(output: Path) -> Imports:
    started: dict[int, str] = {}
    imported: dict[int, set[str]] = defaultdict(set)
    for line in output.read_text().splitlines():
        process, what, *name = line.split(" ")
        # Every process gets an entry, even if it imports nothing.
        modules = imported[int(process)]
        if what == "starts":
            started[int(process)] = name[0]
        elif what == "imports":
            modules.add(name[0])
    return Imports(started, imported)


def test_imports_are_paid_once_in_the_parent(imports: Imports) -> None:
    (parent,) = imports.started
    assert imports.started[parent] == "ansible-playbook"
    assert imports.importing("requests") == {parent}
    ours = {name for name in imports.imported[parent] if name.startswith(OURS)}
    for module in (
        "module_utils._portal.client",
        "module_utils._schedule.plan",
        "plugin_utils._in_process",
    ):
        assert OURS + module in ours
    for module in ours:
        assert imports.importing(module) == {parent}


def test_workers_import_nothing(imports: Imports) -> None:
    workers = imports.imported.keys() - imports.started.keys()
    assert len(workers) >= 2 * HOSTS
    assert set().union(*(imports.imported[worker] for worker in workers)) == set()
