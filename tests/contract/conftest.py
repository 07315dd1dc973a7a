# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the contract tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import pytest
from support.fixtures import control, make_portal, portal, simulator
from support.simulator import Simulator
from support.vendor_sdk import backups, sdk

from contract.rows import ServerFor

__all__ = ["backups", "control", "make_portal", "other_server", "portal", "sdk", "simulator"]


@pytest.fixture(scope="session")
def other_server(simulator: Simulator) -> Iterator[ServerFor]:
    """The simulator for a row: the shared one, or a new one with other arguments."""
    running: dict[tuple[tuple[str, Any], ...], Simulator] = {(): simulator}
    with ExitStack() as stack:

        def server_for(arguments: Mapping[str, Any]) -> Simulator:
            known = tuple(sorted(arguments.items()))
            if known not in running:
                running[known] = stack.enter_context(Simulator(**arguments))
            return running[known]

        yield server_for
