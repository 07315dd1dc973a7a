# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding rooms: filters, pages, areas, and access (second contract, 1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from support.control import Control
from support.portal import Portal

ROOMS = "files/rooms"


def make(portal: Portal, title: str, room_type: int = 5, **how: Any) -> int:
    """Create a room, and return its ID."""
    made: int = portal.post(ROOMS, {"title": title, "roomType": room_type}, **how).response["id"]
    return made


def titles(portal: Portal, query: str = "", **how: Any) -> set[str]:
    """The titles in the list of rooms."""
    return {room["title"] for room in portal.get(ROOMS + query, **how).response["folders"]}


# query -> the matching rooms among Backups (custom), Plans (collaboration), Public (public)
QUERIES: Mapping[str, set[str]] = {
    "": {"Backups", "Plans", "Public"},
    "?type=5": {"Backups"},
    "?type=CustomRoom": {"Backups"},
    "?type=5&type=2": {"Backups", "Plans"},
    "?type=8": set(),
    "?filterValue=P": {"Backups", "Plans", "Public"},
    "?filterValue=pl": {"Plans"},
    "?filterValue=%20plans%20": {"Plans"},
    "?filterValue=none": set(),
    "?storageFilter=Internal": {"Backups", "Plans", "Public"},
    "?storageFilter=ThirdParty": set(),
    "?searchArea=Active": {"Backups", "Plans", "Public"},
    "?searchArea=Archive": set(),
    "?searchArea=Any": {"Backups", "Plans", "Public"},
    "?searchArea=Templates": set(),
    "?COUNT=100&STARTINDEX=3": set(),
}


@pytest.mark.parametrize("query", QUERIES)
def test_filters(portal: Portal, query: str) -> None:
    for title, room_type in (("Backups", 5), ("Plans", 2), ("Public", 6)):
        make(portal, title, room_type)
    assert titles(portal, query) == QUERIES[query]


def test_walking_the_pages_finds_every_room_once(portal: Portal) -> None:
    made = {make(portal, f"Room {number}") for number in range(7)}
    found: list[int] = []
    while True:
        page = portal.get(f"{ROOMS}?count=3&startIndex={len(found)}").response
        assert page["total"] == 7
        assert page["count"] == len(page["folders"])
        assert page["startIndex"] == len(found)
        found += [room["id"] for room in page["folders"]]
        if len(found) >= page["total"] or not page["count"]:
            break
    assert sorted(found) == sorted(made)


def test_a_negative_start_is_refused(portal: Portal) -> None:
    answer = portal.get(ROOMS + "?startIndex=-1")
    assert answer.status == 400
    assert answer.json["error"]["type"] == "System.ArgumentOutOfRangeException"


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("DocSpaceAdmin", {"Owner's", "Own"}),
        ("RoomAdmin", {"Own"}),
    ],
)
def test_admins_see_all_rooms_and_others_their_own(
    portal: Portal, control: Control, role: str, seen: set[str]
) -> None:
    make(portal, "Owner's")
    user = control.user(portal.alias, "someone@example.com", role)
    make(portal, "Own", auth=user.token)
    assert titles(portal, auth=user.token) == seen
    assert titles(portal) == {"Owner's", "Own"}


@pytest.mark.parametrize(
    ("role", "may"), [("DocSpaceAdmin", True), ("RoomAdmin", True), ("User", False)]
)
def test_the_root_says_who_may_make_rooms(
    portal: Portal, control: Control, role: str, may: bool
) -> None:
    user = control.user(portal.alias, "someone@example.com", role)
    root = portal.get(ROOMS, auth=user.token).response["current"]
    assert root["security"]["Create"] is may
    made = portal.post(ROOMS, {"title": "x", "roomType": 5}, auth=user.token)
    assert (made.status == 200) is may


@pytest.mark.parametrize("role", ["User", "Guest"])
def test_users_make_no_rooms(portal: Portal, control: Control, role: str) -> None:
    user = control.user(portal.alias, "someone@example.com", role)
    answer = portal.post(ROOMS, {"title": "x", "roomType": 5}, auth=user.token)
    assert answer.status == 403
    assert answer.json["error"]["type"] == "System.InvalidOperationException"


@pytest.mark.parametrize("room_type", [1, 2, 5, 6, 8])
def test_types_of_rooms(portal: Portal, control: Control, room_type: int) -> None:
    """The server accepts all of them as targets. A public room has a link from the start."""
    room = portal.post(ROOMS, {"title": "x", "roomType": room_type}).response
    assert room["roomType"] == room_type
    body = {
        "storageType": "Documents",
        "storageParams": [{"key": "folderId", "value": str(room["id"])}],
        "cronParams": {"period": 0, "hour": 2},
    }
    assert portal.post("backup/createbackupschedule", body).status == 200
    (listed,) = portal.get(ROOMS).response["folders"]
    assert listed["roomType"] == room_type
    if room_type == 6:
        assert listed["shared"] is True


def test_members_that_a_role_looks_at(portal: Portal) -> None:
    lifetime = {"enabled": True, "period": 0, "value": 30, "deletePermanently": False}
    body = {"title": "x", "roomType": 8, "tags": ["backup"], "lifetime": lifetime, "quota": -1}
    portal.post(ROOMS, body)
    (room,) = portal.get(ROOMS).response["folders"]
    assert room["lifetime"] == lifetime
    assert room["tags"] == ["backup"]
    assert room["private"] is False
    assert room["shared"] is False


def test_a_room_lies_in_the_root_of_rooms(portal: Portal) -> None:
    room = make(portal, "x")
    listing = portal.get(ROOMS).response
    shown = portal.get(f"files/folder/{room}").response
    assert shown["parentId"] == shown["rootFolderId"] == listing["current"]["id"]
    path = portal.get(f"files/folder/{room}/path").response
    assert [part["id"] for part in path] == [listing["current"]["id"], room]


def test_a_room_comes_back_from_the_archive(portal: Portal, control: Control) -> None:
    room = make(portal, "x")
    for call, area in (("archive", "Archive"), ("unarchive", "Active")):
        portal.put(f"{ROOMS}/{room}/{call}", {"deleteAfter": False})
        control.clock_forward(60)
        assert titles(portal, f"?searchArea={area}") == {"x"}
    assert portal.get(f"{ROOMS}/{room}").response["security"]["Create"] is True


def test_a_room_answers_as_a_folder_and_a_folder_as_a_room(portal: Portal) -> None:
    room = make(portal, "Room")
    made = portal.post(f"files/folder/{room}", {"title": "Sub"}).response
    assert made["rootFolderType"] == 14
    as_room = portal.get(f"{ROOMS}/{made['id']}").response
    assert as_room["title"] == "Sub"
    assert "roomType" not in as_room
    assert portal.get(f"files/folder/{room}").response["roomType"] == 5


def test_a_folder_whose_id_is_no_number(portal: Portal) -> None:
    answer = portal.get("files/folder/abc")
    assert answer.status == 404
    assert answer.json["error"]["type"] == "ASC.Common.Web.ItemNotFoundException"


def test_connected_clouds_are_rooms_with_a_provider(portal: Portal, control: Control) -> None:
    own = control.folder(portal.alias, "Own")
    cloud = control.folder(portal.alias, "Cloud", "thirdparty")
    listed = {room["id"]: room for room in portal.get(ROOMS).response["folders"]}
    assert set(listed) == {own, cloud}
    assert listed[cloud]["rootFolderType"] == 14
    assert (listed[cloud]["providerItem"], listed[cloud]["providerKey"]) == (True, "GoogleDrive")
    assert f"drive-{listed[cloud]['providerId']}" == cloud
    assert not {"providerItem", "providerKey", "providerId"} & listed[own].keys()
    assert portal.get(f"{ROOMS}/{cloud}").response["title"] == "Cloud"


STORAGE_FILTERS = {
    "None": {"Own", "Cloud"},
    "Internal": {"Own"},
    "ThirdParty": {"Cloud"},
    "0": {"Own", "Cloud"},
    "1": {"Own"},
    "2": {"Cloud"},
}


@pytest.mark.parametrize("storage", STORAGE_FILTERS)
def test_rooms_by_storage(portal: Portal, control: Control, storage: str) -> None:
    control.folder(portal.alias, "Own")
    control.folder(portal.alias, "Cloud", "thirdparty")
    assert titles(portal, f"?storageFilter={storage}") == STORAGE_FILTERS[storage]


def test_an_archived_cloud_is_with_the_archived_rooms(portal: Portal, control: Control) -> None:
    cloud = control.folder(portal.alias, "Cloud", "thirdparty")
    portal.put(f"{ROOMS}/{cloud}/archive", {"deleteAfter": False})
    assert titles(portal) == set()
    (room,) = portal.get(ROOMS + "?searchArea=Archive").response["folders"]
    assert (room["id"], room["rootFolderType"]) == (cloud, 20)


@pytest.mark.parametrize("kind", ["thirdparty", "folder", "room"])
def test_what_lies_in_a_cloud_is_no_room_of_the_list(
    portal: Portal, control: Control, kind: str
) -> None:
    cloud = control.folder(portal.alias, "Cloud", "thirdparty")
    inner = control.folder(portal.alias, "Inner", kind, parent=cloud)
    assert str(inner).startswith(f"{cloud}-")
    assert titles(portal) == {"Cloud"}
    below = portal.get(f"files/{cloud}").response
    assert [folder["id"] for folder in below["folders"]] == [inner]
