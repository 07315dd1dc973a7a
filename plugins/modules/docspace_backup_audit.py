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
  - Reads what a portal reports about its backups, and judges whether a restore is possible if the
    portal is lost today.
  - Problems with the portal are findings, each with what to do about it. The task fails only if an
    option is wrong, so an audit of many portals ends whatever state they are in.
  - Sends at most five requests to a portal, all of them GET. Which ones it sends depends on what
    the first ones leave open.
  - Never guesses. What the portal does not report is V(null) in RV(facts), and the finding
    V(unproven) says that the success of the backups cannot be confirmed.
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
      - The module only reads. A key with the scope C(*:read) is enough.
  diff_mode:
    support: N/A
    details:
      - The module changes nothing.
  idempotent:
    support: full
  platform:
    support: full
    platforms: posix
options:
  dump:
    description:
      - Schedule to judge, that of the portal (V(false)) or that of the dump of the whole server
        (V(true)), which only self-hosted servers have.
      - On a hosted portal, V(true) fails the task.
      - The server does not count dumps. Without O(history), only a dump of the last 24 hours can be
        confirmed.
    type: bool
    default: false
  grace:
    description:
      - Time that a scheduled backup may take, in addition to its hour, before it is overdue.
      - A number of seconds, or a number with V(s), V(m), V(h), V(d) or V(w).
    type: str
    default: 6h
  max_age:
    description:
      - Greatest age of the last successful backup, whatever the schedule says. An older one is
        overdue.
      - A number of seconds, or a number with V(s), V(m), V(h), V(d) or V(w).
      - If unset, only the schedule counts.
    type: str
  min_kept:
    description:
      - Number of backups that the schedule must keep. One that keeps fewer is a finding.
    type: int
    default: 3
  ignore:
    description:
      - Findings that are left out of the result and of the verdict.
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
      - Also read the list of backups as evidence.
      - Reading that list is not free of consequences. The server looks for the archive of every
        backup, and forgets those whose archive it does not find at that moment, for example because
        a volume is not mounted.
    type: bool
    default: false
notes:
  - A successful backup is confirmed by the progress that the portal shows for 24 hours, by the
    number of backups that DocSpace 3.5 and later count, or, with O(history), by the list of
    backups. Audit earlier releases within 24 hours after a backup, or set O(history). If the
    schedule of such a release has not run since it was saved, any successful backup of the last 24
    hours counts.
  - A schedule that disappeared shows only in the audit trail, which has scheduled backups since
    DocSpace 3.6 and can be searched if the plan includes it.
  - All times are in UTC and by the clock of the portal's server. The clock of the machine on which
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

- name: Show the verdict, and what is wrong
  ansible.builtin.debug:
    msg: "{{ [audit.verdict] + audit.findings | map(attribute='text') | list }}"

- name: Require a backup of the last two days and seven kept backups
  onlyoffice.docspace.docspace_backup_audit:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    max_age: 2d
    min_kept: 7

- name: Audit a portal whose archives are copied elsewhere by other means
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
  description: What is wrong, critical findings first. Empty if nothing is.
  returned: success
  type: list
  elements: dict
  sample:
    - name: target
      severity: critical
      text: "Folder 1234, to which the backups go, does not exist: every backup fails."
      remedy: Create a room for the backups, and set its id as the folderId of the schedule.
    - name: keeps_too_few
      severity: warning
      text: The schedule keeps 1 backup. The policy requires at least 3.
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
      description: What is wrong with this portal.
      returned: always
      type: str
      sample: "Folder 1234, to which the backups go, does not exist: every backup fails."
    remedy:
      description: What to do about it.
      returned: always
      type: str
      sample: Create a room for the backups, and set its id as the folderId of the schedule.
facts:
  description:
    - What the findings are based on. Every member is always there, and V(null) if it is unknown or
      was not needed for the verdict.
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
      description: Time of the audit by the clock of the portal's server.
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
            - Time at which it ended. With the evidence V(progress) or V(count), which have no
              time, it is the earliest time at which the backup can have ended.
          returned: when one is known
          type: str
          sample: "2026-07-01T01:00:04Z"
        evidence:
          description:
            - V(progress) of the last 24 hours, V(count) of the backups since the time in
              RV(facts.last_success.at), V(history), or V(event) of the audit trail.
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
            - V(running), V(completed), V(incomplete) (some files were left out), V(failed),
              V(cancelled), or V(interrupted) (it started, but never ended). V(null) if it is
              unknown.
          returned: when one is known
          type: str
          sample: failed
        error:
          description: The server's reason for V(failed) or V(incomplete).
          returned: when one is known
          type: str
          sample: Object reference not set to an instance of an object.
    due_since:
      description:
        - Time since which there must be a successful backup, according to the schedule and
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
          description: Id of the folder.
          returned: when the backups go to a folder
          type: str
          sample: "1234"
        title:
          description: Title of the folder. V(null) if it does not exist or cannot be seen.
          returned: when the backups go to a folder
          type: str
          sample: Backups
        path:
          description: Titles of the folders that lead to it, and its own.
          returned: when the backups go to a folder
          type: str
          sample: Rooms/Backups
        section:
          description: V(rooms), V(documents), V(archive), V(trash) or V(other).
          returned: when the backups go to a folder
          type: str
          sample: rooms
        room_type:
          description: Type of the room that the folder is or lies in, as in
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
          description: Whether the owner of the key can create files there.
          returned: when the backups go to a folder
          type: bool
          sample: true
        public:
          description: Whether it can be read without an account, through an external link.
          returned: when the backups go to a folder
          type: bool
          sample: false
        lifetime:
          description: Days after which the room removes its files. V(null) if it keeps them.
          returned: when the backups go to a folder
          type: int
          sample: 30
    usage:
      description: The free backups of a hosted portal. V(null) for a self-hosted one.
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
          description: Whether more backups are charged to the wallet. V(null) if none is.
          returned: when the portal reports it
          type: bool
          sample: false
    lost:
      description: What is known of a schedule that the portal does not have any more.
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
          description: Time at which somebody deleted it. V(null) if no event says so.
          returned: when scheduled backups are in the audit trail
          type: str
          sample: "2026-06-29T08:15:00Z"
        deleted_by:
          description: Name of the person who deleted it. V(null) if no event says so.
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
        - What was read from the portal, in this order, one GET each. V(schedule), V(settings),
          V(progress), V(target) (the folder), V(access) (the third-party storage), V(history),
          V(completed), V(started) and V(deleted) (events), V(dumps) (the schedule of the server),
          V(counted), V(counted_paid) and V(counted_again) (numbers of backups), V(usage),
          V(wallet).
      returned: always
      type: list
      elements: str
      sample: [schedule, settings, progress, target]
error:
  description:
    - The wrong option, for plays that decide on it. Its members are those of
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
