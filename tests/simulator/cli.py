# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: options, the ready line, and a clean shutdown."""

from __future__ import annotations

import argparse
import asyncio
import gc
import ipaddress
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import RawRequestMessage
from aiohttp.web_protocol import RequestHandler

from .control import PREFIX
from .profiles import profile_of
from .server import BODY_LIMIT, Front
from .tenants import MODES, zone_of
from .world import Defaults, World

BACKLOG = 1024
SHUTDOWN_S = 0.1
# Few objects here are part of cycles, so the collector can run less often.
GC_THRESHOLD = 50_000


def main(argv: Sequence[str] | None = None) -> int:
    """Run the simulator until SIGTERM or SIGINT."""
    options = _parser().parse_args(argv)
    defaults = Defaults(options.server_version, options.mode, options.timezone)
    asyncio.run(_serve(options, World(options.portals, defaults)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="simulator", description="A simulated DocSpace server.")
    parser.add_argument("--host", type=_loopback, default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--portals", type=_at_least_zero, default=1, help="portals at start")
    parser.add_argument("--server-version", type=_checked(profile_of), default="3.7.2")
    parser.add_argument("--mode", choices=MODES, default="standalone")
    parser.add_argument("--timezone", type=_checked(zone_of), default="UTC", help="an IANA name")
    parser.add_argument("--latency-ms", type=_at_least_zero, default=0, help="of every answer")
    parser.add_argument("--ready-file", type=Path, help="where to write the ready line, too")
    return parser


def _loopback(text: str) -> str:
    if text != "localhost" and not ipaddress.ip_address(text).is_loopback:
        raise argparse.ArgumentTypeError("the simulator binds loopback addresses only")
    return text


def _at_least_zero(text: str) -> int:
    if int(text) < 0:
        raise argparse.ArgumentTypeError("0 or more")
    return int(text)


def _checked(check: Any) -> Any:
    def read(text: str) -> str:
        try:
            check(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
        return text

    return read


async def _serve(options: argparse.Namespace, world: World) -> None:
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    front = Front(world, options.latency_ms / 1000)
    server = web.Server(front.handle, request_factory=_request, access_log=None)
    runner = web.ServerRunner(server, shutdown_timeout=SHUTDOWN_S)
    await runner.setup()
    site = web.TCPSite(runner, options.host, options.port, backlog=BACKLOG)
    await site.start()
    try:
        url = _url(options.host, _port(runner))
        front.use_url(url)
        _announce(_ready_line(front, url), options.ready_file)
        await stop.wait()
    finally:
        await runner.cleanup()


def _request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: RequestHandler,
    writer: AbstractStreamWriter,
    task: asyncio.Task[None],
) -> web.BaseRequest:
    """Like aiohttp's own function, but for bodies above 1 MiB."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(
        message, payload, protocol, writer, task, loop, client_max_size=BODY_LIMIT
    )


def _port(runner: web.ServerRunner) -> int:
    return int(runner.addresses[0][1])


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _ready_line(front: Front, url: str) -> str:
    portals = []
    for portal in front.world.portals.values():
        view = front.control.portal_view(portal)
        owner = {name: view["owner"][name] for name in ("email", "password")}
        portals.append({n: view[n] for n in ("alias", "url", "api_key")} | {"owner": owner})
    return json.dumps({"url": url, "control": url + PREFIX, "portals": portals})


def _announce(line: str, ready_file: Path | None) -> None:
    """Print the line, and write it to the file atomically."""
    if ready_file is not None:
        draft = ready_file.with_name(f".{ready_file.name}.{os.getpid()}")
        draft.write_text(line + "\n", encoding="utf-8")
        draft.replace(ready_file)
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
