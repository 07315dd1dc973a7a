# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 1-20: access to the portal (contract 1.1-1.4)."""

from __future__ import annotations

from typing import Any

from contract.matrix.bodies import FOLDER, READ, S0, WRITE
from contract.notation import AUTHORIZING, EMPTY, OK, E, Expected
from contract.rows import Row
from contract.steps import Call, Clock, Forward, Key, User, get, post
from contract.values import TEXT, UTC_TIME, Has, Lacks, Ref, containing
from contract.values import All as Both

UNKNOWN_KEY = "sk-" + "0123456789abcdef" * 4


def log_in(password: Any, expect: Expected, user: str = "email", times: int = 1) -> Call:
    """Log in with a name and password, without any other credential."""
    body = {"userName": Ref(user), "password": password}
    return post("authentication", body, expect, auth=None, times=times)


WRONG = E(401, None, "User authentication failed")
BLOCKED = E(403, None, "Too many login attempts. Please try again later")

ROWS = (
    Row(1, "no credentials", [get(READ, EMPTY(401), auth=None)]),
    Row(2, "an unknown key", [get(READ, EMPTY(401), auth=f"Bearer {UNKNOWN_KEY}")]),
    Row(
        3,
        "an expired key: it works until its time has come",
        [
            Clock("2026-03-02T12:00:00Z"),
            Key("short", limits={"expires_at": "2026-03-02T12:10:00Z"}),
            get(READ, OK(), auth="Bearer {short}"),
            Forward(660),
            get(READ, EMPTY(401), auth="Bearer {short}"),
        ],
    ),
    Row(
        4,
        "an inactive key",
        [Key("off", limits={"active": False}), get(READ, EMPTY(401), auth="Bearer {off}")],
    ),
    Row(5, "a key without the word Bearer", [get(READ, EMPTY(401), auth="{key}")]),
    Row(6, "a key with bearer in lower case", [get(READ, EMPTY(401), auth="bearer {key}")]),
    Row(7, "a session token with Bearer", [get(READ, OK(), auth="Bearer {token}")]),
    Row(8, "a session token as it is", [get(READ, OK(), auth="{token}")]),
    Row(
        9,
        "a session token as cookie",
        [get(READ, OK(), auth=None, headers={"Cookie": "asc_auth_key={token}"})],
    ),
    Row(
        10,
        "a bad cookie hides a good token, and is cleared",
        [
            get(
                READ,
                EMPTY(401, {"Set-Cookie": containing("asc_auth_key=;")}),
                auth="{token}",
                headers={"Cookie": "asc_auth_key=stale"},
            )
        ],
    ),
    Row(
        11,
        "a read-only key reads",
        [
            Key("reader", limits={"permissions": ["*:read"]}),
            get(READ, OK(), auth="Bearer {reader}"),
        ],
    ),
    Row(
        12,
        "a key for files only",
        [
            Key("files", limits={"permissions": ["files:read"]}),
            get(READ, EMPTY(403), auth="Bearer {files}"),
        ],
    ),
    Row(
        13,
        "a read-only key cannot write",
        [
            FOLDER,
            Key("reader", limits={"permissions": ["*:read"]}),
            post(WRITE, S0, EMPTY(403), auth="Bearer {reader}"),
            get(READ, OK()),
        ],
    ),
    Row(
        14,
        "a read-write key writes",
        [
            FOLDER,
            Key("writer", limits={"permissions": ["*:write"]}),
            post(WRITE, S0, OK(True), auth="Bearer {writer}"),
        ],
    ),
    Row(
        15,
        "a room admin is no portal admin",
        [
            User("room_admin", "RoomAdmin"),
            get(READ, E(403, AUTHORIZING, "Access denied"), auth="Bearer {room_admin}"),
        ],
    ),
    Row(
        16,
        "the key of a disabled user",
        [
            User("gone", "DocSpaceAdmin", {"disabled": True}),
            get(READ, EMPTY(401), auth="Bearer {gone}"),
        ],
    ),
    Row(
        17,
        "a log-in gives a token and a cookie",
        [
            log_in(
                Ref("password"),
                OK(
                    {"token": TEXT, "expires": UTC_TIME, "sms": False, "tfa": False},
                    headers={"Set-Cookie": containing("asc_auth_key=")},
                ),
            )
        ],
    ),
    Row(18, "a wrong password", [log_in("wrong", WRONG)]),
    Row(
        19,
        "the sixth wrong password in a minute blocks, for a minute",
        [
            Clock("2026-03-02T12:00:00Z"),
            log_in("wrong", WRONG, times=5),
            log_in("wrong", BLOCKED),
            Forward(121),
            log_in("wrong", WRONG),
        ],
    ),
    Row(
        20,
        "a user with a second factor gets no token",
        [
            User("second", more={"tfa": True}),
            log_in(
                Ref("second_password"),
                OK(Both((Has({"sms": False, "tfa": True, "confirmUrl": TEXT}), Lacks(("token",))))),
                user="second_email",
            ),
        ],
    ),
)
