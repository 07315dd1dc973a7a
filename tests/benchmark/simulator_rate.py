# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure how many requests per second the simulated portal answers. Asserts nothing.

A single client process is enough, because the simulator must be the slower side: the client uses a
bare socket, and reads only as much of a response as it needs. If the machine has two cores, client
and simulator are each pinned to one.
"""

from __future__ import annotations

import os
import socket
import statistics
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from support.simulator import Portal, Simulator

ROUND_S = 2.0
ROUNDS = 5


def pin(server: int) -> str:
    """Pin client and server to one core each, and return a description of this."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
    if len(cores) < 2:
        return "client and simulator on the same core"
    os.sched_setaffinity(server, {cores[0]})
    os.sched_setaffinity(0, {cores[1]})
    return "client and simulator pinned to a core each"


class Client:
    """Sends one request repeatedly, on one connection or on a new one each time."""

    def __init__(self, portal: Portal) -> None:
        address = urlsplit(portal.url)
        self._address = (str(address.hostname), int(address.port or 80))
        self._request = (
            f"GET {address.path}/api/2.0/backup/getbackupschedule HTTP/1.1\r\n"
            f"Host: {address.netloc}\r\nAuthorization: Bearer {portal.api_key}\r\n\r\n"
        ).encode()
        self._socket = self._connect()

    def _connect(self) -> socket.socket:
        connected = socket.create_connection(self._address, timeout=10)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connected

    def on_one_connection(self) -> None:
        self._exchange(self._socket)

    def on_a_new_connection(self) -> None:
        with self._connect() as fresh:
            self._exchange(fresh)

    def _exchange(self, connection: socket.socket) -> None:
        connection.sendall(self._request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._receive(connection)
        head, body = received.split(b"\r\n\r\n", 1)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"unexpected answer: {head.splitlines()[0].decode()}")
        missing = _content_length(head) - len(body)
        while missing > 0:
            missing -= len(self._receive(connection))

    @staticmethod
    def _receive(connection: socket.socket) -> bytes:
        data = connection.recv(65536)
        if not data:
            raise RuntimeError("the simulator closed the connection")
        return data

    def close(self) -> None:
        self._socket.close()


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise RuntimeError("the answer has no Content-Length")


def rate(request: Callable[[], None]) -> float:
    """Requests per second in one round."""
    began = time.perf_counter()
    number = 0
    while (elapsed := time.perf_counter() - began) < ROUND_S:
        request()
        number += 1
    return number / elapsed


def main() -> None:
    with Simulator() as simulator:
        print(f"Simulated portal, GET of a schedule, one client process, {pin(simulator.pid)}.")
        print(f"Medians of {ROUNDS} rounds of {ROUND_S:g} s, interleaved.\n")
        client = Client(simulator.portals[0])
        kinds = {
            "one connection": client.on_one_connection,
            "new connections": client.on_a_new_connection,
        }
        measured: dict[str, list[float]] = {kind: [] for kind in kinds}
        for _round in range(ROUNDS):
            for kind, request in kinds.items():
                measured[kind].append(rate(request))
        client.close()
    for kind, rates in measured.items():
        median = statistics.median(rates)
        print(f"  {kind:<16} {median:7.0f} requests/s   ({min(rates):.0f} to {max(rates):.0f})")


if __name__ == "__main__":
    main()
