# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of rooms that change while they are read or never end, and operations that fail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.api import RoomsApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.plan import Room

Answers = Callable[[str, Mapping[str, str]], Any]


class FakeClient:
    """A stand-in for Client: a function answers GETs, and `written` answers other requests."""

    portal = "https://portal.example.com"

    def __init__(self, answers: Answers, written: Any = None) -> None:
        self._answers = answers
        self._written = written
        self.seen: list[str] = []

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        self.seen.append(path.rpartition("/")[2] + (query or {}).get("startIndex", ""))
        return self._answers(path, query or {})

    def write(self, method: str, path: str, decode: Callable[[Any], Any], **_how: Any) -> Any:
        self.seen.append(method)
        return decode(self._written)

    def poll(self, read: Callable[[], Any]) -> Any:
        return next((found for found in (read() for _look in range(3)) if found is not None), None)

    def decoded(self, decode: Callable[[Any], Any], result: Any, path: str) -> Any:
        return decode(result)

    def malformed(self, path: str, problem: str, method: str = "GET") -> DocSpaceError:
        return DocSpaceError(f"{method} {path}: {problem}", kind="malformed")


def room(number: int, title: str = "x", folder_type: int = 14) -> dict[str, Any]:
    return {"id": number, "title": title, "roomType": 5, "rootFolderType": folder_type}


def page(numbers: range | list[int], total: int) -> dict[str, Any]:
    return {"folders": [room(number) for number in numbers], "total": total}


def test_pages_are_read_until_all_rooms_were_seen():
    client = FakeClient(
        lambda _path, query: page(range(250)[int(query.get("startIndex", 0)) :][:100], 250)
    )

    found = RoomsApi(client).rooms()

    assert [room.id for room in found.rooms] == [str(number) for number in range(250)]
    assert client.seen == ["rooms", "rooms100", "rooms200"]


def test_an_empty_page_ends_a_list_that_promised_more():
    pages = {"": page(range(100), 500), "100": page([], 500)}
    client = FakeClient(lambda _path, query: pages[query.get("startIndex", "")])

    assert len(RoomsApi(client).rooms().rooms) == 100
    assert client.seen == ["rooms", "rooms100"]


@pytest.mark.parametrize(
    "moved",
    [
        pytest.param(page([99, *range(101, 150)], 150), id="a room went to the front"),
        pytest.param(page(range(101, 150), 149), id="a room was deleted"),
    ],
)
def test_a_list_that_moves_is_read_anew(moved):
    still = {"": page(range(100), 150), "100": page(range(100, 150), 150)}
    answers = [still[""], moved, still[""], still["100"]]
    client = FakeClient(lambda _path, _query: answers.pop(0))

    found = RoomsApi(client).rooms()

    assert [room.id for room in found.rooms] == [str(number) for number in range(150)]
    assert client.seen == ["rooms", "rooms100"] * 2


def test_a_list_that_never_stands_still():
    client = FakeClient(lambda _path, _query: page(range(100), 150))

    with pytest.raises(DocSpaceError) as caught:
        RoomsApi(client).rooms()

    assert "kept changing" in str(caught.value)
    assert client.seen == ["rooms", "rooms100"] * 3


def test_a_list_that_never_ends():
    def one_more(_path: str, query: Mapping[str, str]) -> Any:
        start = int(query.get("startIndex", 0))
        return page(range(start, start + 1), 10**9)

    with pytest.raises(DocSpaceError) as caught:
        RoomsApi(FakeClient(one_more)).rooms()

    assert "does not end" in str(caught.value)


def test_a_page_that_is_larger_than_asked_for():
    with pytest.raises(DocSpaceError) as caught:
        RoomsApi(FakeClient(lambda _path, _query: page(range(101), 101))).rooms()

    assert caught.value.kind == "malformed"


# --- archiving

BACKUPS = Room("41", "Backups", "CustomRoom")
STARTED = {"id": "op", "finished": False, "error": ""}
ACTIVE, ARCHIVED = {"folders": [room(41)], "total": 1}, {"folders": [room(41, "x", 20)], "total": 1}


def forbidden() -> Any:
    raise DocSpaceError("no", kind="portal_state", status=403)


def archiving(operations: Callable[[], Any], listed: Any) -> FakeClient:
    return FakeClient(lambda path, _query: operations() if "fileops" in path else listed, STARTED)


@pytest.mark.parametrize(
    ("operations", "listed", "requests"),
    [
        pytest.param(
            lambda: [{**STARTED, "finished": True}], None, ["PUT", "fileops"], id="finished"
        ),
        pytest.param(list, ARCHIVED, ["PUT", "fileops", "rooms"], id="forgotten"),
        pytest.param(forbidden, ARCHIVED, ["PUT", "fileops", "rooms"], id="not to be seen"),
    ],
)
def test_archiving(operations, listed, requests):
    client = archiving(operations, listed)

    RoomsApi(client).archive(BACKUPS)

    assert client.seen == requests


@pytest.mark.parametrize(
    ("operations", "listed", "kind", "words"),
    [
        pytest.param(
            lambda: [{**STARTED, "finished": True, "error": "No right"}],
            None,
            "not_applied",
            "No right",
            id="refused",
        ),
        pytest.param(lambda: [STARTED], None, "timeout", "did not finish", id="too slow"),
        pytest.param(list, ACTIVE, "timeout", "did not finish", id="forgotten, not done"),
    ],
)
def test_archiving_that_fails(operations, listed, kind, words):
    with pytest.raises(DocSpaceError) as caught:
        RoomsApi(archiving(operations, listed)).archive(BACKUPS)

    assert caught.value.kind == kind
    assert words in str(caught.value)
    assert "ID 41" in str(caught.value)


def test_a_room_that_was_stored_under_another_title():
    client = FakeClient(lambda _path, _query: None, room(41, "Other"))

    with pytest.raises(DocSpaceError) as caught:
        RoomsApi(client).create("Backups", "CustomRoom")

    assert caught.value.kind == "not_applied"
    assert "'Other' (ID 41)" in str(caught.value)
