# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 1-38 of the contract's second matrix: rooms and folders as targets of a schedule.

The caller is the portal's owner, "A"; user ``b`` is another DocSpace admin.
"""

from __future__ import annotations

from typing import Any

from contract.matrix.bodies import HISTORY, READ, WRITE, ended, into, shows
from contract.notation import (
    ARGUMENT,
    EMPTY,
    INVALID_OPERATION,
    ITEM_NOT_FOUND,
    OK,
    OUT_OF_RANGE,
    SECURITY,
    Bare,
    E,
    Expected,
    OneOf,
    Unsupported,
    V,
)
from contract.rows import Row
from contract.steps import Call, Change, Clock, Forward, Key, Step, User, Wait, get, post, put
from contract.steps import delete as remove
from contract.values import (
    GUID,
    INT,
    TEXT,
    All,
    AnyItem,
    Bind,
    Each,
    Has,
    Lacks,
    NoItem,
    Ref,
    unlike,
)

ROOMS = "files/rooms"
OPERATIONS = "files/fileops"
B_KEY = "Bearer {b}"
OLDER = ("3.1.0", "3.2.1", "3.5.0", "3.6.1")
ACTIVE, ARCHIVED, MINE = 14, 20, 5
CUSTOM_ROOM, ROOM_MANAGER = 5, 9

DENIED = E(403, SECURITY, "Access denied")
NO_FOLDER = "The required folder was not found"
JSON = {"Content-Type": "application/json"}
KEEP_RESULT = {"deleteAfter": False}
A, B = Has({"id": Ref("owner")}), Has({"id": Ref("b_id")})


def room(title: str = "Backups", room_type: Any = CUSTOM_ROOM, **more: Any) -> dict[str, Any]:
    """The body of a request that creates a room."""
    return {"title": title, "roomType": room_type, **more}


def make_room(name: str = "room", title: str = "Backups", auth: str = "Bearer {key}") -> Call:
    """Create a room, and store its ID as ``name``."""
    return post(ROOMS, room(title), OK(Has({"id": Bind(name, INT)})), auth=auth)


def listed(*parts: Any, query: str = "") -> Call:
    """The list of rooms contains what the parts require."""
    return get(ROOMS + query, OK(Has({"folders": All(parts)})))


def number_of(total: int, query: str = "") -> Call:
    """The number of rooms in the list."""
    return get(ROOMS + query, OK(Has({"total": total})))


def schedule_into(folder: str, expect: Expected, auth: str = "Bearer {key}") -> Call:
    """Post the standard schedule with the folder of that name."""
    return post(WRITE, into(Ref(folder, str)), expect, auth=auth)


def settled(*, auth: str = "Bearer {key}") -> Wait:
    """Wait until all file operations of the caller have ended without errors."""
    done = Has({"finished": True, "error": ""})
    return Wait(get(OPERATIONS, OK(Each(done)), auth=auth))


def archive(name: str = "room") -> list[Step]:
    """Archive a room."""
    return [put(f"{ROOMS}/{{{name}}}/archive", KEEP_RESULT, OK(Has({"id": GUID}))), settled()]


def erase(name: str = "room") -> list[Step]:
    """Permanently delete a room."""
    return [remove(f"{ROOMS}/{{{name}}}", OK(Has({"id": GUID})), KEEP_RESULT), settled()]


def scheduled_room(*steps: Step) -> list[Step]:
    """A schedule for 2 o'clock in ``room``, posted at 1, followed by the steps."""
    started: list[Step] = [
        Clock("2026-03-02T01:00:00Z"),
        make_room(),
        schedule_into("room", OK(True)),
    ]
    return [*started, *steps]


DUE = (Clock("2026-03-02T02:16:00Z"), Forward(60))  # the run has started, and has ended
BROKEN_RUN = ended("Object reference not set to an instance of an object.", progress=0)
MY_DOCUMENTS = get("files/@my", OK(Has({"current": Has({"id": Bind("my", INT)})})))


ON_PAGE_ONE = Has({"id": Ref("on_page_one")})


def missing(path: str, older: E) -> list[Step]:
    """A missing folder: 404 now, and another response before 3.7."""
    now = E(404, ITEM_NOT_FOUND, NO_FOLDER)
    steps: list[Step] = [get(path, now)]
    for version in OLDER:
        steps += [Change({"server_version": version}), get(path, older)]
    return [*steps, Change({"server_version": "3.7.2"})]


ROWS = (
    Row(1, "no credentials", [get(ROOMS, EMPTY(401), auth=None)]),
    Row(
        2,
        "no rooms",
        [
            get(
                ROOMS,
                OK(
                    Has(
                        {
                            "files": [],
                            "folders": [],
                            "current": Has({"id": INT, "rootFolderType": ACTIVE}),
                            "startIndex": 0,
                            "count": 0,
                            "total": 0,
                        }
                    ),
                    count=1,
                ),
            )
        ],
    ),
    Row(
        3,
        "a new room",
        [
            post(
                ROOMS,
                room(),
                OK(
                    Has(
                        {
                            "id": INT,
                            "title": "Backups",
                            "roomType": CUSTOM_ROOM,
                            "rootFolderType": ACTIVE,
                            "security": Has({"Create": True}),
                            "createdBy": A,
                        }
                    )
                ),
            )
        ],
    ),
    Row(
        4,
        "titles are not unique",
        [
            make_room("first"),
            make_room("second"),
            listed(AnyItem(Has({"id": Ref("first")})), AnyItem(Has({"id": Ref("second")}))),
            number_of(2),
        ],
    ),
    Row(
        5,
        "pages",
        [
            make_room("first"),
            make_room("second"),
            get(
                ROOMS + "?count=1",
                OK(
                    Has(
                        {
                            "count": 1,
                            "total": 2,
                            "startIndex": 0,
                            "folders": [Has({"id": Bind("on_page_one", INT)})],
                        }
                    )
                ),
            ),
            get(
                ROOMS + "?count=1&startIndex=1",
                OK(
                    Has(
                        {
                            "count": 1,
                            "total": 2,
                            "startIndex": 1,
                            "folders": All(([Has({"id": INT})], NoItem(ON_PAGE_ONE))),
                        }
                    )
                ),
            ),
        ],
    ),
    Row(
        6,
        "pages of 0 and of 101",
        [get(ROOMS + "?count=101", V("Count")), get(ROOMS + "?count=0", V("Count"))],
    ),
    Row(
        7,
        "the search takes parts and any case",
        [
            make_room(title="Our Backups"),
            make_room("other", "Plans"),
            listed([Has({"title": "Our Backups"})], query="?filterValue=backUP"),
        ],
    ),
    Row(
        8, "rooms of another type", [make_room(), number_of(0, "?type=6"), number_of(1, "?type=5")]
    ),
    Row(
        9,
        "room types by name and as a string, which 3.1 does not know",
        [
            post(ROOMS, room(room_type="CustomRoom"), OK(Has({"roomType": CUSTOM_ROOM}))),
            post(ROOMS, room(room_type="5"), OK(Has({"roomType": CUSTOM_ROOM}))),
            Change({"server_version": "3.1.0"}),
            post(ROOMS, room(room_type="CustomRoom"), V("$.roomType", inner=(0, 200))),
            post(ROOMS, room(room_type="5"), V("$.roomType", inner=(0, 200))),
            post(ROOMS, room(), OK(Has({"roomType": CUSTOM_ROOM}))),
        ],
    ),
    Row(10, "an undefined room type", [post(ROOMS, room(room_type=3), E(400, OUT_OF_RANGE))]),
    Row(11, "no room type", [post(ROOMS, {"title": "Backups"}, V("$"))]),
    Row(
        12,
        "titles that are too long",
        [
            post(ROOMS, room("x" * 171), V("Title")),
            post(ROOMS, room("x" * 170), OK(Has({"title": "x" * 170}))),
            MY_DOCUMENTS,
            post("files/folder/{my}", {"title": "x" * 166}, V("Title")),
            post("files/folder/{my}", {"title": "x" * 165}, OK(Has({"title": "x" * 165}))),
        ],
    ),
    Row(
        13,
        "what cannot be in a title is replaced",
        [post(ROOMS, room(" a/b:c "), OK(Has({"title": "a_b_c"})))],
    ),
    Row(14, "a title of blanks", [post(ROOMS, room("  "), E(400, ARGUMENT))]),
    Row(15, "a color with #", [post(ROOMS, room(color="#FF0000"), V("Color"))]),
    Row(
        16,
        "an admin sees the rooms of others, but may not write into them",
        [
            User("b"),
            make_room(auth=B_KEY),
            listed(
                [
                    Has(
                        {
                            "id": Ref("room"),
                            "security": Has({"Create": False}),
                            "createdBy": B,
                        }
                    )
                ]
            ),
        ],
    ),
    Row(
        17,
        "no schedule into the room of somebody else",
        [User("b"), make_room(auth=B_KEY), schedule_into("room", DENIED)],
    ),
    Row(
        18,
        "unless that user made the caller a manager of it",
        [
            User("b"),
            make_room(auth=B_KEY),
            put(
                ROOMS + "/{room}/share",
                {"invitations": [{"id": Ref("owner"), "access": ROOM_MANAGER}], "notify": False},
                OK(Has({})),
                auth=B_KEY,
            ),
            schedule_into("room", OK(True)),
        ],
    ),
    Row(
        19,
        "an archived room leaves the list",
        scheduled_room(
            *archive(),
            listed([]),
            *[
                listed([Has({"id": Ref("room"), "rootFolderType": ARCHIVED})], query=query)
                for query in ("?searchArea=Archive", "?searchArea=Any")
            ],
        ),
    ),
    Row(
        20,
        "the schedule goes on writing into it",
        scheduled_room(
            *archive(),
            *DUE,
            ended("", progress=100),
            get(HISTORY, OK([Has({"storageType": 0})])),
            get("files/{room}", OK(Has({"files": [Has({"title": TEXT})], "total": 1}))),
        ),
    ),
    Row(
        21,
        "but it cannot be posted again",
        scheduled_room(*archive(), schedule_into("room", DENIED)),
    ),
    Row(
        22,
        "a deleted room",
        [
            make_room(),
            remove(ROOMS + "/{room}", OK(Has({"id": GUID, "Operation": 2})), KEEP_RESULT),
            settled(),
            get(OPERATIONS, OK([Has({"finished": True, "error": "", "progress": 100})])),
            number_of(0, "?searchArea=Any"),
        ],
    ),
    Row(
        23,
        "the schedule does not notice",
        scheduled_room(*erase(), get(READ, shows(storageParams={"folderId": Ref("room", str)}))),
    ),
    Row(24, "and fails when it is due", scheduled_room(*erase(), *DUE, BROKEN_RUN)),
    Row(
        25,
        "asking for a deleted folder",
        [
            make_room(),
            *erase(),
            *missing(ROOMS + "/{room}", E(403, INVALID_OPERATION, NO_FOLDER)),
            *missing("files/folder/{room}", E(403, INVALID_OPERATION, NO_FOLDER)),
        ],
    ),
    Row(
        26,
        "asking for its content is a 404 in every release",
        [make_room(), *erase(), *missing("files/{room}?count=1", E(404, ITEM_NOT_FOUND))],
    ),
    Row(
        27,
        "renaming a deleted room",
        [make_room(), *erase(), put(ROOMS + "/{room}", {"title": "x"}, E(403, INVALID_OPERATION))],
    ),
    Row(
        28,
        "an empty title changes nothing",
        [
            make_room(),
            put(ROOMS + "/{room}", {"title": ""}, OK(Has({"title": "Backups"}))),
            put(ROOMS + "/{room}", {"title": "New"}, OK(Has({"title": "New", "id": Ref("room")}))),
        ],
    ),
    Row(
        29,
        "deleting a room needs a body",
        [
            make_room(),
            remove(ROOMS + "/{room}", OneOf((V(None), Unsupported()))),
            Call("DELETE", ROOMS + "/{room}", V(None), body=b"", headers=JSON),
            number_of(1),
        ],
    ),
    Row(
        30,
        "my documents",
        [get("files/@my", OK(Has({"current": Has({"id": INT, "rootFolderType": MINE})})))],
    ),
    Row(
        31,
        "folder titles are not unique",
        [
            MY_DOCUMENTS,
            post("files/folder/{my}", {"title": "Backups"}, OK(Has({"id": Bind("first", INT)}))),
            post(
                "files/folder/{my}",
                {"title": "Backups"},
                OK(Has({"id": Bind("second", INT), "title": "Backups", "rootFolderType": MINE})),
            ),
            get("files/{my}/subfolders", OK(AnyItem(Has({"id": Ref("first")})), count=INT)),
            get("files/{my}/subfolders", OK(AnyItem(Has({"id": Ref("second")})), count=INT)),
        ],
    ),
    Row(
        32,
        "subfolders",
        [
            MY_DOCUMENTS,
            post("files/folder/{my}", {"title": "b"}, OK(Has({"id": INT}))),
            post("files/folder/{my}", {"title": "a"}, OK(Has({"id": INT}))),
            get(
                "files/{my}/subfolders",
                OK([Has({"title": "a"}), Has({"title": "b", "parentId": Ref("my")})], count=INT),
            ),
        ],
    ),
    Row(
        33,
        "a schedule into my documents is for nobody else",
        [
            User("b"),
            MY_DOCUMENTS,
            post("files/folder/{my}", {"title": "Backups"}, OK(Has({"id": Bind("sub", INT)}))),
            schedule_into("my", OK(True)),
            schedule_into("sub", OK(True)),
            schedule_into("my", DENIED, auth=B_KEY),
            schedule_into("sub", DENIED, auth=B_KEY),
        ],
    ),
    Row(
        34,
        "no folders beside the rooms",
        [
            get(ROOMS + "?count=1", OK(Has({"current": Has({"id": Bind("root", INT)})}))),
            post("files/folder/{root}", {"title": "x"}, E(403, unlike(None))),
        ],
    ),
    Row(
        35,
        "a key for files does not open rooms",
        [
            Key("files", limits={"permissions": ["files:write"]}),
            get(ROOMS, EMPTY(403), auth="Bearer {files}"),
        ],
    ),
    Row(
        36,
        "a key for rooms does not open files",
        [
            Key("rooms", limits={"permissions": ["rooms:write"]}),
            post(ROOMS, room(), OK(Has({"id": INT})), auth="Bearer {rooms}"),
            get("files/@my", EMPTY(403), auth="Bearer {rooms}"),
        ],
    ),
    Row(
        37,
        "the list of portals does not take API keys",
        [
            get(
                "/apisystem/portal/get",
                EMPTY(401, {"WWW-Authenticate": "Basic"}),
                headers={"Host": "{alias}.docspace.test"},
                server=True,
            )
        ],
    ),
    Row(
        38,
        "the list of portals, in no envelope",
        [
            get(
                "/apisystem/portal/get",
                Bare(
                    200,
                    {
                        "tenants": AnyItem(
                            All(
                                (
                                    Has(
                                        {
                                            "tenantId": Ref("tenant"),
                                            "portalName": Ref("alias"),
                                            "status": "Active",
                                            "ownerId": Ref("owner"),
                                        }
                                    ),
                                    Lacks(("owner", "quotaUsage", "wizardSettings")),
                                )
                            )
                        )
                    },
                ),
                auth="Basic {basic}",
                headers={"Host": "{alias}.docspace.test"},
                server=True,
            )
        ],
    ),
)
