# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""pytest fixtures for the simulated portal. A conftest imports those that its tests use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from support.control import Control
from support.portal import Portal
from support.simulator import Simulator

__all__ = ["control", "make_portal", "portal", "simulator"]


@pytest.fixture(scope="session")
def simulator() -> Iterator[Simulator]:
    """One simulator for the whole session."""
    with Simulator() as running:
        yield running


@pytest.fixture
def control(simulator: Simulator) -> Iterator[Control]:
    """The remote control. Afterwards, everything is reset to the initial state."""
    yield simulator.control
    simulator.control.reset()


@pytest.fixture
def make_portal(simulator: Simulator, control: Control) -> Callable[..., Portal]:
    """A function that creates portals, such as ``make_portal(server_version="3.1.0")``."""

    def make(**settings: Any) -> Portal:
        return simulator.fresh_portal(**settings)

    return make


@pytest.fixture
def portal(make_portal: Callable[..., Portal]) -> Portal:
    """A new, empty, self-hosted portal of the newest version in UTC."""
    return make_portal()
