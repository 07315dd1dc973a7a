# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the client tests: the simulated portal, and a host without local settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.fixtures import control, make_portal, portal, simulator
from support.vendor_sdk import backups, sdk

from client.places import Places
from client.support_net import Network
from client.support_runs import Waits

__all__ = ["backups", "control", "make_portal", "network", "portal", "sdk", "simulator"]

# The environment variables that `requests` reads.
HOST_SETTINGS = (
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "requests_ca_bundle",
    "curl_ca_bundle",
    "netrc",
)


@pytest.fixture(autouse=True)
def _plain_host(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Hide the proxy, CA bundle, and .netrc of the machine that runs the tests."""
    for name in HOST_SETTINGS:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("HOME", str(empty_home(tmp_path_factory)))


def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new directory as the home directory of the user who runs the play."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def network() -> Iterator[Network]:
    """A thread that runs the small servers of the tests."""
    with Network() as running:
        yield running


@pytest.fixture
def waits() -> Waits:
    """A stand-in for `sleep` that records the requested times."""
    return Waits()


@pytest.fixture
def places(network: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    """Addresses at which no portal answers."""
    with Places(network, monkeypatch) as found:
        yield found
