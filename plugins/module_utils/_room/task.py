# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The task of docspace_room: read, plan, apply, and report. Options in, result out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    after_a_change,
    naming,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.api import RoomsApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.plan import (
    Plan,
    Room,
    WantedRoom,
    plan,
    result_of,
    wanted_from_options,
)


def run(
    options: Mapping[str, Any],
    check_mode: bool,
    make_client: Callable[..., Client] = Client,
) -> dict[str, Any]:
    """Ensure that the portal has, or does not have, the room. Return the result of the task.

    Send one GET for each 100 rooms, one POST to create a room, or one PUT and GETs to wait for
    archiving or restoring it. In check mode, send only the first GETs. Raise DocSpaceError on
    failure, or OptionError before the first request if the options alone are invalid.
    """
    connection = Connection.from_options(options)
    with naming(connection.portal):
        wanted = wanted_from_options(options)
    with closing(make_client(connection, read_only=check_mode)) as client:
        todo, room = _apply(RoomsApi(client), wanted, connection.portal, check_mode)
    return {
        "changed": todo.changed,
        "room": room and result_of(room),
        "diff": _diff(connection.portal, todo),
        "warnings": connection.warnings() + list(todo.warnings),
    }


def _apply(
    api: RoomsApi, wanted: WantedRoom, portal: str, check_mode: bool
) -> tuple[Plan, Room | None]:
    """Return the plan, and the room that the portal has, or would have, afterwards."""
    todo = plan(wanted, api.rooms(), portal)
    if todo.action == "archive" and todo.room:
        if not check_mode:
            api.archive(todo.room)
        return todo, None
    if todo.action == "unarchive" and todo.room and not check_mode:
        rooms = api.unarchive(todo.room)
        # Only now does the portal report whether the owner of the key can write to it.
        with after_a_change():
            return todo, plan(replace(wanted, unarchive=False), rooms, portal).room
    if todo.action == "create" and not check_mode:
        return todo, api.create(wanted.title, wanted.room_type)
    return todo, todo.room


def _diff(portal: str, todo: Plan) -> dict[str, Any]:
    header = f"{portal} (room)"
    return {
        "before": todo.before,
        "after": todo.after,
        "before_header": header,
        "after_header": header,
    }
