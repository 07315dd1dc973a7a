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
  - Creates, changes or removes the schedule by which a DocSpace portal backs itself up.
  - The schedule is read first, and written only where it differs from what the task wants. This
    matters, because on the server every write forgets the last run and can start an extra, even a
    paid, backup.
  - A portal has one schedule. A self-hosted server has one more for the dump of the whole server,
    see O(dump).
  - An option that is left out keeps what the portal has.
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
      - Only reads the portal. A key with the scope C(*:read) is enough.
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
      - Whether the portal has a schedule.
      - With V(absent) the schedule is removed. The backups that it made stay.
    type: str
    choices: [present, absent]
    default: present
  storage_type:
    description:
      - Where the backups are stored.
      - V(Documents) is a room or folder of the portal, V(ThirdPartyDocuments) one in a connected
        cloud (V(ThridpartyDocuments) is the server's own spelling of it).
      - V(Local) is a directory of a self-hosted server.
      - V(ThirdPartyConsumer) is a storage such as S3 whose access keys are set in the portal's
        integration settings.
      - V(DataStore) is a temporary store in which an archive is kept for one day.
      - V(CustomCloud) is accepted by the server but never runs.
      - Needed where the portal has no schedule yet.
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
      - The parameters of the storage; they replace all that the portal has.
      - V(Documents) and V(ThirdPartyDocuments) need C(folderId), V(Local) needs C(filePath),
        V(ThirdPartyConsumer) needs C(module) (V(s3), V(googlecloud) or V(rackspace)) and what the
        module needs, such as C(bucket) and C(region).
      - Needed anew where O(storage_type) changes.
      - Values are compared as text.
      - Every administrator of the portal can read these values. Values whose names look like
        secrets (such as C(ssekey)) are hidden in the output as V((hidden\)), and V((hidden\)) given
        back keeps the portal's value.
    type: dict
  period:
    description:
      - How often the backup runs.
      - Where it changes to V(EveryWeek) or V(EveryMonth), the day is needed anew.
      - A new schedule is V(EveryDay) where the option is left out.
    type: str
    choices: [EveryDay, EveryWeek, EveryMonth]
  hour:
    description:
      - Hour at which the backup runs, 0 to 23, in the time zone of the portal (in UTC with
        O(dump)).
      - The server starts it within 15 minutes after the hour.
      - Needed where the portal has no schedule yet.
    type: int
  day:
    description:
      - Day on which the backup runs. For V(EveryWeek) 1 is Sunday and 7 is Saturday, for
        V(EveryMonth) it is 1 to 31. For V(EveryDay) it is ignored.
      - Months that do not have the day are left out, or made up for in the first days of March.
      - The web interface of DocSpace 3.5 and 3.6 shows the name of the following weekday.
        O(weekday) avoids the question.
    type: int
  weekday:
    description:
      - Day of the week, in place of O(day), with O(period=EveryWeek) only.
    type: str
    choices: [sunday, monday, tuesday, wednesday, thursday, friday, saturday]
  backups_stored:
    description:
      - How many scheduled backups the server keeps, 1 to 30. Backups made by hand are not counted.
      - Needed where the portal has no schedule yet.
    type: int
  dump:
    description:
      - Which schedule is meant, that of the portal (V(false)), or that of the dump of the whole
        server (V(true)), which only self-hosted servers have and all their portals share.
      - This option is never kept from the portal; leaving it out means V(false).
    type: bool
    default: false
  verify_target:
    description:
      - Whether the folder of the schedule is looked at too, with V(Documents) and
        V(ThirdPartyDocuments). It costs one more request.
      - The server itself does not look. A schedule whose folder was deleted stays as it is, and
        every backup fails.
      - A folder that cannot take backups is told in RV(target_problem) and in a warning. A change
        that would send backups there fails, and changes nothing.
    type: bool
    default: false
  extra_run:
    description:
      - What is done where the change would make the server start an extra backup at once, because
        the hour of the schedule has already passed today. On a paid plan it may cost money.
      - V(warn) changes the schedule and warns, V(allow) changes it and says nothing, V(defer)
        leaves it as it is, see RV(deferred).
      - With V(warn) and V(defer) a change costs one more request, for the time zone of the portal.
        Without a change there is none.
    type: str
    choices: [allow, warn, defer]
    default: warn
  last_backup_time:
    description:
      - Nothing is done with it. It is there so that RV(schedule) can be given back as it is.
    type: str
  next_run:
    description:
      - Nothing is done with it. It is there so that the RV(schedule) of
        M(onlyoffice.docspace.docspace_backup_schedule_info) can be given back as it is.
    type: str
seealso:
  - module: onlyoffice.docspace.docspace_backup_schedule_info
"""

EXAMPLES = r"""
- name: Back up every night into a room of the portal and keep a week
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

- name: Keep ten copies, and leave everything else as it is
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

- name: See what would change, and change nothing
  onlyoffice.docspace.docspace_backup_schedule:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    backups_stored: 14
  check_mode: true
  diff: true

- name: Change the hour, but not today if that would start an extra backup
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

- name: Give the connection once for several tasks
  module_defaults:
    group/onlyoffice.docspace.docspace:
      api_host: https://portal.example.com
      api_key: "{{ docspace_api_key }}"
  block:
    - name: Read the schedule
      onlyoffice.docspace.docspace_backup_schedule_info:
      register: backup

    - name: Put it back, whatever has changed in between
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
    - The schedule as it is after the task (in check mode, as it would be), in the shape of the
      options. V(null) where there is none.
    - What could not be given as an option is V(null), such as a storage type that does not exist.
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
      description: Where the backups are stored.
      returned: when there is a schedule
      type: str
      sample: Documents
    storage_params:
      description: The parameters of the storage, as text, without what the server adds by itself.
      returned: when there is a schedule
      type: dict
      sample: {folderId: "1234"}
    period:
      description: How often the backup runs.
      returned: when there is a schedule
      type: str
      sample: EveryDay
    hour:
      description: Hour of the run in the time zone of the portal, in UTC for a dump.
      returned: when there is a schedule
      type: int
      sample: 3
    day:
      description: Day of the run, 1 = Sunday for V(EveryWeek). V(null) for V(EveryDay).
      returned: when there is a schedule
      type: int
      sample: 1
    weekday:
      description: Name of the day for V(EveryWeek), else V(null).
      returned: when there is a schedule
      type: str
      sample: sunday
    backups_stored:
      description: How many scheduled backups are kept. V(null) where the server stores no number.
      returned: when there is a schedule
      type: int
      sample: 7
    dump:
      description: Whether this is the schedule of the whole server.
      returned: when there is a schedule
      type: bool
      sample: false
    last_backup_time:
      description:
        - When the last scheduled backup was started, in UTC. V(null) for never.
        - It tells nothing of its success. Every write of the schedule makes it V(null).
      returned: when there is a schedule
      type: str
      sample: "2026-07-01T01:00:04Z"
deferred:
  description:
    - Whether a change was left for later, because it would have started an extra backup and
      O(extra_run=defer).
  returned: success
  type: bool
  sample: false
safe_from:
  description:
    - The time, in UTC, from which the change that was left for later starts no extra backup.
    - V(null) where nothing was left, and where there is no such time of day. That is so for early
      hours in time zones far east of UTC.
  returned: success
  type: str
  sample: "2026-07-02T00:00:00Z"
target_problem:
  description:
    - Why the folder of the schedule cannot take backups. V(null) where it can, and where nobody
      asked with O(verify_target).
  returned: success
  type: str
  sample: "does not exist: every backup fails"
diff:
  description: The schedule before and after in the shape of the options; empty for no schedule.
  returned: success
  type: dict
  sample:
    before: {backups_stored: 7}
    after: {backups_stored: 10}
    before_header: https://portal.example.com (backup schedule)
    after_header: https://portal.example.com (backup schedule)
error:
  description: What went wrong, for plays that decide on it.
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
        - One word for the class of the error.
        - Without an answer from the portal it is V(options), V(address), V(connection),
          V(timeout), V(tls), V(too_large), V(truncated), V(target) or V(internal).
        - With an answer it is V(unauthorized), V(scope), V(forbidden), V(payment), V(not_found),
          V(portal_state), V(refused), V(rate_limit), V(redirect), V(proxy), V(server),
          V(unavailable), V(malformed), V(not_applied) or V(unexpected).
      returned: failure
      type: str
      sample: unauthorized
    status:
      description: HTTP status of the answer, V(null) where there was none.
      returned: failure
      type: int
      sample: 401
    method:
      description: HTTP method of the request that failed; empty where none was sent.
      returned: failure
      type: str
      sample: GET
    path:
      description: Path of the request that failed; empty where none was sent.
      returned: failure
      type: str
      sample: /api/2.0/backup/getbackupschedule
    portal:
      description: Address of the portal.
      returned: failure
      type: str
      sample: https://portal.example.com
    retries:
      description: How often the request was repeated.
      returned: failure
      type: int
      sample: 3
    server_message:
      description:
        - The server's own words, in the language of the key's owner; empty where it had none.
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
