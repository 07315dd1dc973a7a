# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting and stopping the simulator, which ignores the settings of the host."""

from __future__ import annotations

import pytest
import requests
from support.answers import Http
from support.portal import Portal
from support.simulator import Simulator

from contract.matrix.bodies import READ


def test_a_simulator_ends_with_its_block() -> None:
    with Simulator(portals=2, server_version="3.6.1", timezone="Asia/Tokyo") as own:
        first, second = own.portals
        shown = second.get("settings").response
        assert shown["version"] == "3.6.1"
        assert shown["timezone"] == "Asia/Tokyo"
        assert first.alias != second.alias
        url = own.url
    with pytest.raises(requests.ConnectionError):
        Http().send("GET", url, timeout=5)


def test_a_failed_start_says_why() -> None:
    with pytest.raises(RuntimeError, match="sideways"), Simulator(mode="sideways"):
        raise AssertionError("it started")


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy"])
def test_proxies_of_the_host_do_not_matter(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    portal.http.close()
    assert portal.get(READ).status == 200


def test_cookies_are_not_kept(portal: Portal) -> None:
    owner = portal.owner
    login = {"userName": owner.email, "password": owner.password}
    assert "Set-Cookie" in portal.post("authentication", login, auth=None).headers
    assert portal.get(READ, auth=None).status == 401
