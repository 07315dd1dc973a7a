# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records what a run of the playbook did to each host, for the table of the demo.

When the play ends, it writes JSON to the file named by DOCSPACE_DEMO_RESULTS:
{host: {"changed": bool, "failed": text or null, "schedule": the last reported one or null}}
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: docspace_demo
type: aggregate
short_description: Notes what a run did to each host
description:
  - Part of the demo, not of the collection.
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]  # ansible-core ships no types
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "docspace_demo"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._hosts: dict[str, dict[str, Any]] = {}

    def _host(self, name: str) -> dict[str, Any]:
        blank = {"changed": False, "failed": None, "schedule": None}
        return self._hosts.setdefault(name, blank)

    def v2_runner_on_ok(self, result: Any) -> None:
        noted = self._host(result._host.get_name())
        noted["changed"] = noted["changed"] or bool(result._result.get("changed"))
        if "schedule" in result._result:
            noted["schedule"] = result._result["schedule"]

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        if not ignore_errors:
            message = str(result._result.get("msg", "failed"))
            self._host(result._host.get_name())["failed"] = message

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self.v2_runner_on_failed(result)

    def v2_playbook_on_stats(self, stats: Any) -> None:
        Path(os.environ["DOCSPACE_DEMO_RESULTS"]).write_text(json.dumps(self._hosts, default=str))
