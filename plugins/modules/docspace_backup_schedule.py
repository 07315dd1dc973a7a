#!/usr/bin/python

# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: docspace_backup_schedule
short_description: Manage the automatic backups of an ONLYOFFICE DocSpace portal
version_added: 1.0.0
description:
  - Creates, changes, or removes the backup schedule of a DocSpace portal.
  - The module reads the schedule first, and writes it only if it differs from the options. On the
    server, every write resets the time of the last run and can start an extra backup, which costs
    money on a paid plan.
  - A portal has one schedule. A self-hosted server has an additional schedule for the dump of the
    whole server, see O(dump).
  - If you omit an option, the portal keeps its current value.
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
      - Only reads from the portal. A key with the scope C(*:read) is sufficient.
  diff_mode:
    support: full
  idempotent:
    support: full
  platform:
    support: full
    platforms: posix
options:
  state:
    description:
      - State of the schedule.
      - V(absent) removes the schedule. Existing backups are kept.
    type: str
    choices: [present, absent]
    default: present
  storage_type:
    description:
      - Storage for the backups.
      - V(Documents) is a room or folder of the portal. V(ThirdPartyDocuments) is a room or folder
        in a connected cloud. The server spells it V(ThridpartyDocuments), which is accepted too.
      - V(Local) is a directory of a self-hosted server.
      - V(ThirdPartyConsumer) is a storage such as S3. Its access keys are in the integration
        settings of the portal.
      - V(DataStore) is a temporary storage that keeps an archive for one day.
      - V(CustomCloud) is accepted by the server, but its backups never run.
      - Required when the portal has no schedule yet.
    type: str
    choices:
      - Documents
      - ThirdPartyDocuments
      - CustomCloud
      - Local
      - DataStore
      - ThirdPartyConsumer
      - ThridpartyDocuments
  storage_params:
    description:
      - Parameters of the storage. They replace all parameters of the current schedule.
      - V(Documents) and V(ThirdPartyDocuments) require C(folderId). V(Local) requires C(filePath).
        V(ThirdPartyConsumer) requires C(module) (V(s3), V(googlecloud), or V(rackspace)) and the
        parameters of that module, such as C(bucket) and C(region).
      - Required when O(storage_type) changes.
      - Values are compared as strings.
      - Every administrator of the portal can read these values. In the output, the module replaces
        values whose names look like secrets, such as C(ssekey), with V((hidden\)). If you pass
        V((hidden\)), the portal keeps its current value.
    type: dict
  period:
    description:
      - Frequency of the backups.
      - If you change it to V(EveryWeek) or V(EveryMonth), the day is required.
      - If unset, a new schedule uses V(EveryDay).
    type: str
    choices: [EveryDay, EveryWeek, EveryMonth]
  hour:
    description:
      - Hour at which the backup runs, 0 to 23, in the time zone of the portal, or in UTC with
        O(dump).
      - The server starts the backup within 15 minutes after the hour.
      - In time zones west of Greenwich, the server never starts a new or changed schedule at an
        hour that is on the next day in UTC, such as 22 in New York. The module warns about such a
        change if it reads the time zone, see O(extra_run).
        M(onlyoffice.docspace.docspace_backup_audit) reports such a schedule.
      - Required when the portal has no schedule yet.
    type: int
  day:
    description:
      - Day on which the backup runs, 1 (Sunday) to 7 (Saturday) for V(EveryWeek), and 1 to 31 for
        V(EveryMonth). Ignored for V(EveryDay).
      - The server skips months that do not have the day, or runs the backup in the first days of
        March instead.
      - The web interface of DocSpace 3.5 and 3.6 shows the name of the following weekday. To avoid
        confusion, use O(weekday).
    type: int
  weekday:
    description:
      - Day of the week. Use it instead of O(day), and only with O(period=EveryWeek).
    type: str
    choices: [sunday, monday, tuesday, wednesday, thursday, friday, saturday]
  backups_stored:
    description:
      - Number of scheduled backups that the server keeps, 1 to 30. Backups that were started
        manually do not count.
      - Required when the portal has no schedule yet.
    type: int
  dump:
    description:
      - Schedule to manage, V(false) for the schedule of the portal, V(true) for the schedule of the
        dump of the whole server. Only self-hosted servers have the latter, and all portals of a
        server share it.
      - If unset, it is always V(false), regardless of the current schedule.
    type: bool
    default: false
  verify_target:
    description:
      - Whether to check the folder of the schedule too, for V(Documents) and
        V(ThirdPartyDocuments). Sends one additional request.
      - The server itself does not check it. If the folder is deleted, the schedule does not change,
        and every backup fails.
      - If the folder cannot take backups, the module reports it in RV(target_problem) and in a
        warning. A change that sets such a folder fails, and nothing is changed.
    type: bool
    default: false
  extra_run:
    description:
      - Action if a change is going to make the server start an extra backup, because the hour of
        the schedule has already passed today. On a paid plan, the extra backup can cost money.
      - V(warn) makes the change and shows a warning. V(allow) makes the change silently. V(defer)
        does not make the change, see RV(deferred).
      - With V(warn) and V(defer), a change that can start an extra backup sends one additional
        request for the time zone of the portal. The module then also warns if the server does not
        start the schedule, see O(hour).
    type: str
    choices: [allow, warn, defer]
    default: warn
  last_backup_time:
    description:
      - Ignored. Accepted so that you can pass RV(schedule) back to the module.
    type: str
  next_run:
    description:
      - Ignored. Accepted so that you can pass the RV(schedule) of
        M(onlyoffice.docspace.docspace_backup_schedule_info) to the module.
    type: str
seealso:
  - module: onlyoffice.docspace.docspace_backup_schedule_info
"""

EXAMPLES = r"""
- name: Back up every night into a room of the portal and keep 7 backups
  onlyoffice.docspace.docspace_backup_schedule:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    storage_type: Documents
    storage_params:
      folderId: 1234
    period: EveryDay
    hour: 3
    backups_stored: 7

- name: Back up every Sunday into a bucket
  onlyoffice.docspace.docspace_backup_schedule:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    storage_type: ThirdPartyConsumer
    storage_params:
      module: s3
      bucket: docspace-backups
      region: eu-central-1
    period: EveryWeek
    weekday: sunday
    hour: 2
    backups_stored: 4

- name: Keep ten copies without changing anything else
  onlyoffice.docspace.docspace_backup_schedule:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    backups_stored: 10

- name: Dump a self-hosted server on the first of each month
  onlyoffice.docspace.docspace_backup_schedule:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    dump: true
    storage_type: Local
    storage_params:
      filePath: /var/backups/docspace
    period: EveryMonth
    day: 1
    hour: 4
    backups_stored: 3

- name: Show the changes without making them
  onlyoffice.docspace.docspace_backup_schedule:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    backups_stored: 14
  check_mode: true
  diff: true

- name: Change the hour, but not if that starts an extra backup
  onlyoffice.docspace.docspace_backup_schedule:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    hour: 4
    extra_run: defer
    verify_target: true

- name: Remove the schedule
  onlyoffice.docspace.docspace_backup_schedule:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    state: absent

- name: Set the connection options for several tasks
  module_defaults:
    group/onlyoffice.docspace.docspace:
      api_host: https://portal.example.com
      api_key: "{{ docspace_api_key }}"
  block:
    - name: Read the schedule
      onlyoffice.docspace.docspace_backup_schedule_info:
      register: backup

    - name: Restore the schedule, regardless of changes in the meantime
      onlyoffice.docspace.docspace_backup_schedule:
        storage_type: "{{ backup.schedule.storage_type }}"
        storage_params: "{{ backup.schedule.storage_params }}"
        period: "{{ backup.schedule.period }}"
        hour: "{{ backup.schedule.hour }}"
        day: "{{ backup.schedule.day | default(omit, true) }}"
        backups_stored: "{{ backup.schedule.backups_stored }}"
      when: backup.schedule is not none
"""

RETURN = r"""
schedule:
  description:
    - Schedule after the task, in the structure of the options. In check mode, the schedule as it
      would be after a run. V(null) if there is no schedule.
    - Values that are not valid as options, such as an unknown storage type, are V(null).
  returned: success
  type: dict
  sample:
    storage_type: Documents
    storage_params:
      folderId: "1234"
    period: EveryWeek
    hour: 3
    day: 1
    weekday: sunday
    backups_stored: 7
    dump: false
    last_backup_time: "2026-07-01T01:00:04Z"
  contains:
    storage_type:
      description: Storage for the backups.
      returned: when there is a schedule
      type: str
      sample: Documents
    storage_params:
      description: Parameters of the storage as strings, without the ones that the server adds.
      returned: when there is a schedule
      type: dict
      sample: {folderId: "1234"}
    period:
      description: Frequency of the backups.
      returned: when there is a schedule
      type: str
      sample: EveryDay
    hour:
      description: Hour of the backup in the time zone of the portal, or in UTC for a dump.
      returned: when there is a schedule
      type: int
      sample: 3
    day:
      description: Day of the backup, 1 is Sunday for V(EveryWeek). V(null) for V(EveryDay).
      returned: when there is a schedule
      type: int
      sample: 1
    weekday:
      description: Name of the day for V(EveryWeek), otherwise V(null).
      returned: when there is a schedule
      type: str
      sample: sunday
    backups_stored:
      description: Number of scheduled backups to keep. V(null) if the server stores no number.
      returned: when there is a schedule
      type: int
      sample: 7
    dump:
      description: Whether this is the schedule of the dump of the whole server.
      returned: when there is a schedule
      type: bool
      sample: false
    last_backup_time:
      description:
        - Start time of the last scheduled backup in UTC. V(null) if there was none.
        - Does not indicate success. Every write of the schedule resets it to V(null).
      returned: when there is a schedule
      type: str
      sample: "2026-07-01T01:00:04Z"
deferred:
  description:
    - Whether the module did not make a change because of O(extra_run=defer).
  returned: success
  type: bool
  sample: false
safe_from:
  description:
    - Time in UTC from which the deferred change does not start an extra backup.
    - V(null) if no change was deferred, or if there is no such time, which is the case for early
      hours in time zones far east of UTC.
  returned: success
  type: str
  sample: "2026-07-02T00:00:00Z"
target_problem:
  description:
    - Reason why the folder of the schedule cannot take backups. V(null) if it can, or if
      O(verify_target) is V(false).
  returned: success
  type: str
  sample: "does not exist: every backup fails"
diff:
  description:
    - Schedule before and after the task in the structure of the options, empty if there is none.
  returned: success
  type: dict
  sample:
    before: {backups_stored: 7}
    after: {backups_stored: 10}
    before_header: https://portal.example.com (backup schedule)
    after_header: https://portal.example.com (backup schedule)
error:
  description: Details of the error, for use in conditions.
  returned: failure
  type: dict
  sample:
    kind: unauthorized
    status: 401
    method: GET
    path: /api/2.0/backup/getbackupschedule
    portal: https://portal.example.com
    retries: 0
    server_message: ""
  contains:
    kind:
      description:
        - Category of the error.
        - Without a response from the portal, it is V(options), V(address), V(connection),
          V(timeout), V(tls), V(too_large), V(truncated), V(target) or V(internal).
        - With a response, it is V(unauthorized), V(scope), V(forbidden), V(payment), V(not_found),
          V(portal_state), V(refused), V(rate_limit), V(redirect), V(proxy), V(server),
          V(unavailable), V(malformed), V(not_applied) or V(unexpected).
      returned: failure
      type: str
      sample: unauthorized
    status:
      description: HTTP status of the response. V(null) if there was none.
      returned: failure
      type: int
      sample: 401
    method:
      description: HTTP method of the failed request. Empty if none was sent.
      returned: failure
      type: str
      sample: GET
    path:
      description: Path of the failed request. Empty if none was sent.
      returned: failure
      type: str
      sample: /api/2.0/backup/getbackupschedule
    portal:
      description: Address of the portal.
      returned: failure
      type: str
      sample: https://portal.example.com
    retries:
      description: Number of retries of the request.
      returned: failure
      type: int
      sample: 3
    server_message:
      description:
        - Message of the server, in the language of the owner of the key. Empty if there was none.
      returned: failure
      type: str
      sample: Access denied
"""

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_schedule_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.module import run_module
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.task import run


def main() -> None:
    run_module(run, backup_schedule_spec())


if __name__ == "__main__":
    main()
