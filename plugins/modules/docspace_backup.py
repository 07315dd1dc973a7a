#!/usr/bin/python

# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: docspace_backup
short_description: Make, remove, and cancel backups of an ONLYOFFICE DocSpace portal
version_added: 1.1.0
description:
  - Ensures that a DocSpace portal has a recent backup, for example before an upgrade, and makes one
    only if it has none.
  - Removes backups that you no longer need, and cancels a running backup.
  - To set up automatic backups, use M(onlyoffice.docspace.docspace_backup_schedule).
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
      - Sends the same read requests as a run, and predicts the result. A key with the scope
        C(*:read) is sufficient.
      - These requests include the backup history. See the notes.
  diff_mode:
    support: full
    details:
      - Shows the list of backups before and after the task for O(state=absent) and O(state=pruned).
  idempotent:
    support: partial
    details:
      - With O(state=present) and O(max_age=0), every run makes a new backup.
  platform:
    support: full
    platforms: posix
options:
  state:
    description:
      - V(present) ensures that the portal has a completed backup that is not older than O(max_age).
        If a backup is already running, the task waits for it instead of starting another one. It
        starts a new backup only if the running one fails.
      - V(absent) removes the backup O(backup_id) and its archive.
      - V(pruned) removes old backups and their archives, the oldest first. O(keep) and
        O(older_than) determine which backups are kept. If a backup cannot be removed, the task
        still removes the others, and reports the problem at the end.
      - V(cancelled) ensures that no backup is running. This requires DocSpace 3.7.1 or later, and
        cannot cancel a dump.
    type: str
    choices: [present, absent, pruned, cancelled]
    default: present
  max_age:
    description:
      - Maximum age of a completed backup that satisfies the task. The age is the time since the
        backup ended, according to the clock of the server.
      - With V(0), the task always makes a new backup.
      - Durations are whole seconds, or a number with the unit V(s), V(m), V(h), V(d) or V(w), such
        as V(26h).
      - Required with O(state=present).
    type: str
  storage_type:
    description:
      - Type of the storage for the backup.
      - If set, only backups of this type satisfy O(max_age).
      - If O(storage_type) and O(storage_params) are unset, the storage of the portal's backup
        schedule is used (with O(dump=true), the storage of the server's schedule). The task fails
        if there is no schedule.
      - V(Documents) is a room or folder of the portal. V(ThirdPartyDocuments) is a room or folder
        in a connected cloud. The server spells it V(ThridpartyDocuments), which is accepted too.
      - V(Local) is a directory of a self-hosted server.
      - V(ThirdPartyConsumer) is object storage such as Amazon S3.
      - V(DataStore) is a temporary storage that keeps an archive for one day.
      - V(CustomCloud) is not accepted, because the server cannot run a backup to it.
    type: str
    choices: [Documents, ThirdPartyDocuments, CustomCloud, Local, DataStore, ThirdPartyConsumer,
      ThridpartyDocuments]
  storage_params:
    description:
      - Parameters of the storage.
      - V(Documents) and V(ThirdPartyDocuments) require C(folderId). V(Local) requires C(filePath).
        V(ThirdPartyConsumer) requires C(module) and the parameters of that module.
      - Requires O(storage_type).
    type: dict
  dump:
    description:
      - Whether to back up the whole server with all its portals instead of one portal. Self-hosted
        servers only.
      - The other values of O(state) then apply to the backups of the whole server.
    type: bool
    default: false
  wait:
    description:
      - Whether to wait until the backup has ended, or, with O(state=cancelled), until it has
        stopped.
      - If V(false), the task ends as soon as the server accepts the request. It does not report
        whether the backup succeeds.
    type: bool
    default: true
  wait_timeout:
    description:
      - Maximum time to wait. See O(max_age) for the format.
      - When this time has passed, the task fails, but the backup continues on the server. The next
        run waits for it again.
      - If the portal does not respond for a while, for example because it restarts, the task keeps
        trying until this time has passed.
    type: str
    default: 1h
  allow_paid:
    description:
      - Whether to start a backup even if it is charged to the wallet of a hosted portal.
      - If V(false), the task fails if the free backups of the calendar month (UTC) are used up and
        additional ones are charged to the wallet.
    type: bool
    default: false
  backup_id:
    description:
      - ID of the backup to remove, as in RV(backup.id).
      - Required with O(state=absent).
    type: str
  keep:
    description:
      - Number of the newest backups to keep, at least 1.
      - With O(state=pruned), O(keep) or O(older_than) is required. If O(keep) is unset, the task
        keeps the newest backup.
    type: int
  older_than:
    description:
      - Age from which backups are removed. All newer backups are kept. See O(max_age) for the
        format.
      - With O(state=pruned), O(keep) or O(older_than) is required.
    type: str
seealso:
  - module: onlyoffice.docspace.docspace_backup_info
  - module: onlyoffice.docspace.docspace_backup_schedule
notes:
  - Except with O(state=cancelled), the task reads the backup history. When it is read, the server
    checks every archive, and permanently removes a record from the history if it does not find the
    archive at that moment. Ensure that the storage is available, in particular a C(Local)
    directory, which must be mounted in the container of the API too.
  - A running task reports its progress on the terminal if it runs in Ansible's worker process, but
    never with C(no_log). To read the progress in a play, use
    M(onlyoffice.docspace.docspace_backup_info).
  - Links to archives work without a login. They are never part of a result.
"""

EXAMPLES = r"""
- name: Ensure that the portal has a backup from the last 26 hours
  onlyoffice.docspace.docspace_backup:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    max_age: 26h

- name: Always make a new backup, in a room of the portal
  onlyoffice.docspace.docspace_backup:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    max_age: 0
    storage_type: Documents
    storage_params:
      folderId: 1234
  register: before_upgrade

- name: Preview whether a backup would be made, without making one
  onlyoffice.docspace.docspace_backup:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    max_age: 7d
  check_mode: true
  diff: true

- name: Start a backup without waiting for it
  onlyoffice.docspace.docspace_backup:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    max_age: 0
    wait: false

- name: Cancel the running backup
  onlyoffice.docspace.docspace_backup:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    state: cancelled

- name: Remove one backup
  onlyoffice.docspace.docspace_backup:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    state: absent
    backup_id: "{{ before_upgrade.backup.id }}"

- name: Remove backups that are older than four weeks, except for the newest three
  onlyoffice.docspace.docspace_backup:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    state: pruned
    older_than: 4w
    keep: 3

- name: Set the connection options for several tasks
  module_defaults:
    group/onlyoffice.docspace.docspace:
      api_host: https://portal.example.com
      api_key: "{{ docspace_api_key }}"
  block:
    - name: Ensure that there is a recent backup
      onlyoffice.docspace.docspace_backup:
        max_age: 26h

    - name: Keep the newest ten backups
      onlyoffice.docspace.docspace_backup:
        state: pruned
        keep: 10
"""

RETURN = r"""
started:
  description:
    - V(true) if the task started a backup, or would start one in check mode.
    - V(false) if an existing or running backup satisfies the task. On failure, V(null) if it is not
      known whether the server has started a backup.
  returned: success, and on failure after a backup was started
  type: bool
  sample: true
backup:
  description:
    - The backup that satisfies the task with O(state=present).
    - V(null) with the other states, and in check mode if the task would make a backup.
  returned: success, and on failure after a backup was started
  type: dict
  sample:
    id: 7e6e1f0c-3a54-4a3c-9f6e-0d9a7a6f1b11
    file_name: portal_2026-07-01_02-15-07.tar.gz
    storage_type: Documents
    created_on: "2026-07-01T02:15:12Z"
    expires_on: null
    incomplete: false
    dump: false
  contains:
    id:
      description: ID of the backup in the history of the portal.
      returned: when there is a backup
      type: str
      sample: 7e6e1f0c-3a54-4a3c-9f6e-0d9a7a6f1b11
    file_name:
      description: Name of the archive. V(null) as long as the backup has not ended.
      returned: when there is a backup
      type: str
      sample: portal_2026-07-01_02-15-07.tar.gz
    storage_type:
      description:
        - Storage type of the backup. V(null) if the module does not know the type, and for a
          running backup that the task did not start.
      returned: when there is a backup
      type: str
      sample: Documents
    created_on:
      description: Time at which the backup ended, in UTC. V(null) as long as it has not ended.
      returned: when there is a backup
      type: str
      sample: "2026-07-01T02:15:12Z"
    expires_on:
      description: Time at which the server removes the archive, in UTC. V(null) if it does not
        expire.
      returned: when there is a backup
      type: str
      sample: "2026-07-02T02:15:12Z"
    incomplete:
      description:
        - V(true) if files are missing from the archive. The task warns you about it.
        - V(null) if it is not known. The server reports it for the last backup only, and only for
          24 hours. In DocSpace 3.5 and earlier, it does not report it, and the value is V(false).
      returned: when there is a backup
      type: bool
      sample: false
    dump:
      description: V(true) for a backup of the whole server.
      returned: when there is a backup
      type: bool
      sample: false
removed:
  description:
    - The backups that the task removed, or would remove in check mode, the oldest first. They have
      the same keys as RV(backup).
  returned: success, and on failure with O(state=absent) and O(state=pruned)
  type: list
  elements: dict
  sample: []
diff:
  description: The list of backups before and after the task, or the backup that it starts or
    cancels.
  returned: success
  type: dict
  sample:
    before: {}
    after: {backup: {storage_type: Documents, dump: false}}
    before_header: https://portal.example.com (backups)
    after_header: https://portal.example.com (backups)
error:
  description:
    - Details of the error, for use in conditions. The keys are the ones of
      M(onlyoffice.docspace.docspace_backup_schedule).
  returned: failure
  type: dict
  sample:
    kind: backup_failed
    status: null
    method: ""
    path: ""
    portal: https://portal.example.com
    retries: 0
    server_message: Directory not found.
  contains:
    kind:
      description:
        - Category of the error.
        - In addition to the values of M(onlyoffice.docspace.docspace_backup_schedule), it is
          V(backup_failed) if the backup failed, was cancelled, or is missing from the history after
          it ended, V(interrupted) if the server stopped working on it, V(wait_timeout) if it was
          still running after O(wait_timeout), and V(unsupported) if the release of the portal
          cannot cancel backups.
        - V(payment) also means that the backup would not be free of charge.
      returned: failure
      type: str
      sample: backup_failed
"""

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.module import run_module
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.task import run


def main() -> None:
    run_module(run, backup_spec())


if __name__ == "__main__":
    main()
