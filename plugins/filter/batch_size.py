# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: batch_size
short_description: Validate a variable that is used as the serial keyword of a play
version_added: 1.1.0
author:
  - The onlyoffice.docspace authors (@onlyoffice)
description:
  - Returns the value for the keyword C(serial) of a play, or V(100%) if it is blank. If it is
    invalid, the play fails with the name of the variable instead of an internal error of Ansible.
options:
  _input:
    description: Number of hosts, percentage of the hosts, or a list of such values.
    type: raw
    required: true
  name:
    description: Name of the variable, for the message.
    type: str
    required: true
positional: name
"""

EXAMPLES = r"""
- name: Show the size of the batches
  ansible.builtin.debug:
    msg: "{{ at_once | onlyoffice.docspace.batch_size('at_once') }}"
  vars:
    at_once: 10%
"""

RETURN = r"""
_value:
  description: The value, or V(100%) if it is blank.
  type: raw
"""

import re
from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.given import is_blank

_EVERY_HOST = "100%"
_SIZE = re.compile(r"\s*\d+\s*%?\s*")


def batch_size(value: Any, name: str) -> Any:
    """Return `value` as the size of a batch. A blank value means all hosts.

    Raise AnsibleFilterError with the `name` of the variable if it is not a valid size.
    """
    if is_blank(value):
        return _EVERY_HOST
    sizes = value if isinstance(value, list) else [value]
    if any(isinstance(size, bool) or not _SIZE.fullmatch(str(size)) for size in sizes):
        raise AnsibleFilterError(f"{name}: it must be a number of hosts or a percentage of them")
    return value


class FilterModule:
    """The filters of this file, by their names."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"batch_size": batch_size}
