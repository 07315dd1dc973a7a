# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conversion of the server's settings, folders, storages and plan, including invalid data."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.values import (
    Settings,
    Target,
    Usage,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.wire import (
    access_from_wire,
    settings_from_wire,
    target_from_wire,
    usage_from_wire,
)

WINTER = datetime(2026, 1, 1, tzinfo=timezone.utc)

SETTINGS = {
    "version": "3.7.2.1",
    "standalone": True,
    "tenantStatus": 0,
    "timezone": "Europe/Berlin",
    "utcHoursOffset": 2,
}
ROOM: dict[str, Any] = {
    "title": "Backups",
    "rootFolderType": 14,
    "roomType": 5,
    "security": {"Create": True},
    "createdBy": {"displayName": "Jane Doe"},
    "shared": False,
}
PATH = [{"id": 3, "title": "Rooms"}, {"id": 41, "title": "Backups", "roomType": 5}]


def folder(**changes: Any) -> Target:
    """The target in a response about a room with these changes."""
    return target_from_wire("41", {"current": {**ROOM, **changes}, "pathParts": PATH})


class TestSettings:
    def test_all_of_them(self) -> None:
        found = settings_from_wire(SETTINGS)

        assert (found.version, found.standalone, found.timezone, found.state) == (
            "3.7.2.1",
            True,
            "Europe/Berlin",
            "active",
        )
        assert found.zone and found.zone.utcoffset(WINTER) == timedelta(hours=1)

    def test_a_zone_that_this_machine_does_not_know(self) -> None:
        found = settings_from_wire({**SETTINGS, "timezone": "Mars/Base", "utcHoursOffset": 5.5})

        assert found.zone and found.zone.utcoffset(WINTER) == timedelta(hours=5.5)

    def test_a_portal_that_did_not_accept_the_key(self) -> None:
        found = settings_from_wire({"version": "3.6.1", "utcHoursOffset": 0})

        assert found == Settings("3.6.1", None, None, None, None)

    @pytest.mark.parametrize(
        ("status", "state"), [(4, "restoring"), (7, None), ("4", None), (True, None)]
    )
    def test_the_state(self, status: Any, state: str | None) -> None:
        assert settings_from_wire({"tenantStatus": status}).state == state

    @pytest.mark.parametrize(
        ("version", "least", "answer"),
        [
            ("3.7.2", (3, 7), True),
            ("3.6.1", (3, 7), False),
            ("3.10", (3, 7), True),
            ("4.0.0.1", (3, 7), True),
            ("3", (3, 5), None),
            ("dev.build", (3, 5), None),
            (None, (3, 5), None),
        ],
    )
    def test_the_release(
        self, version: str | None, least: tuple[int, int], answer: bool | None
    ) -> None:
        assert Settings(version, None, None, None, None).is_at_least(*least) is answer


class TestTarget:
    def test_a_room(self) -> None:
        assert folder() == Target(
            "41",
            "",
            "Backups",
            "Rooms/Backups",
            "rooms",
            "CustomRoom",
            "Jane Doe",
            True,
            False,
            None,
        )

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"rootFolderType": 3}, "trash"),
            ({"rootFolderType": 20, "security": {}}, "archive"),
            ({"security": {"Create": False}}, "read_only"),
            ({"security": None}, "read_only"),
            ({"rootFolderType": 5}, ""),
        ],
    )
    def test_a_problem(self, changes: dict[str, Any], problem: str) -> None:
        assert folder(**changes).problem == problem

    @pytest.mark.parametrize(
        ("changes", "public"),
        [
            ({"shared": True}, True),
            ({"sharedExternal": True}, True),
            ({"parentShared": True}, True),
            ({"shared": "yes"}, False),
        ],
    )
    def test_a_link(self, changes: dict[str, Any], public: bool) -> None:
        assert folder(**changes).public is public

    def test_a_folder_in_a_public_room(self) -> None:
        inside = {name: value for name, value in ROOM.items() if name != "roomType"}
        path = [*PATH[:1], {"title": "All", "roomType": 6}, {"title": "Backups"}]
        found = target_from_wire("42", {"current": inside, "pathParts": path})

        assert (found.room_type, found.public, found.path) == (
            "PublicRoom",
            True,
            "Rooms/All/Backups",
        )

    @pytest.mark.parametrize(
        ("lifetime", "days"),
        [
            ({"enabled": True, "period": 0, "value": 30}, 30),
            ({"enabled": True, "period": 1, "value": 2}, 60),
            ({"enabled": True, "period": 2, "value": 1}, 365),
            ({"enabled": False, "period": 0, "value": 30}, None),
            ({"enabled": True, "period": 9, "value": 30}, None),
            ({}, None),
            (None, None),
        ],
    )
    def test_a_lifetime(self, lifetime: Any, days: int | None) -> None:
        assert folder(lifetime=lifetime).lifetime == days


class TestPlan:
    def test_the_free_backups(self) -> None:
        feature = {"id": "free_backup", "value": 2, "used": {"value": 1}}

        assert usage_from_wire({"features": [{"id": "room"}, feature]}) == Usage(2, 1)

    @pytest.mark.parametrize("features", [[], [{"id": "free_backup", "value": -1}]])
    def test_no_limit(self, features: list[Any]) -> None:
        assert usage_from_wire({"features": features}) is None

    @pytest.mark.parametrize(
        ("module", "case"), [("s3", ""), ("rackspace", "access"), ("selectel", "module")]
    )
    def test_the_storages(self, module: str, case: str) -> None:
        storages = [{"id": "s3", "isSet": True}, {"id": "rackspace", "isSet": False}]

        assert access_from_wire(module, storages) == case


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["features", "current", "id", "value", "used", "roomType", "security"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_anything_is_decoded_or_refused_in_words(answer: Any) -> None:
    for decode in (
        settings_from_wire,
        usage_from_wire,
        lambda read: target_from_wire("1", read),
        lambda read: access_from_wire("s3", read),
    ):
        try:
            decode(answer)
        except ValueError:
            pass
