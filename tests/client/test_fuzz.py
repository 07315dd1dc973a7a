# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a server responds, the outcome is a clear failure or a correct result.

`answers.known_schedule` defines valid responses. The first three tests need no network and process
2,600 responses. The last two use real connections.
"""

from __future__ import annotations

import asyncio
import base64
from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict
from support.control import Control
from support.portal import Portal
from support.uncounted import unmeasured

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import Answer
from client.answers import (
    BODIES,
    HEADERS,
    KEY,
    STACK,
    STATUSES,
    Invalid,
    Known,
    known_schedule,
    mostly,
)
from client.support_fake import ScriptedTransport, answer, ok
from client.support_net import HOST, Network
from client.support_runs import Outcome, client_maker, examples, options, run

ASKED = options(
    api_host="https://portal.example.com",
    api_key=KEY,
    storage_type="Documents",
    storage_params={"folderId": "12"},
    period="EveryDay",
    hour=2,
    backups_stored=7,
    retries=1,
)
# The wanted schedule, in the notation of the oracle and of the server.
WANTED = Known(storage_type=0, params=(("folderId", "12"),), period=0, hour=2, day=0, copies=7)
WANTED_WIRE = {
    "storageType": 0,
    "storageParams": {"folderId": "12"},
    "cronParams": {"period": 0, "hour": 2, "day": 0},
    "backupsStored": 7,
    "lastBackupTime": "0001-01-01T00:00:00",
    "dump": False,
}
OTHER_WIRE = {**WANTED_WIRE, "backupsStored": 8}

DATES = st.text(st.characters(max_codepoint=255), max_size=40) | st.sampled_from(
    [
        "Sun, 01 Mar 2026 23:59:59 GMT",
        "Sun, 01 Mar 2026 00:00:01 GMT",
        "Sun, 01 Mar 2026 12:00:00 +1400",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Sat, 01 Jan 0001 00:00:00 +2359",
        "Sun, 01 Mar 2026 12:00:00 +99999999999999999999",
    ]
)
SENT_STATUSES = (*[200] * 12, 201, 301, 400, 401, 402, 403, 404, 429, 500, 502, 599, 999)
CONTENT_TYPES = st.sampled_from(["application/json", "text/html", "nonsense", ""])

WANTED_BODY = ok(WANTED_WIRE).body
OTHER_BODY = ok(OTHER_WIRE).body
NOTHING_BODY = ok().body
HARDLY_HTTP = st.binary(max_size=80) | st.builds(
    lambda start, headers, body: b"".join([start, *headers, b"\r\n", body]),
    st.sampled_from(
        [b"HTTP/1.1 200 OK\r\n"] * 6
        + [b"HTTP/1.0 200\r\n", b"HTTP/1.1 099 x\r\n", b"HTTP/9.9 200 OK\r\n", b"HTTP/1.1 OK\r\n"]
        + [b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n", b"HTTP/1.1 204 No\r\n", b"\r\n"]
    ),
    st.lists(
        st.sampled_from(
            [
                b"Content-Length: 0\r\n",
                b"Content-Length: -1\r\n",
                b"Content-Length: 7, 8\r\n",
                b"Content-Length: 999999999\r\n",
                b"Content-Type: application/json\r\n",
                b"Transfer-Encoding: chunked\r\n",
                b"Content-Encoding: gzip\r\n",
                b"Content-Encoding: deflate\r\n",
                b"Location: http://[\r\n",
                b"no colon at all\r\n",
                b": no name\r\n",
                b"X-Noise: \xff\xfe\x00\r\n",
                b"X-Noise: " + b"x" * 70_000 + b"\r\n",
            ]
        ),
        max_size=2,
    ),
    st.sampled_from([WANTED_BODY, OTHER_BODY, NOTHING_BODY, b"", b"4\r\nnull\r\n0\r\n\r\n"])
    | st.binary(max_size=40),
)

ANSWERS = st.builds(answer, STATUSES, BODIES, HEADERS)


def play(script: list[Answer], *, check_mode: bool = False) -> tuple[Outcome, list[str]]:
    """Run the script, and check what must be true for every outcome."""
    transport = ScriptedTransport(script)
    outcome = run(ASKED, check_mode=check_mode, make_client=client_maker(transport=transport))
    assert_clear(outcome)
    return outcome, transport.sent


def assert_clear(outcome: Outcome, key: str = KEY) -> None:
    """The error is one line of UTF-8 JSON, without a stack trace or any part of the key."""
    text = outcome.text
    if outcome.error is None:
        return
    message = outcome.error.as_result()["msg"]
    assert message and message.isprintable(), message
    assert len(message) < 1200
    assert outcome.error.kind not in ("", "internal")
    assert outcome.error.portal in message
    assert STACK.strip() not in text and "Traceback" not in text
    assert not [part for part in pieces(key) if part in text], message


def pieces(key: str, length: int = 12) -> list[str]:
    """Every part of the key that is long enough to reveal something, including its prefix."""
    return [key[at : at + length] for at in range(len(key) - length + 1)]


def known(given_answer: Answer) -> Known | Invalid | None:
    """The verdict of the oracle as a value."""
    try:
        return known_schedule(given_answer.status, given_answer.body)
    except Invalid as invalid:
        return invalid


@unmeasured()
def test_read() -> None:
    """The response to the first read: only valid schedules are reported as unchanged or changed."""
    seen: Counter[str] = Counter()

    @examples(1_600)
    @given(read=ANSWERS, check_mode=st.booleans())
    def holds(read: Answer, check_mode: bool) -> None:
        outcome, sent = play([read, ok(True), ok(WANTED_WIRE)], check_mode=check_mode)
        verdict = known(read)
        if isinstance(verdict, Invalid):
            seen["invalid"] += 1
            assert outcome.error is not None
            assert "POST" not in sent
            return
        seen["none" if verdict is None else "wanted" if verdict == WANTED else "other"] += 1
        assert outcome.result is not None, outcome.text
        assert outcome.result["changed"] is (verdict != WANTED)
        whole = check_mode or verdict == WANTED
        assert sent == (["GET"] if whole else ["GET", "POST", "GET"])

    holds()
    assert seen.total() >= 1_600
    assert min(seen[kind] for kind in ("invalid", "none", "wanted", "other")) >= 40, seen


@unmeasured()
def test_write() -> None:
    """The response to the write: reported as changed only if the portal then has the schedule."""
    seen: Counter[str] = Counter()

    @examples(500)
    @given(written=ANSWERS, applied=st.booleans())
    def holds(written: Answer, applied: bool) -> None:
        after = ok(WANTED_WIRE if applied else OTHER_WIRE)
        outcome, sent = play([ok(OTHER_WIRE), written, after])
        assert sent[:2] == ["GET", "POST"]
        assert applied or outcome.result is None
        if outcome.result is not None:
            assert outcome.result["changed"] is True
        seen["changed" if outcome.result else "failed"] += 1

    holds()
    assert seen.total() >= 500
    assert min(seen["changed"], seen["failed"]) >= 40, seen


@unmeasured()
def test_verifying_read() -> None:
    """The response to the read after the write: any other schedule is a failure."""
    seen: Counter[str] = Counter()

    @examples(500)
    @given(verified=ANSWERS)
    def holds(verified: Answer) -> None:
        outcome, _sent = play([ok(OTHER_WIRE), ok(True), verified])
        verdict = known(verified)
        if verdict == WANTED:
            assert outcome.result is not None and outcome.result["changed"] is True
        else:
            assert outcome.error is not None
            assert isinstance(verdict, Invalid) or outcome.error.kind == "not_applied"
        seen[outcome.error.kind if outcome.error else "changed"] += 1

    holds()
    assert seen.total() >= 500
    assert min(seen["changed"], seen["not_applied"], seen["malformed"]) >= 20, seen


@unmeasured()
def test_clock_and_zone() -> None:
    """Whatever the portal reports about its clock and its zone, the change is made."""
    seen: Counter[str] = Counter()
    late = {**ASKED, "extra_run": "warn"}

    @examples(300)
    @given(date=DATES, settings=ANSWERS, zone=mostly("UTC", "Asia/Tokyo", "America/New_York"))
    def holds(date: str, settings: Answer, zone: Any) -> None:
        for told in (settings, ok({"timezone": zone})):
            transport = ScriptedTransport(
                [replace(ok(OTHER_WIRE), headers=CaseInsensitiveDict(Date=date)), ok(True)],
                {"/api/2.0/settings": told},
            )
            transport.script.append(ok(WANTED_WIRE))
            outcome = run(late, make_client=client_maker(transport=transport))
            assert_clear(outcome)
            assert outcome.result is not None and outcome.result["changed"] is True
            assert [one for one in transport.sent if one != "GET"] == ["POST"]
            seen["warned" if outcome.result["warnings"] else "silent"] += 1

    holds()
    assert seen.total() >= 600
    assert min(seen["warned"], seen["silent"]) >= 20, seen


@unmeasured()
def test_over_real_connections(portal: Portal, control: Control) -> None:
    """Like `test_read`, but 300 responses of the simulated portal over a network."""
    seen: Counter[str] = Counter()
    asked = {**ASKED, "api_host": portal.url, "api_key": portal.api_key, "retries": 0}

    @examples(300)
    @given(status=st.sampled_from(SENT_STATUSES), body=BODIES, kind=CONTENT_TYPES)
    def holds(status: int, body: bytes, kind: str) -> None:
        encoded = base64.b64encode(body).decode()
        headers = {"Content-Type": kind, "Retry-After": "1"}
        control.clear_faults()
        control.fault(
            {"status": status, "headers": headers, "body_base64": encoded}, portal=portal.alias
        )
        outcome = run(asked, check_mode=True)
        assert_clear(outcome, portal.api_key)
        verdict = known(answer(status, body))
        if isinstance(verdict, Invalid):
            assert outcome.error is not None
            assert outcome.error.status == status
        else:
            assert outcome.result is not None, outcome.text
            assert outcome.result["changed"] is (verdict != WANTED)
        seen[type(verdict).__name__] += 1

    holds()
    assert seen.total() >= 300
    assert min(seen["Invalid"], seen["Known"]) >= 30, seen


@unmeasured()
def test_what_is_hardly_http(network: Network) -> None:
    """300 responses made of valid and invalid parts of HTTP, and of arbitrary bytes."""
    seen: Counter[str] = Counter()
    said = b""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        await writer.drain()

    asked = {**ASKED, "api_host": f"http://{HOST}:{network.serve(handle)}", "retries": 0}

    @examples(300)
    @given(raw=HARDLY_HTTP)
    def holds(raw: bytes) -> None:
        nonlocal said
        said = raw
        outcome = run(asked, check_mode=True)
        assert_clear(outcome)
        if outcome.result is not None:
            assert raw.startswith(b"HTTP/1.")
            assert WANTED_BODY in raw or OTHER_BODY in raw or NOTHING_BODY in raw
            assert outcome.result["changed"] is (WANTED_BODY not in raw)
        seen[outcome.error.kind if outcome.error else "result"] += 1

    holds()
    assert seen.total() >= 300
    assert min(seen["result"], seen["connection"], seen["truncated"]) >= 5, seen
