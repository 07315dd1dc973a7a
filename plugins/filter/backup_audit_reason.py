# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: backup_audit_reason
short_description: Return the reason why a play fails after a backup audit
version_added: 1.1.0
author:
  - The onlyoffice.docspace authors (@onlyoffice)
description:
  - Looks for findings of the given severity or higher in the document that
    P(onlyoffice.docspace.backup_audit_document#filter) returns.
  - A host that could not be audited because of invalid variables always counts.
options:
  _input:
    description:
      - The document.
    type: dict
    required: true
  severity:
    description:
      - Lowest severity that counts. V(warning) includes critical findings. With V(never), no
        finding counts.
    type: str
    choices: [critical, warning, never]
    default: critical
positional: severity
"""

EXAMPLES = r"""
- name: Audit the backups of each portal
  onlyoffice.docspace.docspace_backup_audit:
    api_host: "{{ docspace_api_host }}"
    api_key: "{{ docspace_api_key }}"
  register: backup_audit_result

- name: Show why the portal is not protected
  ansible.builtin.debug:
    msg: "{{ reason | default('It is protected.', true) }}"
  vars:
    report: "{{ [inventory_hostname] | onlyoffice.docspace.backup_audit_document(hostvars) }}"
    reason: "{{ report | onlyoffice.docspace.backup_audit_reason('warning') }}"
"""

RETURN = r"""
_value:
  description:
    - One line with a sentence for each host that has such findings. Empty if there is none.
  type: str
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.verdict import (
    COUNTED,
    reason,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._notation import (
    never_a_template,
)


def backup_audit_reason(document: Any, severity: str = "critical") -> str:
    """Return the reason to fail, or "". Raise AnsibleFilterError if an argument is invalid."""
    if severity not in COUNTED:
        raise AnsibleFilterError(f"severity must be one of {', '.join(COUNTED)}, not {severity!r}")
    if not isinstance(document, Mapping) or "portals" not in document:
        raise AnsibleFilterError("backup_audit_reason requires the result of backup_audit_document")
    text: str = never_a_template(reason(document, severity))
    return text


class FilterModule:
    """The filters of this file, by their names."""

    def filters(self) -> dict[str, Callable[..., str]]:
        return {"backup_audit_reason": backup_audit_reason}
