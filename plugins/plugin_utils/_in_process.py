# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Run a module's own code in the worker, where that is the same place the module would run.

A module costs Ansible a new Python, its imports and a round of files on disk; the request itself is
short. Everything else stays as it is: the same argument spec, checked by the same AnsibleModule,
the same operation and the same exits.
"""

from __future__ import annotations

import codecs
import contextlib
import functools
import json
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

from ansible.module_utils.common.warnings import get_deprecation_messages, get_warning_messages
from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible.utils.display import Display

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import Spec
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.module import (
    DocSpaceModule,
    Finish,
    Operation,
    execute,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._notation import (
    HAS_NOTATIONS,
    NOTATION,
    as_a_module_gets_them,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._place import obstacle

display = Display()


class InProcessAction(NormalAction):
    """The action of one module: in the worker where that makes no difference, else the module."""

    operation: Operation
    argument_spec: Spec
    finish: Finish = staticmethod(lambda _module, _result: None)

    def run(
        self, tmp: str | None = None, task_vars: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        task_vars = task_vars or {}
        why = obstacle(self, task_vars)
        if why:
            display.vvv(f"{self._task.action} runs as a module because {why}")
            result: dict[str, Any] = super().run(tmp, task_vars)
            return result
        display.vvv(f"{self._task.action} runs in the worker")
        options = dict(self._task.args)
        self._update_module_args(self._task.action, options, task_vars)
        with _in_folder(self._loader.get_basedir()):
            return self._as_from_a_module(self._outcome(options))

    def _outcome(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """What the module would print."""
        try:
            module = _WorkerModule(self.argument_spec, options)
            make_client = functools.partial(Client, progress=_progress(module))
            execute(module, type(self).operation, make_client, type(self).finish)
        except _Exit as exit_:
            return exit_.result
        raise AssertionError("a module left without a result")

    def _as_from_a_module(self, result: dict[str, Any]) -> dict[str, Any]:
        """`result` through the door by which a module's output comes in.

        Ansible marks there what came from a module, and says so where it reports a failure.
        """
        parsed = self._parsed(result)
        if isinstance(parsed, dict):
            return parsed
        taken: dict[str, Any] = parsed.as_result_dict(for_round_trip=True)
        return taken

    def _parsed(self, result: dict[str, Any]) -> Any:
        printed = {"stdout": json.dumps(result), "stderr": "", "rc": 0}
        notation = [NOTATION] if HAS_NOTATIONS else []
        return self._parse_returned_data(printed, *notation)

    @classmethod
    def prepare(cls) -> None:
        """Have Ansible work out what it works out once in a process, and keeps.

        In the parent process, from which every worker inherits it.
        """
        action = cls.__new__(cls)
        # What decodes answers is loaded when it is first used.
        codecs.lookup("utf-8-sig")
        with contextlib.suppress(Exception):
            as_a_module_gets_them({})
            # A newer ansible-core has a class for it, which the worker fills twice.
            type(action._parsed({})).from_action_result_dict({})


def _progress(module: DocSpaceModule) -> Callable[[str], None]:
    """Tells what the task waits for, but not with `no_log`: it names the portal and its words."""

    def tell(line: str) -> None:
        if not module.no_log:
            display.display(module.output.line(line))

    return tell


class _Exit(Exception):
    """The module is done; `result` is what it would have printed."""

    def __init__(self, result: dict[str, Any]) -> None:
        super().__init__("done")
        self.result = result


class _WorkerModule(DocSpaceModule):
    """An AnsibleModule that is given its options, and raises its result."""

    def __init__(self, argument_spec: Spec, options: Mapping[str, Any]) -> None:
        self._given = as_a_module_gets_them(options)
        # AnsibleModule takes its own settings out of the options.
        self._tells_invocation = self._given.get("_ansible_inject_invocation", True)
        # A loop runs all its items in one worker, where warnings add up.
        self._warned, self._deprecated = _told()
        super().__init__(argument_spec, supports_check_mode=True)

    def _read_params(self) -> dict[str, Any]:
        return self._given

    def exit_json(self, **result: Any) -> NoReturn:
        raise _Exit(self._finished(result))

    def fail_json(self, msg: str, **result: Any) -> NoReturn:
        raise _Exit(self._finished({**result, "failed": True, "msg": msg}))

    def _finished(self, result: dict[str, Any]) -> dict[str, Any]:
        # What Ansible tells of a file that a result names.
        self.add_path_info(result)
        if self._tells_invocation:
            result["invocation"] = {"module_args": self.params}
        warned, deprecated = _told()
        # Newer releases of ansible-core tell these by themselves.
        for name, told in (
            ("warnings", warned[len(self._warned) :]),
            ("deprecations", deprecated[len(self._deprecated) :]),
        ):
            if told:
                result[name] = list(told)
        return self.output.result(result)


def _told() -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The warnings and the deprecations of this process so far."""
    return get_warning_messages(), get_deprecation_messages()


@contextlib.contextmanager
def _in_folder(folder: str) -> Iterator[None]:
    """Be where Ansible runs local modules, because a path among the options may be relative."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


InProcessAction.prepare()
