# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A write that the portal performs but answers with a broken response is verified by reading."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import (
    Transport,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    NoAnswer,
)
from client.support_net import HOST, Network

OK = json.dumps({"response": True, "count": 1}).encode()


def http(status: int = 200, body: bytes = OK, *headers: str, length: bool = True) -> bytes:
    lines = [f"HTTP/1.1 {status} X", "Connection: close", *headers]
    lines += [f"Content-Length: {len(body)}"] if length else []
    return "\r\n".join([*lines, "", ""]).encode() + body


CHUNKED = "Transfer-Encoding: chunked"
PACKED = "Content-Encoding: gzip"

# Responses that are not HTTP or are incomplete, and the error of the attempt.
BROKEN = {
    "two lengths": (http(200, OK, "Content-Length: 3"), "malformed"),
    "negative chunk": (http(200, b"-5\r\n" + OK, CHUNKED, length=False), "truncated"),
    "chunk of no number": (http(200, b"zz\r\n" + OK, CHUNKED, length=False), "truncated"),
    "chunk that breaks off": (http(200, b"fff\r\n" + OK, CHUNKED, length=False), "truncated"),
    "body that breaks off": (http(200, OK, "Content-Length: 999", length=False), "truncated"),
    "gzip that breaks off": (http(200, gzip.compress(OK)[:-4], PACKED), "truncated"),
    "gzip that is none": (http(200, OK, PACKED), "truncated"),
    "unknown encoding": (http(200, OK, "Content-Encoding: br"), "malformed"),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.2p1\r\n", "connection"),
    "nothing": (b"", "connection"),
    "too large": (http(200, b" " * (10 * 1024 * 1024 + 1)), "too_large"),
    "too many headers": (http(200, OK, *["X: y"] * 200), "connection"),
}
# Complete responses that neither confirm nor refuse.
ODD = {
    "201": http(201),
    "202 without a body": http(202, b""),
    "204": http(204, b"", length=False),
    "empty": http(200, b""),
    "foreign": http(200, b"<html><title>Welcome</title></html>"),
    "foreign JSON": http(200, b'{"ok": true}'),
    "redirect": http(302, b"", "Location: https://[broken"),
    "redirect to nowhere": http(307, b""),
}
# Valid responses in every possible form.
SOUND = {
    "plain": http(),
    "gzip": http(200, gzip.compress(OK), PACKED),
    "gzip, twice": http(200, gzip.compress(gzip.compress(OK)), "Content-Encoding: gzip, gzip"),
    "chunked": http(200, b"%x\r\n%b\r\n0\r\n\r\n" % (len(OK), OK), CHUNKED, length=False),
    "up to the end": http(200, OK, length=False),
    "nothing packed": http(200, OK, "Content-Encoding: identity"),
}


class Wire:
    """Answers a POST with `answer`, and a GET as if performed, except for the first `late` GETs."""

    def __init__(self, network: Network, answer: bytes, late: int = 0) -> None:
        self.seen: list[str] = []
        self._answer = answer
        self._late = late
        self.url = f"http://{HOST}:{network.serve(self._handle)}"

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 1)[0].decode()
        self.seen.append(method)
        performed = len(self.seen) - 1 > self._late
        state = json.dumps({"response": performed, "count": 1}).encode()
        writer.write(self._answer if method == "POST" else http(200, state))
        await writer.drain()

    def write(self) -> Any:
        connection = Connection(self.url, "sk-0123456789abcdef", timeout=20, retries=1)
        with contextlib.closing(Client(connection, sleep=lambda _seconds: None)) as client:
            return client.write("POST", "/x", settled=lambda get: bool(get("/x", None)))


@pytest.fixture(name="network")
def _network() -> Iterator[Network]:
    with Network() as network:
        yield network


@pytest.mark.parametrize(("answer", "kind"), BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_is_broken_is_never_called_an_address(
    answer: bytes, kind: str, network: Network
) -> None:
    connection = Connection(Wire(network, answer).url, "sk-1", timeout=20)
    with contextlib.closing(Transport(connection)) as transport, pytest.raises(NoAnswer) as caught:
        transport.send("POST", connection.portal)

    assert (caught.value.kind, caught.value.sent) == (kind, True)


@pytest.mark.parametrize("answer", [*(a for a, _kind in BROKEN.values()), *ODD.values()])
def test_what_was_performed_is_a_success_whatever_the_answer(
    answer: bytes, network: Network
) -> None:
    wire = Wire(network, answer)

    assert wire.write() is None
    assert wire.seen == ["POST", "GET"]


@pytest.mark.parametrize("name", ["201", "204", "empty", "foreign JSON", "202 without a body"])
def test_a_yes_that_is_seen_late_is_waited_for(name: str, network: Network) -> None:
    wire = Wire(network, ODD[name], late=2 if name != "empty" else 1)

    assert wire.write() is None
    assert wire.seen.count("POST") <= 2


@pytest.mark.parametrize("answer", [ODD["204"], BROKEN["too large"][0]])
def test_a_yes_that_comes_to_nothing_may_have_changed_the_portal(
    answer: bytes, network: Network
) -> None:
    wire = Wire(network, answer, late=99)
    with pytest.raises(DocSpaceError) as caught:
        wire.write()

    assert caught.value.as_result()["changed"] is True
    assert wire.seen.count("POST") == 1


@pytest.mark.parametrize("answer", SOUND.values(), ids=SOUND.keys())
def test_a_sound_answer_is_understood_in_every_form(answer: bytes, network: Network) -> None:
    wire = Wire(network, answer)

    assert wire.write() is True
    assert wire.seen == ["POST"]
