# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: backup_audit_report
short_description: Render a backup audit as a page, metrics, JSON, or a table
version_added: 1.1.0
author:
  - The onlyoffice.docspace authors (@onlyoffice)
description:
  - Renders the document that P(onlyoffice.docspace.backup_audit_document#filter) returns.
  - Values that come from a portal or from the inventory are always text. They cannot add markup,
    metrics, or control characters to the output.
options:
  _input:
    description:
      - The document.
    type: dict
    required: true
  form:
    description:
      - Output format. V(html) is a page in one file, V(prom) are metrics for the textfile collector
        of the Prometheus node exporter, V(json) is the document itself, and V(table) is a list of
        lines for a terminal.
    type: str
    choices: [html, json, prom, table]
    required: true
positional: form
"""

EXAMPLES = r"""
- name: Audit the backups of each portal
  onlyoffice.docspace.docspace_backup_audit:
    api_host: "{{ docspace_api_host }}"
    api_key: "{{ docspace_api_key }}"
  register: backup_audit_result

- name: Show the report
  ansible.builtin.debug:
    msg: "{{ report | onlyoffice.docspace.backup_audit_report('table') }}"
  vars:
    report: "{{ ansible_play_hosts_all | onlyoffice.docspace.backup_audit_document(hostvars) }}"
  run_once: true
"""

RETURN = r"""
_value:
  description:
    - The text of the file, or a list of lines for V(table).
  type: raw
"""

import os
from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.utils.display import Display

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    as_json,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.metrics import (
    metrics,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.page import page
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.table import table
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._notation import (
    as_a_module_gets_them,
    never_a_template,
)

# Width of what the default callback prints around a line of a message.
_AROUND = len('        "",')

_FORMS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "html": page,
    "json": as_json,
    "prom": metrics,
    "table": lambda document: table(document, _columns() - _AROUND),
}


def backup_audit_report(document: Any, form: str) -> Any:
    """Return the document in the form. Raise AnsibleFilterError if an argument is invalid."""
    if form not in _FORMS:
        raise AnsibleFilterError(f"form must be one of {', '.join(_FORMS)}, not {form!r}")
    if not isinstance(document, Mapping) or "schema_version" not in document:
        raise AnsibleFilterError("backup_audit_report requires the result of backup_audit_document")
    return never_a_template(_FORMS[form](as_a_module_gets_them(document)))


def _columns() -> int:
    """Return the width of the terminal.

    Workers have no terminal, so this is the width that Ansible found when it started.
    """
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() else Display().columns


class FilterModule:
    """The filters of this file, by their names."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"backup_audit_report": backup_audit_report}
