# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests that a key with given permissions can make (contract 1.2, second contract 1.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from support.control import Control
from support.portal import Portal

from contract.matrix.bodies import READ, WRITE, bare

# Permissions -> reading and writing a schedule, reading and creating rooms, my documents, self.
SCOPES: Mapping[str, tuple[list[str] | None, tuple[int, int, int, int, int, int]]] = {
    "unrestricted": (None, (200, 200, 200, 200, 200, 200)),
    "empty": ([], (200, 200, 200, 200, 200, 200)),
    "star": (["*"], (200, 200, 200, 200, 200, 200)),
    "read": (["*:read"], (200, 403, 200, 403, 200, 200)),
    "write": (["*:write"], (200, 200, 200, 200, 200, 200)),
    "rooms-read": (["rooms:read"], (403, 403, 200, 403, 403, 403)),
    "rooms-write": (["rooms:write"], (403, 403, 200, 200, 403, 403)),
    "files-read": (["files:read"], (403, 403, 403, 403, 200, 403)),
    "files-write": (["files:write"], (403, 403, 403, 403, 200, 403)),
    "self-read": (["accounts.self:read"], (403, 403, 403, 403, 403, 200)),
    "read-and-rooms-write": (["*:read", "rooms:write"], (200, 403, 200, 200, 200, 200)),
}


@pytest.mark.parametrize("name", SCOPES)
def test_scopes(portal: Portal, control: Control, name: str) -> None:
    permissions, expected = SCOPES[name]
    limits = {} if permissions is None else {"permissions": permissions}
    auth = f"Bearer {control.key(portal.alias, portal.owner.email, **limits)}"
    answers = (
        portal.get(READ, auth=auth),
        portal.post(WRITE, bare("DataStore"), auth=auth),
        portal.get("files/rooms", auth=auth),
        portal.post("files/rooms", {"title": "x", "roomType": 5}, auth=auth),
        portal.get("files/@my", auth=auth),
        portal.get("people/@self", auth=auth),
    )
    assert tuple(answer.status for answer in answers) == expected
    assert {answer.body for answer in answers if answer.status == 403} <= {b""}


def test_every_key_may_look_at_itself(portal: Portal, control: Control) -> None:
    key = control.key(portal.alias, portal.owner.email, permissions=["files:read"])
    shown = portal.get("keys/@self", auth=f"Bearer {key}").response
    assert shown["permissions"] == ["files:read"]
    assert shown["keyPostfix"] == key[-4:]


def test_a_key_is_made_by_the_portal_and_shown_once(portal: Portal) -> None:
    made = portal.post("keys", {"name": "ansible", "permissions": ["*:read"]}).response
    assert made["key"].startswith("sk-")
    assert len(made["key"]) == len("sk-") + 64
    auth = f"Bearer {made['key']}"
    assert "key" not in portal.get("keys/@self", auth=auth).response
    assert portal.get(READ, auth=auth).status == 200
    assert portal.post(WRITE, bare("DataStore"), auth=auth).status == 403


SELF = (
    "id",
    "name",
    "keyPostfix",
    "permissions",
    "lastUsed",
    "createOn",
    "createBy",
    "expiresAt",
    "isActive",
)


def test_what_a_key_says_of_itself(make_portal: Callable[..., Portal], control: Control) -> None:
    """Times are in the time zone of the portal."""
    control.clock_at("2026-03-02T12:00:00Z")
    portal = make_portal(timezone="Europe/Moscow")
    key = control.key(portal.alias, portal.owner.email, expires_at="2026-12-31T00:00:00Z")
    portal.get(READ, auth=f"Bearer {key}")
    shown = portal.get("keys/@self", auth=f"Bearer {key}").response
    assert tuple(shown) == SELF
    assert shown["createOn"].startswith("2026-03-02T15:00:")
    assert shown["lastUsed"].endswith("+03:00")
    assert shown["expiresAt"] == "2026-12-31T03:00:00.0000000+03:00"
    assert shown["createBy"]["id"] == portal.owner.id
    assert shown["isActive"] is True
