# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A schedule after a change to its folder (second contract, 5.2).

The schedule for 2 o'clock is posted at 1. Each case specifies the change to the room, what the
portal then shows of the folder, how the run ends, and the response to a second POST of the same
schedule. The schedule itself never changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from support.simulator import Simulator

from contract.matrix.bodies import HISTORY, READ, ended, shows
from contract.matrix.rooms import (
    ARCHIVED,
    B_KEY,
    BROKEN_RUN,
    DENIED,
    DUE,
    MY_DOCUMENTS,
    NO_FOLDER,
    ROOM_MANAGER,
    ROOMS,
    archive,
    erase,
    make_room,
    schedule_into,
    settled,
)
from contract.notation import DIRECTORY_NOT_FOUND, ITEM_NOT_FOUND, OK, E, Expected, Status
from contract.rows import play
from contract.steps import Call, Clock, Step, User, get, post, put
from contract.steps import delete as remove
from contract.values import GUID, INT, Bind, Has, Ref, between

SHARE = ROOMS + "/{room}/share"
TRASH = 3
RUNS_WELL = ended("", progress=100)


def shared(access: int) -> Call:
    """B gives A a role in the room, or removes A with role 0."""
    invitation = {"invitations": [{"id": Ref("owner"), "access": access}], "notify": False}
    return put(SHARE, invitation, OK(Has({})), auth=B_KEY)


@dataclass(frozen=True)
class Life:
    """One line of the table."""

    happens: Sequence[Step]
    folder: Expected
    run: Call
    again: Expected
    before: Sequence[Step] = (make_room(),)


OWN_ROOM_OF_B = (User("b"), make_room(auth=B_KEY), shared(ROOM_MANAGER))
OWN_FOLDER = (
    MY_DOCUMENTS,
    post("files/folder/{my}", {"title": "Backups"}, OK(Has({"id": Bind("room", INT)}))),
)
TO_TRASH = remove(
    "files/folder/{room}",
    OK([Has({"id": GUID})]),
    {"deleteAfter": False, "immediately": False},
)

LIVES = {
    "renamed": Life(
        [put(ROOMS + "/{room}", {"title": "New"}, OK(Has({"id": Ref("room")})))],
        OK(Has({"title": "New"})),
        RUNS_WELL,
        OK(True),
    ),
    "caller-lost-the-role": Life(
        [shared(0)],
        OK(Has({"security": Has({"Create": False})})),
        RUNS_WELL,
        DENIED,
        before=OWN_ROOM_OF_B,
    ),
    "owner-changed": Life(
        [
            User("b"),
            post("files/owner", {"userId": Ref("b_id"), "folderIds": [Ref("room")]}, Status(200)),
        ],
        OK(Has({"createdBy": Has({"id": Ref("b_id")}), "security": Has({"Create": False})})),
        RUNS_WELL,
        DENIED,
    ),
    "archived": Life(
        archive(),
        OK(Has({"rootFolderType": ARCHIVED, "security": Has({"Create": False})})),
        RUNS_WELL,
        DENIED,
    ),
    "in-trash": Life(
        [TO_TRASH, settled()],
        OK(Has({"rootFolderType": TRASH})),
        RUNS_WELL,
        DENIED,
        before=OWN_FOLDER,
    ),
    "deleted": Life(
        erase(),
        E(404, ITEM_NOT_FOUND, NO_FOLDER),
        BROKEN_RUN,
        E(404, DIRECTORY_NOT_FOUND, NO_FOLDER),
    ),
}


@pytest.mark.parametrize("name", LIVES)
def test_schedule_and_folder(simulator: Simulator, name: str) -> None:
    life = LIVES[name]
    row = get(READ, shows(storageParams={"folderId": Ref("room", str)}))
    steps: list[Step] = [
        Clock("2026-03-02T01:00:00Z"),
        *life.before,
        schedule_into("room", OK(True)),
        *life.happens,
        get("files/folder/{room}", life.folder),
        row,
        *DUE,
        life.run,
        row,
        schedule_into("room", life.again),
        row,
    ]
    play(simulator, name, {}, steps)


HISTORIES: dict[str, tuple[Sequence[Step], Sequence[Step], Any]] = {
    "archived": ((make_room(),), archive(), [Has({"storageType": 0})]),
    "in-trash": (OWN_FOLDER, [TO_TRASH, settled()], []),
    "deleted": ((make_room(),), erase(), []),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_history_of_copies_in_the_folder(simulator: Simulator, name: str) -> None:
    """A copy in the trash counts as deleted, like one that was deleted with its room."""
    before, happens, left = HISTORIES[name]
    steps: list[Step] = [
        Clock("2026-03-02T01:00:00Z"),
        *before,
        schedule_into("room", OK(True)),
        *DUE,
        get(HISTORY, OK([Has({"storageType": 0})])),
        *happens,
        get(HISTORY, OK(left)),
    ]
    play(simulator, name, {}, steps)


def test_a_dead_target_fails_at_every_slot(simulator: Simulator) -> None:
    """The schedule continues to run on the next day."""
    steps: list[Step] = [
        Clock("2026-03-02T01:00:00Z"),
        make_room(),
        schedule_into("room", OK(True)),
        *erase(),
        *DUE,
        BROKEN_RUN,
        Clock("2026-03-03T02:20:00Z"),
        get(READ, shows(lastBackupTime=between("2026-03-03T01:59:59", "2026-03-03T02:15:30"))),
        BROKEN_RUN,
        get(HISTORY, OK([])),
    ]
    play(simulator, "a dead target", {}, steps)
