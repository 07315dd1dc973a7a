# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: first_hosts
short_description: Find the first host of a play for each backup schedule
version_added: 1.1.0
author:
  - The onlyoffice.docspace authors (@onlyoffice)
description:
  - If two hosts have the same portal and the same value of C(backup_schedule_dump), they manage the
    same backup schedule, and change it back and forth.
  - Returns the first host for each schedule. If you pass the result to the filter
    P(onlyoffice.docspace.backup_schedule_problem#filter), it rejects the second host.
  - Uses variables of the inventory, facts, and extra variables, but not variables of a play or a
    task.
options:
  _input:
    description: The variable C(hostvars).
    type: dict
    required: true
  hosts:
    description: Ordered list of host names, such as C(ansible_play_batch).
    type: list
    elements: str
    required: true
  known:
    description: Return value of this filter for an earlier batch of the play.
    type: dict
    default: {}
positional: hosts, known
"""

EXAMPLES = r"""
- name: Find hosts with the same portal
  ansible.builtin.set_fact:
    portals: "{{ hostvars | onlyoffice.docspace.first_hosts(ansible_play_batch) }}"
  run_once: true
"""

RETURN = r"""
_value:
  description: Name of the first host for each schedule, by a string that identifies the schedule.
  type: dict
  sample: {"portal.example.com": "amsterdam"}
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils import _sharing


def first_hosts(
    host_variables: Any, hosts: Iterable[str], known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the first host for each schedule.

    Raise AnsibleFilterError if `host_variables` is not a dictionary.
    """
    if not isinstance(host_variables, Mapping):
        raise AnsibleFilterError("first_hosts needs the variable hostvars")
    return _sharing.first_hosts(host_variables, hosts, known or {})


class FilterModule:
    """The filters of this file, by their names."""

    def filters(self) -> dict[str, Callable[..., dict[str, str]]]:
        return {"first_hosts": first_hosts}
