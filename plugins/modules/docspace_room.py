#!/usr/bin/python

# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: docspace_room
short_description: Manage a room of an ONLYOFFICE DocSpace portal
version_added: 1.0.0
description:
  - Ensures that a room with the given title exists on a DocSpace portal, for example a room for
    backups, or archives that room.
  - The title identifies the room. Because titles are not unique on the server, the module reads all
    rooms first, and creates a room only if there is none with the title.
  - If two tasks create the room at the same time, for example in two slices of a job, the room with
    the lowest ID remains. The other task deletes the room that it has just created, if it is empty.
  - The owner of the key must be able to create files in the room. A DocSpace admin can see the
    rooms of other users, but cannot write to all of them.
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
      - Only reads from the portal. A key with the scope C(rooms:read) is sufficient.
  diff_mode:
    support: full
  idempotent:
    support: full
  platform:
    support: full
    platforms: posix
options:
  title:
    description:
      - Title of the room, at most 170 characters. The title is case-sensitive.
      - The module normalizes the title like the server. It removes surrounding white space, and
        replaces tabs, C(* + " < > ? | \ /), and colons with C(_), and most emoji with C(__).
      - If several writable rooms have the title, the task fails and lists them.
    type: str
    required: true
  room_type:
    description:
      - Type of the room to create. The web interface calls an V(EditingRoom) a collaboration room.
      - You cannot change the type of an existing room. If it has a different type, the module uses
        the room and shows a warning.
      - Anyone who has the link to a V(PublicRoom) can read its contents, and a V(FillingFormsRoom)
        is for forms. The module warns you if you use one of these for backups.
    type: str
    choices: [CustomRoom, EditingRoom, PublicRoom, VirtualDataRoom, FillingFormsRoom]
    default: CustomRoom
  state:
    description:
      - State of the room.
      - With V(present), the task fails if the room is archived, unless O(unarchive) is V(true). The
        module never creates a second room with the same title.
      - V(absent) moves the room and its contents to the archive. Nothing is deleted. If the room is
        already archived or does not exist, nothing changes.
      - A backup schedule with this room as its target continues to write to the archived room.
        Change or remove the schedule first.
    type: str
    choices: [present, absent]
    default: present
  unarchive:
    description:
      - Whether to restore the room from the archive, if it is the only one with the title.
    type: bool
    default: false
seealso:
  - module: onlyoffice.docspace.docspace_backup_schedule
notes:
  - Two tasks that make the same room of the same portal at the same moment can make it twice.
"""

EXAMPLES = r"""
- name: Ensure that a room for backups exists
  onlyoffice.docspace.docspace_room:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    title: Backups
  register: backups

- name: Back up every night into the room
  onlyoffice.docspace.docspace_backup_schedule:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    storage_type: Documents
    storage_params:
      folderId: "{{ backups.room.id }}"
    hour: 3
    backups_stored: 7

- name: Ensure that a room without public links exists
  onlyoffice.docspace.docspace_room:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    title: Board
    room_type: EditingRoom

- name: Show the changes without making them
  onlyoffice.docspace.docspace_room:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    title: Backups
  check_mode: true
  diff: true

- name: Archive a room
  onlyoffice.docspace.docspace_room:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    title: Old backups
    state: absent

- name: Set the connection options for several tasks
  module_defaults:
    group/onlyoffice.docspace.docspace:
      api_host: https://portal.example.com
      api_key: "{{ docspace_api_key }}"
  block:
    - name: Ensure that several rooms exist
      onlyoffice.docspace.docspace_room:
        title: "{{ item }}"
      loop: [Backups, Invoices]
"""

RETURN = r"""
room:
  description:
    - Room after the task. In check mode, the room as it would be after a run. V(null) if there is
      none.
  returned: success
  type: dict
  sample:
    id: "41"
    title: Backups
    room_type: CustomRoom
    owner: Portal Admin
    writable: true
  contains:
    id:
      description:
        - ID of the room as a string. Use it as the C(folderId) of a backup schedule.
        - V(null) in check mode if the room does not exist yet.
      returned: when there is a room
      type: str
      sample: "41"
    title:
      description: Title as the server stores it.
      returned: when there is a room
      type: str
      sample: Backups
    room_type:
      description: Type of the room, or the server's number if the module does not know the type.
      returned: when there is a room
      type: str
      sample: CustomRoom
    owner:
      description:
        - Name of the room owner. V(null) in check mode if the room does not exist yet.
      returned: when there is a room
      type: str
      sample: Portal Admin
    writable:
      description: Whether the owner of the key can create files in the room.
      returned: when there is a room
      type: bool
      sample: true
diff:
  description:
    - Room before and after the task in the structure of the options, empty if there is none.
  returned: success
  type: dict
  sample:
    before: {}
    after: {title: Backups, room_type: CustomRoom}
    before_header: https://portal.example.com (room)
    after_header: https://portal.example.com (room)
error:
  description:
    - Details of the error, for use in conditions. The keys are the ones of
      M(onlyoffice.docspace.docspace_backup_schedule).
    - RV(error.kind) is V(ambiguous) if several rooms have the title, V(not_writable) if the room
      belongs to another account, and V(archived) if the room is archived.
  returned: failure
  type: dict
  sample:
    kind: not_writable
    status: null
    method: ""
    path: ""
    portal: https://portal.example.com
    retries: 0
    server_message: ""
  contains:
    kind:
      description: Category of the error.
      returned: failure
      type: str
      sample: not_writable
"""

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import room_spec
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.module import run_module
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.task import run


def main() -> None:
    run_module(run, room_spec())


if __name__ == "__main__":
    main()
