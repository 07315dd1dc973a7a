# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the info module combines responses. Tests with the simulator cover its requests."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import Event
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.info import newest_first

AT = datetime(2026, 7, 1, 3, 0, 4, tzinfo=timezone.utc)


def test_a_backup_within_one_second_ends_after_its_start() -> None:
    started, completed = Event("started", "hand", AT), Event("completed", "hand", AT)
    later = Event("started", "schedule", AT.replace(second=5))
    expected: list[Any] = [later, completed, started]

    assert newest_first([started, completed, later]) == expected
    assert newest_first([later, completed, started]) == expected
