# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records the complete result of every task, including parts that Ansible does not print."""

from __future__ import annotations

import json
import os
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: leak_recorder
type: notification
short_description: Notes the whole result of every task
description:
  - One line of JSON for each result, in the file that E(LEAKS_RESULTS) names.
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]  # ansible-core ships no types
    """One line for each result."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "leak_recorder"
    CALLBACK_NEEDS_ENABLED = True

    def v2_runner_on_ok(self, result: Any) -> None:
        self._note(result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._note(result, failed=True)

    def _note(self, result: Any, *, failed: bool = False) -> None:
        entry = {
            "host": result._host.get_name(),
            "task": result._task.get_name(),
            "action": result._task.action,
            "failed": failed,
            "result": result._result,
        }
        with open(os.environ["LEAKS_RESULTS"], "a", encoding="utf-8") as notes:
            notes.write(json.dumps(entry, default=str) + "\n")
