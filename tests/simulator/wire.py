# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Send complete and broken responses: resets, truncated bodies, slow bytes."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from aiohttp import web
from multidict import CIMultiDict

from .bulk import PIECE, Content, Part, pieces
from .envelope import JSON_TYPE, Reply
from .faults import Action

SERVER = "openresty"
HTML_TYPE = "text/html"
# SO_LINGER with zero seconds: closing sends a reset and drops undelivered data.
_ABORT = struct.pack("ii", 1, 0)


def response(reply: Reply, date: str) -> web.Response:
    """A complete response."""
    headers: CIMultiDict[str] = CIMultiDict(reply.headers)
    headers.setdefault("Server", SERVER)
    headers.setdefault("Date", date)
    if reply.content_type is not None:
        headers["Content-Type"] = reply.content_type
    status_text = reason(reply.status)
    if len(reply.body) > PIECE:
        headers["Content-Length"] = str(len(reply.body))
        body: Any = pieces(reply.body)
    else:
        body = reply.body[:] or None
    return web.Response(status=reply.status, body=body, headers=headers, reason=status_text)


def reason(status: int) -> str:
    """The phrase of a status line."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


@dataclass(slots=True)
class Spoiled:
    """A broken response: the status that the client sees, or None, and a function that sends it."""

    status: int | None
    send: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def spoil(action: Action, reply: Reply, date: str) -> Spoiled:
    """Apply a fault to a response. ``date`` is the time of the server."""
    return _SPOILERS[action.kind](action, reply, date)


def _whole(reply: Reply, date: str) -> Spoiled:
    async def send(_request: web.BaseRequest) -> web.StreamResponse:
        return response(reply, date)

    return Spoiled(reply.status, send)


def _status(action: Action, _reply: Reply, date: str) -> Spoiled:
    body = action.body or b""
    named = {name.lower() for name, _value in action.headers}
    kind = None if "content-type" in named or not body else _guess_type(body)
    reply = Reply(action.value, body, kind, action.headers)
    if named & {"content-length", "transfer-encoding", "connection"}:
        return _raw(reply, body, date)
    return _whole(reply, date)


def _guess_type(body: bytes) -> str:
    if body.lstrip().startswith(b"<"):
        return HTML_TYPE
    try:
        json.loads(body)
    except ValueError:
        return "text/plain; charset=utf-8"
    return JSON_TYPE


def _page(status: int) -> bytes:
    title = f"{status} {reason(status)}"
    return (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n<hr><center>{SERVER}</center>\r\n"
        f"</body>\r\n</html>\r\n"
    ).encode()


def _html(action: Action, _reply: Reply, date: str) -> Spoiled:
    return _whole(Reply(action.value, _page(action.value), HTML_TYPE), date)


def _redirect(action: Action, _reply: Reply, date: str) -> Spoiled:
    headers = (("Location", action.value),)
    return _whole(Reply(302, _page(302), HTML_TYPE, headers), date)


def _reset(action: Action, reply: Reply, date: str) -> Spoiled:
    if action.value == "before_headers":
        return Spoiled(None, _closer(b"", b"", abort=True))
    half = Part(reply.body, 0, len(reply.body) // 2)
    return Spoiled(reply.status, _closer(_head(reply, date), half, abort=True))


def _truncate(action: Action, reply: Reply, date: str) -> Spoiled:
    cut = Part(reply.body, 0, min(action.value, len(reply.body)))
    return _raw(reply, cut, date)


def _raw(reply: Reply, body: Content, date: str) -> Spoiled:
    return Spoiled(reply.status, _closer(_head(reply, date), body, abort=False))


def _head(reply: Reply, date: str) -> bytes:
    """Status line and headers as bytes, with the real length by default."""
    lines = [f"HTTP/1.1 {reply.status} {reason(reply.status)}", f"Server: {SERVER}"]
    named = {name.lower() for name, _value in reply.headers}
    if reply.content_type is not None:
        lines.append(f"Content-Type: {reply.content_type}")
    if not named & {"content-length", "transfer-encoding"}:
        lines.append(f"Content-Length: {len(reply.body)}")
    if "connection" not in named:
        lines.append("Connection: close")
    if "date" not in named:
        lines.append(f"Date: {date}")
    lines += [f"{name}: {value}" for name, value in reply.headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def _closer(
    head: bytes, body: Content, *, abort: bool
) -> Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]:
    """Write bytes unchanged, and end the connection normally or with a reset."""

    async def send(request: web.BaseRequest) -> web.StreamResponse:
        transport = request.transport
        if isinstance(transport, asyncio.Transport):
            transport.write(head)
            async for piece in pieces(body):
                transport.write(piece)
                await _drained(transport)
            if abort:
                await _flushed(transport)
                sock: socket.socket | None = transport.get_extra_info("socket")
                if sock is not None:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)
                transport.abort()
            else:
                transport.close()
        # The transport is closed, so nothing of this response can be sent.
        return web.Response()

    return send


async def _drained(transport: asyncio.Transport) -> None:
    """Wait until the client has received the written data, before writing more."""
    while transport.get_write_buffer_size() > PIECE and not transport.is_closing():
        await asyncio.sleep(0.001)


async def _flushed(transport: asyncio.Transport) -> None:
    """Wait until the client has the written data, so that the reset does not overtake it."""
    for _turn in range(200):
        if transport.is_closing() or not transport.get_write_buffer_size():
            break
        await asyncio.sleep(0.005)
    await asyncio.sleep(0.02)


def _drip(action: Action, reply: Reply, date: str) -> Spoiled:
    async def send(request: web.BaseRequest) -> web.StreamResponse:
        answer = web.StreamResponse(status=reply.status, headers=CIMultiDict(reply.headers))
        answer.headers["Server"] = SERVER
        answer.headers["Date"] = date
        if reply.content_type is not None:
            answer.headers["Content-Type"] = reply.content_type
        answer.content_length = len(reply.body)
        await answer.prepare(request)
        for at in range(len(reply.body)):
            await asyncio.sleep(1 / action.value)
            await answer.write(reply.body[at : at + 1])
        await answer.write_eof()
        return answer

    return Spoiled(reply.status, send)


_SPOILERS: dict[str, Callable[[Action, Reply, str], Spoiled]] = {
    "status": _status,
    "delay_ms": lambda _action, reply, date: _whole(reply, date),
    "reset": _reset,
    "truncate": _truncate,
    "drip_bytes_per_s": _drip,
    "html": _html,
    "redirect": _redirect,
}
