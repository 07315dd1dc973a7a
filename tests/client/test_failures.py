# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of refusal in the contract, and the message that the user reads.

The simulator refuses for its own reasons where possible: keys, rights, states of the portal, plans,
releases. Only components in front of a portal are scripted faults.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pytest
from support.control import Control
from support.portal import Portal

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from client.faults import API, OPERATIONS
from client.support_fake import ScriptedTransport, answer
from client.support_runs import client_maker, options, options_for, run

KEY_HINT = ("'sk-' key must be active", "belong to this portal")
READ_SCOPE = ("*:read", "*:write", "no scope for backups only")
WRITE_SCOPE = ("does not have the scope *:write:", "no scope for backups only")
ADMIN_HINT = ("must be a DocSpace admin",)
FOLDER_HINT = ("The folder does not exist", "folderId")
SELF_HOSTED = ("requires a self-hosted server", "remove dump")
ADDRESS_HINT = ("Check", "api_host")
NO_TENANT = "Could not resolve current tenant :-(."
NO_PLAN = "Your pricing plan does not support this option"
NO_FOLDER = "The required folder was not found"

CREATE: Mapping[str, Any] = MappingProxyType(
    {"storage_type": "DataStore", "hour": 2, "backups_stored": 7}
)


def into(folder: str) -> Mapping[str, Any]:
    """The options of a schedule that stores its backups in a folder."""
    return {**CREATE, "storage_type": "Documents", "storage_params": {"folderId": folder}}


LOCAL = {**CREATE, "storage_type": "Local", "storage_params": {"filePath": "/backups"}}
SAAS: Mapping[str, Any] = {"mode": "saas"}

Prepare = Callable[[Control, Portal], "Mapping[str, Any]"]


def as_it_is(control: Control, portal: Portal) -> Mapping[str, Any]:
    """Prepare nothing."""
    return {}


def key_of(owner: str = "", **limits: Any) -> Prepare:
    """Return a key of the owner of the portal, or of a user with this role."""

    def prepare(control: Control, portal: Portal) -> Mapping[str, Any]:
        email = portal.owner.email
        if owner:
            email = control.user(portal.alias, "somebody@example.com", owner).email
        return {"api_key": control.key(portal.alias, email, **limits)}

    return prepare


def unknown_key(control: Control, portal: Portal) -> Mapping[str, Any]:
    """A key that no portal recognizes."""
    return {"api_key": "sk-" + "0" * 64}


def key_of_another_portal(control: Control, portal: Portal) -> Mapping[str, Any]:
    """A valid key of another portal."""
    return {"api_key": control.portal(f"{portal.alias}-other").api_key}


def disabled_owner(control: Control, portal: Portal) -> Mapping[str, Any]:
    """A key whose owner is disabled."""
    user = control.user(portal.alias, "gone@example.com", "DocSpaceAdmin", disabled=True)
    return {"api_key": control.key(portal.alias, user.email)}


def rooms_root(control: Control, portal: Portal) -> Mapping[str, Any]:
    """The list of rooms as the target."""
    return into(str(control.folder(portal.alias, "", "virtual_rooms")))


def below(path: str) -> Prepare:
    """A path below the address of the portal."""
    return lambda control, portal: {"api_host": portal.url + path}


def no_such_portal(control: Control, portal: Portal) -> Mapping[str, Any]:
    """An address where the server has no portal."""
    return {"api_host": portal.url.replace(portal.alias, "nobody")}


def answered(status: int, body: Any = "", method: str = "GET", **headers: str) -> Prepare:
    """Make a component in front of the portal answer instead of it."""

    def prepare(control: Control, portal: Portal) -> Mapping[str, Any]:
        action = {"status": status, "headers": headers, "body": body}
        control.fault(action, portal=portal.alias, method=method, times=0)
        return {}

    return prepare


def exception(status: int, kind: str, message: str) -> Prepare:
    """An exception of the server, with its stack (contract 3.1)."""
    error = {"message": message, "type": kind, "stack": "   at ASC.Canary.Run()\n", "hresult": 0}
    return answered(status, {"error": error, "status": 1, "statusCode": status})


@dataclass(frozen=True)
class Row:
    """A reason to refuse, and the expected `error` and message.

    `words` come from the server, and `hints` are parts of the next step. `portal` is the kind of
    portal to create, and `own` are options of the task.
    """

    name: str
    kind: str
    status: int
    words: str
    hints: tuple[str, ...]
    prepare: Prepare = as_it_is
    own: Mapping[str, Any] = field(default_factory=lambda: {"state": "absent"})
    portal: Mapping[str, Any] = field(default_factory=dict)
    method: str = "GET"


def writing(
    name: str,
    kind: str,
    status: int,
    words: str,
    hints: tuple[str, ...],
    prepare: Prepare = as_it_is,
    own: Mapping[str, Any] = CREATE,
    **portal: Any,
) -> Row:
    """A refusal of the POST that creates a schedule."""
    return Row(name, kind, status, words, hints, prepare, own, portal, "POST")


TITLE_502 = "502 Bad Gateway"
LOG_HINT = ("the log of the portal",)

ROWS = (
    # 401: the response gives no reason, so the hint must explain everything.
    Row("unknown key", "unauthorized", 401, "", KEY_HINT, unknown_key),
    Row("key of another portal", "unauthorized", 401, "", KEY_HINT, key_of_another_portal),
    Row(
        "expired key",
        "unauthorized",
        401,
        "",
        KEY_HINT,
        key_of(expires_at="2020-01-01T00:00:00Z"),
    ),
    Row("inactive key", "unauthorized", 401, "", KEY_HINT, key_of(active=False)),
    Row("key of a disabled user", "unauthorized", 401, "", KEY_HINT, disabled_owner),
    # 402
    Row(
        "portal that is not paid",
        "payment",
        402,
        "",
        ("not paid",),
        portal={"paid": False},
    ),
    writing(
        "plan without backups",
        "payment",
        402,
        NO_PLAN,
        ("check the plan",),
        mode="saas",
        free_backups=0,
        wallet_backup=False,
    ),
    Row(
        "plan without backups, as 3.1 says it",
        "payment",
        500,
        NO_PLAN,
        ("check the plan",),
        exception(500, "ASC.Core.Billing.BillingException", NO_PLAN),
    ),
    # 403
    Row(
        "key without a scope to read",
        "scope",
        403,
        "",
        READ_SCOPE,
        key_of(permissions=["files:read"]),
    ),
    writing(
        "key without a scope to write",
        "scope",
        403,
        "",
        WRITE_SCOPE,
        key_of(permissions=["*:read"]),
    ),
    Row("key of a room admin", "forbidden", 403, "Access denied", ADMIN_HINT, key_of("RoomAdmin")),
    Row(
        "the same in another language",
        "forbidden",
        403,
        "Zugriff verweigert",
        ADMIN_HINT,
        exception(
            403, "ASC.Common.Security.Authorizing.AuthorizingException", "Zugriff verweigert"
        ),
    ),
    Row(
        "portal that is being restored",
        "portal_state",
        403,
        "Forbidden",
        ("restored",),
        portal={"status": "Restoring"},
    ),
    Row(
        "portal that is being encrypted",
        "portal_state",
        403,
        "Forbidden",
        ("encrypted",),
        portal={"status": "Encryption"},
    ),
    Row(
        "address that is not allowed",
        "forbidden",
        403,
        "The access to the portal is restricted",
        ("IP address of this machine",),
        portal={"allowed_ips": ["192.0.2.1"]},
    ),
    Row(
        "dump of a cloud",
        "forbidden",
        403,
        "Access denied",
        SELF_HOSTED,
        own={"state": "absent", "dump": True},
        portal=SAAS,
    ),
    Row(
        "dump of a portal with limited access",
        "forbidden",
        403,
        "Access denied",
        SELF_HOSTED,
        own={"state": "absent", "dump": True},
        portal={"limited_access": True},
    ),
    writing(
        "folder that is the list of rooms",
        "forbidden",
        403,
        "Access denied",
        ("content creator of the folder", "list of rooms"),
        rooms_root,
    ),
    # 404
    writing(
        "folder that is not there", "not_found", 404, NO_FOLDER, FOLDER_HINT, own=into("999999")
    ),
    writing(
        "folder that is not there, as 3.6 says it",
        "not_found",
        500,
        NO_FOLDER,
        FOLDER_HINT,
        own=into("999999"),
        server_version="3.6.1",
    ),
    writing(
        "folder that is no number",
        "not_found",
        404,
        "Selector '' not found",
        FOLDER_HINT,
        own=into("abc"),
    ),
    Row(
        "portal that is suspended",
        "portal_state",
        404,
        "Not Found",
        ("suspended",),
        portal={"status": "Suspended"},
    ),
    Row("path prefix that is wrong", "not_found", 404, "", ADDRESS_HINT, below("/elsewhere")),
    Row(
        "page that is not there",
        "not_found",
        404,
        "There is nothing here",
        ("Check that it exists",),
        answered(404, "There is nothing here"),
    ),
    # 407 to 504
    Row("proxy with a log-in", "proxy", 407, "", ("proxy variables",), answered(407)),
    Row(
        "rate limit",
        "rate_limit",
        429,
        "",
        ("decrease forks or serial",),
        portal={"rate_limiter": {"window_limit": 0}},
    ),
    writing(
        "local folder in a cloud",
        "server",
        500,
        "Access denied",
        ("Storage type Local requires a self-hosted server",),
        own=LOCAL,
        mode="saas",
    ),
    Row("portal that is not there", "server", 500, NO_TENANT, LOG_HINT, no_such_portal),
    Row("500 with nothing", "server", 500, "", LOG_HINT, answered(500)),
    Row(
        "502 page of the gateway",
        "unavailable",
        502,
        TITLE_502,
        ("run the playbook again later",),
        answered(502, f"<html><head><title>{TITLE_502}</title></head></html>"),
    ),
    Row(
        "504 page without a title",
        "unavailable",
        504,
        "Too late",
        ("run the playbook again later",),
        answered(504, "<html><body><h1>Too late</h1></body></html>"),
    ),
    # Responses that are not refusals of a portal
    Row(
        "redirect",
        "redirect",
        301,
        "",
        ("The portal redirects to https://portal.example.com/p: set api_host",),
        answered(301, Location="https://me:secret@portal.example.com/p?key=secret#here"),
    ),
    Row("redirect to nowhere", "redirect", 302, "", ("Set api_host",), answered(302)),
    Row(
        "plain text",
        "refused",
        400,
        "Bad luck, says the gateway",
        ("Check that the release",),
        answered(400, "Bad luck,\n\tsays the gateway\x07"),
    ),
    Row("nothing at all", "unexpected", 418, "", ADDRESS_HINT, answered(418)),
    Row("number", "unexpected", 410, "", ADDRESS_HINT, answered(410, 42)),
    Row("error without words", "unexpected", 409, "", ADDRESS_HINT, answered(409, {"error": {}})),
    Row("half of an error", "server", 500, "", LOG_HINT, answered(500, '{"error":{"stack":" at')),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_refusal(row: Row, make_portal: Callable[..., Portal], control: Control) -> None:
    """The message contains the portal, request, status, server's words, and next step."""
    settings = dict(row.portal)
    limiter = settings.pop("rate_limiter", None)
    portal = make_portal(**settings)
    if limiter:
        control.change(portal.alias, rate_limiter=limiter)
    prepared = row.prepare(control, portal)
    asked = {**options_for(portal, retries=1, **row.own), **prepared}
    outcome = run(asked)
    assert outcome.error is not None, outcome.text
    told(outcome.error, asked, row.method, API + OPERATIONS[row.method], row)


def told(error: DocSpaceError, asked: Mapping[str, Any], method: str, path: str, row: Row) -> None:
    """Check everything that a user reads about a refusal."""
    shown = error.as_result()
    message, members = shown["msg"], shown["error"]
    assert members == {
        "kind": row.kind,
        "status": row.status,
        "method": method,
        "path": path,
        "portal": asked["api_host"],
        "retries": 1 if row.status in (429, 502, 503, 504) else 0,
        "server_message": row.words,
    }
    assert message.startswith(f"{method} {path}")
    assert f" on {asked['api_host']} returned {row.status}" in message
    assert row.words in message
    assert message.endswith(error.hint) and len(error.hint) > 20
    for part in row.hints:
        assert part in error.hint
    assert message.isprintable() and len(message) < 700
    assert "ASC." not in message and asked["api_key"] not in message and "secret" not in message


VALIDATION = "$.cronParams.period: The JSON value could not be converted"


@pytest.mark.parametrize("server_version", ["3.7.2", "3.6.1"])
def test_validation(server_version: str, make_portal: Callable[..., Portal]) -> None:
    """The message names the members that the server cannot read, for both forms of the response."""
    portal = make_portal(server_version=server_version)
    body = {"storageType": "DataStore", "cronParams": {"period": "EveryHour", "hour": 2}}
    error = refused_write(portal, "POST", API + OPERATIONS["POST"], body)
    assert (error.kind, error.status) == ("refused", 400)
    assert error.server_message.startswith(VALIDATION)
    assert error.server_message in str(error)
    assert "DocSpace 3.1 or later" in error.hint


@pytest.mark.parametrize(
    ("method", "operation", "status", "kind"),
    [
        ("POST", "getbackupschedule", 405, "unexpected"),
        ("POST", "nosuchoperation", 404, "not_found"),
        ("DELETE", "deletebackup/abc", 404, "not_found"),
    ],
)
def test_wrong_operation(
    method: str, operation: str, status: int, kind: str, portal: Portal
) -> None:
    """An operation that does not exist in this release."""
    error = refused_write(portal, method, API + operation, None)
    assert (error.kind, error.status, error.path) == (kind, status, API + operation)
    assert f"{method} {API}{operation} on {portal.url} returned {status}." in str(error)
    assert "api_host" in error.hint


def refused_write(portal: Portal, method: str, path: str, body: Any) -> DocSpaceError:
    """The error of a write that the module would never send itself."""
    client = client_maker()(Connection.from_options(options_for(portal)))
    with pytest.raises(DocSpaceError) as refused:
        client.write(method, path, body=body, settled=lambda get: False)
    client.close()
    return refused.value


def test_next_steps_differ() -> None:
    """The rows cover the statuses of the contract, with many different kinds and hints."""
    statuses = {row.status for row in ROWS}
    assert statuses >= {301, 400, 401, 402, 403, 404, 407, 429, 500, 502, 504}
    assert len({(row.kind, row.hints) for row in ROWS}) >= 20


SLOW_PAGES = {
    "only titles": b"<title>" * 1_300_000,
    "only brackets": b"<" * 9_000_000,
    "deep lists": b"[" * 9_000_000,
    "deep maps": b'{"error":' * 1_000_000,
    "one long line": b"x" * 9_000_000,
    "many lines": b"\n\t" * 4_500_000,
}


@pytest.mark.parametrize("page", SLOW_PAGES)
@pytest.mark.parametrize("status", [200, 500])
def test_page_made_to_be_slow(page: str, status: int) -> None:
    """Nine megabytes of an unusual page are read quickly and shortened to one line."""
    transport = ScriptedTransport([answer(status, SLOW_PAGES[page])])
    started = time.monotonic()
    outcome = run(
        options(api_host="https://portal.example.com", api_key="sk-1", state="absent", retries=0),
        make_client=client_maker(transport=transport),
    )
    assert time.monotonic() - started < 10
    assert outcome.error is not None
    assert len(str(outcome.error)) < 700
