# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No response exceeds the limits of memory and time, whatever its status and its encoding."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import NoAnswer
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.stream import (
    Stream,
    open_stream,
)
from client.bombs import BOMBS, STATUSES
from client.support_net import HOST, Network

# Limits of memory in MB for the process and of time in seconds for one attempt. The documentation
# promises 300 MB. Keeping a body by mistake would take more than this limit.
MOST_MEMORY = 200
TIMEOUT = 15

# Sends one request to each address, and reports the kind of each failure, the longest time, and the
# memory. The cycle collector is disabled, so that memory is not freed by chance.
CLIENT = f"""
import gc, json, pathlib, re, sys, threading, time
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)

gc.disable()
kinds, longest = {{}}, 0.0
for name, portal in json.load(sys.stdin).items():
    client = Client(Connection(portal, "sk-0123456789abcdef", timeout={TIMEOUT}, retries=0))
    started = time.monotonic()
    try:
        client.get("/api/2.0/settings")
    except DocSpaceError as error:
        kinds[name] = error.kind
    longest = max(longest, time.monotonic() - started)
    client.close()
# Not by getrusage, which counts what the parent had when it made this process.
status = pathlib.Path("/proc/self/status").read_text()
peak = int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) / 1024
# An abandoned thread must not run forever.
deadline = time.monotonic() + 3 * {TIMEOUT}
while threading.active_count() > 1 and time.monotonic() < deadline:
    time.sleep(0.05)
json.dump([kinds, longest, peak, threading.active_count()], sys.stdout)
"""


@pytest.fixture(scope="module")
def asked() -> tuple[dict[str, str], float, float, int]:
    """Return what a client in a separate process reports about all of these responses."""
    names = {
        f"{status} {name}": (status, bomb)
        for status, (name, bomb) in itertools.product(STATUSES, BOMBS.items())
    }

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        number = int(head.split(b" ")[1].split(b"/")[1])
        status, bomb = list(names.values())[number]
        head = b"%b" if bomb.is_whole else b"HTTP/1.1 %d X\r\nLocation: /x\r\n%%b\r\n" % status
        writer.write(head % bomb.headers)
        for block in bomb.body():
            writer.write(block)
            await writer.drain()

    with Network() as network:
        port = network.serve(handle)
        portals = {name: f"http://{HOST}:{port}/{n}" for n, name in enumerate(names)}
        done = subprocess.run(
            [sys.executable, "-c", CLIENT],
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
            input=json.dumps(portals),
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
    told: tuple[dict[str, str], float, float, int] = json.loads(done.stdout)
    return told


def test_every_answer_is_a_failure_in_words(asked: Any) -> None:
    kinds = asked[0]
    assert len(kinds) == len(BOMBS) * len(STATUSES)
    assert "internal" not in kinds.values()
    for name, kind in kinds.items():
        status = int(name.split(" ")[0])
        if "a line" in name or "continue" in name:
            assert kind in ("too_large", "connection"), name
        elif 300 <= status < 400:
            assert kind == "redirect", name
        elif "without an end" in name or "zeros in gzip" in name:
            assert kind in ("too_large", "truncated"), name


def test_no_answer_takes_more_memory_than_it_may(asked: Any) -> None:
    assert asked[2] < MOST_MEMORY


def test_no_answer_takes_more_time_than_it_may(asked: Any) -> None:
    # Allow time for composing the message after the attempt.
    assert asked[1] < TIMEOUT + 5


def test_nobody_goes_on_reading_when_the_attempt_is_over(asked: Any) -> None:
    assert asked[3] == 1


@contextlib.contextmanager
def served(*blocks: Iterable[bytes], pause_s: float = 0.1) -> Iterator[Connection]:
    """A connection to a server that sends these blocks and pauses after each single byte."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        # Enough to exceed every limit, so that a client without limits fails instead of waiting.
        for block in itertools.islice(itertools.chain(*blocks), 300):
            writer.write(block)
            await writer.drain()
            await asyncio.sleep(pause_s if len(block) == 1 else 0)

    with Network() as network:
        yield Connection(f"http://{HOST}:{network.serve(handle)}", "sk-0123456789abcdef", timeout=2)


def opened(connection: Connection) -> Stream:
    return open_stream(connection, f"{connection.portal}/archive", {})


# Endless response heads, and the error when the body may have any size.
HEADS = {
    "continue without an end": (BOMBS["continue without an end"].body(), "too_large"),
    "a line without an end": (
        itertools.chain([b"HTTP/1.1 "], itertools.repeat(b"/" * 65536)),
        "connection",
    ),
    "a byte at a time": (itertools.repeat(b"H"), "timeout"),
}


@pytest.mark.parametrize("name", HEADS)
def test_the_head_before_a_body_of_any_size_is_bounded(name: str) -> None:
    blocks, kind = HEADS[name]
    began = time.monotonic()

    with served(blocks) as connection, pytest.raises(NoAnswer) as refused:
        opened(connection)

    assert refused.value.kind == kind
    assert time.monotonic() - began < 20


# Endless parts around the chunks of a body, and the resulting error.
CHUNK = b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"
FRAMES = {
    "trailers without an end": (b"0\r\n", b"X: y\r\n" * 10_000, "too_large"),
    "trailers by the letter": (b"0\r\n", b"X", "timeout"),
    "the length of a chunk by the letter": (b"", b"0", "timeout"),
}


@pytest.mark.parametrize("name", FRAMES)
def test_what_frames_a_body_of_any_size_is_bounded(name: str) -> None:
    end, block, kind = FRAMES[name]
    began = time.monotonic()

    with served([CHUNK, end], itertools.repeat(block)) as connection, opened(connection) as answer:
        pieces = answer.pieces()
        assert next(pieces) == b"x"
        with pytest.raises(NoAnswer) as refused:
            next(pieces)

    assert refused.value.kind == kind
    assert time.monotonic() - began < 20


def test_a_slow_body_of_any_size_is_given_as_it_comes() -> None:
    head = b"HTTP/1.1 200 X\r\nContent-Length: 8\r\n\r\n"

    with served([head], [b"x"] * 8, pause_s=0.5) as connection, opened(connection) as answer:
        assert list(answer.pieces()) == [b"x"] * 8
