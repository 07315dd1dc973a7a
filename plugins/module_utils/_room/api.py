# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""API requests about rooms: paths, queries, and the meaning of their failures."""

from __future__ import annotations

from collections.abc import Callable

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client, Get
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    after_a_change,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.paths import api_path
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.plan import (
    ARCHIVERS,
    MAKERS,
    Room,
    Rooms,
    namesakes_of,
    oldest,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.types import (
    ROOM_TYPES,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.wire import (
    Operation,
    Page,
    operation_from_wire,
    operations_from_wire,
    page_from_wire,
    room_from_wire,
)

_ROOMS = api_path("files", "rooms")
_OPERATIONS = api_path("files", "fileops")

# The maximum in DocSpace 3.2.1 and later (contract-rooms 1.1).
_PAGE = 100
_MOST_PAGES = 1000
_READINGS = 3

# Scopes for rooms would be enough here, but not for a schedule that uses the room.
_SCOPE = (
    "The key does not have the required scope: create a key with *:read and *:write "
    "(*:read only for dry runs), or one without restrictions."
)


class RoomsApi:
    """The rooms of one portal, active and archived, as the owner of the key sees them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def rooms(self) -> Rooms:
        """Return all rooms. Send one GET for each 100. Raise DocSpaceError if they cannot be read.

        Do not use the search of the server, which is neither exact nor up to date. Do not request
        an order, because the server would store it as a setting of the user (contract-rooms 0).
        """
        return self._read_all(self._client.get)

    def create(self, title: str, room_type: str) -> Room:
        """Create a room, and return the room that the portal has afterwards.

        No active room may have the `title`. Send one POST, and the GETs of `rooms`. Never leave two
        rooms, even if the response is lost, or if another run creates one at the same time: keep
        the oldest room. If it is not ours, delete ours with one PUT, one DELETE, and GETs to wait.
        """
        made: list[Room] = []

        def is_there(get: Get) -> bool:
            rooms = self._read_all(get).rooms
            made[:] = [r for r in rooms if r.title == title and r.writable and not r.archived]
            return bool(made)

        body = {"title": title, "roomType": ROOM_TYPES[room_type].number}
        try:
            room: Room | None = self._client.write(
                "POST", _ROOMS, body=body, settled=is_there, creates=True, decode=room_from_wire
            )
        except DocSpaceError as error:
            raise _hinted(error, MAKERS) from None
        if room is None:
            return self._only(title, made)
        self._only(title, [room])
        rooms = self._client.confirm(self.rooms, lambda rooms: _is_active(rooms, room))
        with after_a_change():
            return self._settled(room, rooms)

    def archive(self, room: Room) -> None:
        """Archive a room, and wait until this is done. Send one PUT, and GETs to wait."""
        self._move(room, "archive")

    def unarchive(self, room: Room) -> Rooms:
        """Restore a room from the archive, in the same way, and return all rooms afterwards."""
        self._move(room, "unarchive")
        return self._client.confirm(self.rooms, lambda rooms: _is_active(rooms, room))

    def _move(self, room: Room, operation: str) -> None:
        active = operation == "unarchive"
        path = api_path("files", "rooms", room.id or "", operation)
        self._operate("PUT", path, room, lambda rooms: _is_active(rooms, room) is active)

    def _remove(self, room: Room) -> None:
        """Permanently delete a room. DocSpace 3.4 and earlier can delete only archived rooms."""
        self.archive(room)
        path = api_path("files", "rooms", room.id or "")
        self._operate("DELETE", path, room, lambda rooms: room.id not in rooms.ids)

    def _operate(
        self, method: str, path: str, room: Room, is_done: Callable[[Rooms], bool]
    ) -> None:
        """Start an operation on a room, and wait until `is_done` accepts the list of rooms."""

        def is_settled(get: Get) -> bool:
            # It may be in progress, and must not be started twice.
            if not self._client.poll(lambda: self._all_finished(get) or None):
                raise self._not_done(room, method, path, None)
            return is_done(self._read_all(get))

        try:
            started: Operation | None = self._client.write(
                method,
                path,
                body={"deleteAfter": False},
                settled=is_settled,
                decode=operation_from_wire,
            )
        except DocSpaceError as error:
            raise _hinted(error, ARCHIVERS) from None
        if started is None:
            return
        with after_a_change():
            ended: Operation | None = self._client.poll(lambda: self._ended(started, is_done))
            if ended is None:
                raise self._not_done(room, method, path, None)
        if ended.error:
            raise self._not_done(room, method, path, ended)

    # --- the list

    def _read_all(self, get: Get) -> Rooms:
        for _reading in range(_READINGS):
            rooms = self._read_pages(get)
            if rooms is not None:
                return rooms
        raise DocSpaceError(
            f"The list of rooms on {self._client.portal} kept changing while it was read.",
            kind="unexpected",
            portal=self._client.portal,
            hint="Run the playbook again when there is less activity on the portal.",
            method="GET",
            path=_ROOMS,
        )

    def _read_pages(self, get: Get) -> Rooms | None:
        """Return all rooms, or None if rooms moved between pages, so that one may be missing."""
        rooms: list[Room] = []
        seen: set[str] = set()
        total: int | None = None
        for _page in range(_MOST_PAGES):
            page = self._read_page(get, len(seen))
            if total not in (None, page.total) or seen.intersection(page.ids):
                return None
            rooms += page.rooms
            seen.update(page.ids)
            total = page.total
            if not page.ids or len(seen) >= total:
                return Rooms(tuple(rooms), page.may_create)
        raise self._client.malformed(_ROOMS, "the list of rooms does not end")

    def _read_page(self, get: Get, start: int) -> Page:
        query = {"searchArea": "Any", "storageFilter": "Internal", "count": str(_PAGE)}
        if start:
            query["startIndex"] = str(start)
        try:
            response = get(_ROOMS, query)
        except DocSpaceError as error:
            raise _hinted(error, "") from None
        page: Page = self._client.decoded(page_from_wire, response, _ROOMS)
        if len(page.ids) > _PAGE:
            raise self._client.malformed(_ROOMS, "the page has more rooms than were requested")
        return page

    # --- creating

    def _only(self, title: str, made: list[Room]) -> Room:
        """Return the one room that was created. Raise DocSpaceError if it is not as requested."""
        if len(made) > 1 or made[0].title != title:
            with after_a_change():
                raise self._made_otherwise(title, made)
        return made[0]

    def _settled(self, made: Room, rooms: Rooms) -> Room:
        """Return the room to keep: each run that finds several rooms keeps the oldest one."""
        namesakes = namesakes_of(made, rooms)
        stays = oldest(namesakes)
        if stays.id == made.id:
            return made
        ours = next(room for room in namesakes if room.id == made.id)
        if not ours.empty:
            raise self._made_otherwise(made.title, namesakes)
        self._remove(ours)
        return stays

    def _made_otherwise(self, title: str, rooms: list[Room]) -> DocSpaceError:
        found = ", ".join(f"{room.title!r} (ID {room.id})" for room in rooms)
        return DocSpaceError(
            f"{self._client.portal} should have one room {title!r}, but has {found}.",
            kind="not_applied",
            portal=self._client.portal,
            hint="Check whether another play creates rooms at the same time, and rename or "
            "delete the extra rooms.",
            status=200,
            method="POST",
            path=_ROOMS,
        )

    # --- archiving

    def _ended(self, started: Operation, is_done: Callable[[Rooms], bool]) -> Operation | None:
        """Return how the operation ended, or None if it has not.

        The server drops operations after it has reported them, and a key without the scope for
        files cannot see them. In these cases, use the list of rooms.
        """
        for operation in self._operations(self._client.get):
            if operation.id == started.id:
                return operation if operation.finished else None
        if not is_done(self.rooms()):
            return None
        return Operation(started.id, True, "")

    def _all_finished(self, get: Get) -> bool:
        return all(operation.finished for operation in self._operations(get))

    def _operations(self, get: Get) -> tuple[Operation, ...]:
        try:
            response = get(_OPERATIONS, None)
        except DocSpaceError as error:
            if error.status == 403:
                return ()
            raise
        return self._client.decoded(operations_from_wire, response, _OPERATIONS)

    def _not_done(
        self, room: Room, method: str, path: str, ended: Operation | None
    ) -> DocSpaceError:
        portal = self._client.portal
        operation = "delete" if method == "DELETE" else path.rpartition("/")[2]
        if ended is None:
            return DocSpaceError(
                f"{portal} did not finish the operation {operation} on room {room.title!r} (ID "
                f"{room.id}).",
                kind="timeout",
                portal=portal,
                hint="Run the playbook again later, or increase timeout.",
                method=method,
                path=path,
            )
        return DocSpaceError(
            f"{portal} could not {operation} room {room.title!r} (ID {room.id}): {ended.error}.",
            kind="not_applied",
            portal=portal,
            hint=ARCHIVERS,
            status=200,
            method=method,
            path=path,
            server_message=ended.error,
        )


def _is_active(rooms: Rooms, room: Room) -> bool:
    return any(found.id == room.id and not found.archived for found in rooms.rooms)


def _hinted(error: DocSpaceError, forbidden: str) -> DocSpaceError:
    """Return `error` with a hint for rooms."""
    if error.kind == "scope":
        error.hint = _SCOPE
    elif error.kind == "forbidden" and forbidden:
        error.hint = forbidden
    elif error.kind == "not_found" and error.method == "PUT":
        error.hint = "The room was deleted in the meantime: run the playbook again."
    return error
