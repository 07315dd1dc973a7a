# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The meaning of failed responses, and the time needed to determine it."""

from __future__ import annotations

import json
import time

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.failures import (
    failure_of,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.masking import Mask


def told(body: bytes | str, secret: str = "s3cret-s3cret") -> str:
    data = body.encode() if isinstance(body, str) else body
    return failure_of(500, {}, data, "GET", Mask([secret])).server_message


def test_a_secret_at_the_cut_of_a_message_leaves_no_part() -> None:
    message = "x" * 290 + "s3cret-s3cret and more"
    bodies = [
        json.dumps({"error": {"message": message}}),
        json.dumps({"title": message}),
        json.dumps({"response": {"errors": {"A": [message]}}}),
        json.dumps(message),
        message,
        f"<html><title>{message}</title>",
    ]
    for body in bodies:
        assert "s3" not in told(body)


def test_a_secret_in_the_escapes_of_a_page_is_hidden() -> None:
    assert told("<title>no &#115;3cret-s3cret&#33;</title>") == "no ***!"


def test_a_secret_in_an_address_to_go_to_is_hidden() -> None:
    headers = {"Location": "https://other.example.com/s%33cret-s3cret?x=1#y"}
    failure = failure_of(302, headers, b"", "GET", Mask(["s3cret-s3cret"]))
    assert "https://other.example.com/***: set" in failure.hint


@pytest.mark.parametrize(
    "title", ["400 No required SSL certificate was sent", "400 The SSL certificate error"]
)
def test_a_server_that_requires_a_client_certificate_is_a_hint_at_it(title):
    page = f"<html><head><title>{title}</title></head><body>nginx</body></html>"
    failure = failure_of(400, {}, page.encode(), "GET", Mask())

    assert failure.server_message == title
    assert "set client_cert and client_key" in failure.hint


@pytest.mark.parametrize(
    "body",
    [
        "<" * 1_000_000,
        "<title" * 166_666,
        "<title>" * 142_857,
        "&#" + "1" * 1_000_000,
        "<title>&#" + "1" * 1_000_000,
        "1" * 1_000_000,
        "[" * 1_000_000,
        '{"a":' * 200_000,
        '"' + "\\u0000" * 166_666 + '"',
        json.dumps({"error": {"message": "/" * 1_000_000, "type": "." * 1_000_000}}),
        json.dumps({"response": {"errors": {str(n): ["x"] for n in range(90_000)}}}),
    ],
    ids=lambda body: body[:12],
)
def test_the_worst_body_is_done_in_linear_time(body: str) -> None:
    started = time.process_time()
    assert len(told(body)) <= 300
    assert time.process_time() - started < 10


def test_the_worst_address_to_go_to_is_done_in_linear_time() -> None:
    started = time.process_time()
    for location in ("/" * 1_000_000, "https://" + "@" * 1_000_000, "https://" + "[" * 1_000_000):
        failure_of(302, {"Location": location}, b"", "GET", Mask(["s3cret"]))
    assert time.process_time() - started < 10
