# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripted faults: each action has its documented effect and no other."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import requests
from support.answers import Answer
from support.control import Control
from support.portal import Portal

from contract.matrix.bodies import ERASE, READ, WRITE, bare

BODY = bare("DataStore")
ELSEWHERE = "https://elsewhere.example.com/login"
PAGE = {"status": 200, "headers": {"Content-Type": "text/html"}, "body": "<html>log in</html>"}
LATER = {"status": 429, "headers": {"Retry-After": "7", "X-Note": "a"}, "body": ""}


def broken(send: Callable[[], Answer]) -> None:
    """The connection ends before the response is complete."""
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        send()


def has(status: int, body: bytes, **headers: str) -> Callable[[Callable[[], Answer]], None]:
    """The response has this status, body, and headers."""

    def check(send: Callable[[], Answer]) -> None:
        answer = send()
        assert (answer.status, answer.body) == (status, body)
        for name, value in headers.items():
            assert answer.headers[name.replace("_", "-")] == value

    return check


def is_page(send: Callable[[], Answer]) -> None:
    """A page of the reverse proxy."""
    answer = send()
    assert answer.status == 502
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "<html" in answer.text.lower()


def redirects(send: Callable[[], Answer]) -> None:
    """The response is a redirect to another address."""
    answer = send()
    assert 300 <= answer.status < 400
    assert answer.headers["Location"] == ELSEWHERE


# Actions that replace or break the response, and how the client sees it.
SPOILS: dict[str, tuple[Mapping[str, Any], Callable[[Callable[[], Answer]], None]]] = {
    "status": ({"status": 503}, has(503, b"")),
    "status-headers": (LATER, has(429, b"", Retry_After="7", X_Note="a")),
    "status-body": (PAGE, has(200, b"<html>log in</html>", Content_Type="text/html")),
    "reset-before-headers": ({"reset": "before_headers"}, broken),
    "reset-mid-body": ({"reset": "mid_body"}, broken),
    "html": ({"html": 502}, is_page),
    "redirect": ({"redirect": ELSEWHERE}, redirects),
}


def write(portal: Portal) -> Callable[[], Answer]:
    """Post a schedule."""
    return lambda: portal.post(WRITE, BODY)


@pytest.mark.parametrize("name", SPOILS)
def test_the_request_is_not_performed(portal: Portal, control: Control, name: str) -> None:
    action, looks = SPOILS[name]
    control.fault(action, portal=portal.alias)
    looks(write(portal))
    assert portal.schedule() is None


@pytest.mark.parametrize("name", SPOILS)
def test_after_the_request_was_performed(portal: Portal, control: Control, name: str) -> None:
    action, looks = SPOILS[name]
    control.fault(action, portal=portal.alias, method="POST", after=True)
    looks(write(portal))
    shown = portal.schedule()
    assert shown is not None, "the lost-reply case: written, but the answer was spoiled"
    assert shown["storageType"] == 4


@pytest.mark.parametrize("after", [False, True])
def test_truncate_cuts_the_body(portal: Portal, control: Control, after: bool) -> None:
    """The announced length is unchanged, so that a client can detect it."""
    control.fault({"truncate": 20}, portal=portal.alias, after=after)
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="20 bytes read"):
        portal.get("settings")
    assert portal.get("settings").status == 200


def test_a_truncated_answer_to_a_write_that_was_performed(portal: Portal, control: Control) -> None:
    control.fault({"truncate": 5}, portal=portal.alias, after=True)
    broken(write(portal))
    assert portal.schedule() is not None


@pytest.mark.parametrize("after", [False, True])
def test_delay_holds_the_answer_back(portal: Portal, control: Control, after: bool) -> None:
    control.fault({"delay_ms": 400}, portal=portal.alias, after=after)
    begun = time.monotonic()
    assert write(portal)().status == 200
    assert 0.4 <= time.monotonic() - begun < 4
    assert portal.schedule() is not None


def test_delay_outlasts_a_client(portal: Portal, control: Control) -> None:
    control.fault({"delay_ms": 5000}, portal=portal.alias)
    with pytest.raises(requests.Timeout):
        portal.http.send("GET", f"{portal.url}/api/2.0/settings", timeout=0.2)


@pytest.mark.parametrize("after", [False, True])
def test_drip_sends_the_body_slowly(portal: Portal, control: Control, after: bool) -> None:
    whole = len(portal.get(READ).body)
    control.fault({"drip_bytes_per_s": 4 * whole}, portal=portal.alias, after=after)
    begun = time.monotonic()
    answer = portal.get(READ)
    assert 0.2 <= time.monotonic() - begun < 2.5
    assert answer.status == 200
    assert len(answer.body) == whole


def test_rate_limit_is_switched_on_for_the_portal(
    make_portal: Callable[..., Portal], control: Control
) -> None:
    limited, free = make_portal(), make_portal()
    control.fault({"rate_limit": {"window_limit": 3}}, portal=limited.alias, times=0)
    answers = [limited.get(READ) for _turn in range(5)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].body == b""
    assert answers[-1].headers["X-RateLimit-Limit"] == "3"
    assert "X-RateLimit-Remaining" in answers[-1].headers
    assert "X-RateLimit-Limit" not in answers[0].headers
    assert free.get(READ).status == 200


def test_the_daily_limit_of_writes_says_when_to_come_back(portal: Portal, control: Control) -> None:
    control.change(portal.alias, rate_limiter={"daily_writes": 2})
    answers = [write(portal)() for _turn in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert portal.delete(ERASE).status == 200, "DELETE is not counted"


def test_the_window_of_the_limiter_slides(portal: Portal, control: Control) -> None:
    control.clock_at("2026-03-02T12:00:00Z")
    control.change(portal.alias, rate_limiter={"window_limit": 2})
    assert [portal.get(READ).status for _turn in range(3)] == [200, 200, 429]
    control.clock_forward(121)
    assert portal.get(READ).status == 200


class TestRules:
    """The requests that a rule applies to."""

    def test_once_and_before_the_request_unless_said_otherwise(
        self, portal: Portal, control: Control
    ) -> None:
        control.call("POST", "/faults", {"action": {"status": 503}})
        assert write(portal)().status == 503
        assert portal.schedule() is None
        assert write(portal)().status == 200

    def test_a_rule_is_used_up(self, portal: Portal, control: Control) -> None:
        control.fault({"status": 503}, times=2)
        assert [portal.get(READ).status for _turn in range(4)] == [503, 503, 200, 200]

    def test_zero_is_for_ever(self, portal: Portal, control: Control) -> None:
        control.fault({"status": 503}, times=0)
        assert {portal.get(READ).status for _turn in range(20)} == {503}
        control.clear_faults()
        assert portal.get(READ).status == 200

    def test_rules_match_in_order(self, portal: Portal, control: Control) -> None:
        control.fault({"status": 502})
        control.fault({"status": 503})
        control.fault({"status": 504})
        assert [portal.get(READ).status for _turn in range(4)] == [502, 503, 504, 200]

    def test_a_rule_for_one_portal(
        self, make_portal: Callable[..., Portal], control: Control
    ) -> None:
        hit, spared = make_portal(), make_portal()
        control.fault({"status": 503}, portal=hit.alias, times=0)
        assert (hit.get(READ).status, spared.get(READ).status) == (503, 200)

    def test_a_rule_for_one_method(self, portal: Portal, control: Control) -> None:
        control.fault({"status": 503}, method="POST", times=0)
        assert (portal.get(READ).status, write(portal)().status) == (200, 503)
        assert portal.delete(ERASE).status == 200

    def test_a_rule_for_one_path(self, portal: Portal, control: Control) -> None:
        control.fault({"status": 503}, path="/api/2.0/backup/getbackups", times=0)
        assert portal.get("settings").status == 200
        assert portal.get(READ).status == 503
        assert portal.get("backup/getbackupprogress").status == 200

    def test_spoiled_requests_are_logged(self, portal: Portal, control: Control) -> None:
        control.clear_requests()
        control.fault({"status": 503}, portal=portal.alias)
        portal.get(READ)
        control.fault({"reset": "before_headers"}, portal=portal.alias)
        broken(lambda: portal.get(READ))
        portal.get(READ)
        assert [entry.operation for entry in control.requests(portal.alias)] == [
            "getbackupschedule"
        ] * 3

    def test_the_remote_control_is_never_spoiled(self, control: Control) -> None:
        control.fault({"status": 503}, times=0)
        assert control.requests() == []


def test_a_header_may_come_twice(portal: Portal, control: Control) -> None:
    pairs = [["X-Note", "one"], ["X-Note", "two"]]
    control.fault({"status": 200, "headers": pairs}, portal=portal.alias)
    assert portal.get(READ).headers["X-Note"] == "one, two"


DATED: dict[str, Mapping[str, Any] | None] = {
    "a whole answer": None,
    "another status": {"status": 503},
    "a page": {"html": 502},
    "a redirect": {"redirect": ELSEWHERE},
    "a late one": {"delay_ms": 1},
    "in drips": {"drip_bytes_per_s": 100_000},
    "bytes as they are": {"status": 200, "headers": {"Connection": "close"}, "body": "x"},
}


@pytest.mark.parametrize("name", DATED)
def test_every_answer_has_the_date_of_the_server_s_clock(
    portal: Portal, control: Control, name: str
) -> None:
    control.clock_at("2026-03-02T12:00:00Z")
    action = DATED[name]
    if action is not None:
        control.fault(action, portal=portal.alias)
    assert portal.get(READ).headers["Date"].startswith("Mon, 02 Mar 2026 12:00:")
