# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the leak tests. All scenarios run once on both paths before the first test."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.fixtures import simulator
from support.simulator import Simulator

from leaks.runs import PATHS, Run
from leaks.scenarios import SCENARIOS, Scenario
from leaks.setting import Cast

__all__ = ["runs", "simulator"]


@pytest.fixture(scope="session")
def runs(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    """Every run: one for each path, and one for each scenario with its own environment."""

    def run(scenarios: list[Scenario], path: str) -> Run:
        cast = [Cast(scenario, path, simulator) for scenario in scenarios]
        return Run(tmp_path_factory.mktemp("run"), cast, path)

    together = [scenario for scenario in SCENARIOS if not scenario.environment]
    alone = [[scenario] for scenario in SCENARIOS if scenario.environment]
    return [run(scenarios, path) for path in PATHS for scenarios in [together, *alone]]


@pytest.fixture(scope="session")
def run_of(runs: list[Run]) -> Callable[[str], Run]:
    """The run that contains a host, which stands for a scenario on a path."""
    by_host = {host: run for run in runs for host in run.cast}
    return by_host.__getitem__
