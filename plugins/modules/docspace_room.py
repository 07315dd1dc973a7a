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
  - Makes sure that a DocSpace portal has a room with a title, for example one that holds the
    backups, or archives that room.
  - The room is known by its title alone. On the server titles are not unique, so the module looks
    at all rooms first, and makes one only where there is none.
  - A room counts where the owner of the key may create files in it. Rooms of other people, which an
    admin sees but may not write into, do not.
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
      - Only reads the portal. A key with the scope C(rooms:read) is enough.
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
      - Title of the room, at most 170 characters. Upper and lower case are told apart.
      - It is changed in the way in which the server changes it. Blanks around it are removed, and
        tabs, C(* + " < > ? | \ /), colons and each half of an emoji become C(_).
      - Where several rooms that can be written to have the title, the task fails and names them.
    type: str
    required: true
  room_type:
    description:
      - Type of a room that is made. V(EditingRoom) is what the web interface calls a collaboration
        room.
      - The type of a room cannot be changed later. A room that has another one is used as it is,
        with a warning.
      - Everybody who has the link of a V(PublicRoom) can read what is in it, and a
        V(FillingFormsRoom) is for forms. Neither is a good place for backups, which is warned of.
    type: str
    choices: [CustomRoom, EditingRoom, PublicRoom, VirtualDataRoom, FillingFormsRoom]
    default: CustomRoom
  state:
    description:
      - Whether the portal has the room.
      - With V(present), a room that is in the archive makes the task fail, unless O(unarchive) is
        V(true). A second one is never made beside it.
      - With V(absent) the room is moved to the archive, with all that is in it, and nothing is
        deleted. A room that is there already, or does not exist, changes nothing.
      - A backup schedule that has the room as its target goes on writing into the archived room.
        Change or remove it first.
    type: str
    choices: [present, absent]
    default: present
  unarchive:
    description:
      - Whether a room that is in the archive is taken out of it, where it is the only one with the
        title.
    type: bool
    default: false
seealso:
  - module: onlyoffice.docspace.docspace_backup_schedule
notes:
  - Two tasks that make the same room of the same portal at the same moment can make it twice.
"""

EXAMPLES = r"""
- name: Make sure that there is a room for the backups
  onlyoffice.docspace.docspace_room:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    title: Backups
  register: backups

- name: Back up every night into it
  onlyoffice.docspace.docspace_backup_schedule:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    storage_type: Documents
    storage_params:
      folderId: "{{ backups.room.id }}"
    hour: 3
    backups_stored: 7

- name: Make sure of a room in which nobody can make public links
  onlyoffice.docspace.docspace_room:
    api_host: https://portal.example.com
    api_key: "{{ docspace_api_key }}"
    title: Board
    room_type: EditingRoom

- name: See what would change, and change nothing
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

- name: Give the connection once for several tasks
  module_defaults:
    group/onlyoffice.docspace.docspace:
      api_host: https://portal.example.com
      api_key: "{{ docspace_api_key }}"
  block:
    - name: Make sure of some rooms
      onlyoffice.docspace.docspace_room:
        title: "{{ item }}"
      loop: [Backups, Invoices]
"""

RETURN = r"""
room:
  description:
    - The room as it is after the task (in check mode, as it would be). V(null) where there is none.
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
        - The number of the room as text, which is the C(folderId) of a backup schedule.
        - V(null) in check mode for a room that is yet to be made.
      returned: when there is a room
      type: str
      sample: "41"
    title:
      description: The title as the server stores it.
      returned: when there is a room
      type: str
      sample: Backups
    room_type:
      description: The type of the room; the number of the server for one that has no name here.
      returned: when there is a room
      type: str
      sample: CustomRoom
    owner:
      description:
        - Name of the owner of the room. V(null) in check mode for a room that is yet to be made.
      returned: when there is a room
      type: str
      sample: Portal Admin
    writable:
      description: Whether the owner of the key may create files in the room.
      returned: when there is a room
      type: bool
      sample: true
diff:
  description: The room before and after in the shape of the options; empty for no room.
  returned: success
  type: dict
  sample:
    before: {}
    after: {title: Backups, room_type: CustomRoom}
    before_header: https://portal.example.com (room)
    after_header: https://portal.example.com (room)
error:
  description:
    - What went wrong, for plays that decide on it. Its members are those of
      M(onlyoffice.docspace.docspace_backup_schedule).
    - The word in RV(error.kind) is V(ambiguous) where several rooms have the title, V(not_writable)
      where the room belongs to somebody else, and V(archived) where it is in the archive.
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
      description: One word for the class of the error.
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
