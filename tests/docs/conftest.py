# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`make examples ARGS=--update` updates the generated parts of the documents."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.simulator import Simulator

from docs.sandbox import Sandbox


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the documents")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether to update the documents instead of comparing them."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def sandboxes(tmp_path: Path) -> Iterator[Callable[[], Sandbox]]:
    """Creates empty folders, each with a server that has no portals until a text names them."""
    with contextlib.ExitStack() as running:

        def make() -> Sandbox:
            simulator = running.enter_context(Simulator(portals=0))
            return Sandbox(simulator, Path(tempfile.mkdtemp(dir=tmp_path)))

        yield make


@pytest.fixture
def sandbox(sandboxes: Callable[[], Sandbox]) -> Sandbox:
    """One such folder."""
    return sandboxes()


@pytest.fixture
def agree(update: bool) -> Callable[[Path, str], None]:
    """Compare a document with its expected content, or update it."""

    def check(document: Path, wanted: str) -> None:
        if update:
            document.write_text(wanted)
        assert document.read_text() == wanted, "run: make examples ARGS=--update"

    return check
