# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module has an integration target."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("[!_]*.py"))
TARGETS = ROOT / "tests" / "integration" / "targets"


def test_there_are_modules() -> None:
    assert MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_a_target_that_runs_it(module: str) -> None:
    tasks = [path.read_text() for path in (TARGETS / module / "tasks").glob("*.yml")]

    assert any(f"onlyoffice.docspace.{module}:" in text for text in tasks)


@pytest.mark.parametrize("module", MODULES)
def test_a_target_is_run_by_ansible_test_without_a_container(module: str) -> None:
    aliases = (TARGETS / module / "aliases").read_text().split()

    assert {"azp/posix/1", "needs/target/setup_simulator"} <= set(aliases)
    assert not {"disabled", "unsupported"} & set(aliases)
