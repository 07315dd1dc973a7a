# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records every result that Ansible passes to callbacks, with the type of every value.

Writes JSON lines to the file named by PARITY_RECORDING. A plain value becomes {"type": name,
"tags": [names], "value": text}. Tags exist in ansible-core 2.19 and later.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from ansible.plugins.callback import CallbackBase

try:
    from ansible.module_utils._internal._datatag import AnsibleTagHelper
except ImportError:
    AnsibleTagHelper = None

DOCUMENTATION = """
name: recorder
type: aggregate
short_description: Records every result
description:
  - Part of the tests, not of the collection.
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]  # ansible-core ships no types
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "recorder"
    CALLBACK_NEEDS_ENABLED = True

    def _record(self, event: str, result: Any, **more: Any) -> None:
        record = {
            "event": event,
            "host": result._host.get_name(),
            "task": result._task.get_name(),
            "action": result._task.action,
            "result": recorded(result._result),
            **more,
        }
        with open(os.environ["PARITY_RECORDING"], "a", encoding="utf-8") as stream:
            stream.write(json.dumps(record) + "\n")

    def v2_runner_on_ok(self, result: Any) -> None:
        self._record("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._record("failed", result, ignored=ignore_errors)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._record("skipped", result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._record("unreachable", result)

    def v2_runner_retry(self, result: Any) -> None:
        self._record("retry", result)

    def v2_runner_item_on_ok(self, result: Any) -> None:
        self._record("item ok", result)

    def v2_runner_item_on_failed(self, result: Any) -> None:
        self._record("item failed", result)

    def v2_runner_item_on_skipped(self, result: Any) -> None:
        self._record("item skipped", result)


def recorded(value: Any) -> Any:
    """`value` as JSON with the type of each plain value."""
    if isinstance(value, Mapping):
        return {str(name): recorded(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [recorded(entry) for entry in value]
    tags = AnsibleTagHelper.tag_types(value) if AnsibleTagHelper else ()
    names = sorted(tag.__name__ for tag in tags)
    return {"type": type(value).__name__, "tags": names, "value": str(value)}
