# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The messages of the task. Tests with the simulated portal cover its actions."""

from __future__ import annotations

from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.task import unusable


def test_the_error_names_portal_folder_and_remedy():
    text = str(unusable("https://p.example.com", "folder 12 does not exist: every backup fails"))

    assert "https://p.example.com" in text
    assert "folder 12 does not exist" in text
    assert "folderId" in text
