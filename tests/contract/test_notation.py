# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The notation rejects what it must reject, because a matrix depends on its matchers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.answers import Answer

from contract.notation import (
    ARGUMENT,
    EMPTY,
    OK,
    PD,
    Bare,
    E,
    Expected,
    Html,
    OneOf,
    Unsupported,
    V,
)
from contract.rows import Row, missing_numbers
from contract.values import (
    ANY,
    GUID,
    INT,
    TEXT,
    All,
    AnyItem,
    Bind,
    Each,
    Has,
    Lacks,
    NoItem,
    Ref,
    between,
    containing,
    match,
    number,
    unlike,
)

PATH = "/api/2.0/backup/getbackupschedule"
REQUEST = ("GET", PATH)
LINKS = [{"href": "http://host" + PATH, "action": "GET"}]
JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json; charset=utf-8"


def answer(body: Any, status: int = 200, content_type: str = JSON) -> Answer:
    """A response with a JSON body."""
    return Answer(status, {"Content-Type": content_type}, json.dumps(body).encode())


def envelope(response: Any = True, **changes: Any) -> dict[str, Any]:
    """The envelope of a success, with changes."""
    members = {"response": response, "count": 1, "links": LINKS, "status": 0, "statusCode": 200}
    return {**members, **changes}


def error(**changes: Any) -> dict[str, Any]:
    """The envelope of an exception, with changes."""
    inner = {"message": "m", "type": ARGUMENT, "stack": "   at x", "hresult": -2147024809}
    return {"error": {**inner, **changes}, "status": 1, "statusCode": 400}


def invalid(**changes: Any) -> dict[str, Any]:
    """A wrapped validation error, with changes to the envelope."""
    problem = {"title": "t", "status": 400, "errors": {"$.a": ["text"]}}
    return {**envelope(problem), "status": 1, "statusCode": 400, **changes}


ABSENT = {key: value for key, value in envelope(count=0).items() if key != "response"}
REORDERED = dict(reversed(envelope().items()))
UNSUPPORTED = envelope({"title": "t", "status": 415})

GOOD: dict[str, tuple[Expected, Answer]] = {
    "ok": (OK(True), answer(envelope())),
    "ok-absent": (OK(), answer(ABSENT)),
    "ok-list": (OK([1, 2]), answer(envelope([1, 2], count=2))),
    "ok-dictionary-null": (
        OK({"storageParams": {"folderId": None}}),
        answer(envelope({"storageParams": {"folderId": None}})),
    ),
    "e": (E(400, ARGUMENT, "m"), answer(error(), 400)),
    "e-withheld": (
        E(401, None),
        answer({**error(type=None, stack=None, hresult=0), "statusCode": 401}, 401),
    ),
    "v": (V("$.a"), answer(invalid(), 400, PROBLEM)),
    "v-older": (V("$.a", (0, 200)), answer(invalid(status=0, statusCode=200), 400, PROBLEM)),
    "unsupported": (Unsupported(), answer(UNSUPPORTED, 415, PROBLEM)),
    "pd": (PD(403), answer({"status": 403}, 403, PROBLEM)),
    "empty": (EMPTY(401), Answer(401, {}, b"")),
    "bare": (Bare(403, TEXT), answer("no", 403)),
    "html": (Html(502), Answer(502, {"Content-Type": "text/html"}, b"<html></html>")),
    "one-of": (OneOf((EMPTY(404), EMPTY(405))), Answer(405, {}, b"")),
}

BAD: dict[str, tuple[Expected, Answer]] = {
    "ok-status": (OK(True), answer(envelope(), 201)),
    "ok-content-type": (OK(True), answer(envelope(), content_type="text/plain")),
    "ok-order": (OK(True), answer(REORDERED)),
    "ok-extra-member": (OK(True), answer(envelope(error=None))),
    "ok-response-missing": (OK(True), answer(ABSENT)),
    "ok-response-too-many": (OK(), answer(envelope())),
    "ok-response-null": (OK(), answer(envelope(None, count=0))),
    "ok-one-for-true": (OK(True), answer(envelope(1))),
    "ok-true-for-one": (OK(1), answer(envelope(True))),
    "ok-count": (OK(True), answer(envelope(count=0))),
    "ok-count-of-list": (OK([1, 2]), answer(envelope([1, 2]))),
    "ok-inner-status": (OK(True), answer(envelope(status=1))),
    "ok-inner-status-code": (OK(True), answer(envelope(statusCode=201))),
    "ok-null-property": (OK(Has({})), answer(envelope({"a": {"b": None}}))),
    "ok-null-in-list": (OK([Has({})]), answer(envelope([{"b": None}]))),
    "ok-other-link": (OK(True), answer(envelope(links=[{"href": "x", "action": "GET"}]))),
    "ok-other-action": (OK(True), answer(envelope(links=[{**LINKS[0], "action": "POST"}]))),
    "ok-no-links": (OK(True), answer(envelope(links=[]))),
    "ok-header": (OK(True, headers={"X-A": "1"}), answer(envelope())),
    "e-status": (E(400, ARGUMENT, "m"), answer(error(), 500)),
    "e-type": (E(400, "System.Exception", "m"), answer(error(), 400)),
    "e-message": (E(400, ARGUMENT, "n"), answer(error(), 400)),
    "e-hresult": (E(400, ARGUMENT, "m"), answer(error(hresult=0), 400)),
    "e-stack": (E(400, ARGUMENT, "m"), answer(error(stack=None), 400)),
    "e-not-withheld": (E(400, None, "m"), answer(error(type=None), 400)),
    "e-success": (E(400, ARGUMENT, "m"), answer(envelope(), 400)),
    "v-key": (V("$.b"), answer(invalid(), 400, PROBLEM)),
    "v-inner": (V("$.a"), answer(invalid(status=0, statusCode=200), 400, PROBLEM)),
    "v-content-type": (V("$.a"), answer(invalid(), 400)),
    "v-not-wrapped": (V("$.a"), answer(invalid()["response"], 400, PROBLEM)),
    "v-no-errors": (V(None), answer(invalid(response={"status": 400}), 400, PROBLEM)),
    "unsupported-claims-failure": (Unsupported(), answer(invalid(), 415, PROBLEM)),
    "pd-wrapped": (PD(400), answer(invalid(), 400, PROBLEM)),
    "pd-content-type": (PD(403), answer({"status": 403}, 403)),
    "pd-other-status": (PD(403), answer({"status": 404}, 403, PROBLEM)),
    "empty-with-body": (EMPTY(401), Answer(401, {}, b"{}")),
    "empty-header": (EMPTY(405, {"Allow": TEXT}), Answer(405, {}, b"")),
    "bare-value": (Bare(403, TEXT), answer({}, 403)),
    "html-json": (Html(502), answer({}, 502)),
    "one-of-none": (OneOf((EMPTY(404), EMPTY(405))), Answer(406, {}, b"")),
}


@pytest.mark.parametrize("name", GOOD)
def test_taken(name: str) -> None:
    expected, given = GOOD[name]
    expected.check(given, REQUEST, {})


@pytest.mark.parametrize("name", BAD)
def test_refused(name: str) -> None:
    expected, given = BAD[name]
    with pytest.raises(AssertionError):
        expected.check(given, REQUEST, {})


NAMES = {"a": "1"}
WRONG: dict[str, tuple[Any, Any]] = {
    "extra-member": ({"a": 1}, {"a": 1, "b": 2}),
    "missing-member": ({"a": 1, "b": 2}, {"a": 1}),
    "longer-list": ([1], [1, 2]),
    "ref": (Ref("a"), "2"),
    "ref-converted": (Ref("a", int), "1"),
    "has": (Has({"a": 1}), {"b": 1}),
    "has-other": (Has({"a": 1}), {"a": True}),
    "lacks": (Lacks(("a",)), {"a": 1}),
    "all": (All((ANY, 1)), 2),
    "each": (Each(INT), [1, "2"]),
    "any-item": (AnyItem(1), [2, 3]),
    "no-item": (NoItem(1), [2, 1]),
    "bind": (Bind("x", INT), "1"),
    "guid": (GUID, "7E6E"),
    "text": (TEXT, ""),
    "int": (INT, True),
    "number": (number(1), True),
    "containing": (containing("b"), "ac"),
    "unlike": (unlike([]), []),
    "between-early": (between("2026-01-01", "2026-01-02"), "2026-01-01"),
    "between-late": (between("2026-01-01", "2026-01-02"), "2026-01-02T00"),
}


@pytest.mark.parametrize("name", WRONG)
def test_values_that_do_not_match(name: str) -> None:
    expected, given = WRONG[name]
    with pytest.raises(AssertionError):
        match(expected, given, dict(NAMES))


def test_a_bound_value_is_known_afterwards() -> None:
    names: dict[str, Any] = {}
    match([Bind("x"), Ref("x")], ["v", "v"], names)
    assert names == {"x": "v"}


def test_a_missing_row_is_noticed() -> None:
    rows = [Row(1, "a", []), Row(3, "b", [])]
    assert missing_numbers(rows, 4) == [2, 4]
