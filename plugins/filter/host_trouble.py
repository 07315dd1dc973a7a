# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: host_trouble
short_description: Explain why a play for many portals did not manage a host
version_added: 1.1.0
author:
  - The onlyoffice.docspace authors (@onlyoffice)
description:
  - Summarizes the outcome for one host of a play that continues if a host fails or is unreachable.
  - The play must set C(ignore_unreachable), register the results of its tasks, and record the
    reason for a failure as a fact in the C(rescue) section of its block.
options:
  _input:
    description: Variables of the host, such as C(hostvars[inventory_hostname]).
    type: dict
    required: true
  failure:
    description: Name of the variable that contains the reason for a failure.
    type: str
    required: true
  results:
    description: Names of the variables that contain the registered results of the tasks.
    type: list
    elements: str
    required: true
positional: failure, results
"""

EXAMPLES = r"""
- name: Show why the portal was not managed
  ansible.builtin.debug:
    msg: "{{ trouble.reason | default('It was managed.', true) }}"
  vars:
    trouble: >-
      {{
        hostvars[inventory_hostname]
        | onlyoffice.docspace.host_trouble('backup_schedule_failure', ['backup_schedule_result'])
      }}
"""

RETURN = r"""
_value:
  description: Why the host was not managed.
  type: dict
  contains:
    word:
      description:
        - V(failed) if a reason was recorded.
        - V(unreachable) if Ansible could not connect to the host.
        - V(skipped) if no task registered a result, for example because of C(--start-at-task).
        - An empty string if the host was managed.
      type: str
      sample: unreachable
    reason:
      description: The reason on one line, or an empty string if the host was managed.
      type: str
      sample: "Failed to connect to the host via ssh: Connection refused"
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._outcomes import trouble


def host_trouble(variables: Any, failure: str, results: Iterable[str]) -> dict[str, str]:
    """Return why a host was not managed, as `word` and `reason`. Both are "" if it was managed.

    Raise AnsibleFilterError if `variables` is not a dictionary.
    """
    if not isinstance(variables, Mapping):
        raise AnsibleFilterError("host_trouble needs the variables of a host")
    word, reason = trouble(variables, failure, results)
    return {"word": word, "reason": reason}


class FilterModule:
    """The filters of this file, by their names."""

    def filters(self) -> dict[str, Callable[..., dict[str, str]]]:
        return {"host_trouble": host_trouble}
