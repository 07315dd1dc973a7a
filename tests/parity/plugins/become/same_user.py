# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Becomes the user that already runs the task, which needs no program."""

from __future__ import annotations

from ansible.plugins.become import BecomeBase

DOCUMENTATION = """
name: same_user
short_description: Becomes nobody else
description:
  - Part of the tests, not of the collection.
options:
  become_user:
    description: Not used.
  become_exe:
    description: Not used.
  become_flags:
    description: Not used.
  become_pass:
    description: Not used.
"""


class BecomeModule(BecomeBase):  # type: ignore[misc]  # ansible-core ships no types
    name = "same_user"

    def build_become_command(self, cmd: str, shell: object) -> str:
        super().build_become_command(cmd, shell)
        command: str = self._build_success_command(cmd, shell)
        return command
