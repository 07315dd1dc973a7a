#!/usr/bin/python

# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: docspace_backup_fetch
short_description: Copy a backup of an ONLYOFFICE DocSpace portal to another machine
version_added: 1.1.0
description:
  - Downloads the archive of a backup to the machine on which the task runs, and verifies that it is
    complete. If you lose a portal, you also lose the backups in its rooms.
  - If the archive is already there, the module does not download it again.
  - The module continues interrupted downloads, even those of an earlier task. The archive gets its
    final name only when it is complete.
author:
  - The onlyoffice.docspace authors (@onlyoffice)
extends_documentation_fragment:
  - onlyoffice.docspace.docspace
  - onlyoffice.docspace.attributes
  - onlyoffice.docspace.attributes.actiongroup_docspace
  - ansible.builtin.files
attributes:
  check_mode:
    support: full
    details:
      - Sends the same read requests as a run, but does not download the archive. RV(checksum) is
        V(null) if the archive is not there yet.
      - These requests include the backup history. See the notes.
      - O(dest) can be in a directory that an earlier task of the play creates. If O(dest) is that
        directory, end it with a slash.
  diff_mode:
    support: full
  idempotent:
    support: full
  platform:
    support: full
    platforms: posix
options:
  dest:
    description:
      - Path of the file or directory to which the module writes the archive. In a directory, the
        archive keeps the name that it has on the portal, which contains the name of the portal and
        a time.
      - The directory must exist. The module follows a symbolic link to a directory, but rejects a
        symbolic link to a file.
      - Only the owner of the file can read it, unless you set O(mode).
      - The modification time of the file is the time at which the backup was made.
    type: path
    required: true
  backup_id:
    description:
      - ID of the backup, as in RV(backup.id) or in the result of
        M(onlyoffice.docspace.docspace_backup).
      - If unset, the module fetches the newest backup in the history.
    type: str
  max_age:
    description:
      - Maximum age of the backup. The age is the time since the backup ended, according to the
        clock of the server. The task fails if the backup is older.
      - Durations are whole seconds, or a number with the unit V(s), V(m), V(h), V(d) or V(w), such
        as V(26h).
      - If unset, the age does not matter.
    type: str
  verify:
    description:
      - Whether to read the archive to the end, as C(gzip) and C(tar) would, to verify that it is
        complete. The module does not unpack the archive to the disk. If the archive is damaged, the
        module removes it, and the task fails.
      - The module verifies an archive that is already there in the same way. If it is damaged, the
        module downloads it again.
      - If V(false), the module checks only the size and the first bytes.
    type: bool
    default: true
  dump:
    description:
      - Whether to fetch a backup of the whole server with all its portals instead of one portal.
        Self-hosted servers only.
    type: bool
    default: false
seealso:
  - module: onlyoffice.docspace.docspace_backup
  - module: onlyoffice.docspace.docspace_backup_info
  - module: onlyoffice.docspace.docspace_backup_schedule
notes:
  - Archives of the storage types C(Documents) and C(ThirdPartyDocuments) can be fetched as long as
    they exist. The owner of the key must be able to see the room. The module looks for the archive
    in the folder of the backup schedule, then in My documents, and then in each room, which takes
    one request per room.
  - Archives of the storage types C(ThirdPartyConsumer) and C(DataStore) can be fetched for 24 hours
    after the backup, and only until the next backup starts. Archives of the type C(Local) are on
    the disk of the server and cannot be fetched.
  - The task reads the backup history. When it is read, the server checks every archive, and
    permanently removes a record from the history if it does not find the archive at that moment.
    Ensure that the storage is available, in particular a C(Local) directory, which must be mounted
    in the container of the API too.
  - For the download itself, O(timeout) is the maximum time without any data. The whole download has
    no time limit. O(retries) is the number of additional attempts that may fail in a row.
  - The server records each download in the audit trail, and calls the webhooks for downloaded
    files.
  - While an archive is incomplete, its name has the additional suffix C(.part).
  - A running task reports its progress on the terminal if it runs in Ansible's worker process, but
    never with C(no_log).
  - Links to archives work without a login. They are never part of a result. The module sends the
    API key to the portal only, and not to other hosts that store archives.
"""

EXAMPLES = r"""
- name: Copy the newest backup to the control node
  onlyoffice.docspace.docspace_backup_fetch:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    dest: /srv/backups/

- name: Copy the newest backup, and fail if it is older than 26 hours
  onlyoffice.docspace.docspace_backup_fetch:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    dest: /srv/backups/
    max_age: 26h

- name: Make a backup before the upgrade
  onlyoffice.docspace.docspace_backup:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    max_age: 0
  register: made

- name: Copy that backup to a file that the group can read
  onlyoffice.docspace.docspace_backup_fetch:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    backup_id: "{{ made.backup.id }}"
    dest: /srv/backups/before-upgrade.tar.gz
    mode: "0640"
"""

RETURN = r"""
dest:
  description: Path of the archive.
  returned: success
  type: str
  sample: /srv/backups/portal_2026-07-01_02-15-07.tar.gz
size:
  description:
    - Size of the archive in bytes.
    - V(null) in check mode if the server does not report it.
  returned: success
  type: int
  sample: 734003200
checksum:
  description:
    - SHA-256 checksum of the archive.
    - V(null) in check mode if the archive is not there yet.
  returned: success
  type: str
  sample: 6433c08aa779b22c9989dbc27f8ca48d438c645157b73c89cfb200b6aeae220a
verified:
  description: Whether this task read the archive to the end and found it complete.
  returned: success
  type: bool
  sample: true
backup:
  description: The backup that the archive belongs to.
  returned: success
  type: dict
  contains:
    id:
      description: ID of the backup.
      returned: always
      type: str
      sample: 8f0d1d3c-5c0f-4bb0-9b2f-0f6a8f4e7a11
    file_name:
      description: Name of the archive on the portal.
      returned: always
      type: str
      sample: portal_2026-07-01_02-15-07.tar.gz
    storage_type:
      description: Type of the storage to which the backup was written.
      returned: always
      type: str
      sample: Documents
    created_on:
      description: Time at which the backup ended, in UTC.
      returned: always
      type: str
      sample: "2026-07-01T02:15:07Z"
    expires_on:
      description: Time at which the server removes the archive, in UTC. V(null) if it does not
        expire.
      returned: always
      type: str
      sample: "2026-07-02T02:15:07Z"
    incomplete:
      description: Always V(null), because the history does not contain this information.
      returned: always
      type: bool
      sample: null
    dump:
      description: Whether it is a backup of the whole server.
      returned: always
      type: bool
      sample: false
error:
  description: Details of the error, for use in conditions.
  returned: failure
  type: dict
  contains:
    kind:
      description:
        - V(options) if an option or the destination is invalid.
        - V(not_found) if the history has no such backup, or if its archive cannot be found.
        - V(too_old) if the backup is older than O(max_age).
        - V(not_fetchable) if the archive cannot be downloaded through the portal.
        - V(damaged) if the archive is not complete on the portal.
        - V(no_space) if the archive does not fit on the disk.
        - V(destination) if the file cannot be written for another reason.
        - V(busy) if another task is writing to the same destination.
        - For failed requests, see M(onlyoffice.docspace.docspace_backup_schedule).
      returned: always
      type: str
      sample: damaged
    status:
      description: HTTP status of the response. V(null) if there was none.
      returned: always
      type: int
      sample: 404
    method:
      description: HTTP method of the failed request. Empty if no request failed.
      returned: always
      type: str
      sample: GET
    path:
      description: Path of the failed request. Empty if no request failed.
      returned: always
      type: str
      sample: /api/2.0/backup/getbackuphistory
    portal:
      description: Address of the portal.
      returned: always
      type: str
      sample: https://portal.example.com
    retries:
      description: Number of retries of the request.
      returned: always
      type: int
      sample: 3
    server_message:
      description: Message of the server. Empty if there was none.
      returned: always
      type: str
      sample: ""
"""

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_fetch_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.files import (
    apply_file_options,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.module import run_module
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.fetch import run


def main() -> None:
    """Run the module."""
    run_module(run, backup_fetch_spec(), apply_file_options)


if __name__ == "__main__":
    main()
