# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compressed responses are decompressed within limits, and old libraries are refused."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal import bounds
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.bounds import (
    LARGEST_BODY,
    too_old,
    unpacked,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import NoAnswer

BODY = b'{"response": true}'
RAW_DEFLATE = zlib.compress(BODY)[2:-4]
ROOT = Path(__file__).resolve().parents[5]


@pytest.mark.parametrize(
    ("body", "encodings"),
    [
        (BODY, ""),
        (BODY, "identity"),
        (gzip.compress(BODY), "gzip"),
        (gzip.compress(BODY), " X-GZip , identity"),
        (zlib.compress(BODY), "deflate"),
        (RAW_DEFLATE, "deflate"),
        (gzip.compress(zlib.compress(BODY)), "deflate, gzip"),
    ],
)
def test_what_is_packed_is_unpacked(body, encodings):
    assert unpacked(body, encodings) == BODY


def test_nothing_is_nothing_in_any_encoding():
    assert unpacked(b"", "gzip, br") == b""


@pytest.mark.parametrize(
    ("body", "encodings", "kind"),
    [
        (BODY, "gzip", "truncated"),
        (BODY, "deflate", "truncated"),
        (gzip.compress(BODY)[:-1], "gzip", "truncated"),
        (BODY, "br", "malformed"),
        (gzip.compress(BODY), "zstd, gzip", "malformed"),
        (BODY, ",".join(["gzip"] * 4), "malformed"),
        (gzip.compress(bytes(LARGEST_BODY + 1)), "gzip", "too_large"),
        (gzip.compress(gzip.compress(bytes(LARGEST_BODY + 1))), "gzip, gzip", "too_large"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(body, encodings, kind):
    with pytest.raises(NoAnswer) as caught:
        unpacked(body, encodings)

    assert (caught.value.kind, caught.value.sent) == (kind, True)


def test_the_largest_body_is_accepted():
    assert len(unpacked(gzip.compress(bytes(LARGEST_BODY)), "gzip")) == LARGEST_BODY


@pytest.mark.parametrize(
    ("versions", "refused"),
    [
        ({}, ""),
        ({"requests": "2.25.1", "urllib3": "1.26.5"}, ""),
        ({"requests": "3.0", "urllib3": "2.7.0.dev1"}, ""),
        ({"requests": "2.25.0"}, "requests 2.25.0 is too old. Install requests 2.25.1 or later."),
        ({"requests": "1.9"}, "requests 1.9 is too old. Install requests 2.25.1 or later."),
        ({"urllib3": "1.26.4"}, "urllib3 1.26.4 is too old. Install urllib3 1.26.5 or later."),
    ],
)
def test_libraries_that_are_too_old_are_refused_by_name(versions, refused, monkeypatch):
    for library, version in versions.items():
        monkeypatch.setattr(getattr(bounds, library), "__version__", version)

    assert too_old() == (refused and f"The Python library {refused}")


def test_the_requirements_name_the_oldest_libraries():
    wanted = [f"{library}>={oldest}" for library, oldest in bounds._OLDEST.items()]
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    assert [line for line in lines if line and line[0] != "#"] == wanted

    tested = (ROOT / "tests" / "requirements" / "oldest.txt").read_text().splitlines()
    assert {line.replace(">=", "==") for line in wanted} <= set(tested)
