# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: backup_audit_problem
short_description: Validate the variables of the role backup_audit
version_added: 1.1.0
author:
  - The onlyoffice.docspace authors (@onlyoffice)
description:
  - Validates the variables that describe a portal and the audit policy, without sending a request.
  - The role P(onlyoffice.docspace.backup_audit#role) uses this filter first. You can also use it to
    validate the variables of a whole fleet in a pipeline without access to the portals.
options:
  _input:
    description:
      - Role variables by name, such as C(docspace_api_host) and C(backup_audit_grace). A variable
        that is V(null) or blank counts as unset.
      - If a connection variable such as C(docspace_api_host) is unset, its environment variable,
        such as E(DOCSPACE_API_HOST), is used.
    type: dict
    required: true
  folder:
    description:
      - Directory for relative paths in the connection variables. The role uses C(playbook_dir).
    type: str
    default: ""
positional: folder
"""

EXAMPLES = r"""
- name: Validate the variables of every portal without sending a request
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
    """Return the first problem with the variables, or "" if there is none.

    Relative paths start at `folder`. Raise AnsibleFilterError if `variables` is not a dictionary.
    """
    if not isinstance(variables, Mapping):
        raise AnsibleFilterError("backup_audit_problem needs a dictionary of role variables")
    return problem(variables, folder)


class FilterModule:
    """The filters of this file, by their names."""

    def filters(self) -> dict[str, Callable[..., str]]:
        return {"backup_audit_problem": backup_audit_problem}
