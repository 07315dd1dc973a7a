# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: backup_audit_problem
short_description: Find what is wrong with the variables of the role backup_audit
version_added: 1.1.0
author:
  - The onlyoffice.docspace authors (@onlyoffice)
description:
  - Checks the variables that describe a portal and what counts as protected. Sends no request.
  - The role P(onlyoffice.docspace.backup_audit#role) starts with it. You can also use it to check
    the variables of a whole fleet in a pipeline that reaches no portal.
options:
  _input:
    description:
      - Variables of the role by their names, such as C(docspace_api_host) and
        C(backup_audit_grace). A blank variable counts as unset.
      - If a variable of the connection is unset, its environment variable counts.
    type: dict
    required: true
  folder:
    description:
      - Directory in which relative paths of the connection start, C(playbook_dir) for the role.
    type: str
    default: ""
positional: folder
"""

EXAMPLES = r"""
- name: Check the variables of every portal without reaching any
  ansible.builtin.assert:
    that: problem | length == 0
    fail_msg: "{{ problem }}"
  vars:
    problem: >-
      {{
        {
          'docspace_api_host': docspace_api_host,
          'docspace_api_key': docspace_api_key,
          'backup_audit_max_age': '2d',
        } | onlyoffice.docspace.backup_audit_problem(playbook_dir)
      }}
"""

RETURN = r"""
_value:
  description:
    - The first problem, as one line that starts with the name of the variable. Empty if there is
      none.
  type: str
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_variables import problem


def backup_audit_problem(variables: Any, folder: str = "") -> str:
    """What is wrong with the variables; "" if nothing is.

    Relative paths among them start at `folder`. AnsibleFilterError if `variables` is no dictionary.
    """
    if not isinstance(variables, Mapping):
        raise AnsibleFilterError("backup_audit_problem needs a dictionary of role variables")
    return problem(variables, folder)


class FilterModule:
    """The filters of this file, by their names."""

    def filters(self) -> dict[str, Callable[..., str]]:
        return {"backup_audit_problem": backup_audit_problem}
