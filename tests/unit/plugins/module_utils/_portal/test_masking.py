# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets are detected in every notation that a server may use, and in linear time."""

from __future__ import annotations

import base64
import json
import random
import re
import time
from collections.abc import Callable
from html import escape
from urllib.parse import quote, quote_plus

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.masking import Mask

SECRETS = [
    "sk-0123456789abcdef",
    "p+w/ü= \"d'%41\\n&amp;",
    "Zoë 🗝 <key>",
    '{"type": "service_account",\n "private_key": "-----BEGIN\\nMII\\n"}',
]


def every(notation: str) -> Callable[[str], str]:
    """A function that writes every UTF-16 unit of a text in the notation."""

    def write(text: str) -> str:
        data = text.encode("utf-16-be")
        units = [data[i] << 8 | data[i + 1] for i in range(0, len(data), 2)]
        return "".join(notation.format(unit) for unit in units)

    return write


def lower_quoted(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode())


FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "url": lambda text: quote(text, safe=""),
    "url, every byte in lower case": lower_quoted,
    "url, twice": lambda text: quote(quote(text, safe=""), safe=""),
    "url, three times": lambda text: quote(quote(quote(text, safe=""), safe=""), safe=""),
    "form": quote_plus,
    "json": lambda text: json.dumps(text)[1:-1],
    "json, twice": lambda text: json.dumps(json.dumps(text)[1:-1])[1:-1],
    "json, every unit": every("\\u{:04X}"),
    "json, every unit, twice": every("\\\\u{:04x}"),
    "javascript": lambda text: "".join(f"\\u{{{ord(c):x}}}" for c in text),
    "python, eight digits": lambda text: "".join(f"\\U{ord(c):08x}" for c in text),
    "octal": lambda text: "".join(f"\\{ord(c):03o}" if ord(c) < 256 else c for c in text),
    "url, every unit": every("%u{:04x}"),
    "html, with zeros in front": lambda text: "".join(f"&#{ord(c):010};" for c in text),
    "html": escape,
    "html, twice": lambda text: escape(escape(text)),
    "html, decimal": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "html, hexadecimal": lambda text: "".join(f"&#x{ord(c):x};" for c in text),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "base64, quoted": lambda text: quote(base64.b64encode(text.encode()).decode(), safe=""),
    "hexadecimal": lambda text: text.encode().hex(),
    "hexadecimal, upper case": lambda text: text.encode().hex().upper(),
    "python": lambda text: repr(text)[1:-1],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_found_in_every_form(secret: str, form: str) -> None:
    mask = Mask(SECRETS)
    assert mask(f"before {FORMS[form](secret)} after") == "before *** after"


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("before", ["", "u", "us", "user:"])
@pytest.mark.parametrize("after", ["", ":", "::"])
def test_a_secret_is_found_where_more_is_in_the_same_base64(
    secret: str, before: str, after: str
) -> None:
    encoded = base64.b64encode(f"{before}{secret}{after}".encode()).decode()
    left = Mask([secret])(encoded).replace("***", "")
    # Only the surrounding characters remain, plus a base64 letter with bits of both at each end.
    assert len(left) <= 4 * len(before) / 3 + 4 * len(after) / 3 + 4


def test_some_characters_in_one_form_and_some_in_another_are_found() -> None:
    mixed = r"p\u002Bw%2Fü&#61;%20" + '"d' + r"\'%2541\\n&amp;amp;"
    assert Mask(SECRETS)(f"({mixed})") == "(***)"


def test_what_is_left_has_no_part_of_an_overlapping_secret() -> None:
    assert Mask(["abcabc", "cde"])("abcabcabcdef") == "***f"


@pytest.mark.parametrize("length", range(1, 60))
def test_no_part_of_a_secret_is_left_at_a_cut(length: int) -> None:
    secret = "sk-0123456789abcdef"
    text = "x" * 20 + quote("+" + secret, safe="").replace("s", "%2573") + " and more"
    after = text[: max(length, text.index(" and"))].partition("cdef")[2]
    expected = "x" * min(length, 20) + ("***" + after if length > 20 else "")
    assert Mask(["+" + secret])(text, length) == expected


def test_without_secrets_a_text_stays_as_it_is() -> None:
    text = "100 % of \\u0041 &amp; %41"
    assert Mask()(text) == text
    assert Mask(["other"])(text) == text


def test_short_secrets_are_no_reason_to_hide_what_looks_like_their_encoding() -> None:
    assert Mask(["ab"])("6162 and YWI=") == "6162 and YWI="


WORST = {
    "nearly the secret": ("a" * 254 + "b") * 3922,
    "secrets": "a" * 1_000_000,
    "escaped secrets": "%61" * 333_333,
    "url, again and again": "%" + "25" * 499_999,
    "json": "\\" * 1_000_000,
    "html": "&" * 1_000_000,
    "html numbers": "&#" + "1" * 999_998,
    "slashes": "/" * 1_000_000,
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST.keys())
def test_the_worst_text_is_done_in_linear_time(text: str) -> None:
    started = time.process_time()
    Mask(["a" * 255, "s3cret"])(text)
    assert time.process_time() - started < 20


# A server chooses some of the secrets, such as the link to an archive.
REPEATED = {
    "one letter": "a" * 500_000,
    "two letters": "ab" * 250_000 + "a",
    "a long period": ("a" * 99 + "b") * 5_000,
    "almost one letter": "a" * 250_000 + "b" + "a" * 249_999,
}


@pytest.mark.parametrize("secret", REPEATED.values(), ids=REPEATED.keys())
def test_a_secret_that_overlaps_itself_is_found_in_linear_time(secret: str) -> None:
    started = time.process_time()
    assert Mask([secret])(f"{secret}{secret}.{secret}") == "***.***"
    assert time.process_time() - started < 20


def test_overlapping_secrets_are_hidden_whole() -> None:
    rng = random.Random(12)  # noqa: S311 - the same texts in every run
    for _round in range(3000):
        secrets = ["".join(rng.choices("ab", k=rng.randrange(2, 8))) for _secret in range(2)]
        text = "".join(rng.choices("abc", k=40))
        hidden = {
            at + offset
            for secret in secrets
            for at in range(len(text))
            if text.startswith(secret, at)
            for offset in range(len(secret))
        }
        shown = "".join("*" if at in hidden else letter for at, letter in enumerate(text))
        assert Mask(secrets, "*")(text) == re.sub(r"\*+", "*", shown)


def test_any_text_without_the_secret_comes_back() -> None:
    rng = random.Random(12)  # noqa: S311 - the same texts in every run
    pieces = ["%4", "%41", "\\u00", "\\u0041", "&#6", "&#65;", "&amp;", "\\", "x", "é", "%C3%A9"]
    pieces += ["%u00", "%u0041", "\\u{4", "\\u{ffffff}", "\\Uffffffff", "\\10", "\\101", "&#00"]
    mask = Mask(["no such thing"])
    for _round in range(300):
        text = "".join(rng.choices(pieces, k=rng.randrange(12)))
        assert mask(text) == text
