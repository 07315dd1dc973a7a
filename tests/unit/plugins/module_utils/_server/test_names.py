# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Host names for portals that have the name of a group or of another portal."""

from __future__ import annotations

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._server.names import host_names

SERVER = "https://docs.example.com"


def names(*aliases, by="alias", groups=("all",), hosts=(), **facts):
    portals = [
        {"alias": alias, "domain": f"{alias}.example.com", "tenant_id": number, **facts}
        for number, alias in enumerate(aliases, start=1)
    ]
    return host_names(portals, SERVER, by, groups, hosts)


def test_a_portal_has_its_own_name():
    assert names("tokyo", "berlin") == ["tokyo", "berlin"]
    assert names("tokyo", "berlin", by="domain") == ["tokyo.example.com", "berlin.example.com"]


@pytest.mark.parametrize("alias", ["all", "ungrouped", "trial"])
def test_a_portal_that_is_called_like_a_group_has_its_domain(alias):
    groups = ("all", "ungrouped", "trial")
    assert names("tokyo", alias, groups=groups) == ["tokyo", f"{alias}.example.com"]


@pytest.mark.parametrize("by", ["alias", "domain"])
def test_the_id_is_left_where_the_domain_is_a_group_too(by):
    groups = ("all", "all.example.com")
    assert names("all", by=by, groups=groups) == ["portal-1"]


def test_a_portal_that_nothing_is_left_for_has_no_name():
    groups = ("all", "all.example.com", "portal-1")
    assert names("all", "tokyo", groups=groups) == ["", "tokyo"]


def test_a_name_is_given_once():
    assert names("tokyo", "tokyo", hosts=["berlin"]) == ["tokyo", ""]
    assert names("tokyo", hosts=["tokyo"]) == [""]


def test_what_cannot_be_a_name_is_none():
    assert names("a b") == [""]


def test_a_server_without_domains_has_the_name_of_its_host():
    assert names("localhost", domain="localhost") == ["docs.example.com"]
