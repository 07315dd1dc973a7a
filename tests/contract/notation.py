# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract's shorthand for responses: ``OK``, ``E``, ``V``, ``PD``, ``EMPTY`` and others.

Only facts that the contract calls confirmed are asserted. For responses that ASP.NET generates,
these are the status, the kind of body, and the key of a validation error, but not their texts,
trace IDs, and order of members.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from support.answers import Answer

from contract.values import ANY, TEXT, Names, match

JSON_TYPE = "application/json; charset=utf-8"
PROBLEM_TYPE = "application/problem+json"
ENVELOPE_ORDER = ("response", "count", "total", "links", "status", "statusCode")
# The server writes null as a member of a dictionary, never as a property (contract 2.2).
DICTIONARIES = frozenset({"storageParams"})

# Exception -> HRESULT (contract 3.2). Types without a stack in the response are not listed.
HRESULTS: Mapping[str, int] = {
    "ASC.Common.Web.ItemNotFoundException": -2146233088,
    "System.IO.FileNotFoundException": -2147024894,
    "System.IO.DirectoryNotFoundException": -2147024893,
    "System.ArgumentException": -2147024809,
    "System.ArgumentNullException": -2147467261,
    "System.ArgumentOutOfRangeException": -2146233086,
    "System.Security.SecurityException": -2146233078,
    "ASC.Common.Security.Authorizing.AuthorizingException": -2146233088,
    "System.InvalidOperationException": -2146233079,
    "ASC.Core.Tenants.TenantQuotaException": -2146233088,
    "ASC.Core.Billing.BillingException": -2146233088,
    "System.NullReferenceException": -2147467261,
    "System.Collections.Generic.KeyNotFoundException": -2146232969,
    "System.FormatException": -2146233033,
}

ITEM_NOT_FOUND = "ASC.Common.Web.ItemNotFoundException"
FILE_NOT_FOUND = "System.IO.FileNotFoundException"
DIRECTORY_NOT_FOUND = "System.IO.DirectoryNotFoundException"
ARGUMENT = "System.ArgumentException"
OUT_OF_RANGE = "System.ArgumentOutOfRangeException"
SECURITY = "System.Security.SecurityException"
AUTHORIZING = "ASC.Common.Security.Authorizing.AuthorizingException"
INVALID_OPERATION = "System.InvalidOperationException"
QUOTA = "ASC.Core.Tenants.TenantQuotaException"
BILLING = "ASC.Core.Billing.BillingException"
NULL_REFERENCE = "System.NullReferenceException"
KEY_NOT_FOUND = "System.Collections.Generic.KeyNotFoundException"
FORMAT = "System.FormatException"
EXCEPTION = "System.Exception"


class Expected:
    """The expectations of a table for a complete response."""

    def check(self, answer: Answer, request: tuple[str, str], names: Names) -> None:
        """Raise ``AssertionError`` if the response to ``request`` (method, path) does not match."""
        raise NotImplementedError


class Nothing:
    """The type of ``NOTHING``: an envelope without ``response``."""


NOTHING = Nothing()


@dataclass(frozen=True)
class OK(Expected):
    """200 and the success envelope (contract 2.1) around ``response``."""

    response: Any = NOTHING
    count: Any = None  # by default, the count for this kind of response
    headers: Mapping[str, Any] = field(default_factory=dict)
    href: Any = None  # by default, an address that ends with the requested path

    def check(self, answer: Answer, request: tuple[str, str], names: Names) -> None:
        _status(answer, 200)
        _media_type(answer, JSON_TYPE)
        envelope = answer.json
        _envelope(envelope, request, self.href, names)
        match(0, envelope["status"], names, "status")
        match(200, envelope["statusCode"], names, "statusCode")
        if isinstance(self.response, Nothing):
            assert "response" not in envelope, f"response is {envelope['response']!r}"
        else:
            assert "response" in envelope, "there is no response"
            match(self.response, envelope["response"], names, "response")
        expected_count = count_of(envelope) if self.count is None else self.count
        match(expected_count, envelope["count"], names, "count")
        nulls = list(null_members(envelope))
        assert not nulls, f"written as null: {nulls}"
        _headers(answer, self.headers, names)


@dataclass(frozen=True)
class E(Expected):
    """The error envelope of an exception (contract 3.1). A ``type`` of None is a hidden one."""

    status: int
    type: Any
    message: Any = TEXT

    def check(self, answer: Answer, request: tuple[str, str], names: Names) -> None:
        _status(answer, self.status)
        _media_type(answer, JSON_TYPE)
        error = {"message": self.message, "type": self.type, "stack": TEXT, "hresult": ANY}
        if self.type is None:
            error.update(stack=None, hresult=0)
        elif isinstance(self.type, str) and self.type in HRESULTS:
            error.update(hresult=HRESULTS[self.type])
        envelope = {"error": error, "status": 1, "statusCode": self.status}
        match(envelope, answer.json, names)


@dataclass(frozen=True)
class V(Expected):
    """A binding error: 400 with ValidationProblemDetails in the success envelope (contract 3.3).

    ``inner`` contains status and statusCode of the envelope, which were wrong before 3.7.1. The key
    is None if the contract does not specify it.
    """

    key: str | None
    inner: tuple[int, int] = (1, 400)

    def check(self, answer: Answer, request: tuple[str, str], names: Names) -> None:
        _status(answer, 400)
        problem = _wrapped_problem(answer, 400, self.inner, request, names)
        errors = problem.get("errors")
        assert isinstance(errors, dict) and errors, f"the errors are {errors!r}"
        assert self.key is None or self.key in errors, f"no {self.key!r} in {errors!r}"
        for texts in errors.values():
            assert texts and all(isinstance(text, str) for text in texts), errors


@dataclass(frozen=True)
class Unsupported(Expected):
    """415 for a body of another type. The envelope claims success (contract 3.3)."""

    def check(self, answer: Answer, request: tuple[str, str], names: Names) -> None:
        _status(answer, 415)
        problem = _wrapped_problem(answer, 415, (0, 200), request, names)
        assert "errors" not in problem


@dataclass(frozen=True)
class PD(Expected):
    """ProblemDetails without an envelope (contract 3.4)."""

    status: int

    def check(self, answer: Answer, request: tuple[str, str], names: Names) -> None:
        _status(answer, self.status)
        _media_type(answer, PROBLEM_TYPE)
        problem = answer.json
        assert isinstance(problem, dict), f"the body is {problem!r}"
        assert not problem.keys() & {"response", "error", "count", "statusCode"}, problem
        match(self.status, problem.get("status"), names, "status")


@dataclass(frozen=True)
class EMPTY(Expected):
    """A status without a body."""

    status: int
    headers: Mapping[str, Any] = field(default_factory=dict)

    def check(self, answer: Answer, request: tuple[str, str], names: Names) -> None:
        _status(answer, self.status)
        assert answer.body == b"", f"the body is {answer.text!r}"
        _headers(answer, self.headers, names)


@dataclass(frozen=True)
class Status(Expected):
    """A status, for responses whose body the contract does not specify."""

    status: int

    def check(self, answer: Answer, request: tuple[str, str], names: Names) -> None:
        _status(answer, self.status)


@dataclass(frozen=True)
class Bare(Expected):
    """JSON without an envelope."""

    status: int
    value: Any

    def check(self, answer: Answer, request: tuple[str, str], names: Names) -> None:
        _status(answer, self.status)
        match(self.value, answer.json, names)


@dataclass(frozen=True)
class Html(Expected):
    """A page of the reverse proxy."""

    status: int

    def check(self, answer: Answer, request: tuple[str, str], names: Names) -> None:
        _status(answer, self.status)
        _media_type(answer, "text/html")
        assert "<html" in answer.text.lower()


@dataclass(frozen=True)
class OneOf(Expected):
    """Several possible responses, if the contract does not specify which one the server sends."""

    choices: tuple[Expected, ...]

    def check(self, answer: Answer, request: tuple[str, str], names: Names) -> None:
        complaints = []
        for choice in self.choices:
            try:
                choice.check(answer, request, names)
            except AssertionError as error:
                complaints.append(str(error))
            else:
                return
        raise AssertionError("; ".join(complaints))


def count_of(envelope: Mapping[str, Any]) -> int:
    """The expected ``count``: the length of a list, 0 for null, otherwise 1 (contract 2.1)."""
    if "response" not in envelope:
        return 0
    response = envelope["response"]
    return len(response) if isinstance(response, list) else 1


def null_members(value: Any, where: str = "$") -> Iterator[str]:
    """The paths of null properties, without the members of dictionaries."""
    members: Iterator[tuple[Any, Any]] = iter(())
    if isinstance(value, dict):
        members = iter(value.items())
    elif isinstance(value, list):
        members = iter(enumerate(value))
    for key, member in members:
        if member is None:
            yield f"{where}.{key}"
        elif key not in DICTIONARIES:
            yield from null_members(member, f"{where}.{key}")


def _status(answer: Answer, expected: int) -> None:
    assert answer.status == expected, (
        f"HTTP {answer.status}, expected {expected}; the body is {answer.body[:1000]!r}"
    )


def _media_type(answer: Answer, expected: str) -> None:
    actual = answer.headers.get("Content-Type", "")
    assert actual.startswith(expected), f"the content type is {actual!r}, expected {expected!r}"


def _headers(answer: Answer, expected: Mapping[str, Any], names: Names) -> None:
    for name, value in expected.items():
        match(value, answer.headers.get(name), names, f"header {name}")


def _envelope(envelope: Any, request: tuple[str, str], href: Any, names: Names) -> None:
    assert isinstance(envelope, dict), f"the body is {envelope!r}"
    order = [name for name in ENVELOPE_ORDER if name in envelope]
    assert list(envelope) == order, f"the members are {list(envelope)}"
    assert {"count", "links", "status", "statusCode"} <= envelope.keys(), list(envelope)
    links = envelope["links"]
    assert [list(link) for link in links] == [["href", "action"]], f"links are {links!r}"
    link = links[0]
    method, path = request
    match(method, link["action"], names, "links[0].action")
    if href is None:
        assert link["href"].endswith(path), f"href is {link['href']!r}, asked was {path!r}"
    else:
        match(href, link["href"], names, "links[0].href")


def _wrapped_problem(
    answer: Answer, status: int, inner: tuple[int, int], request: tuple[str, str], names: Names
) -> dict[str, Any]:
    _media_type(answer, PROBLEM_TYPE)
    envelope = answer.json
    _envelope(envelope, request, None, names)
    match(inner[0], envelope["status"], names, "status")
    match(inner[1], envelope["statusCode"], names, "statusCode")
    match(1, envelope["count"], names, "count")
    problem: dict[str, Any] = envelope["response"]
    match(status, problem.get("status"), names, "response.status")
    return problem
