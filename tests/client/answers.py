# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hypothesis strategies for responses, and an oracle that recognizes valid schedules.

The oracle shares no code with the collection. It implements sections 2.1, 2.3, 5.4, and 6 of the
contract independently, and as briefly as possible.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hypothesis import strategies as st

KEY = "sk-" + "5ec2e7ca" * 8
STACK = "   at ASC.Data.Backup.Controllers.BackupController.Canary(BackupScheduleDto inDto)\n"

# --- the oracle

NAMES = (
    "Documents",
    "ThridpartyDocuments",
    "CustomCloud",
    "Local",
    "DataStore",
    "ThirdPartyConsumer",
)
PERIODS = ("EveryDay", "EveryWeek", "EveryMonth")
DAYS = {0: range(-(10**4400), 10**4400), 1: range(1, 8), 2: range(1, 32)}


class Invalid(Exception):
    """The response is not one that the contract describes."""


@dataclass(frozen=True)
class Known:
    """A schedule from a valid response: numeric type and period, parameters, hour, day, copies."""

    storage_type: int
    params: tuple[tuple[str, str], ...]
    period: int
    hour: int
    day: int
    copies: int


def known_schedule(status: int, body: bytes) -> Known | None:
    """Return the schedule in a response to getbackupschedule?dump=false, or None if there is none.

    Raises Invalid if the contract does not describe the response.
    """
    try:
        text = body.decode("utf-8-sig")
        envelope = json.loads(text, parse_int=_of_some_length) if status == 200 else None
        json.dumps(envelope, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Invalid from error
    if not isinstance(envelope, dict) or envelope.get("error") is not None:
        raise Invalid
    response, count = envelope.get("response"), envelope.get("count")
    if response is None and _is_integer(count) and count == 0:
        return None
    return _schedule(_a(dict, response))


def _of_some_length(digits: str) -> int:
    """Convert digits of a limited length, because converting very long ones keeps Python busy."""
    if len(digits) > 100:
        raise Invalid
    return int(digits)


def _schedule(response: dict[str, Any]) -> Known:
    cron = _a(dict, response.get("cronParams"))
    if str(_a((bool, str), response.get("dump", False))).lower() != "false":
        raise Invalid
    _check_time(response.get("lastBackupTime"))
    kind = _number(response.get("storageType"), NAMES)
    period = _in(range(3), _number(cron.get("period"), PERIODS))
    copies = response.get("backupsStored")
    return Known(
        storage_type=kind,
        params=_params(kind, response.get("storageParams")),
        period=period,
        hour=_in(range(24), _number(cron.get("hour"))),
        day=_in(DAYS[period], _number(cron.get("day"))) if period else 0,
        copies=0 if copies is None else _in(range(31), _number(copies)),
    )


def _a(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind):
        raise Invalid
    return value


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _in(allowed: range, number: int) -> int:
    if number not in allowed:
        raise Invalid
    return number


def _number(value: Any, names: tuple[str, ...] = ()) -> int:
    """Accept an integer, its text, or a name, in upper or lower case and with blanks."""
    if _is_integer(value):
        return int(value)
    text = _a(str, value).strip().lower()
    lowered = [name.lower() for name in names]
    if text in lowered:
        return lowered.index(text)
    if not text.removeprefix("-").isdecimal() or len(value) > 11:
        raise Invalid
    return int(text)


def _check_time(value: Any) -> None:
    """Accept None, or an ISO 8601 time with seconds or finer, in UTC or with an offset."""
    if value is None:
        return
    text = _a(str, value)
    try:
        datetime.fromisoformat(text[:19] + "+00:00")
        rest = text[19:].lstrip(".0123456789")
        if rest not in ("", "Z"):
            datetime.fromisoformat("2000-01-01T00:00:00" + rest)
    except ValueError as error:
        raise Invalid from error


def _params(kind: int, value: Any) -> tuple[tuple[str, str], ...]:
    if isinstance(value, list):
        for pair in value:
            _a(str, _a(dict, pair).get("key"))
        value = {pair["key"]: pair.get("value") for pair in value}
    pairs = _a(dict, {} if value is None else value)
    noise = {"tenantId"} if kind in (0, 1) else {"tenantId", "folderId"}
    for held in pairs.values():
        _a((str, int, float, type(None)), held)
    kept = {name: held for name, held in pairs.items() if held is not None and name not in noise}
    texts = {name: str(held) for name, held in kept.items()}
    booleans = {"True": "true", "False": "false"}
    return tuple(sorted((name, booleans.get(text, text)) for name, text in texts.items()))


# --- the strategies

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20) | st.sampled_from(
    [KEY, f"Bearer {KEY}", "x" * 290 + KEY, STACK, "<title>" * 30, "\ud800", "\x00\x1b[31m\r\n", ""]
)
ANY_NUMBER = (
    st.integers()
    | st.integers(-1, 32)
    | st.floats()
    | st.sampled_from([10**30, -(10**4000), 2.0, 1e308, True, False])
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | ANY_NUMBER | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def often(draw: st.DrawFn, percent: int, usual: Any, other: Any) -> Any:
    """A value of `usual` in this percentage of the cases, otherwise one of `other`."""
    return draw(usual if draw(st.integers(0, 99)) < percent else other)


def mostly(*good: Any) -> st.SearchStrategy[Any]:
    """One of the valid values in most cases, otherwise any value."""
    return often(95, st.sampled_from(good), ANY_JSON)


def with_members(members: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """A map with these members, sometimes with a missing or an additional one."""
    whole = st.fixed_dictionaries(members)
    gone = st.builds(
        lambda full, name: {key: value for key, value in full.items() if key != name},
        whole,
        st.sampled_from(sorted(members)),
    )
    extra = st.dictionaries(ANY_TEXT, ANY_JSON, max_size=1)
    more = st.builds(lambda full, extra: {**extra, **full}, whole, extra)
    return often(85, whole, gone | more)


GOOD_PARAMS = ({"folderId": "12"}, {"folderId": 12, "tenantId": "1"}, {"folderId": "13"}, None)
PAIR = with_members({"key": mostly("folderId", "module"), "value": mostly("12", 12)})
PARAMS = often(
    85,
    mostly(*GOOD_PARAMS),
    st.dictionaries(st.sampled_from(["folderId", "tenantId"]) | ANY_TEXT, ANY_JSON, max_size=3)
    | st.lists(PAIR, max_size=2),
)
CRON = with_members(
    {
        "period": mostly(0, 0, 0, 1, 2, "everyday", "1"),
        "hour": mostly(2, 2, 2, 2, "2", " 2 ", 3, 24, "--2"),
        "day": mostly(0, 1, 5, "5", 31, 32, -1),
    }
)
TIMES = ("0001-01-01T00:00:00", "2026-06-29T23:00:04", "2026-06-29T23:00:04.12345+03:00", None)
SCHEDULES = with_members(
    {
        "storageType": mostly(0, 0, 0, 0, "0", "documents", 4, 3, 99, "CustomCloud"),
        "storageParams": PARAMS,
        "cronParams": often(97, CRON, ANY_JSON),
        "backupsStored": mostly(7, 7, 7, 7, "7", 8, 0, 31, None),
        "lastBackupTime": mostly(*TIMES, *TIMES, "2026-06-29 23:00", "2026-06-29T23:00:04Zulu"),
        "dump": mostly(False, False, False, False, "False", True),
    }
)
ENVELOPES = with_members(
    {
        "response": often(95, SCHEDULES, ANY_JSON),
        "count": mostly(1, 0),
        "status": mostly(0, 1),
        "statusCode": mostly(200, 500),
    }
)
NOTHING = with_members({"count": mostly(0, 0, 1), "links": st.just([]), "status": st.just(0)})
ERRORS = with_members(
    {
        "error": with_members(
            {
                "message": mostly("Access denied", "Zugriff verweigert", KEY),
                "type": mostly("System.Exception", "System.Security.SecurityException", None),
                "stack": st.just(STACK),
                "hresult": mostly(-2146233088),
            }
        )
        | ANY_JSON,
        "status": mostly(1),
        "statusCode": mostly(500),
    }
)
VALIDATIONS = with_members(
    {
        "response": with_members(
            {
                "title": mostly("One or more validation errors occurred."),
                "errors": st.dictionaries(
                    ANY_TEXT, st.lists(ANY_TEXT, max_size=2) | ANY_JSON, max_size=2
                )
                | ANY_JSON,
            }
        ),
        "count": mostly(1),
    }
)


def _encoded(value: Any, plain: bool) -> bytes:
    """Encode the value as JSON. Unpaired surrogates require an escape sequence."""
    try:
        return json.dumps(value, ensure_ascii=not plain).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()


VALUES = often(75, ENVELOPES, often(40, NOTHING, ERRORS | VALIDATIONS | ANY_JSON))
JSON_BODIES = st.builds(_encoded, VALUES, st.booleans())
CUT_BODIES = st.builds(lambda body, at: body[: at % (len(body) + 1)], JSON_BODIES, st.integers(0))
ODD_BODIES = st.sampled_from(
    [
        b"",
        b"null",
        b"\xef\xbb\xbf" + b'{"count":0}',
        b"[" * 100_000,
        b'{"response":' * 30_000 + b"1" + b"}" * 30_000,
        b'{"count":' + b"9" * 5_000 + b"}",
        b'{"response":NaN,"count":1}',
        b'{"response":{"storageType":1e999},"count":1}',
        b'{"count":0,"count":1}',
        b"<html><head><title>Sign in</title></head><body>" + KEY.encode() + b"</body></html>",
        b"<title>" * 20_000,
        b"<" * 200_000,
        b"\xff\xfe\x00\x00",
        KEY.encode(),
        b"x" * 280 + b" " + KEY.encode(),
    ]
)
BODIES = often(80, JSON_BODIES, CUT_BODIES | ODD_BODIES | st.binary(max_size=60))
ERROR_STATUSES = (201, 204, 301, 302, 304, 400, 401, 402, 403, 404, 405, 407, 415, 429, 500)
STATUSES = often(
    80, st.just(200), st.sampled_from((*ERROR_STATUSES, 502, 503, 504)) | st.integers(100, 999)
)
HEADERS = st.dictionaries(
    st.sampled_from(["Retry-After", "Location", "Content-Type", "Content-Length", "Set-Cookie"]),
    ANY_TEXT
    | st.sampled_from(
        [
            "120",
            "-1",
            "9" * 5_000,
            "Wed, 21 Oct 2015 07:28:00 GMT",
            "Wed, 21 Oct 2015 07:28:00 +99999999999999999999",
            "Fri, 31 Dec 9999 23:59:59 -2359",
            "https://user:pa55@other.example/login?token=" + KEY,
            "https://[broken",
            f"https://other.example/{KEY}",
            "https://other.example/" + "x" * 270 + KEY,
        ]
    ),
    max_size=2,
)
