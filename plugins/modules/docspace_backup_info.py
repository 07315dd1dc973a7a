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
  - Reports the running or last backup of a DocSpace portal and, on request, its backup history, its
    audit events about backups, and its use of the plan.
  - Changes nothing itself, but see O(gather) about the history.
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
      - Runs in the same way as outside of check mode.
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
      - Facts to read. Each value needs requests of its own.
      - V(progress) is the running backup, or the last one for 24 hours after its end.
      - V(history) is the list of completed backups. While it is read, the server checks every
        archive, and permanently removes a record from the history if it does not find the archive
        at that moment, for example because a C(Local) directory is not mounted. Its archive is then
        no longer listed and no longer counted by the schedule's retention. Read the history only if
        you need it.
      - V(events) are the last 20 events of each kind in the audit trail.
      - V(usage) is the use of free and paid backups in the calendar month (UTC) of a hosted portal.
    type: list
    elements: str
    choices: [progress, history, events, usage]
    default: [progress]
  dump:
    description:
      - Read the backups of the whole server instead of those of the portal. For self-hosted servers
        only.
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
        - V(incomplete) is a completed backup without some of the files.
      returned: always
      type: str
      sample: running
    percent:
      description: Progress from 0 to 100. V(null) if RV(progress.status) is V(none).
      returned: always
      type: int
      sample: 37
    error:
      description: Cause of a failure in the words of the server. V(null) without a failure.
      returned: always
      type: str
      sample: Directory not found.
    warning:
      description:
        - What the archive lacks, or that the backup was cancelled, in the words of the server.
          V(null) without a warning.
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
    - The completed backups, the newest first. They have the same members as C(backup) of
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
        - V(schedule) for a scheduled backup, V(hand) for everything that a person or a play did.
        - Before DocSpace 3.6, scheduled backups leave no events.
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
      description: Free backups a month that the plan includes.
      returned: on a hosted portal
      type: int
      sample: 2
    free_used:
      description: Free backups that are used.
      returned: on a hosted portal
      type: int
      sample: 1
    paid_used:
      description: Backups that were charged to the wallet.
      returned: on a hosted portal
      type: int
      sample: 0
    wallet:
      description: V(true) if backups beyond the free ones are charged to the wallet.
      returned: on a hosted portal
      type: bool
      sample: false
last_success:
  description:
    - The last backup that completed, as far as O(gather) shows it. V(null) if nothing shows one.
  returned: success
  type: dict
  sample:
    at: "2026-07-01T02:15:12Z"
    evidence: event
  contains:
    at:
      description:
        - Time in UTC when the backup ended.
        - V(null) if RV(last_success.evidence) is V(progress), which does not report the time. The
          backup ended within the last 24 hours then.
      returned: when there is a success
      type: str
      sample: "2026-07-01T02:15:12Z"
    evidence:
      description: Source of the fact, one of V(event), V(history) and V(progress).
      returned: when there is a success
      type: str
      sample: event
error:
  description:
    - The cause of the failure, for plays that handle it. It has the same members as in
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
      description: One word for the class of the error.
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
