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
  - Reads the schedule by which a DocSpace portal backs itself up, and when it runs next.
  - The result has the shape of the options of M(onlyoffice.docspace.docspace_backup_schedule), and
    can be given back to it.
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
      - Which schedule is read, that of the portal (V(false)), or that of the dump of the whole
        server (V(true)), which only self-hosted servers have.
    type: bool
    default: false
  gather:
    description:
      - What else is reported. V(portal) adds RV(portal).
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

- name: Say when the next backup runs
  ansible.builtin.debug:
    msg: "{{ 'none' if backup.schedule is none else backup.schedule.next_run }}"

- name: Read the schedule, and the version and time zone of the portal
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
    - The schedule in the shape of the options of M(onlyoffice.docspace.docspace_backup_schedule).
      V(null) where there is none.
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
    last_backup_time: "2026-06-28T01:00:04Z"
    next_run: "2026-07-05T01:00:00Z"
  contains:
    storage_type:
      description: Where the backups are stored.
      returned: when there is a schedule
      type: str
      sample: Documents
    storage_params:
      description:
        - The parameters of the storage, as text, without what the server adds by itself.
        - Values whose names look like secrets are V((hidden\)).
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
        - It tells nothing of its success.
      returned: when there is a schedule
      type: str
      sample: "2026-06-28T01:00:04Z"
    next_run:
      description:
        - The next time of the schedule, in UTC, computed from the time zone of the portal.
        - A daylight saving change is respected. An extra run that the server starts because the
          schedule was saved late in the day is not foreseen.
        - V(null) where it cannot be known, because the portal does not tell its time zone, this
          machine does not know it, or the storage type never runs.
      returned: when there is a schedule
      type: str
      sample: "2026-07-05T01:00:00Z"
portal:
  description: The portal itself.
  returned: when O(gather) has V(portal)
  type: dict
  sample:
    version: 3.7.2
    standalone: true
    timezone: Europe/Berlin
  contains:
    version:
      description: Version of DocSpace, as the portal tells it. V(null) where it does not.
      returned: when O(gather) has V(portal)
      type: str
      sample: 3.7.2
    standalone:
      description: Whether the portal is on a self-hosted server.
      returned: when O(gather) has V(portal)
      type: bool
      sample: true
    timezone:
      description: Time zone of the portal (IANA name). V(null) where the portal does not tell it.
      returned: when O(gather) has V(portal)
      type: str
      sample: Europe/Berlin
error:
  description:
    - What went wrong, for plays that decide on it. Its members are those of
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
