#!/usr/bin/python

# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: docspace_backup_schedule_info
short_description: Read the automatic backup schedule of an ONLYOFFICE DocSpace portal
version_added: 1.0.0
description:
  - Reads the backup schedule of a DocSpace portal and the time of its next run.
  - The result has the structure of the options of M(onlyoffice.docspace.docspace_backup_schedule),
    so you can pass it to that module.
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
      - Schedule to read, V(false) for the schedule of the portal, V(true) for the schedule of the
        dump of the whole server. Only self-hosted servers have the latter.
    type: bool
    default: false
  gather:
    description:
      - Additional information to return. V(portal) adds RV(portal).
    type: list
    elements: str
    choices: [portal]
    default: []
seealso:
  - module: onlyoffice.docspace.docspace_backup_schedule
"""

EXAMPLES = r"""
- name: Read the schedule of a portal
  onlyoffice.docspace.docspace_backup_schedule_info:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
  register: backup

- name: Show the time of the next backup
  ansible.builtin.debug:
    msg: "{{ 'none' if backup.schedule is none else backup.schedule.next_run }}"

- name: Read the schedule, the version, and the time zone of the portal
  onlyoffice.docspace.docspace_backup_schedule_info:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    gather: [portal]

- name: Read the schedule of the dump of a self-hosted server
  onlyoffice.docspace.docspace_backup_schedule_info:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    dump: true
"""

RETURN = r"""
schedule:
  description:
    - Schedule in the structure of the options of
      M(onlyoffice.docspace.docspace_backup_schedule). V(null) if there is none.
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
    last_backup_time: "2026-06-28T01:00:04Z"
    next_run: "2026-07-05T01:00:00Z"
  contains:
    storage_type:
      description: Storage for the backups.
      returned: when there is a schedule
      type: str
      sample: Documents
    storage_params:
      description:
        - Parameters of the storage as strings, without the ones that the server adds.
        - Values whose names look like secrets are V((hidden\)).
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
        - Does not indicate success.
      returned: when there is a schedule
      type: str
      sample: "2026-06-28T01:00:04Z"
    next_run:
      description:
        - Next time of the schedule in UTC, computed from the time zone of the portal.
        - Takes daylight saving time into account, but not an extra backup that the server starts
          because the schedule was saved after its hour.
        - V(null) if it is unknown, because the portal does not report its time zone, the host on
          which the module runs does not know the time zone, or backups to the storage type never
          run.
      returned: when there is a schedule
      type: str
      sample: "2026-07-05T01:00:00Z"
portal:
  description: Facts of the portal.
  returned: when O(gather) contains V(portal)
  type: dict
  sample:
    version: 3.7.2
    standalone: true
    timezone: Europe/Berlin
  contains:
    version:
      description: Version of DocSpace. V(null) if the portal does not report it.
      returned: when O(gather) contains V(portal)
      type: str
      sample: 3.7.2
    standalone:
      description: Whether the portal is on a self-hosted server.
      returned: when O(gather) contains V(portal)
      type: bool
      sample: true
    timezone:
      description: Time zone of the portal (IANA name). V(null) if the portal does not report it.
      returned: when O(gather) contains V(portal)
      type: str
      sample: Europe/Berlin
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
    path: /api/2.0/backup/getbackupschedule
    portal: https://portal.example.com
    retries: 0
    server_message: ""
"""

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_schedule_info_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.module import run_module
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.info import run


def main() -> None:
    run_module(run, backup_schedule_info_spec())


if __name__ == "__main__":
    main()
