# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The meaning of the library's errors, and how they are reported."""

from __future__ import annotations

import ssl
import time

import pytest
import requests

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import (
    as_no_answer,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import NoAnswer


def told(text: str) -> str:
    return as_no_answer(requests.exceptions.ConnectionError(text), "").cause


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Connection refused", "Connection refused"),
        ("<urllib3.connection.HTTPConnection object at 0x7f00>: refused", "refused"),
        ("no //user:pass/word@proxy.test here", "no //***@proxy.test here"),
        ("http://a:b@one.test http://c:d@two.test", "http://***@one.test http://***@two.test"),
        ("me@example.com", "me@example.com"),
        ("", "ConnectionError"),
    ],
)
def test_a_cause_is_told_without_objects_and_credentials(text, shown):
    assert told(text) == shown


@pytest.mark.parametrize(
    "text",
    ["/" * 10**6, "//@" * 333_333, "<a object at 0x" * 66_666, "< object at 0x" + "a" * 10**6],
)
def test_the_worst_cause_is_told_in_linear_time(text):
    started = time.process_time()
    told(text)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("error", "answering", "kind", "sent"),
    [
        (requests.exceptions.InvalidURL("x"), False, "address", False),
        (UnicodeError("label too long"), False, "address", False),
        # The same classes after the request was sent.
        (requests.exceptions.InvalidHeader("x"), True, "malformed", True),
        (UnicodeDecodeError("ascii", b"x", 0, 1, "y"), True, "malformed", True),
        (ssl.SSLError(1, "bad record mac"), True, "connection", True),
        (ssl.SSLError(1, "certificate verify failed"), False, "tls", False),
        (TimeoutError(), True, "timeout", True),
        (requests.exceptions.ConnectTimeout(), False, "timeout", False),
        (ConnectionResetError("reset"), True, "connection", True),
        (NoAnswer("too_large", "x", sent=True), True, "too_large", True),
    ],
)
def test_an_error_of_reading_the_answer_is_never_one_of_the_address(error, answering, kind, sent):
    none = as_no_answer(error, "", answering)

    assert (none.kind, none.sent) == (kind, sent)
