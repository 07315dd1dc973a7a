# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests that a fault rule applies to."""

from __future__ import annotations

from typing import Any

import pytest
from simulator.errors import BadInput
from simulator.faults import Faults

PATH = "/api/2.0/backup/getbackupschedule"
DOWN = {"status": 503}


def hit(faults: Faults, portal: str = "a", method: str = "GET", path: str = PATH) -> Any:
    """The value of the action that applies to a request, or None."""
    rule, _limiters = faults.match(portal, method, path)
    return rule.action.value if rule else None


def test_a_rule_is_used_once_unless_said_otherwise() -> None:
    faults = Faults()
    faults.add({"action": DOWN})
    assert [hit(faults), hit(faults)] == [503, None]


def test_zero_times_is_for_ever() -> None:
    faults = Faults()
    faults.add({"action": DOWN, "times": 0})
    assert [hit(faults) for _turn in range(5)] == [503] * 5


def test_rules_match_in_order() -> None:
    faults = Faults()
    faults.add({"action": {"html": 502}, "times": 2})
    faults.add({"action": DOWN, "times": 0})
    assert [hit(faults) for _turn in range(4)] == [502, 502, 503, 503]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"portal": "a"}, [503, None]),
        ({"method": "GET"}, [503, None]),
        ({"method": "POST"}, [None, 503]),
        ({"path": "/api/2.0/backup/get"}, [503, None]),
        ({"path": "/api/2.0/"}, [503, 503]),
    ],
)
def test_what_a_rule_asks_for(rule: dict[str, Any], expected: list[Any]) -> None:
    faults = Faults()
    faults.add({**rule, "action": DOWN, "times": 0})
    first = hit(faults, "a", "GET", PATH)
    second = hit(faults, "b", "POST", "/api/2.0/backup/createbackupschedule")
    assert [first, second] == expected


def test_a_limiter_does_not_stand_in_the_way_of_later_rules() -> None:
    faults = Faults()
    faults.add({"action": {"rate_limit": {"window_limit": 3}}, "times": 0})
    faults.add({"action": DOWN})
    rule, limiters = faults.match("a", "GET", PATH)
    assert rule is not None and rule.action.value == 503
    assert [limiter.window_limit for limiter in limiters] == [3]


def test_cleared_rules_are_gone() -> None:
    faults = Faults()
    faults.add({"action": DOWN, "times": 0})
    faults.clear()
    assert hit(faults) is None


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"action": {}},
        {"action": "status"},
        {"action": {"status": "503"}},
        {"action": {"status": 99}},
        {"action": {"status": 200, "headers": {"X": "a\r\nb"}}},
        {"action": {"status": 200, "delay_ms": 1}},
        {"action": {"reset": "sometime"}},
        {"action": {"truncate": -1}},
        {"action": {"drip_bytes_per_s": 0}},
        {"action": {"redirect": 1}},
        {"action": {"rate_limit": {"limit": 1}}},
        {"action": {"explode": True}},
        {"action": DOWN, "times": -1},
        {"action": DOWN, "times": True},
        {"action": DOWN, "after": "yes"},
        {"action": DOWN, "verb": "GET"},
    ],
)
def test_rules_that_make_no_sense(given: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        Faults().add(given)
