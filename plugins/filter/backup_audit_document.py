# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: backup_audit_document
short_description: Summarize the results of the role backup_audit for the hosts of a play
version_added: 1.1.0
author:
  - The onlyoffice.docspace authors (@onlyoffice)
description:
  - Combines the results that the role P(onlyoffice.docspace.backup_audit#role) registers for each
    host into one document, in which the worst portals come first. The role writes this document to
    the file C(backup_audit.json).
  - Every host gets a verdict. A host that was not audited is unprotected, with the finding
    C(unreachable) or C(not_audited).
options:
  _input:
    description:
      - Names of the hosts. The filter ignores duplicates.
    type: list
    elements: str
    required: true
  hostvars:
    description:
      - The variable C(hostvars).
    type: dict
    required: true
positional: hostvars
"""

EXAMPLES = r"""
- name: Audit the backups of each portal
  onlyoffice.docspace.docspace_backup_audit:
    api_host: "{{ docspace_api_host }}"
    api_key: "{{ docspace_api_key }}"
  register: backup_audit_result

- name: Show the verdicts
  ansible.builtin.debug:
    msg: "{{ report.summary.verdicts }}"
  vars:
    report: "{{ ansible_play_hosts_all | onlyoffice.docspace.backup_audit_document(hostvars) }}"
  run_once: true
"""

RETURN = r"""
_value:
  description:
    - The document, with C(schema_version), C(audited_at), C(summary) and C(portals). The guide
      "Know that your backups work" describes all of its members.
  type: dict
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    document,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.fleet import (
    audited,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._notation import (
    never_a_template,
)


def backup_audit_document(hosts: Any, hostvars: Any) -> dict[str, Any]:
    """Return the report on the hosts with the current time.

    Raise AnsibleFilterError if an argument is invalid.
    """
    if isinstance(hosts, (str, Mapping)) or not isinstance(hosts, Iterable):
        raise AnsibleFilterError("backup_audit_document needs a list of hosts")
    if not isinstance(hostvars, Mapping):
        raise AnsibleFilterError("backup_audit_document needs the variables of all hosts: hostvars")
    summed: dict[str, Any] = never_a_template(
        document(audited(hosts, hostvars), datetime.now(timezone.utc))
    )
    return summed


class FilterModule:
    """The filters of this file, by their names."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"backup_audit_document": backup_audit_document}
