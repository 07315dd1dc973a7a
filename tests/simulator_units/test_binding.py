# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From JSON to typed members (contract 2.4, 3.3)."""

from __future__ import annotations

from typing import Any

import pytest
from simulator.binding import Member, boolean, enum, integer, is_json, pairs, read_body, to_map
from simulator.errors import ARGUMENT, NULL_REFERENCE, Invalid, Thrown

NAMES = ("EveryDay", "EveryWeek", "EveryMonth")


def bound(text: str, read: Any, **more: Any) -> Any:
    """The member ``x`` of a body."""
    return read_body(text, {"x": Member("x", read, **more)})["x"]


@pytest.mark.parametrize(
    ("json", "value"),
    [
        ('"EveryWeek"', 1),
        ('" everyweek "', 1),
        ("2", 2),
        ('"2"', 2),
        ("99", 99),
        ('"EveryWeek,EveryMonth"', 3),
        ("null", None),
    ],
)
def test_enums(json: str, value: int | None) -> None:
    assert bound(f'{{"x": {json}}}', enum(NAMES, "Period")) == value


@pytest.mark.parametrize(
    ("read", "json"),
    [
        (enum(NAMES, "Period"), '"EveryHour"'),
        (enum(NAMES, "Period"), "true"),
        (enum(NAMES, "Period"), "1.5"),
        (integer(), "null"),
        (integer(), "5.0"),
        (integer(), '"5.0"'),
        (integer(), "true"),
        (integer(), "2147483648"),
        (boolean(), "1"),
        (boolean(), '"true"'),
        (boolean(), "null"),
        (pairs, '{"folderId": "1"}'),
    ],
)
def test_what_cannot_be_converted(read: Any, json: str) -> None:
    with pytest.raises(Invalid) as caught:
        bound(f'{{"x": {json}}}', read)
    assert list(caught.value.errors) == ["$.x"]


def test_the_place_of_an_error_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        bound('{\n "x": "no"}', integer())
    (message,) = caught.value.errors["$.x"]
    assert message.endswith("Path: $.x | LineNumber: 1 | BytePositionInLine: 10.")


@pytest.mark.parametrize("text", ["{", '{"x": 1,}', '{"x": 01}', "{'x': 1}", '{"x": 1} 2', "[1"])
def test_malformed_json(text: str) -> None:
    with pytest.raises(Invalid):
        bound(text, integer())


@pytest.mark.parametrize("text", ["", "  ", "null"])
def test_an_empty_body(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        bound(text, integer())
    assert caught.value.errors == {"": ["A non-empty request body is required."]}


def test_names_in_any_case_and_the_last_one_wins() -> None:
    assert bound('{"X": 1, "x": 2, "unknown": [1, {"x": 3}]}', integer()) == 2


def test_required_members() -> None:
    with pytest.raises(Invalid) as caught:
        bound("{}", integer(), required=True)
    assert list(caught.value.errors) == ["$"]


def test_storage_parameters_become_texts() -> None:
    given = bound(
        '{"x": [{"key": "a", "value": "s"}, {"Key": "b", "VALUE": 1.50},'
        ' {"key": "c", "value": true}, {"key": "d", "value": [1, 2]}]}',
        pairs,
    )
    assert to_map(given) == {"a": "s", "b": "1.50", "c": "True", "d": "[1, 2]"}


@pytest.mark.parametrize(
    ("json", "kind"),
    [
        ('[{"key": "a", "value": null}]', NULL_REFERENCE),
        ('[{"key": "a"}]', NULL_REFERENCE),
        ('[{"value": "a"}]', NULL_REFERENCE),
        ('[{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]', ARGUMENT),
    ],
)
def test_storage_parameters_that_fail_later(json: str, kind: str) -> None:
    with pytest.raises(Thrown) as caught:
        to_map(bound(f'{{"x": {json}}}', pairs))
    assert caught.value.type_name == kind


@pytest.mark.parametrize(
    ("content_type", "accepted"),
    [
        ("application/json", True),
        ("application/json; charset=utf-8", True),
        ("text/json", True),
        ("application/vnd.x+json", True),
        ("text/plain", False),
        (None, False),
    ],
)
def test_content_types(content_type: str | None, accepted: bool) -> None:
    assert is_json(content_type) is accepted
