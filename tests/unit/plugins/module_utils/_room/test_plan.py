# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Titles of rooms, the room that a title refers to, and the changes to it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    OptionError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.plan import (
    Room,
    Rooms,
    WantedRoom,
    namesakes_of,
    oldest,
    plan,
    result_of,
    stored_title,
    wanted_from_options,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.types import (
    ROOM_TYPES,
    room_type_name,
)

PORTAL = "https://portal.example.com"
BACKUPS = WantedRoom("Backups")
GONE = WantedRoom("Backups", present=False)

MINE = Room("41", "Backups", "CustomRoom", "Ann")
MINE_TOO = Room("57", "Backups", "EditingRoom", "Ann")
FOREIGN = Room("60", "Backups", "CustomRoom", "Bob", writable=False)
ARCHIVED = Room("30", "Backups", "CustomRoom", "Ann", writable=False, archived=True)
OTHER = Room("12", "Plans", "CustomRoom", "Ann")


def rooms(*some: Room, may_create: bool = True) -> Rooms:
    return Rooms(some, may_create)


def options(**own: Any) -> dict[str, Any]:
    return {"title": "Backups", "room_type": "CustomRoom", "state": "present", **own}


# --- titles

# Any text, in which the relevant characters are more frequent than in random text.
TITLES = st.text(
    st.one_of(
        st.sampled_from('\t*+:"<>?|\\/ .\x1c\x85\xa0\u3000\U0001f5c4\ud83d'),
        st.characters(codec=None, categories=None),
    ),
    max_size=200,
)


def units(text: str) -> int:
    """The length that .NET counts, calculated differently: two for characters beyond U+FFFF."""
    return sum(2 if ord(sign) > 0xFFFF else 1 for sign in text)


def is_blank(sign: str) -> bool:
    """Whether .NET treats it as white space: the separators and six control characters."""
    return unicodedata.category(sign) in ("Zs", "Zl", "Zp") or sign in "\t\n\v\f\r\x85"


def described(title: str) -> str:
    """The server's rule for each character, for a title that does not need to be shortened."""
    signs = list(title)
    while signs and is_blank(signs[0]):
        signs.pop(0)
    while signs and is_blank(signs[-1]):
        signs.pop()
    stored = ""
    for sign in signs:
        if ord(sign) > 0xFFFF:
            stored += "__"
        elif sign in '*+:"<>?|/\\\t' or unicodedata.category(sign) == "Cs":
            stored += "_"
        else:
            stored += sign
    return stored


class TestTitles:
    @pytest.mark.parametrize(
        ("given_", "stored"),
        [
            ("Backups", "Backups"),
            (" a/b:c ", "a_b_c"),
            ('*+:"<>?|\\/\tx', "___________x"),
            ("\U0001f5c4 Backups", "__ Backups"),
            ("\ud83d", "_"),
            ("a  b\n\x07c", "a  b\n\x07c"),
            ("\tBackups\u3000", "Backups"),
            ("\x1cBackups\x1f", "\x1cBackups\x1f"),
            ("Sauvegardes été 備份", "Sauvegardes été 備份"),
            ("***", "___"),
        ],
    )
    def test_what_the_server_stores(self, given_, stored):
        assert stored_title(given_) == stored

    @pytest.mark.parametrize(
        ("given_", "stored"),
        [
            ("x" * 170, "x" * 170),
            ("x" * 171, "x" * 170),
            ("x" * 200 + ".zip", "x" * 166 + ".zip"),
            ("x" * 151 + "." + "y" * 30, "x" * 139 + "." + "y" * 30),
            ("x" * 150 + "." + "y" * 30, "x" * 150 + "." + "y" * 19),
            ("\U0001f5c4" * 86, "_" * 170),
        ],
    )
    def test_what_is_cut(self, given_, stored):
        assert stored_title(given_) == stored

    @given(TITLES.filter(lambda title: units(title) <= 170))
    def test_the_rule_in_other_words(self, title):
        assert stored_title(title) == described(title)

    @given(TITLES.filter(lambda title: units(title) <= 170))
    def test_what_is_stored_is_not_changed_again(self, title):
        assert stored_title(stored_title(title)) == stored_title(title)

    @given(TITLES)
    def test_what_is_stored_fits_and_can_be_sent(self, title):
        stored = stored_title(title)

        assert len(stored) == units(stored) <= 170
        assert stored.encode().decode() == stored


class TestOptions:
    @pytest.mark.parametrize(
        ("title", "words"),
        [
            ("", "it is empty"),
            (" \t\u3000", "it is empty"),
            ("x" * 171, "it has 171 characters, but the server allows only 170"),
            ("\U0001f5c4" * 86, "it has 172 characters, but the server allows only 170"),
        ],
    )
    def test_bad_titles(self, title, words):
        with pytest.raises(OptionError) as caught:
            wanted_from_options(options(title=title))

        assert caught.value.option == "title"
        assert str(caught.value) == f"title: {words}"

    @pytest.mark.parametrize("title", ["x" * 170, f"  {'x' * 170}  ", "\U0001f5c4" * 85])
    def test_the_limit_itself_is_fine(self, title):
        assert units(wanted_from_options(options(title=title)).title) == 170

    def test_what_is_wanted(self):
        asked = options(title=" a/b ", room_type="EditingRoom", state="absent")

        assert wanted_from_options(asked) == WantedRoom("a_b", "EditingRoom", present=False)

    def test_the_numbers_of_the_types(self):
        numbers = {name: entry.number for name, entry in ROOM_TYPES.items()}

        assert numbers == {
            "FillingFormsRoom": 1,
            "EditingRoom": 2,
            "CustomRoom": 5,
            "PublicRoom": 6,
            "VirtualDataRoom": 8,
        }
        assert {name: room_type_name(number) for name, number in numbers.items()} == {
            name: name for name in numbers
        }
        assert room_type_name(9) == "AiRoom"
        assert room_type_name(77) == "77"


class TestPresent:
    @pytest.mark.parametrize(
        "actual",
        [
            rooms(),
            rooms(OTHER),
            rooms(Room("41", "backups", "CustomRoom")),
            rooms(Room("41", "Backups 2", "CustomRoom")),
        ],
    )
    def test_a_new_room(self, actual):
        todo = plan(BACKUPS, actual, PORTAL)

        assert (todo.action, todo.changed) == ("create", True)
        assert todo.before == {}
        assert todo.after == {"title": "Backups", "room_type": "CustomRoom"}
        assert todo.room is not None
        assert result_of(todo.room) == {
            "id": None,
            "title": "Backups",
            "room_type": "CustomRoom",
            "owner": None,
            "writable": True,
        }
        assert todo.warnings == ()

    @pytest.mark.parametrize(
        "actual",
        [rooms(MINE), rooms(OTHER, MINE), rooms(FOREIGN, MINE), rooms(ARCHIVED, MINE, FOREIGN)],
    )
    def test_the_one_that_can_be_written_to(self, actual):
        todo = plan(BACKUPS, actual, PORTAL)

        assert (todo.action, todo.changed) == ("", False)
        assert todo.before == todo.after == {"title": "Backups", "room_type": "CustomRoom"}
        assert todo.room == MINE
        assert todo.warnings == ()

    def test_no_right_is_needed_for_a_room_that_is_there(self):
        assert plan(BACKUPS, rooms(MINE, may_create=False), PORTAL).room == MINE

    @pytest.mark.parametrize(
        ("actual", "kind", "words"),
        [
            (rooms(MINE, MINE_TOO), "ambiguous", ["2 rooms", "ID 41, ID 57", "Rename or archive"]),
            (rooms(FOREIGN), "not_writable", ["ID 60", "belongs to Bob", "a room manager"]),
            (rooms(FOREIGN, ARCHIVED), "not_writable", ["belongs to Bob"]),
            (rooms(ARCHIVED), "archived", ["ID 30", "Set unarchive"]),
            (
                rooms(OTHER, may_create=False),
                "forbidden",
                ["no room 'Backups'", "cannot create one"],
            ),
        ],
    )
    def test_what_cannot_be(self, actual, kind, words):
        with pytest.raises(DocSpaceError) as caught:
            plan(BACKUPS, actual, PORTAL)

        text = str(caught.value)
        assert (caught.value.kind, caught.value.portal) == (kind, PORTAL)
        assert [word for word in (*words, "'Backups'", PORTAL) if word not in text] == []
        assert "\n" not in text

    @pytest.mark.parametrize(
        ("room", "words"),
        [
            (Room("1", "Backups", "EditingRoom"), ["has the type EditingRoom, not CustomRoom"]),
            (
                Room("1", "Backups", "PublicRoom", linked=True),
                ["has the type PublicRoom, not", "is public"],
            ),
            (
                Room("1", "Backups", "FillingFormsRoom", linked=True),
                ["has the type FillingFormsRoom", "is for filling in forms"],
            ),
            (Room("1", "Backups", "CustomRoom", linked=True), ["has an external link"]),
            (Room("1", "Backups", "CustomRoom", expiring=True), ["are removed after a time"]),
            (Room("1", "Backups", "CustomRoom", private=True), ["is private"]),
        ],
    )
    def test_warnings(self, room, words):
        warnings = plan(BACKUPS, rooms(room), PORTAL).warnings

        assert len(warnings) == len(words)
        assert [word for word, text in zip(words, warnings) if word not in text] == []

    @pytest.mark.parametrize("room_type", ["PublicRoom", "FillingFormsRoom"])
    def test_a_new_room_is_warned_of_as_it_will_be(self, room_type):
        wanted = WantedRoom("Backups", room_type)
        made = Room("1", "Backups", room_type, linked=True)

        foretold = plan(wanted, rooms(), PORTAL).warnings

        assert foretold == plan(wanted, rooms(made), PORTAL).warnings
        assert len(foretold) == 1
        assert foretold[0].endswith(
            "Anyone who has the link can read the contents of the room, including backups."
        )


class TestUnarchive:
    WANTED = WantedRoom("Backups", unarchive=True)

    def test_the_only_one_is_taken_out(self):
        todo = plan(self.WANTED, rooms(ARCHIVED), PORTAL)

        assert todo.action == "unarchive"
        assert (todo.room.id, todo.room.archived, todo.room.writable) == ("30", False, True)
        assert todo.before == {"title": "Backups", "room_type": "CustomRoom", "archived": True}
        assert todo.after == {**todo.before, "archived": False}

    @pytest.mark.parametrize(
        ("actual", "kind"),
        [
            (rooms(ARCHIVED, replace(ARCHIVED, id="31")), "ambiguous"),
            (rooms(replace(ARCHIVED, movable=False)), "forbidden"),
        ],
    )
    def test_what_cannot_be(self, actual, kind):
        with pytest.raises(DocSpaceError) as caught:
            plan(self.WANTED, actual, PORTAL)

        assert caught.value.kind == kind

    def test_a_room_that_is_there_goes_first(self):
        assert plan(self.WANTED, rooms(ARCHIVED, MINE), PORTAL).action == ""


class TestAbsent:
    @pytest.mark.parametrize("actual", [rooms(), rooms(OTHER), rooms(ARCHIVED)])
    def test_nothing_to_do(self, actual):
        todo = plan(GONE, actual, PORTAL)

        assert (todo.changed, todo.room, todo.before, todo.after) == (False, None, {}, {})
        assert todo.warnings == ()

    @pytest.mark.parametrize("actual", [rooms(MINE), rooms(OTHER, ARCHIVED, FOREIGN, MINE)])
    def test_archiving(self, actual):
        todo = plan(GONE, actual, PORTAL)

        assert (todo.action, todo.room) == ("archive", MINE)
        assert todo.before == {"title": "Backups", "room_type": "CustomRoom"}
        assert todo.after == {}

    def test_the_room_of_somebody_else_is_left_alone(self):
        todo = plan(GONE, rooms(FOREIGN), PORTAL)

        assert (todo.changed, todo.room) == (False, None)
        assert [text for text in todo.warnings if "ID 60" in text and "Bob" in text]

    def test_two_of_them(self):
        with pytest.raises(DocSpaceError) as caught:
            plan(GONE, rooms(MINE, MINE_TOO), PORTAL)

        assert caught.value.kind == "ambiguous"

    def test_a_room_that_others_archive(self):
        shared = Room("41", "Backups", "CustomRoom", "Bob", movable=False)

        with pytest.raises(DocSpaceError) as caught:
            plan(GONE, rooms(shared), PORTAL)

        assert caught.value.kind == "forbidden"
        assert "belongs to Bob" in str(caught.value)


# --- two runs at the same time


def test_the_lowest_number_is_the_oldest_room():
    rooms = [Room(number, "Backups", "CustomRoom") for number in ("100", "99", "101")]

    assert oldest(rooms).id == "99"


def test_namesakes_are_the_rooms_that_the_title_could_mean():
    made = Room("7", "Backups", "CustomRoom")
    rival = replace(made, id="6")
    others = (
        replace(made, id="5", archived=True),
        replace(made, id="4", writable=False),
        replace(made, id="3", title="backups"),
    )

    assert namesakes_of(made, Rooms((*others, rival, made))) == [rival, made]
    # The list does not contain the new room yet.
    assert namesakes_of(made, Rooms((*others, rival))) == [made, rival]
