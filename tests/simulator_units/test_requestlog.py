# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The request log shows only the last four characters of credentials."""

from __future__ import annotations

import json

import pytest
from simulator.requestlog import clean_headers, clean_text, shortened

KEY = "sk-" + "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("name", "sent", "shown"),
    [
        ("Authorization", f"Bearer {KEY}", "Bearer cdef"),
        ("Authorization", KEY, "cdef"),
        ("authorization", "Basic dXNlcjpzZWNyZXQ=", "Basic ZXQ="),
        ("Proxy-Authorization", "Basic dXNlcjpzZWNyZXQ=", "Basic ZXQ="),
        ("Cookie", "asc_auth_key=aVeryLongToken; other=abcdefgh", "asc_auth_key=oken; other=efgh"),
        ("X-Anything", f"see {KEY}", "see cdef"),
        ("Accept", "application/json", "application/json"),
    ],
)
def test_headers(name: str, sent: str, shown: str) -> None:
    assert clean_headers([(name.encode(), sent.encode())]) == {name: shown}


def test_repeated_headers_are_joined() -> None:
    assert clean_headers([(b"X-A", b"1"), (b"X-A", b"2")]) == {"X-A": "1, 2"}


@pytest.mark.parametrize("name", ["password", "passwordHash", "Password", "accessToken"])
def test_secret_members_of_a_body(name: str) -> None:
    body = json.dumps({"userName": "a@b.c", name: 'se"cret-1234'})
    shown = json.loads(clean_text(body))
    assert shown == {"userName": "a@b.c", name: "1234"}


def test_secret_storage_parameters() -> None:
    body = json.dumps({"storageParams": [{"key": "ssekey", "value": "canary-canary"}]})
    assert json.loads(clean_text(body)) == {"storageParams": [{"key": "ssekey", "value": "nary"}]}


def test_other_members_stay_as_they_were_sent() -> None:
    body = '{"storageParams": [{"key": "folderId",  "value": "123456789"}]}'
    assert clean_text(body) == body


def test_a_body_that_breaks_off_inside_the_secret() -> None:
    assert "canary" not in clean_text('{"password": "canary-canary-1234')


def test_queries() -> None:
    assert clean_text("a=1&password=hunter2hunter2&b=2") == "a=1&password=ter2&b=2"


@pytest.mark.parametrize(("credential", "shown"), [("abcde", "bcde"), ("abcd", "****"), ("", "")])
def test_short_credentials_are_not_shown_whole(credential: str, shown: str) -> None:
    assert shortened(credential) == shown
