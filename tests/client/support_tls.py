# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates of a test CA, a TLS front for the simulator, and a small forward proxy."""

from __future__ import annotations

import asyncio
import base64
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

import trustme

from client.support_net import HOST, Network, pipe

LONG_AGO = datetime(2020, 1, 1, tzinfo=timezone.utc)
# No resolver knows this name, so only the proxy can reach it.
PROXIED_NAME = "portal.docspace.test"


class Certificates:
    """A CA and its certificates, as files below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ca = trustme.CA()
        self.ca = str(folder / "ca.pem")
        self._ca.cert_pem.write_to_path(self.ca)
        self.other_ca = str(folder / "other-ca.pem")
        trustme.CA().cert_pem.write_to_path(self.other_ca)
        client = self._ca.issue_cert("ansible@example.com", common_name="ansible")
        self.client_cert = str(folder / "client.pem")
        self.client_key = str(folder / "client.key")
        self.client_both = str(folder / "client-and-key.pem")
        client.private_key_pem.write_to_path(self.client_key)
        client.private_key_and_cert_chain_pem.write_to_path(self.client_both)
        for part in client.cert_chain_pems:
            part.write_to_path(self.client_cert, append=True)

    def server(self, name: str = HOST, *, expired: bool = False) -> ssl.SSLContext:
        """TLS for a server with a certificate for `name`."""
        until = LONG_AGO + timedelta(days=30) if expired else None
        since = LONG_AGO if expired else None
        issued = self._ca.issue_cert(name, not_before=since, not_after=until)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        issued.configure_cert(context)
        return context

    def server_that_asks(self) -> ssl.SSLContext:
        """TLS for a server that requires a client certificate of this CA."""
        context = self.server()
        self._ca.configure_trust(context)
        context.verify_mode = ssl.CERT_REQUIRED
        return context


def tls_in_front(network: Network, tls: ssl.SSLContext, url: str) -> str:
    """Start a TLS server that forwards everything to the plain one at `url`. Return its address.

    A path in `url` is kept.
    """
    far = urlsplit(url)
    assert far.hostname and far.port
    where = far.hostname, far.port

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await pipe(reader, writer, *where, b"")

    return f"https://{HOST}:{network.serve(handle, tls)}{far.path}"


@contextmanager
def tls_alert(tls: ssl.SSLContext) -> Iterator[str]:
    """The address of a server that refuses handshakes with a TLS alert.

    The servers of asyncio close the connection instead.
    """
    with socket.create_server((HOST, 0)) as server:

        def refuse() -> None:
            while True:
                try:
                    connection, _address = server.accept()
                except OSError:  # closed at the end of the test
                    return
                with connection:
                    connection.settimeout(5)
                    with suppress(ssl.SSLError):
                        # A failed handshake closes the socket that it uses.
                        tls.wrap_socket(connection.dup(), server_side=True).unwrap()
                        raise AssertionError("the handshake was not refused")
                    with suppress(OSError):
                        _read_to_the_end(connection)

        thread = threading.Thread(target=refuse, name="tls-alert")
        thread.start()
        try:
            yield f"https://{HOST}:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def _read_to_the_end(connection: socket.socket) -> None:
    """Read all bytes, because a reset caused by unread bytes would overtake the alert."""
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(4096):
        pass


@dataclass
class Proxy:
    """A forward proxy on loopback that records its requests.

    `hosts` maps host names to real addresses, and other names are used unchanged. With `log_in`, as
    `user:password`, it refuses all other clients.
    """

    network: Network
    hosts: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    log_in: str = ""
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.address = f"{HOST}:{self.network.serve(self._handle)}"

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, target, _version = head.split(" ", 2)
        self.asked.append(f"{method} {target}")
        self.heads.append(head)
        if not self._admits(head):
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            return
        parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
        assert parts.hostname
        there = self.hosts.get(parts.hostname, (parts.hostname, parts.port or 80))
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await pipe(reader, writer, *there, b"")
        else:
            # One request per connection: the next request would be meant for the proxy.
            lines = [f"{method} {parts.path}?{parts.query} HTTP/1.1", "Connection: close"]
            kept = [line for line in head.split("\r\n")[1:] if not line.startswith("Connection:")]
            await pipe(reader, writer, *there, "\r\n".join(lines + kept).encode("latin-1"))

    def _admits(self, head: str) -> bool:
        token = base64.b64encode(self.log_in.encode()).decode()
        return not self.log_in or f"Proxy-Authorization: Basic {token}" in head
