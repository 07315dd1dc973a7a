# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugins alone: where they run the operation, and the result of the worker.

tests/parity verifies with complete plays that both paths have the same result.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ansible import constants
from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common import warnings as told
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.play_context import PlayContext
from ansible.playbook.task import Task
from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible.plugins.loader import connection_loader
from ansible.template import Templar

from ansible_collections.onlyoffice.docspace.plugins.action import (
    docspace_backup,
    docspace_backup_info,
    docspace_backup_schedule,
    docspace_backup_schedule_info,
    docspace_room,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils import _in_process, _place

ACTIONS = {
    "docspace_backup": docspace_backup,
    "docspace_backup_info": docspace_backup_info,
    "docspace_backup_schedule": docspace_backup_schedule,
    "docspace_backup_schedule_info": docspace_backup_schedule_info,
    "docspace_room": docspace_room,
}
# Options that each module requires.
OPTIONS = {
    "docspace_backup": {"max_age": 0},
    "docspace_backup_info": {},
    "docspace_backup_schedule": {"backups_stored": 7},
    "docspace_backup_schedule_info": {},
    "docspace_room": {"title": "Backups"},
}
CONNECTION = {"api_host": "https://portal.example.com", "api_key": "sk-canary-0123456789"}


class AsModule(Exception):
    """Raised instead of executing the module."""


@pytest.fixture(autouse=True)
def _a_fresh_worker(monkeypatch):
    """Prevent the execution of modules, and clear the warnings, which accumulate in a process."""

    def run(_self: Any, _tmp: Any, _task_vars: Any) -> Any:
        raise AsModule

    monkeypatch.setattr(NormalAction, "run", run)
    for name in ("_global_warnings", "_global_deprecations"):
        if hasattr(told, name):
            monkeypatch.setattr(told, name, type(getattr(told, name))())


def action(name: str = "docspace_room", connection: str = "local", **task: Any) -> Any:
    """The action plugin in a worker before it runs."""
    made = Task()
    made.action = f"onlyoffice.docspace.{name}"
    made.args = {**CONNECTION, **OPTIONS[name], **task.pop("args", {})}
    for keyword, value in task.items():
        setattr(made, keyword, value)
    loader = DataLoader()
    return ACTIONS[name].ActionModule(
        task=made,
        connection=connection_loader.get(connection, PlayContext()),
        play_context=PlayContext(),
        loader=loader,
        templar=Templar(loader=loader),
        shared_loader_obj=None,
    )


def outcome(plugin: Any, monkeypatch: pytest.MonkeyPatch, operation: Any, **task_vars: Any) -> Any:
    """Return the result of the plugin with a different `operation`."""
    monkeypatch.setattr(type(plugin), "operation", staticmethod(operation))
    return plugin.run(task_vars=task_vars)


def nothing(_options: Mapping[str, Any], _check_mode: bool, _make_client: Any) -> dict[str, Any]:
    return {"changed": False}


# --- the place where it runs


def other_python(folder: Path) -> str:
    path = folder / "python"
    path.write_text("")
    return str(path)


@pytest.mark.parametrize(
    "task_vars",
    [
        {},
        {"docspace_in_process": True},
        {"docspace_in_process": "yes"},
        {"ansible_python_interpreter": sys.executable},
        {"ansible_python_interpreter": "auto_silent"},
        {
            "ansible_python_interpreter": "{{ ansible_playbook_python }}",
            "ansible_playbook_python": sys.executable,
        },
    ],
)
@pytest.mark.parametrize("name", ACTIONS)
def test_it_runs_in_the_worker(name, task_vars, monkeypatch):
    assert outcome(action(name), monkeypatch, nothing, **task_vars)["changed"] is False


@pytest.mark.parametrize("value", [False, "no", "False", "off", 0, "0"])
def test_it_can_be_switched_off(value):
    plugin = action()

    assert _place.obstacle(plugin, {"docspace_in_process": value}) == "docspace_in_process is off"
    with pytest.raises(AsModule):
        plugin.run(task_vars={"docspace_in_process": value})


def test_another_machine_runs_the_module():
    assert _place.obstacle(action(connection="ssh"), {}) == "the connection is not local"


def test_another_user_runs_the_module():
    plugin = action()
    plugin._connection.become = object()

    assert _place.obstacle(plugin, {}) == "it runs as another user"


def test_the_background_runs_the_module():
    assert _place.obstacle(action(async_val=60), {}) == "it runs in the background"


def test_another_environment_runs_the_module():
    plugin = action(environment=[{"HTTPS_PROXY": "http://127.0.0.1:1"}])

    assert _place.obstacle(plugin, {}) == "it has its own environment"


def test_a_worker_without_requests_runs_the_module(monkeypatch):
    monkeypatch.setattr(_place, "REQUESTS_IMPORT_ERROR", "Traceback")

    assert _place.obstacle(action(), {}) == "requests is not installed here"


def test_another_python_runs_the_module(tmp_path):
    found = _place.obstacle(action(), {"ansible_python_interpreter": other_python(tmp_path)})

    assert found == "it uses another interpreter"


def test_this_python_by_another_name_is_this_python(tmp_path, monkeypatch):
    python, link = other_python(tmp_path), tmp_path / "python3"
    link.symlink_to(python)
    monkeypatch.setattr(sys, "executable", python)

    assert _place.obstacle(action(), {"ansible_python_interpreter": str(link)}) == ""


@pytest.mark.parametrize(("name", "why"), [("neighbor", True), ("stranger", False)])
def test_the_interpreter_is_that_of_the_host_it_is_delegated_to(name, why, tmp_path):
    delegated = {"neighbor": {"ansible_python_interpreter": other_python(tmp_path)}}
    plugin = action(delegate_to=name)

    found = _place.obstacle(plugin, {"ansible_delegated_vars": delegated})
    assert found == ("it uses another interpreter" if why else "")


def test_files_that_are_kept_are_those_of_the_module(monkeypatch):
    monkeypatch.setattr(constants, "DEFAULT_KEEP_REMOTE_FILES", True)

    assert _place.obstacle(action(), {}) == "the files or tracebacks of modules are inspected"


# --- the result


def test_the_operation_gets_options_with_their_defaults(monkeypatch):
    seen: dict[str, Any] = {}

    def operation(options: Mapping[str, Any], check_mode: bool, make_client: Any) -> Any:
        seen.update(options, check_mode=check_mode, folder=os.getcwd())
        return {"changed": True}

    plugin = action(check_mode=True)
    before = os.getcwd()
    result = outcome(plugin, monkeypatch, operation)

    assert (seen["title"], seen["state"], seen["retries"]) == ("Backups", "present", 3)
    assert seen["check_mode"] is True
    # Older ansible-core releases return the folder as it was passed.
    assert seen["folder"] == os.path.abspath(plugin._loader.get_basedir())
    assert os.getcwd() == before
    assert result["changed"] is True


def test_a_warning_of_an_earlier_item_is_not_told_again(monkeypatch, capsys):
    """A loop runs its items in one worker. Newer ansible-cores show warnings immediately."""

    def operation(options: Mapping[str, Any], _check_mode: bool, _make_client: Any) -> Any:
        return {"changed": False, "warnings": [f"Mind {options['title']}."]}

    shown = []
    for title in ("the first", "the second"):
        result = outcome(action(args={"title": title}), monkeypatch, operation)
        shown.append(f"{capsys.readouterr().err} {result.get('warnings', '')}")

    assert [text.count("Mind the first.") for text in shown] == [1, 0]
    assert [text.count("Mind the second.") for text in shown] == [0, 1]


def test_a_refusal_is_a_failure_with_its_parts(monkeypatch):
    def operation(_options: Mapping[str, Any], _check_mode: bool, _make_client: Any) -> Any:
        raise DocSpaceError("GET /x failed.", kind="scope", hint="Make a key.", status=403)

    result = outcome(action(), monkeypatch, operation)

    assert result["failed"] is True
    assert result["msg"] == "GET /x failed. Make a key."
    assert (result["error"]["kind"], result["error"]["status"]) == ("scope", 403)


def test_a_mistake_of_ours_is_told_without_a_traceback(monkeypatch):
    def operation(_options: Mapping[str, Any], _check_mode: bool, _make_client: Any) -> Any:
        raise ZeroDivisionError("sk-canary-0123456789")

    result = outcome(action(), monkeypatch, operation)

    assert result["failed"] is True
    assert result["error"]["kind"] == "internal"
    assert "ZeroDivisionError in operation, line" in result["msg"]
    assert "sk-canary" not in str(result)


def test_options_are_checked_as_for_a_module(monkeypatch):
    result = outcome(action(args={"heading": "x"}), monkeypatch, nothing)

    assert result["failed"] is True
    assert "Unsupported parameters" in result["msg"]
    assert "heading" in result["msg"]


def test_two_names_for_one_option_are_refused_as_by_a_module(monkeypatch):
    args = {"title": "x", "api_host": "https://a.example.com", "url": "https://b.example.com"}
    result = outcome(action(args=args), monkeypatch, nothing)

    assert result["failed"] is True
    assert "as api_host and as url" in result["msg"]


@pytest.mark.parametrize("asked", [True, False])
def test_the_options_are_shown_where_ansible_asks_for_them(asked, monkeypatch):
    monkeypatch.setattr(
        type(action()),
        "_update_module_args",
        lambda _self, _name, args, _vars: args.update(_ansible_inject_invocation=asked),
    )
    result = outcome(action(), monkeypatch, nothing)

    assert ("invocation" in result) is asked
    assert "sk-canary" not in str(result)


def test_an_operation_without_a_result_is_a_mistake_of_ours(monkeypatch):
    monkeypatch.setattr(_in_process, "execute", lambda *_given: None)

    with pytest.raises(AssertionError, match="a module left without a result"):
        action().run(task_vars={})


# --- the visible parts of the result


@pytest.mark.parametrize("no_log", [False, True])
def test_a_task_that_logs_nothing_does_not_tell_what_it_waits_for(no_log, monkeypatch):
    lines: list[str] = []
    monkeypatch.setattr(_in_process.display, "display", lambda line, **_more: lines.append(line))

    def operation(_options: Mapping[str, Any], _check_mode: bool, make_client: Any) -> Any:
        client = make_client(Connection("https://portal.example.com", "sk-canary-0123456789"))
        client.tell("It waits for \x1b[31m sk%2Dcanary-0123456789.")
        return {"changed": False}

    outcome(action(no_log=no_log), monkeypatch, operation)

    assert lines == ([] if no_log else ["It waits for [31m ********."])


def test_the_system_log_has_no_secret_in_any_form(monkeypatch):
    logged: list[str] = []
    monkeypatch.setattr(
        AnsibleModule, "log", lambda _self, text, log_args: logged.append(f"{text} {log_args}")
    )
    secret = "a\"b'c\nd\te\\f"
    args = {"storage_params": {"module": "google", "json": secret}}
    result = outcome(action("docspace_backup_schedule", args=args), monkeypatch, nothing)

    assert len(logged) == 1
    assert "google" in logged[0]
    for part in ('a"b', "b'c", "b\\'c", "c\nd", "c\\nd", "e\\f", "e\\\\f"):
        assert part not in logged[0]
    assert 'a"b' not in str(result)


def test_nulls_and_numbers_of_a_result_are_not_taken_for_parts_of_a_secret(monkeypatch):
    room = {"id": None, "n": 1234, "writable": True}
    args = {"api_key": "on", "api_host": "https://user:234@portal.example.com"}
    result = outcome(
        action(args=args), monkeypatch, lambda *_given: {"changed": False, "room": room, "x": None}
    )

    assert (result["room"], result["x"], result["changed"]) == (room, None, False)
