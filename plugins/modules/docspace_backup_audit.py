#!/usr/bin/python

# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: docspace_backup_audit
short_description: Find out whether an ONLYOFFICE DocSpace portal is protected by its backups
version_added: 1.1.0
description:
  - Reads the information that a portal reports about its backups, and determines whether you could
    restore the portal if you lost it today.
  - The module returns problems with the portal as findings, each with a remedy. The task fails only
    if an option is invalid, so an audit of many portals always completes.
  - Sends at most five GET requests to a portal. The responses to the first requests determine which
    other requests are necessary.
  - Never guesses. Information that the portal does not report is V(null) in RV(facts), and the
    finding V(unproven) means that the audit cannot confirm that the backups succeed.
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
      - The module only reads. A key with the scope C(*:read) is sufficient.
  diff_mode:
    support: N/A
    details:
      - The module does not change anything.
  idempotent:
    support: full
  platform:
    support: full
    platforms: posix
options:
  dump:
    description:
      - Schedule to audit, V(false) for the schedule of the portal, V(true) for the schedule of the
        dump of the whole server. Only self-hosted servers have the latter.
      - On a hosted portal, the task fails with V(true).
      - The server does not count dumps. Without O(history), the module can confirm only a dump from
        the last 24 hours.
    type: bool
    default: false
  grace:
    description:
      - Time after the scheduled hour within which a backup must end. Later, it is overdue.
      - Durations are whole seconds, or a number with the unit V(s), V(m), V(h), V(d) or V(w), such
        as V(26h).
    type: str
    default: 6h
  max_age:
    description:
      - Maximum age of the last successful backup, regardless of the schedule. If it is older, it is
        overdue. See O(grace) for the format.
      - If unset, only the schedule counts.
    type: str
  min_kept:
    description:
      - Minimum number of backups that the schedule must keep, 0 to 30. If it keeps fewer, the
        module reports the finding V(keeps_too_few).
    type: int
    default: 3
  ignore:
    description:
      - Findings to leave out of the result and the verdict.
    type: list
    elements: str
    default: []
    choices:
      - cannot_run
      - expires
      - failing
      - incomplete
      - inside_only
      - keeps_too_few
      - key_refused
      - never_ran
      - no_schedule
      - open_target
      - overdue
      - paid_next
      - portal_state
      - schedule_lost
      - skipped_months
      - target
      - unproven
      - unreachable
  history:
    description:
      - Whether to also read the list of backups as evidence.
      - Reading this list has a side effect. The server looks for the archive of every backup, and
        permanently removes the record of a backup if it does not find the archive at that moment,
        for example because a volume is not mounted.
    type: bool
    default: false
notes:
  - To confirm that a backup succeeded, the module uses the progress that the portal reports for 24
    hours, the number of backups that DocSpace 3.5 and later count, or, with O(history), the list of
    backups. On earlier releases, run the audit within 24 hours after a backup, or set O(history).
    If the schedule of such a release has not run since it was saved, any successful backup from the
    last 24 hours counts.
  - Only the audit trail shows that a schedule disappeared. It contains scheduled backups in
    DocSpace 3.6 and later, and can be searched only if the plan includes it.
  - All times are in UTC and according to the clock of the server. The clock of the machine on which
    the task runs does not matter.
seealso:
  - module: onlyoffice.docspace.docspace_backup_schedule
  - module: onlyoffice.docspace.docspace_backup_schedule_info
"""

EXAMPLES = r"""
- name: Audit the backups of a portal
  onlyoffice.docspace.docspace_backup_audit:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
  register: audit

- name: Show the verdict and the findings
  ansible.builtin.debug:
    msg: "{{ [audit.verdict] + audit.findings | map(attribute='text') | list }}"

- name: Require a backup from the last two days and at least seven kept backups
  onlyoffice.docspace.docspace_backup_audit:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    max_age: 2d
    min_kept: 7

- name: Audit a portal whose archives are copied elsewhere
  onlyoffice.docspace.docspace_backup_audit:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    ignore: [inside_only]

- name: Audit the dump of a self-hosted server
  onlyoffice.docspace.docspace_backup_audit:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    dump: true
"""

RETURN = r"""
verdict:
  description:
    - V(unprotected) if there is a critical finding, V(at_risk) if there is a warning, otherwise
      V(protected). Notes do not count.
  returned: success
  type: str
  sample: unprotected
findings:
  description: Problems that the audit found, critical findings first. Empty if there are none.
  returned: success
  type: list
  elements: dict
  sample:
    - name: target
      severity: critical
      text: "The target folder 1234 does not exist: every backup fails."
      remedy: Create a room for the backups, and set folderId of the schedule to its ID.
    - name: keeps_too_few
      severity: warning
      text: "The schedule does not keep enough backups: backups_stored is 1. The policy requires at
        least 3."
      remedy: Set backups_stored of the schedule to 3 or more.
  contains:
    name:
      description: Name of the finding, one of the choices of O(ignore).
      returned: always
      type: str
      sample: target
    severity:
      description: V(critical), V(warning) or V(note).
      returned: always
      type: str
      sample: critical
    text:
      description: Description of the problem.
      returned: always
      type: str
      sample: "The target folder 1234 does not exist: every backup fails."
    remedy:
      description: Action that solves the problem.
      returned: always
      type: str
      sample: Create a room for the backups, and set folderId of the schedule to its ID.
facts:
  description:
    - Facts on which the findings are based. All keys are always present. A value is V(null) if it
      is unknown or was not needed for the verdict.
  returned: success
  type: dict
  sample:
    portal: https://portal.example.com
    checked_at: "2026-07-01T06:00:00Z"
    dump: false
    version: 3.7.2
    standalone: true
    timezone: Europe/Berlin
    state: active
    schedule:
      storage_type: Documents
      storage_params:
        folderId: "1234"
      period: EveryDay
      hour: 3
      day:
      weekday:
      backups_stored: 7
      dump: false
      last_backup_time: "2026-07-01T01:00:04Z"
      next_run: "2026-07-02T01:00:00Z"
    last_success:
      at: "2026-07-01T01:00:04Z"
      evidence: progress
    last_run:
      at: "2026-07-01T01:00:04Z"
      outcome: completed
      error:
    due_since: "2026-06-30T01:00:04Z"
    target:
      id: "1234"
      title: Backups
      path: Rooms/Backups
      section: rooms
      room_type: CustomRoom
      owner: Jane Doe
      writable: true
      public: false
      lifetime:
    usage:
    lost:
    backups:
    read: [schedule, settings, progress, target]
  contains:
    portal:
      description: Address of the portal.
      returned: always
      type: str
      sample: https://portal.example.com
    checked_at:
      description: Time of the audit according to the clock of the server.
      returned: always
      type: str
      sample: "2026-07-01T06:00:00Z"
    dump:
      description: Whether the facts are about the dump of the whole server.
      returned: always
      type: bool
      sample: false
    version:
      description: Version of DocSpace.
      returned: always
      type: str
      sample: 3.7.2
    standalone:
      description: Whether the portal is on a self-hosted server.
      returned: always
      type: bool
      sample: true
    timezone:
      description: Time zone of the portal (IANA name).
      returned: always
      type: str
      sample: Europe/Berlin
    state:
      description:
        - State of the portal, V(active), V(suspended), V(removing), V(transferring),
          V(restoring), V(migrating), V(encrypting), or V(unpaid).
      returned: always
      type: str
      sample: active
    schedule:
      description:
        - The schedule, as M(onlyoffice.docspace.docspace_backup_schedule_info) returns it.
        - V(null) if there is none, or if the portal could not be read.
      returned: always
      type: dict
      sample: {storage_type: Documents, period: EveryDay, hour: 3}
    last_success:
      description: The last successful backup that is known.
      returned: always
      type: dict
      sample: {at: "2026-07-01T01:00:04Z", evidence: progress}
      contains:
        at:
          description:
            - Time at which the backup ended. The evidence V(progress) or V(count) does not contain
              a time. In this case, it is the earliest time at which the backup can have ended.
          returned: when one is known
          type: str
          sample: "2026-07-01T01:00:04Z"
        evidence:
          description:
            - V(progress) for the progress of the last 24 hours, V(count) for the number of backups
              since the time in RV(facts.last_success.at), V(history) for the list of backups, or
              V(event) for an event in the audit trail.
          returned: when one is known
          type: str
          sample: progress
    last_run:
      description: The last backup that was started, successful or not.
      returned: always
      type: dict
      sample: {at: "2026-07-01T01:00:04Z", outcome: completed, error: null}
      contains:
        at:
          description:
            - Start of the last scheduled backup. V(null) if the schedule has not run since it was
              saved.
          returned: when one is known
          type: str
          sample: "2026-07-01T01:00:04Z"
        outcome:
          description:
            - V(running), V(completed), V(incomplete) (some files are missing), V(failed),
              V(cancelled), or V(interrupted) (the backup started, but never ended). V(null) if it
              is unknown.
          returned: when one is known
          type: str
          sample: failed
        error:
          description: Reason that the server reports for V(failed) or V(incomplete).
          returned: when one is known
          type: str
          sample: Object reference not set to an instance of an object.
    due_since:
      description:
        - The last successful backup must be newer than this time, according to the schedule and
          O(grace).
        - V(null) if no backup is due yet, for example because the schedule has not run since it
          was saved.
      returned: always
      type: str
      sample: "2026-06-30T01:00:04Z"
    target:
      description: The folder of the portal to which the backups go.
      returned: always
      type: dict
      sample: {id: "1234", title: Backups, path: Rooms/Backups, room_type: CustomRoom}
      contains:
        id:
          description: ID of the folder.
          returned: when the backups go to a folder
          type: str
          sample: "1234"
        title:
          description: Title of the folder. V(null) if it does not exist or cannot be seen.
          returned: when the backups go to a folder
          type: str
          sample: Backups
        path:
          description: Path of the folder, made of folder titles.
          returned: when the backups go to a folder
          type: str
          sample: Rooms/Backups
        section:
          description: V(rooms), V(documents), V(archive), V(trash) or V(other).
          returned: when the backups go to a folder
          type: str
          sample: rooms
        room_type:
          description: Type of the room that is or contains the folder, as in
            M(onlyoffice.docspace.docspace_room).
          returned: when the backups go to a folder
          type: str
          sample: CustomRoom
        owner:
          description: Name of the owner of the folder.
          returned: when the backups go to a folder
          type: str
          sample: Jane Doe
        writable:
          description: Whether the owner of the key can create files in the folder.
          returned: when the backups go to a folder
          type: bool
          sample: true
        public:
          description: Whether the folder can be read without an account, through an external link.
          returned: when the backups go to a folder
          type: bool
          sample: false
        lifetime:
          description: Number of days after which the room removes its files. V(null) if it keeps
            them.
          returned: when the backups go to a folder
          type: int
          sample: 30
    usage:
      description: The free backups of a hosted portal. V(null) for a self-hosted portal.
      returned: always
      type: dict
      sample: {free: 2, free_used: 2, wallet: false}
      contains:
        free:
          description: Number of free backups in a month.
          returned: when the portal reports it
          type: int
          sample: 2
        free_used:
          description: Number of free backups that are used up.
          returned: when the portal reports it
          type: int
          sample: 2
        wallet:
          description: Whether additional backups are charged to the wallet. V(null) if none is.
          returned: when the portal reports it
          type: bool
          sample: false
    lost:
      description: Facts about a schedule that no longer exists.
      returned: always
      type: dict
      sample:
        last_at: "2026-06-28T01:02:11Z"
        deleted_at: "2026-06-29T08:15:00Z"
        deleted_by: Jane Doe
      contains:
        last_at:
          description: Time of its last event in the audit trail.
          returned: when scheduled backups are in the audit trail
          type: str
          sample: "2026-06-28T01:02:11Z"
        deleted_at:
          description: Time at which a user deleted the schedule. V(null) if there is no such event.
          returned: when scheduled backups are in the audit trail
          type: str
          sample: "2026-06-29T08:15:00Z"
        deleted_by:
          description: Name of the user who deleted the schedule. V(null) if there is no such event.
          returned: when scheduled backups are in the audit trail
          type: str
          sample: Jane Doe
    backups:
      description: Number of backups in the list of backups. V(null) without O(history).
      returned: always
      type: int
      sample: 7
    read:
      description:
        - Requests that the module sent to the portal, in this order. V(schedule), V(settings),
          V(progress), V(target) (the folder), V(access) (the third-party storage), V(history),
          V(completed), V(started) and V(deleted) (events), V(dumps) (the schedule of the server),
          V(counted), V(counted_paid) and V(counted_again) (numbers of backups), V(usage), or
          V(wallet).
      returned: always
      type: list
      elements: str
      sample: [schedule, settings, progress, target]
error:
  description:
    - Details of the invalid option, for use in conditions. The keys are the ones of
      M(onlyoffice.docspace.docspace_backup_schedule).
  returned: failure
  type: dict
  sample:
    kind: options
    status:
    method: ""
    path: ""
    portal: https://portal.example.com
    retries: 0
    server_message: ""
"""

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_audit_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.module import run_module
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.task import run


def main() -> None:
    run_module(run, backup_audit_spec())


if __name__ == "__main__":
    main()
