# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives over HTTP: signed addresses, access, and ranges (contract-backups 4)."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote

from . import archives, auth, envelope, times, vault
from .bulk import Content, Part
from .call import Call
from .envelope import Reply
from .errors import ITEM_NOT_FOUND, Bare, Thrown
from .files import Folder, StoredFile, may_read
from .folders import demand_read

if TYPE_CHECKING:
    from .pipeline import Asked
    from .records import Order
    from .tenants import Portal, User
    from .vault import Record
    from .world import World

HANDLER = "/filehandler.ashx"
STORE = "/storage/backup/"
BUCKETS = "/storage.test/"
ADDRESS_LIFE_S = 16 * 60.0
LINK_LIFE_S = times.DAY_S
ARCHIVE_TYPE = "application/gzip"
FILE_TEXT = "The required file was not found"
DENIED = b"You don't have enough permission to perform the operation"
_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


def serves(path: str) -> bool:
    """Whether a path belongs to an archive instead of the API."""
    return path == HANDLER or path.startswith((STORE, BUCKETS))


def answer(world: World, asked: Asked) -> Reply:
    """The response to a GET of an archive."""
    if asked.method != "GET":
        return Reply(405, headers=(("Allow", "GET"),))
    if asked.path == HANDLER:
        return _handler(world, asked)
    return _linked(world, asked)


def presigned(call: Call) -> str:
    """GET files/file/{id}/presigneduri."""
    stored, folder = _file(call.portal, call.args[0])
    if stored is None or folder is None:
        raise Thrown(ITEM_NOT_FOUND, FILE_TEXT)
    demand_read(call, folder)
    ticket = _ticket(call.world, f"{call.portal.alias} {stored.id}", ADDRESS_LIFE_S)
    return f"{call.base}{HANDLER}?action=stream&fileid={stored.id}&version=1&stream_auth={ticket}"


def link(world: World, order: Order, name: str) -> str:
    """The address of the archive, if it is stored outside of the portal's folders."""
    if order.storage_type == vault.DATA_STORE:
        return f"{STORE}{quote(name)}?auth={_ticket(world, name, LINK_LIFE_S)}"
    if order.storage_type == vault.CONSUMER:
        bucket = quote(order.params.get("bucket") or "backup", safe="")
        ticket = _ticket(world, name, LINK_LIFE_S)
        return f"{world.bucket_url}{BUCKETS}{bucket}/{quote(name)}?X-Amz-Signature={ticket}"
    return ""


def _ticket(world: World, what: str, life: float, ends: float | None = None) -> str:
    """A signed time until which a download is allowed."""
    until = f"{world.clock.now() + life if ends is None else ends:.0f}"
    return f"{until}.{hmac.digest(world.seal, f'{what} {until}'.encode(), 'sha256').hex()}"


def _is_valid(world: World, what: str, ticket: str) -> bool:
    until = ticket.partition(".")[0]
    if not until.isdecimal() or int(until) < world.clock.now():
        return False
    return hmac.compare_digest(ticket.encode(), _ticket(world, what, 0, int(until)).encode())


def _file(portal: Portal, text: str) -> tuple[StoredFile | None, Folder | None]:
    file_id = int(text) if text.isdecimal() else 0
    return portal.tree.file(file_id), portal.tree.holder(file_id)


def _handler(world: World, asked: Asked) -> Reply:
    given = {name.lower(): values[-1] for name, values in parse_qs(asked.query).items()}
    action = _ACTIONS.get(given.get("action", "").lower())
    if asked.portal is None:
        return envelope.problem(404)
    return action(world, asked.portal, asked, given) if action else Reply(404)


def _stream(world: World, portal: Portal, asked: Asked, given: Mapping[str, str]) -> Reply:
    """For everyone who has the address. The document server also signs its requests."""
    stored, folder = _file(portal, given.get("fileid", ""))
    if _caller(world, portal, asked) is None:
        what = f"{portal.alias} {given.get('fileid', '')}"
        signed = _is_valid(world, what, given.get("stream_auth", ""))
        if not signed or (portal.signature_secret and "AuthorizationJwt" not in asked.headers):
            return _denied()
    return _sent(asked, stored) if stored and folder else Reply(404)


def _download(world: World, portal: Portal, asked: Asked, given: Mapping[str, str]) -> Reply:
    """For any logged-in user who can see the folder."""
    stored, folder = _file(portal, given.get("fileid", ""))
    user = _caller(world, portal, asked)
    if stored is None or folder is None:
        return Reply(404)
    if user is None or not may_read(folder, user.id, user.is_admin):
        return _denied()
    return _sent(asked, stored)


_ACTIONS: dict[str, Callable[..., Reply]] = {"stream": _stream, "download": _download}


def _caller(world: World, portal: Portal, asked: Asked) -> User | None:
    try:
        return auth.authenticate(portal, asked.headers, world.clock.now()).user
    except (Bare, Thrown):
        return None


def _denied() -> Reply:
    return Reply(403, DENIED, "text/plain; charset=utf-8")


def _sent(asked: Asked, stored: StoredFile) -> Reply:
    return ranged(asked.headers, stored.content, f'"{stored.id}-1-{stored.size}"', stored.title)


def _linked(world: World, asked: Asked) -> Reply:
    """An archive in the temporary store, or in a bucket."""
    name = unquote(asked.path).rpartition("/")[2]
    tickets = parse_qs(asked.query)
    ticket = (tickets.get("auth") or tickets.get("X-Amz-Signature") or [""])[-1]
    if not _is_valid(world, name, ticket):
        return Reply(403, b"<Error><Code>AccessDenied</Code></Error>", "application/xml")
    for _portal, holder in world.vaults():
        for record in holder.records:
            if record.file_name == name and _is_there(record):
                content = record.content or archives.archive(record.created)
                return ranged(asked.headers, content, f'"{record.id}"', name)
    return Reply(404, b"<Error><Code>NoSuchKey</Code></Error>", "application/xml")


def _is_there(record: Record) -> bool:
    return record.archived and not record.removed


def ranged(headers: Mapping[str, str], content: Content, etag: str, title: str) -> Reply:
    """The content or the requested range. Always the content if If-Range is not ``etag``."""
    size = len(content)
    more = [
        ("Accept-Ranges", "bytes"),
        ("ETag", etag),
        ("Content-Disposition", f"attachment; filename*=UTF-8''{quote(title)}"),
    ]
    asked = _RANGE.match(headers.get("Range", ""))
    if asked is None or headers.get("If-Range", etag) != etag:
        return Reply(200, content, ARCHIVE_TYPE, tuple(more))
    first, last = int(asked[1]), min(int(asked[2] or size), size - 1)
    if first > last:
        return Reply(400, b"RequestedRangeNotSatisfiable", "text/plain; charset=utf-8")
    more.append(("Content-Range", f"bytes {first}-{last}/{size}"))
    status = 206 if last - first + 1 < size else 200
    return Reply(status, Part(content, first, last + 1), ARCHIVE_TYPE, tuple(more))
