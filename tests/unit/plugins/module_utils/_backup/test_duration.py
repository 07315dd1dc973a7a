# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Durations in the notation of plays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.duration import (
    duration,
    duration_text,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0", timedelta()),
        ("90", timedelta(seconds=90)),
        ("45s", timedelta(seconds=45)),
        ("15m", timedelta(minutes=15)),
        ("26h", timedelta(hours=26)),
        ("1.5h", timedelta(minutes=90)),
        ("7d", timedelta(days=7)),
        ("2w", timedelta(weeks=2)),
        (" 26h\n", timedelta(hours=26)),
    ],
)
def test_a_number_with_or_without_a_unit(text: str, meant: timedelta) -> None:
    assert duration("max_age", text) == meant


@pytest.mark.parametrize(
    "text",
    ["", "soon", "-1", "-1h", "1.5", "h", "1 h", "1H", "1h30m", "1y", "1e3", "٣h", "0x10", "True"],
)
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(OptionError) as caught:
        duration("older_than", text)

    assert str(caught.value).startswith(f"older_than: {text!r} is not a duration")


def test_a_time_that_nobody_can_measure_is_refused() -> None:
    with pytest.raises(OptionError, match="is too long"):
        duration("max_age", "999999999w")


@given(st.integers(0, 10**12 - 1))
def test_its_text_says_the_same_again(seconds: int) -> None:
    told = duration_text(timedelta(seconds=seconds))

    assert duration("max_age", told) == timedelta(seconds=seconds)


def test_its_text_has_the_unit_that_people_use() -> None:
    values = (0, 45, 60, 3600, 26 * 3600, 86400, 3601)

    told = [duration_text(timedelta(seconds=value)) for value in values]

    assert told == ["0s", "45s", "1m", "1h", "26h", "1d", "3601s"]
