# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts on which a play failed, and values that count as omitted."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.onlyoffice.docspace.plugins.filter.batch_size import batch_size
from ansible_collections.onlyoffice.docspace.plugins.filter.host_trouble import host_trouble
from ansible_collections.onlyoffice.docspace.plugins.filter.unless_blank import unless_blank

RESULTS = ["room", "schedule"]
DONE = {"changed": False}
SKIPPED = {"changed": False, "skipped": True}
LOST = {"changed": False, "unreachable": True, "msg": "Failed to connect:\n  Connection refused"}


@pytest.mark.parametrize(
    ("variables", "word", "reason"),
    [
        ({"room": DONE, "schedule": DONE}, "", ""),
        ({"room": SKIPPED, "schedule": DONE}, "", ""),
        ({"room": LOST, "schedule": SKIPPED}, "unreachable", LOST["msg"].replace("\n  ", " ")),
        ({"room": SKIPPED, "schedule": LOST}, "unreachable", LOST["msg"].replace("\n  ", " ")),
        ({"room": {"unreachable": True}}, "unreachable", "no reason given"),
        # A server can send a message before a login.
        (
            {"room": {"unreachable": True, "msg": "\x1b[2Jok: [a]\x9b1m\u202e\u2028no"}},
            "unreachable",
            "[2Jok: [a] 1m no",
        ),
        ({"why": "GET /x\nfailed", "room": DONE}, "failed", "GET /x failed"),
        ({"why": "", "room": LOST}, "failed", "no reason given"),
        ({}, "skipped", "no task ran for this host"),
    ],
)
def test_what_kept_a_host_from_being_managed(variables, word, reason):
    assert host_trouble(variables, "why", RESULTS) == {"word": word, "reason": reason}


def test_trouble_is_told_of_a_host_only():
    with pytest.raises(AnsibleFilterError, match="needs the variables of a host"):
        host_trouble("portal", "why", RESULTS)


@pytest.mark.parametrize("blank", [None, "", " \t\n"])
def test_a_blank_value_is_replaced(blank):
    assert unless_blank(blank, "all") == "all"


@pytest.mark.parametrize("value", [False, 0, [], {}, "0", " tokyo "])
def test_any_other_value_is_kept(value):
    assert unless_blank(value, "all") == value


@pytest.mark.parametrize("size", [1, "50", " 10% ", [1, "10%"]])
def test_a_size_of_batches_is_kept(size):
    assert batch_size(size, "at_once") == size


@pytest.mark.parametrize("blank", [None, "", " "])
def test_a_blank_size_is_every_host(blank):
    assert batch_size(blank, "at_once") == "100%"


@pytest.mark.parametrize("size", ["many", "-1", "10 hosts", True, {}, [1, "x"]])
def test_another_size_is_refused_by_the_name_of_the_variable(size):
    with pytest.raises(AnsibleFilterError, match=r"^at_once: it must be a number of hosts"):
        batch_size(size, "at_once")
