# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparison of JSON values with the expectations of a table.

An expected value is a plain JSON value of equal type (``True`` is not ``1``), a ``Ref`` to a value
that an earlier step stored, or a ``Matcher``. Objects and lists are compared member by member, and
must not contain additional members unless ``Has`` is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

Names = dict[str, Any]


class Matcher:
    """A requirement for a value other than equality."""

    def check(self, actual: Any, names: Names, where: str) -> None:
        """Raise ``AssertionError`` if ``actual``, found at ``where``, is not as expected."""
        raise NotImplementedError


@dataclass(frozen=True)
class Ref:
    """The value that is stored in ``names`` when the step runs, converted if necessary."""

    name: str
    convert: Callable[[Any], Any] | None = None

    def resolve(self, names: Names) -> Any:
        value = names[self.name]
        return value if self.convert is None else self.convert(value)


def resolve(value: Any, names: Names) -> Any:
    """Replace every ``Ref`` in ``value`` with its value."""
    if isinstance(value, Ref):
        return value.resolve(names)
    if isinstance(value, dict):
        return {key: resolve(member, names) for key, member in value.items()}
    if isinstance(value, list):
        return [resolve(item, names) for item in value]
    return value


def match(expected: Any, actual: Any, names: Names, where: str = "$") -> None:
    """Raise ``AssertionError`` with the path where ``actual`` differs from ``expected``."""
    if isinstance(expected, Ref):
        expected = expected.resolve(names)
    if isinstance(expected, Matcher):
        expected.check(actual, names, where)
    elif isinstance(expected, dict):
        _match_object(expected, actual, names, where)
    elif isinstance(expected, list):
        _match_list(expected, actual, names, where)
    else:
        same = type(expected) is type(actual) and expected == actual
        assert same, f"{where} is {actual!r}, expected {expected!r}"


def _match_object(expected: Mapping[str, Any], actual: Any, names: Names, where: str) -> None:
    assert isinstance(actual, dict), f"{where} is {actual!r}, expected an object"
    missing, extra = expected.keys() - actual.keys(), actual.keys() - expected.keys()
    assert not missing and not extra, f"{where}: missing {missing}, not expected {extra}"
    for key, member in expected.items():
        match(member, actual[key], names, f"{where}.{key}")


def _match_list(expected: list[Any], actual: Any, names: Names, where: str) -> None:
    assert isinstance(actual, list), f"{where} is {actual!r}, expected a list"
    assert len(actual) == len(expected), f"{where} has {len(actual)} items: {actual!r}"
    for index, item in enumerate(expected):
        match(item, actual[index], names, f"{where}[{index}]")


@dataclass(frozen=True)
class _Test(Matcher):
    says: str
    holds: Callable[[Any], bool]

    def check(self, actual: Any, names: Names, where: str) -> None:
        assert self.holds(actual), f"{where} is {actual!r}, expected {self.says}"


def is_integer(value: Any) -> bool:
    """Whether the JSON value is an integer. true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def pattern(says: str, regex: str) -> Matcher:
    """A string that fully matches the regular expression."""
    compiled = re.compile(regex, re.DOTALL)
    return _Test(says, lambda value: isinstance(value, str) and bool(compiled.fullmatch(value)))


ANY: Matcher = _Test("anything", lambda value: True)
TEXT = pattern("a text", ".+")
GUID = pattern("a guid", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
API_KEY = pattern("an API key", "sk-[0-9a-f]{64}")
STORED_TIME = pattern("a stored UTC time", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
UTC_TIME = pattern("a UTC time with Z", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
API_TIME = pattern("a time with 7 digits and offset", r"[\d-]{10}T[\d:]{8}\.\d{7}(Z|[+-]\d\d:\d\d)")
INT: Matcher = _Test("an integer", is_integer)
POSITIVE: Matcher = _Test("a number above 0", lambda got: is_integer(got) and got > 0)
BOOL: Matcher = _Test("true or false", lambda value: isinstance(value, bool))
LIST: Matcher = _Test("a list", lambda value: isinstance(value, list))
OBJECT: Matcher = _Test("an object", lambda value: isinstance(value, dict))


def number(value: float) -> Matcher:
    """A JSON number."""
    return _Test(f"the number {value}", lambda got: type(got) in (int, float) and got == value)


def containing(part: str) -> Matcher:
    """A string with ``part`` in it."""
    return _Test(f"a text with {part!r}", lambda value: isinstance(value, str) and part in value)


@dataclass(frozen=True)
class _Unlike(Matcher):
    value: Any

    def check(self, actual: Any, names: Names, where: str) -> None:
        unwanted = resolve(self.value, names)
        assert actual != unwanted, f"{where} is {unwanted!r}"


def unlike(value: Any) -> Matcher:
    """Any other value."""
    return _Unlike(value)


def within(low: int, high: int) -> Matcher:
    """An integer from ``low`` to ``high``."""
    says = f"a number from {low} to {high}"
    return _Test(says, lambda got: is_integer(got) and low <= got <= high)


def between(after: str, until: str) -> Matcher:
    """A stored time later than ``after`` and not later than ``until``."""
    return _Test(
        f"later than {after}, until {until}",
        lambda value: isinstance(value, str) and after < value <= until,
    )


@dataclass(frozen=True)
class Time(Matcher):
    """A stored time this many days after the time that an earlier step stored as ``name``."""

    name: str
    days: int

    def check(self, actual: Any, names: Names, where: str) -> None:
        expected = datetime.fromisoformat(names[self.name]) + timedelta(days=self.days)
        match(expected.isoformat(), actual, names, where)


@dataclass(frozen=True)
class Has(Matcher):
    """An object with at least these members."""

    members: Mapping[str, Any]

    def check(self, actual: Any, names: Names, where: str) -> None:
        assert isinstance(actual, dict), f"{where} is {actual!r}, expected an object"
        for key, member in self.members.items():
            assert key in actual, f"{where} has no {key!r}: {actual!r}"
            match(member, actual[key], names, f"{where}.{key}")


@dataclass(frozen=True)
class Lacks(Matcher):
    """An object without any of these members."""

    keys: tuple[str, ...]

    def check(self, actual: Any, names: Names, where: str) -> None:
        assert isinstance(actual, dict), f"{where} is {actual!r}, expected an object"
        present = actual.keys() & set(self.keys)
        assert not present, f"{where} has {present}"


@dataclass(frozen=True)
class All(Matcher):
    """A value that matches all of these."""

    parts: tuple[Any, ...]

    def check(self, actual: Any, names: Names, where: str) -> None:
        for part in self.parts:
            match(part, actual, names, where)


@dataclass(frozen=True)
class Each(Matcher):
    """A list in which every item matches."""

    item: Any

    def check(self, actual: Any, names: Names, where: str) -> None:
        assert isinstance(actual, list), f"{where} is {actual!r}, expected a list"
        for index, got in enumerate(actual):
            match(self.item, got, names, f"{where}[{index}]")


@dataclass(frozen=True)
class Length(Matcher):
    """A list of this length."""

    count: int

    def check(self, actual: Any, names: Names, where: str) -> None:
        assert isinstance(actual, list), f"{where} is {actual!r}, expected a list"
        assert len(actual) == self.count, f"{where} has {len(actual)} items"


@dataclass(frozen=True)
class InAnyOrder(Matcher):
    """A list of exactly these items in any order."""

    items: list[Any]

    def check(self, actual: Any, names: Names, where: str) -> None:
        match(Length(len(self.items)), actual, names, where)
        for item in self.items:
            match(AnyItem(item), actual, names, where)


@dataclass(frozen=True)
class AnyItem(Matcher):
    """A list with at least one matching item."""

    item: Any

    def check(self, actual: Any, names: Names, where: str) -> None:
        assert isinstance(actual, list), f"{where} is {actual!r}, expected a list"
        assert any(_matches(self.item, got, names) for got in actual), (
            f"{where} has no item like {self.item!r}: {actual!r}"
        )


@dataclass(frozen=True)
class NoItem(Matcher):
    """A list without any matching item."""

    item: Any

    def check(self, actual: Any, names: Names, where: str) -> None:
        assert isinstance(actual, list), f"{where} is {actual!r}, expected a list"
        found = [got for got in actual if _matches(self.item, got, names)]
        assert not found, f"{where} has {found!r}"


@dataclass(frozen=True)
class Bind(Matcher):
    """A value that is stored for later steps as ``name``."""

    name: str
    expected: Any = ANY

    def check(self, actual: Any, names: Names, where: str) -> None:
        match(self.expected, actual, names, where)
        names[self.name] = actual


def _matches(expected: Any, actual: Any, names: Names) -> bool:
    try:
        match(expected, actual, names)
    except AssertionError:
        return False
    return True
