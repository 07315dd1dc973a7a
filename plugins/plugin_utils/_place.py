# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Whether a module would run in the same place as the worker: same machine, user, and Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from ansible import constants
from ansible.plugins.action import ActionBase

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.bounds import (
    REQUESTS_IMPORT_ERROR,
)

SWITCH = "docspace_in_process"

# The usual value in inventories. Resolving this template would take a tenth of the time of a host.
_THIS_PYTHON = "{{ ansible_playbook_python }}"


def obstacle(action: ActionBase, task_vars: Mapping[str, Any]) -> str:
    """Return why the task of `action` must run as a module, or "" if it makes no difference."""
    environment: dict[str, Any] = {}
    action._compute_environment_string(environment)
    connection, task = action._connection, action._task
    return next(
        (
            why
            for why, differs in (
                (f"{SWITCH} is off", not _switched_on(action, task_vars)),
                ("the connection is not local", connection.ansible_name != "ansible.builtin.local"),
                # Not the keyword of the task, because the variable ansible_become overrides it.
                ("it runs as another user", connection.become is not None),
                ("it runs in the background", bool(task.async_val)),
                ("it has its own environment", bool(environment)),
                ("requests is not installed here", bool(REQUESTS_IMPORT_ERROR)),
                ("it uses another interpreter", not _same_interpreter(action, task_vars)),
                ("the files or tracebacks of modules are inspected", _looked_at()),
            )
            if differs
        ),
        "",
    )


def _switched_on(action: ActionBase, task_vars: Mapping[str, Any]) -> bool:
    value = action._templar.template(task_vars.get(SWITCH, True))
    return str(value).lower() not in ("false", "no", "off", "0")


def _same_interpreter(action: ActionBase, task_vars: Mapping[str, Any]) -> bool:
    """Return whether this Python, or any Python that Ansible finds, would run the module."""
    delegate = action._task.delegate_to
    if delegate:
        delegated = task_vars.get("ansible_delegated_vars") or {}
        task_vars = delegated.get(delegate, task_vars)
    found = constants.config.get_config_value("INTERPRETER_PYTHON", variables=task_vars)
    if found == _THIS_PYTHON and task_vars.get("ansible_playbook_python") == sys.executable:
        return True
    interpreter = str(action._templar.template(found))
    return interpreter.startswith("auto") or _is_this_python(interpreter)


def _is_this_python(interpreter: str) -> bool:
    """Return whether it is this Python, even by another name, such as python and python3.

    The directory must be the same, because a virtual environment contains links to a Python that
    does not have its packages.
    """
    if interpreter == sys.executable:
        return True
    here = os.path.dirname(interpreter) == os.path.dirname(sys.executable)
    return here and os.path.exists(interpreter) and os.path.samefile(interpreter, sys.executable)


def _looked_at() -> bool:
    """Return whether files of modules are kept, or tracebacks shown (ansible-core 2.19+)."""
    tracebacks = set(getattr(constants, "DISPLAY_TRACEBACK", ())) - {"never"}
    return bool(constants.DEFAULT_KEEP_REMOTE_FILES or tracebacks)
