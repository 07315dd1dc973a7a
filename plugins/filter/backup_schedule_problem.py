# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: backup_schedule_problem
short_description: Validate the variables of the role backup_schedule
version_added: 1.0.0
author:
  - The onlyoffice.docspace authors (@onlyoffice)
description:
  - Validates the variables that describe a portal and the storage of its backups, without sending a
    request.
  - The role P(onlyoffice.docspace.backup_schedule#role) uses this filter first, so that an invalid
    variable never leaves a portal half-configured. You can also use it to validate the variables of
    a whole fleet in a pipeline without access to the portals.
options:
  _input:
    description:
      - Role variables by name, such as C(docspace_api_host) and C(backup_schedule_storage_params).
        A variable that is V(null) or blank counts as unset.
      - If a connection variable such as C(docspace_api_host) is unset, its environment variable,
        such as E(DOCSPACE_API_HOST), is used.
    type: dict
    required: true
  folder:
    description:
      - Directory for relative paths in the variables. The role uses C(playbook_dir).
    type: str
    default: ""
  host:
    description:
      - Name of the host that the variables belong to.
    type: str
    default: ""
    version_added: 1.1.0
  first_hosts:
    description:
      - Return value of P(onlyoffice.docspace.first_hosts#filter). The filter reports a problem if
        another host is the first one with the same schedule of the same portal.
    type: dict
    default: {}
    version_added: 1.1.0
positional: folder, host, first_hosts
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
          'backup_schedule_storage_type': 'Local',
          'backup_schedule_storage_params': {'filePath': '/srv/backup'},
        } | onlyoffice.docspace.backup_schedule_problem(playbook_dir)
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

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._role_variables import problem


def backup_schedule_problem(
    variables: Any,
    folder: str = "",
    host: str = "",
    first_hosts: Mapping[str, str] | None = None,
) -> str:
    """Return the first problem with the variables of `host`, or "" if there is none.

    Relative paths start at `folder`. `first_hosts` maps each schedule to its first host.
    Raise AnsibleFilterError if `variables` is not a dictionary.
    """
    if not isinstance(variables, Mapping):
        raise AnsibleFilterError("backup_schedule_problem needs a dictionary of role variables")
    return problem(variables, folder, host, first_hosts or {})


class FilterModule:
    """The filters of this file, by their names."""

    def filters(self) -> dict[str, Callable[..., str]]:
        return {"backup_schedule_problem": backup_schedule_problem}
