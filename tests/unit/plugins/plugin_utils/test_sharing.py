# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts of a play that manage the same schedule of the same portal."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.onlyoffice.docspace.plugins.filter.backup_schedule_problem import (
    backup_schedule_problem,
)
from ansible_collections.onlyoffice.docspace.plugins.filter.first_hosts import first_hosts
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._sharing import schedule_key

PORTAL = "https://portal.example.com"


@pytest.fixture(autouse=True)
def _no_address_in_the_environment(monkeypatch):
    monkeypatch.delenv("DOCSPACE_API_HOST", raising=False)


def hosts(**addresses):
    return {name: {"docspace_api_host": address} for name, address in addresses.items()}


@pytest.mark.parametrize(
    ("address", "dump"),
    [
        (f" {PORTAL}/ ", None),
        ("https://Portal.Example.com:443", False),
        ("http://portal.example.com:80/", "no"),
        ("https://portal.example.com.", None),
        (PORTAL, ""),
    ],
)
def test_the_same_schedule_has_one_key(address, dump):
    assert schedule_key(address, dump) == schedule_key(PORTAL, False)


@pytest.mark.parametrize(
    ("address", "dump"),
    [
        ("https://other.example.com", False),
        (f"{PORTAL}:8443", False),
        (f"{PORTAL}/tokyo", False),
        (PORTAL, True),
        (PORTAL, "yes"),
    ],
)
def test_another_schedule_has_another_key(address, dump):
    assert schedule_key(address, dump) not in ("", schedule_key(PORTAL, False))


@pytest.mark.parametrize("address", [None, "", "portal.example.com", 7])
def test_without_an_address_there_is_no_key(address):
    assert schedule_key(address, False) == ""


def test_a_blank_address_stands_in_the_environment(monkeypatch):
    monkeypatch.setenv("DOCSPACE_API_HOST", PORTAL)
    assert schedule_key(" ", False) == schedule_key(PORTAL, False)


def test_the_first_host_counts():
    found = first_hosts(hosts(a="https://x.example.com", b=PORTAL, c=f"{PORTAL}/"), ["b", "c", "a"])
    assert found == {"portal.example.com": "b", "x.example.com": "a"}


def test_what_an_earlier_batch_found_counts():
    known = {"portal.example.com": "a"}
    assert first_hosts(hosts(b=PORTAL), ["b"], known) == known
    assert known == {"portal.example.com": "a"}


def test_a_host_whose_variables_fail_is_left_to_its_own_tasks():
    class Failing(dict):
        def get(self, name, default=None):
            raise RuntimeError("undefined variable")

    variables = {"a": Failing(), **hosts(b=PORTAL)}
    assert first_hosts(variables, ["a", "b"]) == {"portal.example.com": "b"}


def test_hostvars_are_a_dictionary():
    with pytest.raises(AnsibleFilterError, match="needs the variable hostvars"):
        first_hosts("hostvars", ["a"])


@pytest.mark.parametrize(
    ("host", "address", "beginning"),
    [
        ("a", PORTAL, ""),
        ("b", PORTAL, "docspace_api_host: the host a manages the same schedule of this portal"),
        # The host's own variables differ from its hostvars, for example because the play sets them.
        ("b", "https://other.example.com", ""),
    ],
)
def test_another_host_than_the_first_has_a_problem(host, address, beginning):
    variables = {"docspace_api_host": address, "docspace_api_key": "sk-0123456789abcdef"}
    first = first_hosts(hosts(a=PORTAL, b=PORTAL), ["a", "b"])
    found = backup_schedule_problem(variables, host=host, first_hosts=first)
    assert found.startswith(beginning)
    assert bool(found) is bool(beginning)
