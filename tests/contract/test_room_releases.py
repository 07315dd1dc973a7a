# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Differences between the releases 3.1 to 3.7 for rooms and folders (second contract, 8, 1.5)."""

from __future__ import annotations

from typing import Any

import pytest
from support.simulator import Simulator

from contract.matrix.access import UNKNOWN_KEY
from contract.matrix.bodies import WRITE, into
from contract.matrix.rooms import (
    B_KEY,
    CUSTOM_ROOM,
    DENIED,
    KEEP_RESULT,
    OPERATIONS,
    ROOMS,
    make_room,
    number_of,
    room,
)
from contract.notation import (
    DIRECTORY_NOT_FOUND,
    EMPTY,
    INVALID_OPERATION,
    ITEM_NOT_FOUND,
    OK,
    OUT_OF_RANGE,
    PD,
    Bare,
    E,
    Status,
    V,
)
from contract.releases import Topic, cells
from contract.rows import play
from contract.steps import Key, Step, User, Wait, get, post, put
from contract.steps import delete as remove
from contract.values import ANY, GUID, INT, TEXT, All, AnyItem, Bind, Has, Lacks, Ref

GONE = "999999"
NO_FOLDER = "The required folder was not found"
REFUSED_EARLIER = E(403, INVALID_OPERATION, NO_FOLDER)
NOT_FOUND = E(404, ITEM_NOT_FOUND, NO_FOLDER)
BAD_TYPE = V("$.roomType", inner=(0, 200))
A_ROOM = OK(Has({"roomType": CUSTOM_ROOM}))


def with_key(permissions: list[str], *calls: Any) -> list[Step]:
    """Make the calls with a key that has these permissions."""
    return [Key("limited", limits={"permissions": permissions}), *calls]


def operation(error: Any) -> list[Step]:
    """Wait until the only file operation ends, and check its error."""
    finished = OK([Has({"finished": True, "error": error})])
    return [Wait(get(OPERATIONS, finished))]


def delete_own(gone: bool) -> list[Step]:
    """The owner deletes an active room."""
    begun = remove(ROOMS + "/{room}", OK(Has({"id": GUID})), KEEP_RESULT)
    return [make_room(), begun, *operation("" if gone else TEXT), number_of(0 if gone else 1)]


def delete_foreign(at_once: bool) -> list[Step]:
    """Another administrator deletes an active room."""
    path = ROOMS + "/{room}"
    refused: list[Step] = [remove(path, E(403, TEXT, "Access denied"), KEEP_RESULT)]
    later: list[Step] = [remove(path, OK(Has({"id": GUID})), KEEP_RESULT), *operation(TEXT)]
    return [User("b"), make_room(auth=B_KEY), *(refused if at_once else later), number_of(1)]


def portals(like: Any) -> Bare:
    """The list of portals contains one like this."""
    return Bare(200, {"tenants": AnyItem(like)})


TOPICS = (
    Topic(
        "pages of 101",
        {"3.1": OK(Has({"total": 0})), "3.2.1": V("Count", (0, 200)), "3.7": V("Count")},
        lambda answer: [get(ROOMS + "?count=101", answer)],
    ),
    Topic(
        "a comma in a search",
        {"3.1": 2, "3.2.1": 1},
        lambda total: [
            make_room("first", "Plans, old"),
            make_room("second", "Plans"),
            number_of(total, "?filterValue=Plans,%20old"),
        ],
    ),
    Topic(
        "room types by name",
        {"3.1": BAD_TYPE, "3.2.1": A_ROOM},
        lambda answer: [
            post(ROOMS, room(room_type="CustomRoom"), answer),
            post(ROOMS, room(room_type="5"), answer),
            post(ROOMS, room(), A_ROOM),
        ],
    ),
    Topic(
        "rooms for artificial intelligence",
        {"3.6": DENIED},
        lambda refusal: [
            post(ROOMS, room(room_type=9), OK(Has({"id": Bind("ai", INT), "roomType": 9}))),
            post(WRITE, into(Ref("ai", str)), refusal),
        ],
    ),
    Topic(
        "the read scope for all reads rooms",
        {"3.1": EMPTY(403), "3.2.1": OK(Has({"total": 0}))},
        lambda answer: with_key(["*:read"], get(ROOMS, answer, auth="Bearer {limited}")),
    ),
    Topic(
        "the write scope of rooms is enough to write",
        {"3.1": EMPTY(403), "3.2.1": A_ROOM},
        lambda answer: with_key(
            ["rooms:write"], post(ROOMS, room(), answer, auth="Bearer {limited}")
        ),
    ),
    Topic(
        "both scopes of rooms write",
        {"3.1": A_ROOM},
        lambda answer: with_key(
            ["rooms:read", "rooms:write"], post(ROOMS, room(), answer, auth="Bearer {limited}")
        ),
    ),
    Topic(
        "a folder for nobody",
        {"3.1": Status(403), "3.7": Status(401)},
        lambda answer: [make_room(), get("files/folder/{room}", answer, auth=None)],
    ),
    Topic(
        "a folder for a bad key",
        {"3.1": Status(403), "3.7": PD(403)},
        lambda answer: [
            make_room(),
            get("files/folder/{room}", answer, auth=f"Bearer {UNKNOWN_KEY}"),
        ],
    ),
    Topic(
        "a folder for a key of another scope",
        {"3.1": A_ROOM, "3.7": PD(403)},
        lambda answer: with_key(
            ["rooms:read"],
            make_room(),
            get("files/folder/{room}", answer, auth="Bearer {limited}"),
        ),
    ),
    Topic(
        "subfolders of a folder that is gone",
        {"3.1": Status(403), "3.7": Status(404)},
        lambda answer: [get(f"files/{GONE}/subfolders", answer)],
    ),
    Topic(
        "a folder in a folder that is gone",
        {"3.1": Status(403)},
        lambda answer: [post(f"files/folder/{GONE}", {"title": "x"}, answer)],
    ),
    Topic(
        "a negative start of the list",
        {"3.1": OK(Has({"startIndex": 0})), "3.2.1": E(400, OUT_OF_RANGE)},
        lambda answer: [get(ROOMS + "?startIndex=-1", answer)],
    ),
    Topic(
        "asking for a folder that is gone",
        {"3.1": REFUSED_EARLIER, "3.7": NOT_FOUND},
        lambda answer: [get(f"{ROOMS}/{GONE}", answer), get(f"files/folder/{GONE}", answer)],
    ),
    Topic(
        "asking for the content of a folder that is gone",
        {"3.1": E(404, ITEM_NOT_FOUND)},
        lambda answer: [get(f"files/{GONE}?count=1", answer)],
    ),
    Topic(
        "a schedule into a folder that is gone",
        {"3.1": 500, "3.7": 404},
        lambda status: [post(WRITE, into(GONE), E(status, DIRECTORY_NOT_FOUND, NO_FOLDER))],
    ),
    Topic(
        "renaming a room that is gone",
        {"3.1": E(403, INVALID_OPERATION)},
        lambda answer: [put(f"{ROOMS}/{GONE}", {"title": "x"}, answer)],
    ),
    Topic("deleting an active room", {"3.1": False, "3.5": True}, delete_own),
    Topic("deleting the room of another", {"3.1": False, "3.7": True}, delete_foreign),
    Topic(
        "members about sharing",
        {
            "3.1": Lacks(("sharedForUser", "availableShareRights", "shareSettings")),
            "3.5": Has(
                dict.fromkeys(("sharedForUser", "availableShareRights", "shareSettings"), ANY)
            ),
        },
        lambda members: [post(ROOMS, room(), OK(members))],
    ),
    Topic(
        "the member about links without log-in",
        {"3.1": Lacks(("sharedExternal",)), "3.7": Has({"sharedExternal": False})},
        lambda members: [post(ROOMS, room(), OK(members))],
    ),
    Topic(
        "the member about owners in lists",
        {"3.1": Lacks(("ownedBy",)), "3.6": Has({"ownedBy": ANY})},
        lambda members: [make_room(), get(ROOMS, OK(Has({"folders": [members]})))],
    ),
    Topic(
        "rooms by owner",
        {"3.1": 2, "3.7": 1},
        lambda total: [
            User("b"),
            make_room("mine"),
            make_room("theirs", auth=B_KEY),
            number_of(total, "?subjectOwnerId={b_id}"),
        ],
    ),
    Topic(
        "time zones in the list of portals",
        {"3.1": Lacks(("timeZoneId",)), "3.7": Has({"timeZoneId": "Asia/Tokyo"})},
        lambda members: [
            get(
                "/apisystem/portal/get",
                portals(All((Has({"portalName": Ref("alias")}), members))),
                auth="Basic {basic}",
                headers={"Host": "{alias}.docspace.test"},
                server=True,
            )
        ],
        portal={"timezone": "Asia/Tokyo"},
    ),
    Topic(
        "what is the same in all",
        {
            "3.1": dict.fromkeys(
                ("id", "title", "rootFolderType", "rootFolderId", "parentId", "security"), ANY
            )
        },
        lambda members: [
            make_room(),
            get(
                ROOMS,
                OK(
                    Has(
                        {
                            "total": 1,
                            "count": 1,
                            "folders": [Has({**members, "roomType": 5, "createdBy": ANY})],
                            "current": Has({"id": INT}),
                            "pathParts": [Has({"id": INT, "title": TEXT, "folderType": 14})],
                        }
                    )
                ),
            ),
        ],
    ),
)

CELLS = list(cells(TOPICS))


@pytest.mark.parametrize(
    ("topic", "release"), [cell[1:] for cell in CELLS], ids=[cell[0] for cell in CELLS]
)
def test_release(simulator: Simulator, topic: Topic, release: str) -> None:
    portal = {**topic.portal, "server_version": release}
    play(simulator, topic.says, portal, topic.steps(topic.answer_of(release)))
