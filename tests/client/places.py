# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses without a portal: no server, or a server that does not speak HTTP properly."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Any

import pytest

from client.support_net import HOST, Network

UNKNOWN_NAME = "portal.invalid"

Bytes = Callable[[], AsyncIterator[bytes]]


async def _no_http() -> AsyncIterator[bytes]:
    yield b"SSH-2.0-OpenSSH_9.2p1\r\n"


async def _hangs_up() -> AsyncIterator[bytes]:
    nothing: tuple[bytes, ...] = ()
    for part in nothing:
        yield part


async def _too_many_headers() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n" + b"X-Noise: 1\r\n" * 1_000 + b"\r\n"


async def _broken_chunks() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"


async def _endless_chunks() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    while True:
        yield chunk


async def _headers_by_the_letter() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX-Noise: "
    while True:
        await asyncio.sleep(0.2)
        yield b"x"


SPEAKERS: dict[str, Bytes] = {
    "no HTTP": _no_http,
    "hangs up": _hangs_up,
    "too many headers": _too_many_headers,
    "broken chunks": _broken_chunks,
    "endless chunks": _endless_chunks,
    "headers by the letter": _headers_by_the_letter,
}


class Places:
    """Creates such addresses, and records the methods of the requests that they receive."""

    def __init__(self, network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
        self._network = network
        self._monkeypatch = monkeypatch
        self._open: list[socket.socket] = []
        self.seen: list[str] = []

    def __enter__(self) -> Places:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for one in self._open:
            one.close()

    def address(self, where: str) -> str:
        """The address for one of the names in `faults.py`, at which there is no portal."""
        if where in SPEAKERS:
            return f"http://{HOST}:{self._network.serve(self._speaker(SPEAKERS[where]))}"
        made = {
            "closed port": self._closed_port,
            "unknown name": self._unknown_name,
            "label too long": lambda: f"http://{'x' * 64}.example.com",
            "host that does not pick up": self._full_queue,
        }
        return made[where]()

    def _speaker(self, speech: Bytes) -> Any:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = await reader.readuntil(b"\r\n\r\n")
            self.seen.append(head.split(b" ", 1)[0].decode())
            async for said in speech():
                writer.write(said)
                await writer.drain()

        return handle

    def _closed_port(self) -> str:
        with socket.create_server((HOST, 0)) as server:
            port = server.getsockname()[1]
        return f"http://{HOST}:{port}"

    def _unknown_name(self) -> str:
        """Simulate the resolver's error for a name that does not exist."""
        really = socket.getaddrinfo

        def getaddrinfo(host: Any, *more: Any, **named: Any) -> Any:
            if host == UNKNOWN_NAME:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return really(host, *more, **named)

        self._monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return f"http://{UNKNOWN_NAME}"

    def _full_queue(self) -> str:
        """A host that drops new connections because their queue is full."""
        server = socket.create_server((HOST, 0), backlog=0)
        self._open.append(server)
        for _turn in range(3):
            waiting = socket.socket()
            waiting.setblocking(False)
            waiting.connect_ex(server.getsockname())
            self._open.append(waiting)
        return f"http://{HOST}:{server.getsockname()[1]}"
