# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thread with an event loop for small servers that tests need in addition to the simulator."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable, Coroutine
from types import TracebackType
from typing import Any

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

HOST = "127.0.0.1"
_CHUNK = 64 * 1024


class Network:
    """Servers on loopback ports in one thread, and a context manager that stops them."""

    def __enter__(self) -> Network:
        self._loop = asyncio.new_event_loop()
        # Clients are expected to drop connections to these servers, so do not report it.
        self._loop.set_exception_handler(lambda _loop, _context: None)
        self._servers: list[asyncio.Server] = []
        self._thread = threading.Thread(target=self._loop.run_forever, name="test-network")
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._in_thread(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def serve(self, handler: Handler, tls: ssl.SSLContext | None = None) -> int:
        """Start a server that passes each connection to `handler`, and return its port."""
        server: asyncio.Server = self._in_thread(
            asyncio.start_server(_closing(handler), HOST, 0, ssl=tls)
        )
        self._servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    def _in_thread(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


def _closing(handler: Handler) -> Handler:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await handler(reader, writer)
        except (OSError, EOFError, asyncio.LimitOverrunError):
            pass  # the client has closed the connection, or does not speak HTTP
        finally:
            writer.transport.abort() if writer.is_closing() else writer.close()

    return handle


async def pipe(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int, head: bytes
) -> None:
    """Connect to `host` and `port`, send `head`, and pass bytes both ways until one side closes."""
    far_reader, far_writer = await asyncio.open_connection(host, port)
    try:
        far_writer.write(head)
        ways = [_copy(reader, far_writer), _copy(far_reader, writer)]
        tasks = [asyncio.ensure_future(way) for way in ways]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
    finally:
        far_writer.close()


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(_CHUNK):
        sink.write(data)
        await sink.drain()
