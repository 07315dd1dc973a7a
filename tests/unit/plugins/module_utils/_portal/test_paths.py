# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Paths of the API: an ID is always a single segment of the path."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
import requests

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.paths import api_path

PLUGINS = Path(__file__).resolve().parents[5] / "plugins"


def test_a_path_is_made_of_its_parts() -> None:
    assert api_path("files", "rooms", 12, "archive") == "/api/2.0/files/rooms/12/archive"


@pytest.mark.parametrize(
    "room_id",
    ["../../x?y=", "a/b", "a\\b", "%2e%2e", "#", "a b", "sbox-1-|Bäckups", "\r\nX: y", "@"],
)
def test_an_id_is_one_step_even_after_a_library_has_tidied_the_address(room_id: str) -> None:
    path = api_path("files", "rooms", room_id, "archive")
    request = requests.Request("PUT", "https://portal.example.com/prefix" + path).prepare()
    steps = [unquote(step) for step in request.path_url.split("/")]
    assert steps == ["", "prefix", "api", "2.0", "files", "rooms", room_id, "archive"]


@pytest.mark.parametrize("room_id", ["", ".", ".."])
def test_an_id_that_leads_elsewhere_even_quoted_is_refused(room_id: str) -> None:
    with pytest.raises(DocSpaceError, match="cannot be an ID") as caught:
        api_path("files", "rooms", room_id, "archive")
    assert caught.value.kind == "malformed"


def test_no_path_is_built_elsewhere() -> None:
    sources = (PLUGINS / "module_utils").rglob("*.py")
    assert {path.name for path in sources if "/api/" in path.read_text()} == {"paths.py"}
