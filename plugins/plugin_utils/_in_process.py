# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a module's own code in the worker, where that is the same place the module would run.

A module costs Ansible a new Python, its imports and a round of files on disk; the request itself is
short. Everything else stays as it is: the same argument spec, checked by the same AnsibleModule,
the same operation and the same exits.
"""

from __future__ import annotations

import functools
import inspect
import json
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

from ansible import constants
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.common.warnings import get_deprecation_messages, get_warning_messages
from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible.utils.display import Display

from ansible_collections.onlyoffice.docspace.plugins.module_utils._argspec import Spec
from ansible_collections.onlyoffice.docspace.plugins.module_utils._client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._http import (
    REQUESTS_IMPORT_ERROR,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._module import (
    DocSpaceModule,
    Operation,
    execute,
)

SWITCH = "docspace_in_process"

# Since ansible-core 2.19.
_PARSED_BY_PROFILE = "profile" in inspect.signature(NormalAction._parse_returned_data).parameters

display = Display()


class InProcessAction(NormalAction):
    """The action of one module: in the worker where that makes no difference, else the module."""

    operation: Operation
    argument_spec: Spec

    def run(
        self, tmp: str | None = None, task_vars: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        task_vars = task_vars or {}
        obstacle = self._obstacle(task_vars)
        if obstacle:
            display.vvv(f"{self._task.action} runs as a module: {obstacle}")
            result: dict[str, Any] = super().run(tmp, task_vars)
            return result
        display.vvv(f"{self._task.action} runs in the worker")
        options = dict(self._task.args)
        self._update_module_args(self._task.action, options, task_vars)
        try:
            module = _WorkerModule(self.argument_spec, options)
            make_client = functools.partial(Client, progress=display.display)
            execute(module, type(self).operation, make_client)
        except _Exit as exit_:
            return self._as_from_a_module(exit_.result)
        raise AssertionError("a module left without a result")

    def _as_from_a_module(self, result: dict[str, Any]) -> dict[str, Any]:
        """`result` through the door by which a module's output comes in.

        Ansible marks there what came from a module, and says so where it reports a failure.
        """
        printed = {"stdout": json.dumps(result), "stderr": "", "rc": 0}
        profile = ["legacy"] if _PARSED_BY_PROFILE else []
        parsed = self._parse_returned_data(printed, *profile)
        if not isinstance(parsed, dict):
            parsed = parsed.as_result_dict(for_round_trip=True)
        return {name: value for name, value in parsed.items() if name != "_ansible_parsed"}

    def _obstacle(self, task_vars: Mapping[str, Any]) -> str:
        """Why the worker is not the place where the module would run; "" where it is."""
        environment: dict[str, Any] = {}
        self._compute_environment_string(environment)
        return next(
            (
                why
                for why, differs in (
                    (f"{SWITCH} is off", not self._switched_on(task_vars)),
                    ("the connection is not local", self._connection.transport != "local"),
                    ("it runs as another user", bool(self._task.become)),
                    ("it runs in the background", bool(self._task.async_val)),
                    ("it has an environment of its own", bool(environment)),
                    ("requests is not installed here", bool(REQUESTS_IMPORT_ERROR)),
                    ("it has another interpreter", not self._same_interpreter(task_vars)),
                )
                if differs
            ),
            "",
        )

    def _switched_on(self, task_vars: Mapping[str, Any]) -> bool:
        value = self._templar.template(task_vars.get(SWITCH, True))
        return str(value).lower() not in ("false", "no", "off", "0")

    def _same_interpreter(self, task_vars: Mapping[str, Any]) -> bool:
        """Whether the module would be run by this Python, or by whichever Ansible finds."""
        if self._task.delegate_to:
            delegated = task_vars.get("ansible_delegated_vars") or {}
            task_vars = delegated.get(self._task.delegate_to, task_vars)
        found = constants.config.get_config_value("INTERPRETER_PYTHON", variables=task_vars)
        interpreter = str(self._templar.template(found))
        return interpreter == sys.executable or interpreter.startswith("auto")


class _Exit(Exception):
    """The module is done; `result` is what it would have printed."""

    def __init__(self, result: dict[str, Any]) -> None:
        super().__init__("done")
        self.result = result


class _WorkerModule(DocSpaceModule):
    """An AnsibleModule that is given its options, and raises its result."""

    def __init__(self, argument_spec: Spec, options: Mapping[str, Any]) -> None:
        # As they would arrive at the module: plain JSON, without the controller's own types.
        self._given: dict[str, Any] = json.loads(json.dumps(options, default=str))
        # AnsibleModule takes its own settings out of the options.
        self._tells_invocation = self._given.get("_ansible_inject_invocation", True)
        super().__init__(argument_spec, supports_check_mode=True)

    def _read_params(self) -> dict[str, Any]:
        return self._given

    def exit_json(self, **result: Any) -> NoReturn:
        raise _Exit(self._finished(result))

    def fail_json(self, msg: str, **result: Any) -> NoReturn:
        raise _Exit(self._finished({**result, "failed": True, "msg": msg}))

    def _finished(self, result: dict[str, Any]) -> dict[str, Any]:
        if self._tells_invocation:
            result["invocation"] = {"module_args": self.params}
        # Newer releases of ansible-core tell these by themselves.
        for name, told in (
            ("warnings", get_warning_messages()),
            ("deprecations", get_deprecation_messages()),
        ):
            if told:
                result[name] = list(told)
        kept = {name: value for name, value in result.items() if isinstance(value, bool)}
        return {**remove_values(result, self.no_log_values), **kept}
