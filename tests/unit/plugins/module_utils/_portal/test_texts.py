# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""External texts in messages and results."""

from __future__ import annotations

import time

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import (
    LONGEST_MESSAGE,
    one_line,
    printable,
    visible,
)

# An escape sequence in two forms, a line that imitates a result, marks that reverse text, a
# zero-width character, and unusual line separators.
ACTING = [
    "\x1b[31m",
    "\x9b31m",
    "\nok: [portal]",
    "\r",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u061c",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\x7f",
    "\x00",
]


@pytest.mark.parametrize("text", ACTING)
def test_a_message_holds_nothing_that_acts_on_a_terminal(text: str) -> None:
    for shown in (printable(f"a{text}b"), one_line(f"a{text}b")):
        assert shown.isprintable()
        assert shown[0] == "a" and shown[-1] == "b"


@pytest.mark.parametrize("text", ACTING)
def test_data_shows_by_an_escape_what_would_act_on_a_terminal(text: str) -> None:
    data = {f"a{text}": [f"{text}b", {"c": text}], "n": None, "i": 7, "t": True}
    shown = visible(data)
    assert all(name.isprintable() for name in shown)
    assert shown[f"a{visible(text)}"] == [f"{visible(text)}b", {"c": visible(text)}]
    assert visible(text).isprintable()
    assert (shown["n"], shown["i"], shown["t"]) == (None, 7, True)


def test_an_escape_names_the_character() -> None:
    assert visible("a\x1b\u202eb") == "a\\u001b\\u202eb"


@pytest.mark.parametrize("text", ["Zoë's backups", "備份", "👩‍💻 می‌خواهم", "a  b", "C:\\x"])
def test_what_people_write_stays_in_data_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_a_message_has_a_greatest_length() -> None:
    assert printable("x" * LONGEST_MESSAGE) == "x" * LONGEST_MESSAGE
    assert printable("x" * (LONGEST_MESSAGE + 1)) == "x" * (LONGEST_MESSAGE - 3) + "..."


def test_a_stack_trace_is_left_out() -> None:
    assert printable("It failed.\r\n   at ASC.Web.Do(String x)\n   at Main()") == "It failed."


@pytest.mark.parametrize("text", ["/" * 10**6, "\n at a" * 166_666])
def test_the_worst_text_is_done_in_linear_time(text: str) -> None:
    started = time.process_time()
    printable(text)
    one_line(text)
    visible(text)
    assert time.process_time() - started < 10
