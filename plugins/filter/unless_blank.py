# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: unless_blank
short_description: Replace a blank value with a default
version_added: 1.1.0
author:
  - The onlyoffice.docspace authors (@onlyoffice)
description:
  - Returns the value itself, or the default if the value is V(null), an empty string, or a string
    of white space.
  - If a survey question has no answer, AWX sends an empty string, which takes precedence over every
    other value of the variable. The roles and playbooks of this collection use this filter to treat
    the variable as unset.
  - Unlike the C(default) filter of Jinja with its second parameter set to V(true), it keeps
    V(false), V(0), and empty lists and dictionaries.
options:
  _input:
    description:
      - Value of a variable. If the variable can be undefined, apply the C(default) filter of Jinja
        first.
    type: raw
    required: true
  default:
    description: Value to use instead of a blank one.
    type: raw
    required: true
positional: default
"""

EXAMPLES = r"""
- name: Require seven backups unless the survey sets another number
  onlyoffice.docspace.docspace_backup_audit:
    api_host: "{{ docspace_api_host }}"
    api_key: "{{ docspace_api_key }}"
    min_kept: "{{ answer | default(none) | onlyoffice.docspace.unless_blank(7) }}"
"""

RETURN = r"""
_value:
  description: The value, or the default if the value is blank.
  type: raw
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.given import is_blank


def unless_blank(value: Any, default: Any) -> Any:
    """Return `value`, or `default` if `value` is blank."""
    return default if is_blank(value) else value


class FilterModule:
    """The filters of this file, by their names."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"unless_blank": unless_blank}
