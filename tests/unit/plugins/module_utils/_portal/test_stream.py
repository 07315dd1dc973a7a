# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The addresses that belong to a portal. The key is sent only to these."""

from __future__ import annotations

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.stream import is_of_portal

PORTAL = "https://portal.example.com"


@pytest.mark.parametrize(
    ("portal", "url"),
    [
        (PORTAL, "https://portal.example.com/filehandler.ashx?action=stream"),
        (PORTAL, "https://PORTAL.example.com:443/filehandler.ashx"),
        ("http://127.0.0.1:8092/p/a", "http://127.0.0.1:8092/p/a/filehandler.ashx"),
    ],
)
def test_addresses_of_the_portal(portal: str, url: str) -> None:
    assert is_of_portal(portal, url)


@pytest.mark.parametrize(
    ("portal", "url"),
    [
        (PORTAL, "https://bucket.example.com/a"),
        (PORTAL, "https://portal.example.com.evil.org/a"),
        (PORTAL, "https://evil.org/portal.example.com/"),
        (PORTAL, "https://portal.example.com@evil.org/a"),
        (PORTAL, "http://portal.example.com/a"),
        (PORTAL, "https://portal.example.com:8443/a"),
        ("http://127.0.0.1:8092/p/a", "http://127.0.0.1:8092/p/b/x"),
        ("http://127.0.0.1:8092/p/a", "http://127.0.0.1:8092/p/a-b"),
        ("http://127.0.0.1:8092/p/a", "http://127.0.0.1:8092/p/a/../b/x"),
        ("http://127.0.0.1:8092/p/a", "http://127.0.0.1:8092/p/a/%2e%2e/b/x"),
        ("http://127.0.0.1:8092", "http://localhost:8092/a"),
    ],
)
def test_addresses_of_others(portal: str, url: str) -> None:
    assert not is_of_portal(portal, url)
