#!/usr/bin/python

# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: docspace_backup_info
short_description: Read the backups of an ONLYOFFICE DocSpace portal
version_added: 1.1.0
description:
  - Returns the running or last backup of a DocSpace portal and, if you request them with O(gather),
    its backup history, its audit events about backups, and its use of the plan.
  - The module does not change anything, but reading the history can have a side effect, see
    O(gather).
author:
  - The onlyoffice.docspace authors (@onlyoffice)
extends_documentation_fragment:
  - onlyoffice.docspace.docspace
  - onlyoffice.docspace.attributes
  - onlyoffice.docspace.attributes.actiongroup_docspace
attributes:
  check_mode:
    support: full
    details:
      - Runs in the same way with and without check mode.
  diff_mode:
    support: none
  idempotent:
    support: full
  platform:
    support: full
    platforms: posix
options:
  gather:
    description:
      - Facts to read. Each value requires separate requests.
      - V(progress) is the running backup, or the last one for 24 hours after its end.
      - V(history) is the list of completed backups. When it is read, the server checks every
        archive, and permanently removes a record from the history if it does not find the archive
        at that moment, for example because a C(Local) directory is not mounted. The server then no
        longer lists the backup, and no longer counts it when it removes old backups. Read the
        history only if you need it.
      - V(events) is the list of the last 20 events of each kind in the audit trail.
      - V(usage) is the use of free and paid backups in the calendar month (UTC) of a hosted portal.
    type: list
    elements: str
    choices: [progress, history, events, usage]
    default: [progress]
  dump:
    description:
      - Whether to read the backups of the whole server instead of those of the portal. Self-hosted
        servers only.
      - Events and usage are always those of the portal.
    type: bool
    default: false
seealso:
  - module: onlyoffice.docspace.docspace_backup
  - module: onlyoffice.docspace.docspace_backup_schedule_info
notes:
  - Links to archives work without a login. They are never part of a result.
"""

EXAMPLES = r"""
- name: Read the progress of the current backup
  onlyoffice.docspace.docspace_backup_info:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
  register: current

- name: Read the audit events to find out when the last backup succeeded
  onlyoffice.docspace.docspace_backup_info:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    gather: [progress, events]
  register: proof

- name: Show the time of the last success
  ansible.builtin.debug:
    msg: "Last backup: {{ proof.last_success.at | default('unknown', true) }}"
  when: proof.last_success is not none

- name: List all backups
  onlyoffice.docspace.docspace_backup_info:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    gather: history
"""

RETURN = r"""
progress:
  description: The running backup, or the last one for 24 hours after its end.
  returned: when O(gather) contains V(progress)
  type: dict
  sample:
    status: running
    percent: 37
    error: null
    warning: null
    id: 7e6e1f0c-3a54-4a3c-9f6e-0d9a7a6f1b11
  contains:
    status:
      description:
        - One of V(none), V(running), V(completed), V(incomplete), V(failed) and V(cancelled).
        - V(incomplete) is a completed backup from which some files are missing.
      returned: always
      type: str
      sample: running
    percent:
      description: Progress from 0 to 100. V(null) if RV(progress.status) is V(none).
      returned: always
      type: int
      sample: 37
    error:
      description: Reason for a failure that the server reports. V(null) if there was no failure.
      returned: always
      type: str
      sample: Directory not found.
    warning:
      description:
        - Warning of the server, for example that files are missing from the archive, or that the
          backup was cancelled. V(null) if there is none.
      returned: always
      type: str
      sample: Some files were not included in the backup.
    id:
      description: ID of the backup, also in the history. V(null) if there is none.
      returned: always
      type: str
      sample: 7e6e1f0c-3a54-4a3c-9f6e-0d9a7a6f1b11
backups:
  description:
    - The completed backups, the newest first. They have the same keys as C(backup) of
      M(onlyoffice.docspace.docspace_backup).
  returned: when O(gather) contains V(history)
  type: list
  elements: dict
  sample:
    - id: 7e6e1f0c-3a54-4a3c-9f6e-0d9a7a6f1b11
      file_name: portal_2026-07-01_02-15-07.tar.gz
      storage_type: Documents
      created_on: "2026-07-01T02:15:12Z"
      expires_on: null
      incomplete: null
      dump: false
events:
  description:
    - Events about backups in the audit trail, the newest first.
    - V(null) if the plan of the portal has no audit trail.
  returned: when O(gather) contains V(events)
  type: list
  elements: dict
  sample:
    - event: completed
      by: schedule
      at: "2026-07-01T02:15:12Z"
  contains:
    event:
      description:
        - One of V(started), V(completed), V(failed), V(cancelled), V(schedule_deleted) and
          V(restore_started).
      returned: always
      type: str
      sample: completed
    by:
      description:
        - V(schedule) for a scheduled backup, V(hand) for an action of a user or a play.
        - In DocSpace 3.5 and earlier, scheduled backups leave no events.
      returned: always
      type: str
      sample: schedule
    at:
      description: Time of the event in UTC.
      returned: always
      type: str
      sample: "2026-07-01T02:15:12Z"
usage:
  description:
    - Backups of the calendar month (UTC) on a hosted portal. V(null) on a self-hosted server.
  returned: when O(gather) contains V(usage)
  type: dict
  sample:
    free: 2
    free_used: 1
    paid_used: 0
    wallet: false
  contains:
    free:
      description: Number of free backups a month that the plan includes.
      returned: on a hosted portal
      type: int
      sample: 2
    free_used:
      description: Number of free backups that are used up.
      returned: on a hosted portal
      type: int
      sample: 1
    paid_used:
      description: Number of backups that were charged to the wallet.
      returned: on a hosted portal
      type: int
      sample: 0
    wallet:
      description: Whether additional backups are charged to the wallet.
      returned: on a hosted portal
      type: bool
      sample: false
last_success:
  description:
    - The last successful backup, according to the facts in O(gather). V(null) if they do not prove
      that a backup succeeded.
  returned: success
  type: dict
  sample:
    at: "2026-07-01T02:15:12Z"
    evidence: event
  contains:
    at:
      description:
        - Time at which the backup ended, in UTC.
        - V(null) if RV(last_success.evidence) is V(progress), which does not contain the time. In
          this case, the backup ended within the last 24 hours.
      returned: when there is a success
      type: str
      sample: "2026-07-01T02:15:12Z"
    evidence:
      description: Source of the fact, one of V(event), V(history), and V(progress).
      returned: when there is a success
      type: str
      sample: event
error:
  description:
    - Details of the error, for use in conditions. The keys are the ones of
      M(onlyoffice.docspace.docspace_backup_schedule).
  returned: failure
  type: dict
  sample:
    kind: unauthorized
    status: 401
    method: GET
    path: /api/2.0/backup/getbackupprogress
    portal: https://portal.example.com
    retries: 0
    server_message: ""
  contains:
    kind:
      description: Category of the error.
      returned: failure
      type: str
      sample: unauthorized
"""

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_info_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.module import run_module
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.info import run


def main() -> None:
    run_module(run, backup_info_spec())


if __name__ == "__main__":
    main()
