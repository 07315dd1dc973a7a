# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""External text is shown on one line, in columns, and without control characters."""

from __future__ import annotations

import time

import pytest

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.text import (
    padded,
    printable,
    width,
    wrapped,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bücher 備份 🗄", "Bücher 備份 🗄"),
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("one\r\ntwo\tthree", "one two three"),
        ("\x9b2J", r"\x9b2J"),
        ("\u202eevil\u2069", r"\u202eevil\u2069"),
        ("a\u2028b", r"a\u2028b"),
    ],
)
def test_control_characters_can_be_read(text, shown):
    assert printable(text) == shown


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("備份", 4), ("e\u0301", 1), ("", 0)])
def test_the_width_is_that_of_a_terminal(text, columns):
    assert width(text) == columns
    assert padded(text, 6) == text + " " * (6 - columns)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two three", ["one two", "three"]),
        ("12345678", ["12345678"]),
        ("12345678 9", ["12345678", "9"]),
        ("a 1234567890 b", ["a", "12345678", "90 b"]),
        ("備份備份備", ["備份備份", "備"]),
    ],
)
def test_lines_are_no_wider_than_asked(text, lines):
    assert list(wrapped(text, 8)) == lines


@pytest.mark.parametrize(
    "text", ["a" * 9 + "\u0301" * 1_000_000, "a\u0301 " * 300_000, "a" * 1_000_000]
)
def test_the_worst_text_is_wrapped_in_linear_time(text):
    started = time.process_time()
    assert "".join(wrapped(text, 8)).replace(" ", "") == text.replace(" ", "")
    assert time.process_time() - started < 30
