# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conversion of the server's data about rooms."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.plan import Room
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.wire import (
    Operation,
    operations_from_wire,
    page_from_wire,
    room_from_wire,
)

# Shortened from contract-rooms 2.3.
WIRE: dict[str, Any] = {
    "parentId": 3,
    "roomType": 5,
    "private": False,
    "id": 41,
    "rootFolderId": 3,
    "security": {"Read": True, "Create": True, "Move": True},
    "title": "Backups",
    "access": 0,
    "shared": False,
    "createdBy": {"id": "66faa6e4-f133-11ea-b126-00ffeec8b4ef", "displayName": "Admin"},
    "ownedBy": {"displayName": "The owner of the list"},
    "rootFolderType": 14,
}
ROOM = Room("41", "Backups", "CustomRoom", "Admin")
LIFETIME = {"deletePermanently": False, "period": 0, "value": 30, "enabled": True}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({}, {}),
        ({"roomType": 2}, {"room_type": "EditingRoom"}),
        ({"roomType": 9}, {"room_type": "AiRoom"}),
        ({"roomType": 4}, {"room_type": "4"}),
        ({"rootFolderType": 20}, {"archived": True}),
        ({"security": {"Create": False, "Move": True}}, {"writable": False}),
        ({"security": {"Create": True, "Move": False}}, {"movable": False}),
        ({"security": {"create": True}}, {"writable": False}),
        ({"security": None}, {"writable": False}),
        ({"shared": True}, {"linked": True}),
        ({"private": True}, {"private": True}),
        ({"lifetime": LIFETIME}, {"expiring": True}),
        ({"lifetime": {**LIFETIME, "enabled": False}}, {}),
        ({"lifetime": None}, {}),
        ({"filesCount": 0, "foldersCount": 0}, {"empty": True}),
        ({"filesCount": 1, "foldersCount": 0}, {"empty": False}),
        ({"filesCount": 0, "foldersCount": 2}, {"empty": False}),
        ({"filesCount": None, "foldersCount": 0}, {"empty": False}),
        ({"id": "sbox-12-x"}, {"id": "sbox-12-x"}),
        ({"createdBy": {"id": "66faa6e4", "displayName": ""}}, {"owner": "66faa6e4"}),
        ({"createdBy": {"displayName": "Ann\nBee"}}, {"owner": "Ann Bee"}),
        ({"createdBy": None}, {"owner": None}),
    ],
)
def test_a_room(said, meant):
    assert room_from_wire({**WIRE, **said}) == Room(**{**vars(ROOM), **meant})


@pytest.mark.parametrize("name", ["id", "title", "roomType", "rootFolderType"])
@pytest.mark.parametrize("value", [None, True, [], {}, 1.5])
def test_a_room_that_makes_no_sense(name, value):
    with pytest.raises(ValueError, match=rf"^{name} is not of the expected type$"):
        room_from_wire({**WIRE, name: value})


def test_a_page():
    elsewhere = {"id": "box-1", "title": "Backups", "rootFolderType": 34}
    current = {"id": 3, "security": {"Create": True}}

    page = page_from_wire({"folders": [WIRE, elsewhere], "total": 7, "current": current})

    assert (page.total, page.ids, page.rooms) == (7, ("41", "box-1"), (ROOM,))
    assert page.may_create


@pytest.mark.parametrize(
    ("current", "may_create"),
    [
        ({"security": {"Create": False}}, False),
        ({"security": {"Create": True}}, True),
        ({"security": {}}, True),
        (None, True),
    ],
)
def test_who_may_make_rooms(current, may_create):
    page = page_from_wire({"folders": [], "total": 0, "current": current})

    assert page.may_create is may_create


@pytest.mark.parametrize(
    "response",
    [
        None,
        [],
        "x",
        {},
        {"folders": None, "total": 0},
        {"folders": {}, "total": 0},
        {"folders": []},
        {"folders": [], "total": True},
        {"folders": ["x"], "total": 1},
        {"folders": [{"rootFolderType": 34}], "total": 1},
    ],
)
def test_a_page_that_makes_no_sense(response):
    with pytest.raises(ValueError, match="is not of the expected type"):
        page_from_wire(response)


@pytest.mark.parametrize(
    ("response", "operations"),
    [
        (None, ()),
        ([], ()),
        (
            [{"id": "a", "Operation": 0, "progress": 50, "error": "", "finished": False}],
            (Operation("a", False, ""),),
        ),
        ([{"id": "a", "finished": True}], (Operation("a", True, ""),)),
        ([{"id": "a", "finished": True, "error": None}], (Operation("a", True, ""),)),
        (
            [{"id": "a", "finished": True, "error": "No\nright"}],
            (Operation("a", True, "No right"),),
        ),
    ],
)
def test_operations(response, operations):
    assert operations_from_wire(response) == operations


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.sampled_from([*WIRE, "lifetime"]), JSON)
def test_whatever_a_member_holds_there_is_a_room_or_a_reason(name, value):
    told = title_or_problem({**WIRE, name: value})

    assert told.isprintable() or told == value
    assert told in ("Backups", value) or told.endswith("is not of the expected type")


def title_or_problem(entry: dict[str, Any]) -> str:
    try:
        return room_from_wire(entry).title
    except ValueError as problem:
        return str(problem)
