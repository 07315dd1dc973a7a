# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the server finds the portal for a request (contract 1.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from contract.rows import ServerFor

# Mode of the server, headers, query -> alias of the portal that responds.
RESOLUTIONS: dict[str, tuple[str, Mapping[str, str], str, str]] = {
    "host": ("standalone", {"Host": "two.docspace.test"}, "", "two"),
    "origin-wins": (
        "standalone",
        {"Host": "one.docspace.test", "Origin": "http://two.docspace.test"},
        "",
        "two",
    ),
    "unknown-origin": (
        "standalone",
        {"Host": "one.docspace.test", "Origin": "http://three.docspace.test"},
        "",
        "one",
    ),
    "query-replaces-host": (
        "standalone",
        {"Host": "one.docspace.test"},
        "?origin=https://two.docspace.test",
        "two",
    ),
    "saas-host": ("saas", {"Host": "two.docspace.test"}, "", "two"),
    "saas-host-wins": (
        "saas",
        {"Host": "one.docspace.test", "Origin": "http://two.docspace.test"},
        "",
        "one",
    ),
    "saas-origin": (
        "saas",
        {"Host": "nosuch.example.org", "Origin": "http://two.docspace.test"},
        "",
        "two",
    ),
}


@pytest.mark.parametrize("name", RESOLUTIONS)
def test_the_portal_that_answers(other_server: ServerFor, name: str) -> None:
    mode, headers, query, alias = RESOLUTIONS[name]
    server = other_server({"mode": mode} if mode == "saas" else {})
    try:
        for portal in ("one", "two"):
            server.control.portal(portal)
        url = f"{server.url}/api/2.0/settings{query}"
        answer = server.http.send("GET", url, headers=headers)
        assert answer.response["tenantAlias"] == alias
    finally:
        server.control.reset()


def test_the_path_comes_first(other_server: ServerFor) -> None:
    server = other_server({})
    try:
        one = server.control.portal("one")
        server.control.portal("two")
        answer = one.get("settings", headers={"Host": "two.docspace.test"})
        assert answer.response["tenantAlias"] == "one"
    finally:
        server.control.reset()


FOREIGN, UNKNOWN = "nosuch.example.org", "nosuch.docspace.test"
SUSPENDED, BUSY = {"status": "Suspended"}, {"status": "Restoring"}
# Settings of the initial portal, of `one`, and of `two`; the host; the portal that responds, or
# None for 404.
FALLBACKS: dict[str, tuple[Sequence[Mapping[str, str]], str, str | None]] = {
    "foreign": ([{}], FOREIGN, "portal-001"),
    "foreign-to-the-first-of-several": ([{}, {}, {}], FOREIGN, "portal-001"),
    "foreign-not-to-a-suspended-one": ([SUSPENDED, {}, {}], FOREIGN, "one"),
    "foreign-to-an-active-one-first": ([BUSY, SUSPENDED, {}], FOREIGN, "two"),
    "foreign-and-nothing-but-suspended": ([SUSPENDED, SUSPENDED], FOREIGN, None),
    "unknown-below-the-base-domain": ([{}], UNKNOWN, None),
    "unknown-below-the-base-domain-of-several": ([{}, {}], UNKNOWN, None),
}


@pytest.mark.parametrize("name", FALLBACKS)
def test_where_a_host_of_no_portal_leads(other_server: ServerFor, name: str) -> None:
    portals, host, alias = FALLBACKS[name]
    server = other_server({})
    try:
        for number, settings in enumerate(portals):
            if number:
                server.control.portal(("one", "two")[number - 1], **settings)
            elif settings:
                server.control.change("portal-001", **settings)
        answer = server.http.send("GET", f"{server.url}/api/2.0/settings", headers={"Host": host})
        assert answer.status == (404 if alias is None else 200)
        if alias is not None:
            assert answer.response["tenantAlias"] == alias
    finally:
        server.control.reset()
