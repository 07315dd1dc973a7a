# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scenarios: the task, the behavior of the portal, and the outcome."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Options of a task that saves a schedule with a secret in it.
BUCKET: dict[str, Any] = {
    "api_host": "<url>",
    "api_key": "<key>",
    "retries": 0,
    "storage_type": "ThirdPartyConsumer",
    "storage_params": {"module": "s3", "bucket": "<plain>", "ssekey": "<secret>"},
    "hour": 3,
    "backups_stored": 7,
}
INFO: dict[str, Any] = {"api_host": "<url>", "api_key": "<key>", "retries": 0}
BACKUP: dict[str, Any] = {
    **INFO,
    "max_age": 0,
    "wait": False,
    "storage_type": "ThirdPartyConsumer",
    "storage_params": BUCKET["storage_params"],
}
ROOM: dict[str, Any] = {**INFO, "title": "<plain>"}
# The predictable name is harmless, because nothing is written there.
COPY: dict[str, Any] = {**INFO, "dest": "/tmp/<plain>.tar.gz"}  # noqa: S108
ROLE: dict[str, Any] = {
    "docspace_api_host": "<url>",
    "docspace_api_key": "<key>",
    "backup_schedule_storage_type": "ThirdPartyConsumer",
    "backup_schedule_storage_params": BUCKET["storage_params"],
    "backup_schedule_hour": 3,
}

# Secrets that another user has set on the portal.
KEPT = {"module": "s3", "bucket": "<plain>", "ssekey": "<kept>", "secretaccesskey": "<kept>"}

# Places in one error body where a server may repeat what it received.
ECHO: dict[str, Any] = {
    "error": {
        "message": "bad key <credential>, bad parameter <secret>",
        "type": "System.ArgumentException",
        "stack": "   at ASC.Web.Api(String key = <credential>)\n   at ASC.Other(<secret>)",
        "hresult": -1,
    },
    "status": 1,
    "statusCode": 400,
}
ECHO_OF_THE_KEY = json.loads(json.dumps(ECHO).replace("<secret>", "<plain>"))
# A failed backup with a link that would open the archive for anyone.
FAILED_RUN = {
    "isCompleted": True,
    "progress": 40,
    "error": "bad key <key>",
    "link": "https://h.test/<kept>",
    "status": 2,
    "taskId": "7e6e1f0c-3a54-4a3c-9f6e-0d9a7a6f1b11",
}
PAGE = "<html><head><title>502 for <key></title></head><body><key> <secret></body></html>"


@dataclass(frozen=True)
class Scenario:
    """One task. ``play`` is the name of its group in plays.yml, and ``options`` are its options.

    ``outcome`` is ok, changed, the kind of the error, or refused if Ansible rejects the options.
    The portal responds with ``fault`` to each request with the method ``on``. ``has`` contains the
    initial storage parameters of the portal, and ``shown`` a text that the result must contain.
    ``archive`` is the address that the portal returns for its archive. ``environment`` contains
    variables for ansible-playbook itself.
    """

    name: str
    outcome: str
    options: Mapping[str, Any] = field(default_factory=lambda: BUCKET)
    play: str = "schedule"
    fault: Mapping[str, Any] | None = None
    on: str = "GET"
    has: Mapping[str, str] | None = None
    shown: str = ""
    environment: Mapping[str, str] | None = None
    archive: str = ""


def _with(**options: Any) -> dict[str, Any]:
    return {**BUCKET, **options}


def _params(**params: Any) -> dict[str, Any]:
    return _with(storage_params={"module": "s3", "bucket": "<plain>", **params})


def _answer(status: int, body: Any = "", **headers: str) -> dict[str, Any]:
    text = body if isinstance(body, str) else json.dumps(body)
    return {"status": status, "body": text, "headers": headers}


_LONG = {"error": {**ECHO["error"], "message": "x" * 280 + "<key>"}}
_SAVED = {"response": True, "count": 1, "status": 0, "statusCode": 200}

SUCCESSES = (
    Scenario("create", "changed", shown="<plain>"),
    Scenario("create-in-check-mode", "changed", play="check", shown="<plain>"),
    Scenario("unchanged", "ok", _with(storage_params=KEPT), has=KEPT, shown="<plain>"),
    Scenario("change-a-secret", "changed", has=KEPT, shown="(hidden) new value"),
    Scenario("change-a-secret-in-check-mode", "changed", play="check", has=KEPT, shown="(hidden)"),
    Scenario("keep-a-secret", "changed", {**INFO, "hour": 5, "backups_stored": 7}, has=KEPT),
    Scenario("remove", "changed", {**INFO, "state": "absent"}, has=KEPT, shown="<plain>"),
    Scenario("read", "ok", INFO, "info", has=KEPT, shown="<plain>"),
    Scenario("read-with-the-portal", "ok", {**INFO, "gather": ["portal"]}, "info", has=KEPT),
    Scenario("back-up", "changed", BACKUP, "backup", shown="ThirdPartyConsumer"),
    Scenario(
        "read-the-progress",
        "ok",
        INFO,
        "backup_info",
        fault=_answer(200, {"response": FAILED_RUN, "count": 1}),
        shown="bad key",
    ),
    Scenario("audit", "ok", INFO, "audit", has=KEPT, shown="<plain>"),
    Scenario(
        "audit-a-server-that-repeats-the-key", "ok", INFO, "audit", _answer(400, ECHO_OF_THE_KEY)
    ),
    Scenario("make-a-room", "changed", ROOM, "room", shown="<plain>"),
    Scenario("session-token", "changed", _with(api_key="<token>")),
    Scenario("bearer-token", "changed", _with(api_key=" Bearer <token>\n")),
    Scenario("bearer-key", "changed", _with(api_key="Bearer <key>\n")),
    Scenario("other-names", "changed", _params(secretaccesskey="<secret>", token="<kept>")),
    Scenario("more-names", "changed", _params(password="<secret>", apiKey="<kept>")),
    Scenario("service-account", "changed", _params(json='{"private_key": "<secret>"}')),
    Scenario(
        "params-as-json", "changed", _with(storage_params=json.dumps(BUCKET["storage_params"]))
    ),
    Scenario("params-as-text", "changed", _with(storage_params="module=s3 ssekey=<secret>")),
    Scenario("module-defaults", "changed", play="defaults"),
    Scenario("free-form", "changed", play="free_form"),
    Scenario("role", "changed", ROLE, "role", shown="<plain>"),
    Scenario("plain-address", "changed", _params(serviceurl="https://u:<password>@s3.test")),
)

REFUSALS = (
    Scenario("hour-is-no-number", "refused", _with(hour="two")),
    Scenario(
        "hour-is-no-number-params-as-json",
        "refused",
        _with(hour="two", storage_params=json.dumps(BUCKET["storage_params"])),
    ),
    Scenario(
        "hour-is-no-number-params-as-text",
        "refused",
        _with(hour="two", storage_params="module=s3 ssekey='<secret>'"),
    ),
    Scenario("params-are-broken-json", "refused", _with(storage_params='{"ssekey": "<secret>"')),
    Scenario(
        "params-are-pairs",
        "refused",
        _with(storage_params=[{"key": "ssekey", "value": "<secret>"}]),
    ),
    Scenario("type-is-unknown", "refused", _with(storage_type="S3")),
    Scenario("option-is-unknown", "refused", _with(hours=3)),
    Scenario("key-in-an-unknown-option", "refused", _with(apikeys="<key>")),
    Scenario("secret-in-an-unknown-option", "refused", _with(ssekey="<secret>")),
    Scenario("key-as-timeout", "refused", _with(timeout="<key>")),
    Scenario("key-as-period", "refused", _with(period="<key>")),
    Scenario("key-is-a-list", "unauthorized", _with(api_key=["<key>"])),
    Scenario("key-is-missing", "refused", {**BUCKET, "api_key": None}),
    Scenario("keep-is-no-number", "refused", {**BACKUP, "keep": "two"}, "backup"),
    Scenario("role-hour", "refused", {**ROLE, "backup_schedule_hour": "two"}, "role"),
    Scenario(
        "role-params",
        "refused",
        {**ROLE, "backup_schedule_storage_params": '{"ssekey": "<secret>"'},
        "role",
    ),
    Scenario("role-copies", "refused", {**ROLE, "backup_schedule_backups_stored": 99}, "role"),
    Scenario("module-defaults-refused", "refused", _with(hour="two"), "defaults"),
    Scenario("free-form-refused", "refused", _with(hour="two"), "free_form"),
)

OPTION_ERRORS = (
    Scenario("hour-is-too-late", "options", _with(hour=24)),
    Scenario("key-in-two-lines", "options", _with(api_key="<key>\n<token>")),
    Scenario("two-keys", "options", _with(api_key="<key> <token>")),
    Scenario("key-beyond-ascii", "options", _with(api_key="<key>é")),
    Scenario("password-in-the-address", "options", _with(api_host="https://u:<password>@h.test")),
    Scenario("token-in-the-address", "options", _with(portal_url="https://<key>@h.test")),
    Scenario("password-in-a-bad-address", "options", _with(url="https://u:<password>@h.test:x")),
    Scenario("key-in-the-query", "options", _with(api_host="<url>?key=<key>")),
    Scenario("token-in-the-query", "options", _with(api_host="<url>?token=<password>")),
    Scenario(
        "token-in-the-fragment",
        "refused",
        {**ROLE, "docspace_api_host": "<url>#t=<password>"},
        "role",
    ),
    Scenario("params-are-nested", "options", _params(options={"token": ["<secret>"]})),
    Scenario(
        "params-are-pairs-in-a-dict",
        "options",
        _params(more=[{"key": "ssekey", "value": "<secret>"}]),
    ),
    Scenario("secret-is-too-long", "options", _params(ssekey="<secret>" * 9)),
    Scenario("secret-is-not-there-to-keep", "options", _params(ssekey="(hidden)", token="<kept>")),
)

FAILURES = (
    Scenario("unauthorized", "unauthorized", fault=_answer(401, ECHO)),
    Scenario("scope", "scope", fault=_answer(403), on="POST"),
    Scenario("forbidden", "forbidden", fault=_answer(403, ECHO)),
    Scenario("payment", "payment", fault=_answer(402, ECHO), on="POST"),
    Scenario("portal-state", "portal_state", fault=_answer(404, {"title": "<key>", "status": 404})),
    Scenario("not-found", "not_found", fault=_answer(404, ECHO), on="POST"),
    Scenario("refused", "refused", fault=_answer(400, ECHO), on="POST"),
    Scenario(
        "refused-by-validation",
        "refused",
        fault=_answer(400, {"response": {"title": "<key>", "errors": {"$.<key>": ["<secret>"]}}}),
        on="POST",
    ),
    Scenario("server", "server", fault=_answer(500, ECHO), on="POST"),
    Scenario("key-at-the-cut", "server", fault=_answer(500, _LONG), on="POST"),
    Scenario(
        "kept-secret-repeated",
        "server",
        {**INFO, "hour": 5},
        has=KEPT,
        on="POST",
        fault=_answer(500, {"error": {"message": "not <kept>", "type": "X"}}),
    ),
    Scenario("plain-text", "server", fault=_answer(500, "no <key> <secret>")),
    Scenario("rate-limit", "rate_limit", fault=_answer(429, "<key>")),
    Scenario("gateway", "unavailable", fault=_answer(502, PAGE)),
    Scenario("gateway-after-a-write", "unavailable", fault=_answer(504, PAGE), on="POST"),
    Scenario("proxy", "proxy", fault=_answer(407, PAGE)),
    Scenario(
        "redirect",
        "redirect",
        fault=_answer(302, PAGE, Location="https://<key>@other.test/<key>?token=<key>"),
    ),
    Scenario(
        "redirect-of-a-bearer-token",
        "redirect",
        _with(api_key="Bearer <token>"),
        fault=_answer(302, Location="https://other.test/<quoted_token>"),
    ),
    Scenario("teapot", "unexpected", fault=_answer(418, ECHO)),
    Scenario("login-page", "malformed", fault=_answer(200, PAGE)),
    Scenario("error-with-200", "malformed", fault=_answer(200, ECHO)),
    Scenario(
        "odd-schedule",
        "malformed",
        fault=_answer(
            200,
            {
                "response": {"storageType": "<key>", "cronParams": {"period": "<secret>"}},
                "count": 1,
            },
        ),
    ),
    Scenario(
        "odd-time",
        "malformed",
        fault=_answer(
            200,
            {
                "response": {
                    "storageType": 4,
                    "cronParams": {"period": 0, "hour": 1},
                    "dump": False,
                    "lastBackupTime": "<key>",
                },
                "count": 1,
            },
        ),
    ),
    Scenario("not-applied", "not_applied", fault=_answer(200, _SAVED), on="POST"),
    Scenario("reset", "connection", fault={"reset": "before_headers"}),
    Scenario("reset-in-the-body", "truncated", fault={"reset": "mid_body"}, has=KEPT),
    Scenario("too-slow", "timeout", _with(timeout=1), fault={"delay_ms": 5000}),
    Scenario("too-large", "too_large", fault=_answer(200, "<key>" * 170_000)),
    Scenario(
        "no-folder",
        "target",
        _with(
            storage_type="Documents",
            verify_target=True,
            storage_params={"folderId": 99999, "token": "<secret>"},
        ),
    ),
    Scenario("no-address", "address", _with(api_host="http://.<plain>.test")),
    Scenario("nobody-listens", "connection", _with(api_host="http://127.0.0.1:9/<plain>")),
    Scenario("no-tls", "tls", _with(api_host="<https_url>")),
    Scenario("read-fails", "server", INFO, "info", fault=_answer(500, ECHO_OF_THE_KEY)),
    Scenario("backup-fails", "server", BACKUP, "backup", fault=_answer(500, ECHO), on="POST"),
    Scenario(
        "archive-behind-a-secret",
        "unavailable",
        COPY,
        "copy",
        archive="<url>/filehandler.ashx?action=stream&fileid=1&stream_auth=<kept>",
    ),
    Scenario("room-fails", "server", ROOM, "room", fault=_answer(500, ECHO_OF_THE_KEY)),
    Scenario("room-is-refused", "refused", {**ROOM, "room_type": "<key>"}, "room"),
    Scenario("fails-in-check-mode", "server", play="check", fault=_answer(500, ECHO)),
    Scenario("module-defaults-fail", "unauthorized", play="defaults", fault=_answer(401, ECHO)),
    Scenario("role-fails", "server", ROLE, "role", fault=_answer(500, ECHO)),
)

_CONNECTION = {"DOCSPACE_API_HOST": "<url>", "DOCSPACE_API_KEY": " Bearer <token> "}
_OWN = {name: value for name, value in BUCKET.items() if not name.startswith("api_")}
ENVIRONMENTS = (
    Scenario("environment", "changed", _OWN, environment=_CONNECTION),
    Scenario("environment-fails", "server", _OWN, fault=_answer(500, ECHO),
             environment=_CONNECTION),
    Scenario("environment-refused", "refused", {**_OWN, "hour": "two"}, environment=_CONNECTION),
    Scenario("environment-password", "options", _OWN, environment={
        **_CONNECTION, "DOCSPACE_API_HOST": "https://u:<password>@h.test"}),
)  # fmt: skip

SCENARIOS = SUCCESSES + REFUSALS + OPTION_ERRORS + FAILURES + ENVIRONMENTS
