# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The schedule as a value."""

from __future__ import annotations

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import Schedule


@pytest.mark.parametrize(
    ("storage_type", "params", "folder"),
    [
        ("Documents", {"folderId": "12"}, "12"),
        ("Local", {"filePath": "/b"}, None),
    ],
)
def test_which_folder(storage_type, params, folder):
    assert Schedule(storage_type, params, "EveryDay", 3, None, 7).folder == folder
