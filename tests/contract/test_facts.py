# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other endpoints from which a client learns about a portal (contract 9, 11, 12)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.control import Control
from support.portal import Portal

from contract.matrix.bodies import READ
from contract.values import is_integer

MakePortal = Callable[..., Portal]


def test_the_portal_for_its_admin(make_portal: MakePortal) -> None:
    portal = make_portal(timezone="Asia/Tokyo")
    shown = portal.get("portal").response
    assert shown["tenantId"] == portal.id
    assert shown["tenantAlias"] == portal.alias
    assert shown["ownerId"] == portal.owner.id
    assert shown["timeZone"] == "Asia/Tokyo"
    assert is_integer(shown["version"])


def test_the_portal_for_anybody_else_is_a_number(portal: Portal, control: Control) -> None:
    user = control.user(portal.alias, "someone@example.com", "User")
    shown = portal.get("portal", auth=user.token).response
    assert shown["tenantId"] == portal.id
    assert shown.get("ownerId") != portal.owner.id
    assert not shown.get("tenantAlias")


ROLES = {
    "DocSpaceAdmin": (True, False, False),
    "RoomAdmin": (False, False, True),
    "User": (False, False, False),
}


@pytest.mark.parametrize("role", ROLES)
def test_who_am_i(portal: Portal, control: Control, role: str) -> None:
    user = control.user(portal.alias, "someone@example.com", role)
    shown = portal.get("people/@self", auth=user.token).response
    assert (shown["id"], shown["email"]) == (user.id, "someone@example.com")
    assert (shown["isAdmin"], shown["isOwner"], shown["isRoomAdmin"]) == ROLES[role]


@pytest.mark.parametrize(
    ("zone", "offset", "hours"),
    [
        ("UTC", "00:00:00", 0),
        ("Asia/Tokyo", "09:00:00", 9),
        ("America/Caracas", "-04:00:00", -4),
        ("Asia/Kolkata", "05:30:00", 5.5),
    ],
)
def test_time_zones(make_portal: MakePortal, zone: str, offset: str, hours: float) -> None:
    shown = make_portal(timezone=zone).get("settings").response
    assert (shown["timezone"], shown["utcOffset"]) == (zone, offset)
    assert shown["utcHoursOffset"] == hours


def test_settings_show_limited_access_to_those_who_are_logged_in(make_portal: MakePortal) -> None:
    portal = make_portal(limited_access=True)
    assert portal.get("settings").response["limitedAccessSpace"] is True
    assert portal.get("settings", auth=None).response["limitedAccessSpace"] is False


@pytest.mark.parametrize(("mode", "standalone"), [("standalone", True), ("saas", False)])
def test_modes(make_portal: MakePortal, mode: str, standalone: bool) -> None:
    assert make_portal(mode=mode).get("settings").response["standalone"] is standalone


def test_settings_and_a_bad_key(make_portal: MakePortal) -> None:
    """A refusal since 3.7. Earlier releases omit the time zone, as for anonymous requests."""
    bad = "Bearer sk-" + "0" * 64
    assert make_portal().get("settings", auth=bad).status == 403
    older = make_portal(server_version="3.6.1").get("settings", auth=bad)
    assert older.status == 200
    assert "timezone" not in older.response


def test_quota_of_a_plan(make_portal: MakePortal) -> None:
    portal = make_portal(mode="saas", free_backups=2)
    assert portal.get("portal/quota").response["countFreeBackup"] == 2
    features = portal.get("portal/payment/quota").response["features"]
    (free,) = [feature for feature in features if feature["id"] == "free_backup"]
    assert (free["type"], free["value"], free["used"]["value"]) == ("count", 2, 0)


@pytest.mark.parametrize(("paid", "state"), [(True, 1), (False, 3)])
def test_tariff(make_portal: MakePortal, paid: bool, state: int) -> None:
    assert make_portal(mode="saas", paid=paid).get("portal/tariff").response["state"] == state


def test_a_header_skips_the_check_of_payment(make_portal: MakePortal) -> None:
    portal = make_portal(paid=False)
    assert portal.get(READ).status == 402
    assert portal.get(READ, headers={"Payment-Info": "false"}).status == 200


def test_permissions_that_a_key_may_have(portal: Portal) -> None:
    listed = portal.get("keys/permissions").response
    assert listed == sorted(listed)
    assert {"*:read", "*:write", "rooms:read", "files:write", "accounts.self:read"} <= set(listed)


def test_the_paid_service_is_switched_by_the_wallet(make_portal: MakePortal) -> None:
    portal = make_portal(mode="saas", free_backups=0, wallet_backup=True)
    assert portal.get("backup/getservicestate").response == {"enabled": True}
    body = {"storageType": 4, "cronParams": {"period": 0, "hour": 2}}
    assert portal.post("backup/createbackupschedule", body).status == 200
