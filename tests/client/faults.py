# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of scripted faults: what the client does when the network or the server fails.

Each row has a fault and its exact outcome: the requests that the portal receives, in order; the
waiting times, within the bounds of their jitter; the final state of the portal; and the result. The
simulator creates most faults. Those of ELSEWHERE need an address without a portal, and name it in
`where` (see `places.py`).
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

OPERATIONS = {
    "GET": "getbackupschedule",
    "POST": "createbackupschedule",
    "DELETE": "deletebackupschedule",
}
API = "/api/2.0/backup/"

# The schedule before the task, as the server sends it. Its number of copies distinguishes the
# states of the portal.
BEFORE_COPIES, AFTER_COPIES = 7, 9
BEFORE = {
    "storageType": 4,
    "storageParams": {"folderId": None},
    "cronParams": {"period": 0, "hour": 2, "day": 0},
    "backupsStored": BEFORE_COPIES,
    "lastBackupTime": "0001-01-01T00:00:00",
    "dump": False,
}
BEFORE_BODY = json.dumps({"response": BEFORE, "count": 1, "status": 0, "statusCode": 200})
CREATED_BODY = json.dumps({"response": True, "count": 1, "status": 0, "statusCode": 200})

Bounds = tuple[float, float]

# Delays before the first retries. Each is twice the previous one, and jitter reduces it by up to
# half.
FIRST: Bounds = (0.25, 0.5)
SECOND: Bounds = (0.5, 1.0)
THIRD: Bounds = (1.0, 2.0)


def exactly(seconds: float) -> Bounds:
    """Bounds for the exact time that the server requests."""
    return seconds, seconds


# Delays between the reads that look for a write which may take effect late.
LATER = tuple(map(exactly, (0.25, 0.5, 1, 2)))


@dataclass(frozen=True)
class Fault:
    """One rule for the simulator. With `times` 0 it applies forever."""

    action: Mapping[str, Any]
    method: str | None = None
    times: int = 1
    after: bool = False


@dataclass(frozen=True)
class Failed:
    """The members of `error`. The message must contain `says`."""

    kind: str
    status: int | None
    method: str = "GET"
    retries: int = 0
    says: str = ""


CHANGED, UNCHANGED = "changed", "unchanged"


@dataclass(frozen=True)
class Row:
    """One or more faults, and their outcome.

    `task` is keep, change, create or remove. `portal` is the final state: before, after, or
    nothing. `hangs_s` is the number of seconds that the run really takes, and `where` is what
    exists at the address of the portal.
    """

    name: str
    faults: tuple[Fault, ...]
    sent: str
    result: str | Failed
    portal: str
    task: str = "keep"
    waits: tuple[Bounds, ...] = ()
    options: Mapping[str, int] = field(default_factory=dict)
    hangs_s: float = 1.0
    where: str = "portal"


def get(action: Mapping[str, Any], times: int = 1) -> Fault:
    """Break a read request."""
    return Fault(action, "GET", times)


def post(action: Mapping[str, Any], times: int = 1, *, performed: bool = False) -> Fault:
    """Break a write before or after the portal performs it."""
    return Fault(action, "POST", times, performed)


def delete(action: Mapping[str, Any], times: int = 1, *, performed: bool = False) -> Fault:
    """Break a removal before or after the portal performs it."""
    return Fault(action, "DELETE", times, performed)


def limited(retry_after: str) -> Mapping[str, Any]:
    """A response with status 429 and this header."""
    return {"status": 429, "headers": {"Retry-After": retry_after}}


def raw(body: bytes, **headers: str) -> Mapping[str, Any]:
    """A response with status 200 and these bytes."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"status": 200, "headers": named, "body_base64": base64.b64encode(body).decode()}


PASS: Mapping[str, Any] = {"delay_ms": 0}
RESET: Mapping[str, Any] = {"reset": "before_headers"}
NEVER: Mapping[str, Any] = {"delay_ms": 30_000}
LOGIN_PAGE = "<html><head><title>Sign in to continue</title></head><body>...</body></html>"
ZIPPED = gzip.compress(BEFORE_BODY.encode())
IMPATIENT = {"timeout": 1, "retries": 1}


def repeated(name: str, action: Mapping[str, Any], wait: Bounds = FIRST) -> Row:
    """A read request that fails once and is repeated once, after `wait`."""
    return Row(name, (get(action),), "GET GET", UNCHANGED, "before", waits=(wait,))


def given_up(
    name: str, action: Mapping[str, Any], kind: str, status: int | None, says: str = ""
) -> Row:
    """A read request that fails forever: four attempts with three delays between them."""
    return Row(
        name,
        (get(action, 0),),
        "GET GET GET GET",
        Failed(kind, status, retries=3, says=says),
        "before",
        waits=(FIRST, SECOND, THIRD),
    )


def final(name: str, action: Mapping[str, Any], failed: Failed) -> Row:
    """A read request that fails permanently at the first attempt."""
    return Row(name, (get(action, 0),), "GET", failed, "before")


READS = (
    repeated("429 with seconds", limited("7"), exactly(7)),
    repeated("429 with a date", limited("Sun, 01 Mar 2026 12:00:20 GMT"), exactly(20)),
    repeated("429 with a date that is over", limited("Sun, 01 Mar 2026 11:59:00 GMT")),
    repeated("429 with nothing", {"status": 429}),
    repeated("429 with an absurd number", limited("99999999999999999999"), exactly(60)),
    repeated("429 with a far date", limited("Fri, 31 Dec 9999 23:59:59 GMT"), exactly(60)),
    repeated("429 with a date in no zone", limited("Sun, 01 Mar 2026 12:00:20 +999999999999")),
    repeated("429 with a negative number", limited("-5")),
    repeated("429 with words", limited("soon")),
    repeated("503 with seconds", {"status": 503, "headers": {"Retry-After": "3"}}, exactly(3)),
    repeated("502 page", {"html": 502}),
    repeated("503 page", {"html": 503}),
    repeated("504 page", {"html": 504}),
    repeated("reset before the headers", RESET),
    repeated("reset in the body", {"reset": "mid_body"}),
    repeated("body cut off", {"truncate": 20}),
    repeated("headers without a body", {"truncate": 0}),
    repeated("half of the JSON as a whole answer", {"status": 200, "body": BEFORE_BODY[:60]}),
    repeated("empty 200", {"status": 200}),
    repeated("compressed body that is broken", raw(ZIPPED[:-30], Content_Encoding="gzip")),
    repeated("body that is not UTF-8", raw(BEFORE_BODY.encode("utf-16"))),
    given_up("429 forever", {"status": 429}, "rate_limit", 429),
    given_up("502 forever", {"html": 502}, "unavailable", 502),
    given_up("503 forever", {"html": 503}, "unavailable", 503),
    given_up("504 forever", {"html": 504}, "unavailable", 504),
    given_up("reset forever", RESET, "connection", None, "Connection reset by peer"),
    given_up("body cut off forever", {"truncate": 20}, "truncated", None),
    given_up(
        "length that is no number of bytes",
        raw(BEFORE_BODY.encode(), Content_Length="9" * 5_000),
        "truncated",
        None,
    ),
    given_up("log-in page with 200", {"status": 200, "body": LOGIN_PAGE}, "malformed", 200),
    given_up("text with 200", {"status": 200, "body": "it works!"}, "malformed", 200),
    final("500", {"status": 500}, Failed("server", 500)),
    final("501", {"status": 501}, Failed("unexpected", 501)),
    final("body of 11 MiB", raw(b" " * 11 * 2**20), Failed("too_large", None, says="10 MiB")),
    final("JSON that is no envelope", {"status": 200, "body": "[]"}, Failed("malformed", 200)),
    final(
        "redirect to https",
        {"redirect": "https://portal.example.com/api/2.0/backup/getbackupschedule"},
        Failed("redirect", 302, says="https://portal.example.com/"),
    ),
    final(
        "redirect to another host",
        {"status": 308, "headers": {"Location": "http://127.0.0.1:1/elsewhere"}},
        Failed("redirect", 308, says="http://127.0.0.1:1/elsewhere"),
    ),
    final("redirect to nowhere", {"status": 301}, Failed("redirect", 301, says="Set api_host")),
    Row(
        "wrong content type",
        (get(raw(BEFORE_BODY.encode(), Content_Type="text/html")),),
        "GET",
        UNCHANGED,
        "before",
    ),
    Row(
        "compressed body",
        (get(raw(ZIPPED, Content_Encoding="gzip")),),
        "GET",
        UNCHANGED,
        "before",
    ),
    Row(
        "429 and no retries wanted",
        (get(limited("7"), 0),),
        "GET",
        Failed("rate_limit", 429),
        "before",
        options={"retries": 0},
    ),
    Row(
        "back-off has a limit",
        (get(RESET, 0),),
        "GET GET GET GET GET GET GET GET",
        Failed("connection", None, retries=7),
        "before",
        waits=(FIRST, SECOND, THIRD, (2, 4), (4, 8), (4, 8), (4, 8)),
        options={"retries": 7},
    ),
    Row(
        "a byte a second",
        (get({"drip_bytes_per_s": 1}, 0),),
        "GET GET",
        Failed("timeout", None, retries=1, says="within 1 seconds"),
        "before",
        waits=(FIRST,),
        options=IMPATIENT,
        hangs_s=2,
    ),
    Row(
        "server that never answers",
        (get(NEVER, 0),),
        "GET GET",
        Failed("timeout", None, retries=1),
        "before",
        waits=(FIRST,),
        options=IMPATIENT,
        hangs_s=2,
    ),
    Row(
        "server that is late once",
        (get(NEVER),),
        "GET GET",
        UNCHANGED,
        "before",
        waits=(FIRST,),
        options=IMPATIENT,
        hangs_s=1,
    ),
    Row(
        "half of the reads fail",
        (get({"html": 502}), get(PASS), get(RESET), get(PASS)),
        "GET GET POST GET GET",
        CHANGED,
        "after",
        "change",
        waits=(FIRST, FIRST),
    ),
)


def lost(name: str, action: Mapping[str, Any], *, performed: bool, task: str = "change") -> Row:
    """A write whose response is lost. A read verifies it, and it is repeated only if needed."""
    method = "DELETE" if task == "remove" else "POST"
    again = "" if performed else f"{method} "
    return Row(
        f"{name} of a {method} ({task}) that was {'' if performed else 'not '}performed",
        (Fault(action, method, 1, performed),),
        f"GET {method} GET {again}GET",
        CHANGED,
        "nothing" if task == "remove" else "after",
        task,
        waits=(FIRST,),
    )


LOST: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("lost reply", RESET),
    ("reply cut by a reset", {"reset": "mid_body"}),
    ("truncated reply", {"truncate": 10}),
    ("empty 200 in reply", {"status": 200}),
    ("502", {"html": 502}),
    ("504", {"html": 504}),
)
LOST_WRITES = tuple(
    lost(name, action, performed=performed, task=task)
    for task in ("change", "create", "remove")
    for name, action in LOST
    for performed in (True, False)
    if task == "change" or action in (RESET, {"html": 504})
)

WRITES = (
    *LOST_WRITES,
    Row(
        "503 on a POST",
        (post({"html": 503}),),
        "GET POST POST GET",
        CHANGED,
        "after",
        "change",
        waits=(FIRST,),
    ),
    Row(
        "429 on a POST, with seconds",
        (post(limited("11"), 2),),
        "GET POST POST POST GET",
        CHANGED,
        "after",
        "change",
        waits=(exactly(11), exactly(11)),
    ),
    Row(
        "503 on a DELETE",
        (delete({"html": 503}),),
        "GET DELETE DELETE GET",
        CHANGED,
        "nothing",
        "remove",
        waits=(FIRST,),
    ),
    Row(
        "429 on a POST forever",
        (post({"status": 429}, 0),),
        "GET POST POST POST POST",
        Failed("rate_limit", 429, "POST", 3),
        "before",
        "change",
        waits=(FIRST, SECOND, THIRD),
    ),
    Row(
        "500 on a POST that was not performed",
        (post({"status": 500}, 0),),
        "GET POST",
        Failed("server", 500, "POST"),
        "before",
        "change",
    ),
    Row(
        "500 on a POST that was performed all the same",
        (post({"status": 500}, 0, performed=True),),
        "GET POST",
        Failed("server", 500, "POST"),
        "after",
        "change",
    ),
    Row(
        "500 on a DELETE",
        (delete({"status": 500}, 0),),
        "GET DELETE",
        Failed("server", 500, "DELETE"),
        "before",
        "remove",
    ),
    Row(
        "redirect of a POST",
        (post({"status": 307, "headers": {"Location": "https://portal.example.com/"}}, 0),),
        "GET POST",
        Failed("redirect", 307, "POST", says="https://portal.example.com/"),
        "before",
        "change",
    ),
    Row(
        "log-in page with 200 for a POST",
        (post({"status": 200, "body": LOGIN_PAGE}, 0),),
        "GET POST GET POST GET POST GET POST GET GET GET GET GET",
        Failed("malformed", 200, "POST", 3),
        "before",
        "change",
        waits=(FIRST, SECOND, THIRD, (2, 4), *LATER),
    ),
    Row(
        "POST that is lost forever",
        (post(RESET, 0),),
        "GET POST GET POST GET GET GET GET GET",
        Failed("connection", None, "POST", 1),
        "before",
        "change",
        waits=(FIRST, SECOND, *LATER),
        options={"retries": 1},
    ),
    Row(
        "POST that is lost, and no retries wanted",
        (post(RESET, 0, performed=True),),
        "GET POST GET GET",
        CHANGED,
        "after",
        "change",
        waits=(FIRST,),
        options={"retries": 0},
    ),
    Row(
        "POST that is lost, and the portal cannot be read any more",
        (get(PASS), post(RESET, performed=True), get({"html": 503}, 0)),
        "GET POST GET GET GET",
        Failed("connection", None, "POST", says="is not known"),
        "after",
        "change",
        waits=(FIRST, FIRST, SECOND),
    ),
    Row(
        "POST that is answered too late, and was performed",
        (post(NEVER, performed=True),),
        "GET POST GET GET",
        CHANGED,
        "after",
        "change",
        waits=(FIRST,),
        options=IMPATIENT,
        hangs_s=1,
    ),
    Row(
        "POST that is never answered nor performed",
        (post(NEVER, 0),),
        "GET POST GET POST GET GET GET GET GET",
        Failed("timeout", None, "POST", 1),
        "before",
        "change",
        waits=(FIRST, SECOND, *LATER),
        options=IMPATIENT,
        hangs_s=2,
    ),
    Row(
        "POST that is accepted and not performed",
        (post({"status": 200, "body": CREATED_BODY}),),
        "GET POST GET GET GET GET GET",
        Failed("not_applied", 200, "POST"),
        "before",
        "change",
        waits=LATER,
    ),
    Row(
        "POST that is seen late",
        (get(PASS), get({"status": 200, "body": BEFORE_BODY}, 2)),
        "GET POST GET GET GET",
        CHANGED,
        "after",
        "change",
        waits=(exactly(0.25), exactly(0.5)),
    ),
    Row(
        "read after a write that fails permanently",
        (get(PASS), get({"status": 401}, 0)),
        "GET POST GET",
        Failed("unauthorized", 401),
        "after",
        "change",
    ),
    Row(
        "DELETE that is accepted and not performed",
        (delete({"status": 200, "body": CREATED_BODY}),),
        "GET DELETE GET GET GET GET GET",
        Failed("not_applied", 200, "DELETE"),
        "before",
        "remove",
        waits=LATER,
    ),
    Row(
        "502 on the read after the write",
        (get(PASS), get({"html": 502})),
        "GET POST GET GET",
        CHANGED,
        "after",
        "change",
        waits=(FIRST,),
    ),
    Row(
        "lost POST after a 503, and a lost read",
        (get(PASS), post({"html": 503}), post(RESET, performed=True), get(RESET)),
        "GET POST POST GET GET GET",
        CHANGED,
        "after",
        "change",
        waits=(FIRST, SECOND, FIRST),
    ),
)


def nobody(where: str, sent: str, failed: Failed, *waits: Bounds, hangs_s: float = 1) -> Row:
    """A read of an address at which no portal answers."""
    options = {"timeout": 1, "retries": len(waits)}
    return Row(where, (), sent, failed, "before", "keep", waits, options, hangs_s, where)


ELSEWHERE = (
    nobody(
        "closed port",
        "",
        Failed("connection", None, retries=3, says="Connection refused"),
        *(FIRST, SECOND, THIRD),
    ),
    nobody(
        "unknown name",
        "",
        Failed("connection", None, retries=1, says="Name or service not known"),
        FIRST,
    ),
    nobody("label too long", "", Failed("address", None, says="Check api_host")),
    nobody(
        "host that does not pick up",
        "",
        Failed("timeout", None, retries=1, says="was not established in time"),
        FIRST,
        hangs_s=2,
    ),
    nobody("no HTTP", "GET GET", Failed("connection", None, retries=1), FIRST),
    nobody(
        "hangs up",
        "GET GET",
        Failed("connection", None, retries=1, says="Remote end closed"),
        FIRST,
    ),
    nobody("too many headers", "GET GET", Failed("connection", None, retries=1), FIRST),
    nobody("broken chunks", "GET GET", Failed("truncated", None, retries=1), FIRST),
    nobody("endless chunks", "GET", Failed("too_large", None)),
    nobody(
        "headers by the letter",
        "GET GET",
        Failed("timeout", None, retries=1, says="within 1 seconds"),
        FIRST,
        hangs_s=2,
    ),
)
