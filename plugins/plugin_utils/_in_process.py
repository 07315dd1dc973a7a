# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Run the code of a module in the worker process, if the module would run in the same place.

For a module, Ansible starts a new Python, imports libraries, and writes files, which takes much
longer than the request. Everything else is the same: the argument spec, the AnsibleModule that
checks it, the operation, and the exits.
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
    """The action of one module. It runs in the worker if that makes no difference."""

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
        """Return the result that the module would print."""
        try:
            module = _WorkerModule(self.argument_spec, options)
            make_client = functools.partial(Client, progress=_progress(module))
            execute(module, type(self).operation, make_client, type(self).finish)
        except _Exit as exit_:
            return exit_.result
        raise AssertionError("a module left without a result")

    def _as_from_a_module(self, result: dict[str, Any]) -> dict[str, Any]:
        """Return `result` after Ansible has parsed it like the output of a module.

        Ansible then marks values that come from a module, and mentions this when it reports a
        failure.
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
        """Fill the caches of Ansible that exist once in each process.

        Call it in the parent process, from which every worker inherits the caches.
        """
        action = cls.__new__(cls)
        # The codec for responses is loaded when it is first used.
        codecs.lookup("utf-8-sig")
        with contextlib.suppress(Exception):
            as_a_module_gets_them({})
            # Newer releases of ansible-core have a class for results, which the worker fills twice.
            type(action._parsed({})).from_action_result_dict({})


def _progress(module: DocSpaceModule) -> Callable[[str], None]:
    """Show what the task waits for, but not with `no_log`, because it quotes the portal."""

    def show(line: str) -> None:
        if not module.no_log:
            display.display(module.output.line(line))

    return show


class _Exit(Exception):
    """The module has ended. `result` is the result that it would have printed."""

    def __init__(self, result: dict[str, Any]) -> None:
        super().__init__("done")
        self.result = result


class _WorkerModule(DocSpaceModule):
    """An AnsibleModule that gets its options as an argument and raises its result."""

    def __init__(self, argument_spec: Spec, options: Mapping[str, Any]) -> None:
        self._given = as_a_module_gets_them(options)
        # AnsibleModule removes its own settings from the options.
        self._tells_invocation = self._given.get("_ansible_inject_invocation", True)
        # A loop runs all its items in one worker, in which warnings accumulate.
        self._warned, self._deprecated = _told()
        super().__init__(argument_spec, supports_check_mode=True)

    def _read_params(self) -> dict[str, Any]:
        return self._given

    def exit_json(self, **result: Any) -> NoReturn:
        raise _Exit(self._finished(result))

    def fail_json(self, msg: str, **result: Any) -> NoReturn:
        raise _Exit(self._finished({**result, "failed": True, "msg": msg}))

    def _finished(self, result: dict[str, Any]) -> dict[str, Any]:
        # The facts that Ansible adds about a file in a result.
        self.add_path_info(result)
        if self._tells_invocation:
            result["invocation"] = {"module_args": self.params}
        warned, deprecated = _told()
        # Newer releases of ansible-core show these themselves.
        for name, told in (
            ("warnings", warned[len(self._warned) :]),
            ("deprecations", deprecated[len(self._deprecated) :]),
        ):
            if told:
                result[name] = list(told)
        return self.output.result(result)


def _told() -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the warnings and the deprecations of this process so far."""
    return get_warning_messages(), get_deprecation_messages()


@contextlib.contextmanager
def _in_folder(folder: str) -> Iterator[None]:
    """Change to the directory in which Ansible runs local modules, for relative paths."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


InProcessAction.prepare()
