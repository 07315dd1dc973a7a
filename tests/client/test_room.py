# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docspace_room against simulated portals of every release: access, faults, lost responses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from support.control import Control
from support.portal import Portal

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import room_spec
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room import task
from client.support_runs import Outcome, Waits, client_maker

VERSIONS = ("3.1.0", "3.2.1", "3.5.0", "3.6.1", "3.7.2")
ROOMS = "files/rooms"
ROOM_MANAGER, CONTENT_CREATOR = 9, 11

LIST, MAKE, LOOK = "GET rooms", "POST rooms", "GET fileops"
ARCHIVE, UNARCHIVE = "PUT archive", "PUT unarchive"

MakePortal = Callable[..., Portal]


def run(
    portal: Portal,
    *,
    check_mode: bool = False,
    make_client: Callable[..., Client] | None = None,
    **own: Any,
) -> Outcome:
    """Run the module code on `portal`, without waiting unless `make_client` waits."""
    options = {name: entry.get("default") for name, entry in room_spec().items()}
    options |= {"api_host": portal.url, "api_key": portal.api_key, "title": "Backups", **own}
    try:
        result = task.run(options, check_mode, make_client or client_maker())
    except DocSpaceError as error:
        return Outcome(None, error)
    return Outcome(result, None)


def succeeded(outcome: Outcome) -> dict[str, Any]:
    """The result of a successful run."""
    assert outcome.error is None, outcome.text
    assert outcome.result is not None
    return outcome.result


def failed(outcome: Outcome) -> DocSpaceError:
    """Return the error of a failed run, whose message is one line."""
    assert outcome.error is not None, outcome.text
    assert "\n" not in str(outcome.error)
    return outcome.error


def seen(control: Control, portal: Portal) -> list[str]:
    """The requests since the last call, without those of the test's preparations."""
    requests = [f"{r.method} {r.operation}" for r in control.requests(portal.alias)]
    control.clear_requests()
    return requests


def titles(portal: Portal, area: str = "Active") -> list[str]:
    """The titles of the portal's rooms, as its owner sees them."""
    answer = portal.get(f"{ROOMS}?searchArea={area}")
    return [room["title"] for room in answer.response["folders"]]


def make_room(portal: Portal, title: str = "Backups", room_type: int = 5, **how: Any) -> int:
    """Create a room, and return its ID."""
    room_id: int = portal.post(ROOMS, {"title": title, "roomType": room_type}, **how).response["id"]
    return room_id


def archive(portal: Portal, room_id: int) -> None:
    """Archive a room."""
    assert portal.put(f"{ROOMS}/{room_id}/archive", {"deleteAfter": False}).status == 200


@pytest.fixture(params=VERSIONS)
def release(request: pytest.FixtureRequest, make_portal: MakePortal) -> Portal:
    """A new portal of each release."""
    return make_portal(server_version=request.param)


class TestLife:
    def test_from_nothing_to_the_archive(self, release: Portal, control: Control) -> None:
        control.clear_requests()

        foretold = succeeded(run(release, check_mode=True))
        assert seen(control, release) == [LIST]
        made = succeeded(run(release))
        assert seen(control, release) == [LIST, MAKE, LIST]
        again = succeeded(run(release))
        assert seen(control, release) == [LIST]
        leaving = succeeded(run(release, check_mode=True, state="absent"))
        assert seen(control, release) == [LIST]
        left = succeeded(run(release, state="absent"))
        assert seen(control, release) == [LIST, ARCHIVE, LOOK]
        gone = succeeded(run(release, state="absent"))
        assert seen(control, release) == [LIST]

        assert [r["changed"] for r in (foretold, made, again, leaving, left, gone)] == [
            True,
            True,
            False,
            True,
            True,
            False,
        ]
        assert foretold["room"] == {**made["room"], "id": None, "owner": None}
        assert {**foretold, "room": None} == {**made, "room": None}
        assert again["room"] == made["room"]
        assert leaving == left
        assert (left["room"], gone["room"]) == (None, None)
        assert titles(release) == []
        assert titles(release, "Archive") == ["Backups"]

    def test_the_number_can_be_the_target_of_a_schedule(self, release: Portal) -> None:
        room = succeeded(run(release))["room"]
        body = {
            "storageType": "Documents",
            "storageParams": [{"key": "folderId", "value": room["id"]}],
            "cronParams": {"period": "EveryDay", "hour": 3, "day": 0},
            "backupsStored": 7,
            "dump": False,
        }

        assert room["id"].isdecimal()
        assert release.post("backup/createbackupschedule", body).status == 200

    @pytest.mark.parametrize(
        ("room_type", "number"),
        [
            ("FillingFormsRoom", 1),
            ("EditingRoom", 2),
            ("CustomRoom", 5),
            ("PublicRoom", 6),
            ("VirtualDataRoom", 8),
        ],
    )
    def test_types(self, release: Portal, room_type: str, number: int) -> None:
        foretold = succeeded(run(release, check_mode=True, room_type=room_type))
        made = succeeded(run(release, room_type=room_type))
        again = succeeded(run(release, room_type=room_type))

        kept = release.get(ROOMS).response["folders"]
        assert [room["roomType"] for room in kept] == [number]
        assert made["room"]["room_type"] == again["room"]["room_type"] == room_type
        assert foretold["warnings"] == made["warnings"] == again["warnings"]
        assert len(made["warnings"]) == (number in (1, 6))

    @pytest.mark.parametrize(
        "title", [" a/b:c ", "\U0001f5c4 Backups", "été", '*+:"<>?|\\/', "x" * 170, "a\x07 b"]
    )
    def test_titles_that_the_server_changes(self, release: Portal, title: str) -> None:
        made = succeeded(run(release, title=title))
        again = succeeded(run(release, title=title))

        assert titles(release) == [made["room"]["title"]]
        assert (again["changed"], again["room"]) == (False, made["room"])
        assert succeeded(run(release, title=made["room"]["title"]))["changed"] is False

    def test_another_type_is_warned_of_and_kept(self, release: Portal, control: Control) -> None:
        room_id = make_room(release)
        control.clear_requests()

        result = succeeded(run(release, room_type="EditingRoom"))

        assert seen(control, release) == [LIST]
        assert (result["changed"], result["room"]["id"]) == (False, str(room_id))
        assert result["room"]["room_type"] == "CustomRoom"
        assert ["has the type CustomRoom" in text for text in result["warnings"]] == [True]

    def test_a_limited_life_is_warned_of(self, portal: Portal) -> None:
        lifetime = {"enabled": True, "period": 0, "value": 30, "deletePermanently": False}
        portal.post(ROOMS, {"title": "Backups", "roomType": 5, "lifetime": lifetime})

        warnings = succeeded(run(portal))["warnings"]

        assert ["removed after a time" in text for text in warnings] == [True]


class TestNamesakes:
    def test_two_of_them_are_named(self, release: Portal, control: Control) -> None:
        ids = [make_room(release), make_room(release)]
        control.clear_requests()

        for state in ("present", "absent"):
            for check_mode in (True, False):
                error = failed(run(release, state=state, check_mode=check_mode))
                assert error.kind == "ambiguous"
                assert all(f"ID {room_id}" in str(error) for room_id in ids)
        assert set(seen(control, release)) == {LIST}

    def test_case_tells_rooms_apart(self, release: Portal) -> None:
        make_room(release, "backups")

        assert succeeded(run(release))["changed"] is True
        assert sorted(titles(release)) == ["Backups", "backups"]

    def test_an_archived_one_is_not_doubled(self, release: Portal, control: Control) -> None:
        room_id = make_room(release)
        archive(release, room_id)
        control.clear_requests()

        for check_mode in (True, False):
            error = failed(run(release, check_mode=check_mode))
            assert error.kind == "archived"
            assert f"ID {room_id}" in str(error)
        assert succeeded(run(release, state="absent"))["changed"] is False
        assert seen(control, release) == [LIST] * 3
        assert titles(release, "Any") == ["Backups"]

    def test_an_archived_one_beside_a_good_one(self, release: Portal) -> None:
        archive(release, make_room(release))
        good = make_room(release)

        result = succeeded(run(release))

        assert (result["changed"], result["room"]["id"]) == (False, str(good))


class TestOthers:
    """User A owns the portal and the key. User B is another administrator."""

    @pytest.fixture
    def other(self, release: Portal, control: Control) -> dict[str, Any]:
        """The authentication of user B."""
        user = control.user(release.alias, "b@example.com")
        return {"auth": f"Bearer {user.token}"}

    def test_the_room_of_another_admin(
        self, release: Portal, control: Control, other: dict[str, Any]
    ) -> None:
        room_id = make_room(release, **other)
        owner = release.get(ROOMS).response["folders"][0]["createdBy"]["displayName"]
        control.clear_requests()

        for check_mode in (True, False):
            error = failed(run(release, check_mode=check_mode))
            assert error.kind == "not_writable"
            assert f"ID {room_id}" in str(error)
            assert f"belongs to {owner}" in str(error)
        left = succeeded(run(release, state="absent"))
        assert (left["changed"], left["room"]) == (False, None)
        assert ["is not used" in text for text in left["warnings"]] == [True]
        assert seen(control, release) == [LIST] * 3
        assert titles(release) == ["Backups"]

    @pytest.mark.parametrize("access", [ROOM_MANAGER, CONTENT_CREATOR])
    def test_a_room_that_was_shared_for_writing(
        self, release: Portal, other: dict[str, Any], access: int
    ) -> None:
        room_id = make_room(release, **other)
        share = {"invitations": [{"id": release.owner.id, "access": access}], "notify": False}
        assert release.put(f"{ROOMS}/{room_id}/share", share, **other).status == 200

        result = succeeded(run(release))

        assert (result["changed"], result["room"]["id"]) == (False, str(room_id))

    def test_the_own_one_among_others(self, release: Portal, other: dict[str, Any]) -> None:
        make_room(release, **other)
        own = make_room(release)

        assert succeeded(run(release))["room"]["id"] == str(own)
        assert succeeded(run(release, state="absent"))["changed"] is True
        assert succeeded(run(release, state="absent"))["changed"] is False
        assert titles(release) == ["Backups"]

    @pytest.mark.parametrize("role", ["User", "Guest"])
    def test_who_cannot_make_rooms(self, release: Portal, control: Control, role: str) -> None:
        user = control.user(release.alias, "c@example.com", role)
        control.clear_requests()

        for check_mode in (True, False):
            error = failed(run(release, check_mode=check_mode, api_key=user.token))
            assert error.kind == "forbidden"
            assert "DocSpace admin or room admin" in str(error)
        assert seen(control, release) == [LIST, LIST]

    def test_a_room_admin_makes_and_archives_his_own(
        self, release: Portal, control: Control
    ) -> None:
        user = control.user(release.alias, "d@example.com", "RoomAdmin")

        assert succeeded(run(release, api_key=user.token))["changed"] is True
        assert succeeded(run(release, api_key=user.token, state="absent"))["changed"] is True
        assert titles(release) == []

    def test_a_content_creator_who_is_no_admin_cannot_archive(
        self, release: Portal, control: Control
    ) -> None:
        user = control.user(release.alias, "e@example.com", "RoomAdmin")
        room_id = make_room(release)
        share = {"invitations": [{"id": user.id, "access": CONTENT_CREATOR}], "notify": False}
        assert release.put(f"{ROOMS}/{room_id}/share", share).status == 200
        control.clear_requests()

        for check_mode in (True, False):
            outcome = run(release, check_mode=check_mode, state="absent", api_key=user.token)
            assert failed(outcome).kind == "forbidden"
        assert seen(control, release) == [LIST, LIST]
        assert titles(release) == ["Backups"]


class TestKeys:
    def test_reading_is_enough_for_a_dry_run(self, release: Portal, control: Control) -> None:
        limits = {"permissions": ["rooms:read"]}
        key = control.key(release.alias, release.owner.email, **limits)

        assert succeeded(run(release, api_key=key, check_mode=True))["changed"] is True
        error = failed(run(release, api_key=key))

        assert (error.kind, error.status, error.method) == ("scope", 403, "POST")
        assert "*:read and *:write" in str(error)
        assert titles(release) == []

    def test_a_key_for_rooms_alone(self, release: Portal, control: Control) -> None:
        """It cannot read the list of operations, so the room itself must show the result."""
        limits = {"permissions": ["rooms:read", "rooms:write"]}
        key = control.key(release.alias, release.owner.email, **limits)

        assert succeeded(run(release, api_key=key))["changed"] is True
        assert succeeded(run(release, api_key=key, state="absent"))["changed"] is True
        assert titles(release) == []

    def test_a_key_for_files_alone(self, release: Portal, control: Control) -> None:
        limits = {"permissions": ["files:read", "files:write"]}
        key = control.key(release.alias, release.owner.email, **limits)

        error = failed(run(release, api_key=key))

        assert (error.kind, error.method) == ("scope", "GET")
        assert "*:read and *:write" in str(error)


class TestManyRooms:
    def test_every_page_is_read(self, release: Portal, control: Control) -> None:
        first = make_room(release)
        for number in range(230):
            make_room(release, f"Room {number}")
        archive(release, make_room(release, "Old"))
        release.get(f"{ROOMS}?sortBy=AZ")
        control.clear_requests()

        assert succeeded(run(release))["room"]["id"] == str(first)
        pages = [entry.query for entry in control.requests(release.alias)]
        base = "searchArea=Any&storageFilter=Internal&count=100"
        assert pages == [base, f"{base}&startIndex=100", f"{base}&startIndex=200"]
        assert failed(run(release, title="Old")).kind == "archived"
        assert succeeded(run(release, title="New"))["changed"] is True
        assert succeeded(run(release, title="New"))["changed"] is False

    @pytest.mark.parametrize(("others", "pages"), [(98, 1), (99, 1), (100, 2)])
    def test_pages_are_not_asked_for_in_vain(
        self, portal: Portal, control: Control, others: int, pages: int
    ) -> None:
        make_room(portal)
        for number in range(others):
            make_room(portal, f"Room {number}")
        control.clear_requests()

        assert succeeded(run(portal))["changed"] is False
        assert seen(control, portal) == [LIST] * pages

    def test_the_order_of_the_web_interface_stays(self, portal: Portal) -> None:
        for title in ("b", "c", "a"):
            make_room(portal, title)
        portal.get(f"{ROOMS}?sortBy=AZ&sortOrder=ascending")

        succeeded(run(portal))

        assert titles(portal) == ["a", "b", "Backups", "c"]


# Lost or broken responses to a write.
LOST = [
    pytest.param({"reset": "before_headers"}, id="reset"),
    pytest.param({"reset": "mid_body"}, id="broken off"),
    pytest.param({"truncate": 20}, id="truncated"),
    pytest.param({"status": 502}, id="502"),
    pytest.param({"status": 504}, id="504"),
    pytest.param({"html": 502}, id="page of a gateway"),
]


class TestUnarchive:
    def test_the_room_is_taken_out_and_used(self, control: Control, release: Portal) -> None:
        room_id = make_room(release)
        archive(release, room_id)
        control.clear_requests()

        foretold = succeeded(run(release, unarchive=True, check_mode=True))
        assert seen(control, release) == [LIST]
        done = succeeded(run(release, unarchive=True))
        asked = seen(control, release)
        again = succeeded(run(release, unarchive=True))

        assert foretold["changed"] and done["changed"] and not again["changed"]
        assert foretold["diff"] == done["diff"]
        assert done["diff"]["before"]["archived"] and not done["diff"]["after"]["archived"]
        assert foretold["room"]["id"] == done["room"]["id"] == again["room"]["id"] == str(room_id)
        assert asked[:2] == [LIST, UNARCHIVE] and asked[-1] == LIST
        assert titles(release) == ["Backups"]
        assert titles(release, "Archive") == []

    def test_a_room_that_is_there_is_left_as_it_is(self, control: Control, portal: Portal) -> None:
        archive(portal, make_room(portal))
        make_room(portal)
        control.clear_requests()

        assert not succeeded(run(portal, unarchive=True))["changed"]
        assert seen(control, portal) == [LIST]
        assert titles(portal, "Archive") == ["Backups"]

    def test_two_in_the_archive_are_ambiguous(self, portal: Portal) -> None:
        for _count in range(2):
            archive(portal, make_room(portal))

        assert failed(run(portal, unarchive=True)).kind == "ambiguous"
        assert titles(portal) == []

    def test_a_room_of_somebody_else_comes_out_but_is_not_used(
        self, control: Control, portal: Portal
    ) -> None:
        other = control.user(portal.alias, "other@example.com", "DocSpaceAdmin")
        key = control.key(portal.alias, other.email)
        room_id = make_room(portal, auth=f"Bearer {key}")
        archive(portal, room_id)

        assert failed(run(portal, unarchive=True)).kind == "not_writable"

    @pytest.mark.parametrize("after", [True, False])
    def test_a_lost_answer_is_settled(self, control: Control, portal: Portal, after: bool) -> None:
        room_id = make_room(portal)
        archive(portal, room_id)
        lost = {"reset": "before_headers"}
        control.fault(lost, portal=portal.alias, method="PUT", after=after)

        assert succeeded(run(portal, unarchive=True))["changed"]
        assert titles(portal) == ["Backups"]


class Rival(Client):
    """A client with a rival that creates rooms `before` and `after` its POST."""

    portals: list[Portal]
    before, after = 0, 0

    def write(self, method: str, path: str, **how: Any) -> Any:
        if method != "POST":
            return super().write(method, path, **how)
        for _turn in range(self.before):
            make_room(self.portals[0])
        done = super().write(method, path, **how)
        for _turn in range(self.after):
            make_room(self.portals[0])
        return done


def rival(portal: Portal, **rooms: int) -> Callable[..., Client]:
    """Return a factory of clients for a portal on which another user creates this many rooms."""
    kind = type("Rival", (Rival,), {"portals": [portal], **rooms})
    return partial(kind, sleep=Waits())


class TestTwoRunsAtOnce:
    def test_the_younger_room_goes(self, release: Portal, control: Control) -> None:
        made = succeeded(run(release, make_client=rival(release, before=1)))
        younger = int(made["room"]["id"]) + 1

        assert seen(control, release)[-5:] == [LIST, ARCHIVE, LOOK, f"DELETE {younger}", LOOK]
        assert made["changed"] is True
        assert titles(release, "Any") == ["Backups"]
        assert succeeded(run(release)) == {**made, "changed": False, "diff": unchanged(made)}

    def test_the_older_room_stays(self, release: Portal, control: Control) -> None:
        """The other run removes its own room, so this run leaves both rooms unchanged."""
        made = succeeded(run(release, make_client=rival(release, after=1)))

        assert {"PUT", "DELETE"}.isdisjoint(line.split()[0] for line in seen(control, release))
        rooms = release.get(ROOMS).response["folders"]
        assert made["room"]["id"] == str(min(room["id"] for room in rooms))

    def test_a_room_that_is_in_use_already_is_not_removed(self, portal: Portal) -> None:
        class Used(Rival):
            """Another user immediately puts something into the new room."""

            portals, before = [portal], 1

            def write(self, method: str, path: str, **how: Any) -> Any:
                done = super().write(method, path, **how)
                if method == "POST":
                    answer = portal.post(f"files/folder/{done.id}", {"title": "Already"})
                    assert answer.status == 200, answer.text
                return done

        error = failed(run(portal, make_client=partial(Used, sleep=Waits())))

        assert (error.kind, error.unsettled) == ("not_applied", True)
        assert "Check whether another play creates rooms" in str(error)
        assert titles(portal) == ["Backups", "Backups"]


class TestLostAnswers:
    @pytest.mark.parametrize("action", LOST)
    @pytest.mark.parametrize("times", [1, 0])
    def test_a_room_that_was_made_all_the_same(
        self, portal: Portal, control: Control, action: dict[str, Any], times: int
    ) -> None:
        control.fault(action, method="POST", path="/api/2.0/files/rooms", times=times, after=True)

        made = succeeded(run(portal))

        assert made["changed"] is True
        assert seen(control, portal) == [LIST, MAKE, LIST]
        assert titles(portal) == ["Backups"]
        assert succeeded(run(portal)) == {**made, "changed": False, "diff": unchanged(made)}

    @pytest.mark.parametrize("action", [LOST[0], LOST[3], LOST[5]])
    def test_a_room_that_was_not_made(
        self, portal: Portal, control: Control, action: dict[str, Any]
    ) -> None:
        control.fault(action, method="POST", path="/api/2.0/files/rooms")

        assert succeeded(run(portal))["changed"] is True
        assert seen(control, portal) == [LIST, MAKE, *[LIST] * 5, MAKE, LIST]
        assert titles(portal) == ["Backups"]

    def test_a_gateway_that_gave_up_is_not_asked_twice(
        self, portal: Portal, control: Control, waits: Waits
    ) -> None:
        control.fault({"status": 504}, method="POST", path="/api/2.0/files/rooms", times=0)

        error = failed(run(portal, make_client=client_maker(waits)))

        assert (error.kind, error.status, error.method) == ("unavailable", 504, "POST")
        assert "not sent again" in str(error)
        assert seen(control, portal) == [LIST, MAKE, LIST, LIST, LIST, LIST]
        assert len(waits.asked) == 4
        assert titles(portal) == []

    def test_a_room_that_is_made_late(self, portal: Portal, control: Control) -> None:
        """The response arrives after the timeout, in real time."""
        control.fault({"delay_ms": 1600}, method="POST", path="/api/2.0/files/rooms")

        made = succeeded(run(portal, make_client=Client, timeout=1))

        assert made["changed"] is True
        assert seen(control, portal).count(MAKE) == 1
        assert titles(portal) == ["Backups"]

    @pytest.mark.parametrize(
        "action", [{"status": 429}, {"status": 503}, {"status": 429, "headers": {"Retry-After": 7}}]
    )
    def test_a_write_that_was_refused_for_now(
        self, portal: Portal, control: Control, action: dict[str, Any]
    ) -> None:
        control.fault(action, method="POST", path="/api/2.0/files/rooms", times=2)

        assert succeeded(run(portal))["changed"] is True
        assert seen(control, portal) == [LIST, MAKE, MAKE, MAKE, LIST]
        assert titles(portal) == ["Backups"]

    def test_a_500_is_not_repeated(self, portal: Portal, control: Control) -> None:
        control.fault({"status": 500}, method="POST", path="/api/2.0/files/rooms")

        error = failed(run(portal))

        assert (error.kind, error.status) == ("server", 500)
        assert seen(control, portal) == [LIST, MAKE]

    @pytest.mark.parametrize("action", LOST)
    def test_archiving_that_was_done_all_the_same(
        self, release: Portal, control: Control, action: dict[str, Any]
    ) -> None:
        make_room(release)
        control.clear_requests()
        control.fault(action, method="PUT", after=True)

        assert succeeded(run(release, state="absent"))["changed"] is True
        assert seen(control, release) == [LIST, ARCHIVE, LOOK, LIST]
        assert titles(release) == []

    @pytest.mark.parametrize("action", [LOST[0], LOST[3], LOST[4]])
    def test_archiving_that_was_not_done(
        self, portal: Portal, control: Control, action: dict[str, Any]
    ) -> None:
        make_room(portal)
        control.clear_requests()
        control.fault(action, method="PUT")

        assert succeeded(run(portal, state="absent"))["changed"] is True
        assert seen(control, portal) == [LIST, ARCHIVE, LOOK, LIST, ARCHIVE, LOOK]
        assert titles(portal) == []


class TestBadOptions:
    @pytest.mark.parametrize("title", ["", "  ", "x" * 171, "\U0001f5c4" * 86])
    @pytest.mark.parametrize("state", ["present", "absent"])
    def test_no_request(self, portal: Portal, control: Control, title: str, state: str) -> None:
        control.clear_requests()

        error = failed(run(portal, title=title, state=state))

        assert error.kind == "options"
        assert error.portal == portal.url
        assert str(error).startswith("title: ")
        assert seen(control, portal) == []


def unchanged(made: dict[str, Any]) -> dict[str, Any]:
    """The diff of a task that finds the room of another run."""
    return {**made["diff"], "before": made["diff"]["after"]}
