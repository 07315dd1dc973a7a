# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conversion of the server's data about files and rooms."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.archive_wire import (
    Page,
    StoredFile,
    files_from_wire,
    rooms_from_wire,
)

# Contract-backups 4.
FILE: dict[str, Any] = {
    "id": 41,
    "title": "p_2026-07-01_02-15-07.tar.gz",
    "pureContentLength": 185,
    "contentLength": "185 bytes",
    "version": 1,
}


def test_files() -> None:
    far = {"id": "drive-12-x", "title": "p.tar", "pureContentLength": 0}

    assert files_from_wire({"files": [FILE, far], "folders": []}) == (
        StoredFile("41", "p_2026-07-01_02-15-07.tar.gz", 185, 1),
        StoredFile("drive-12-x", "p.tar", None, None),
    )


def test_rooms() -> None:
    rooms = [{"id": 7, "title": "A"}, {"id": "drive-2", "title": "B"}]

    assert rooms_from_wire({"folders": rooms, "total": 12}) == Page(("7", "drive-2"), 12)
    assert rooms_from_wire({"folders": []}) == Page((), 0)


@pytest.mark.parametrize(
    "response",
    [
        None,
        [],
        {},
        {"files": {}},
        {"files": [1]},
        {"files": [{**FILE, "id": None}]},
        {"files": [{**FILE, "id": ""}]},
        {"files": [{**FILE, "title": 1}]},
    ],
)
def test_files_that_are_none(response: Any) -> None:
    with pytest.raises(ValueError, match=r" is not | is "):
        files_from_wire(response)


@pytest.mark.parametrize("response", [None, {}, {"folders": [{}]}, {"folders": [], "total": "x"}])
def test_rooms_that_are_none(response: Any) -> None:
    with pytest.raises(ValueError, match=r" is not | is "):
        rooms_from_wire(response)
