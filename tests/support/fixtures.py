# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""pytest fixtures around the simulated portal; a conftest imports the ones its tests use."""

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
    """The remote control; afterwards everything is put back to the state at start."""
    yield simulator.control
    simulator.control.reset()


@pytest.fixture
def make_portal(simulator: Simulator, control: Control) -> Callable[..., Portal]:
    """A function that makes portals, e.g. ``make_portal(server_version="3.1.0")``."""

    def make(**settings: Any) -> Portal:
        return simulator.fresh_portal(**settings)

    return make


@pytest.fixture
def portal(make_portal: Callable[..., Portal]) -> Portal:
    """A fresh standalone portal of the newest version in UTC, with nothing in it."""
    return make_portal()
