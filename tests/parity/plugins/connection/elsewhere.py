# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A connection to this machine that is not `local`."""

from __future__ import annotations

from ansible.plugins.connection.local import Connection as Local

DOCUMENTATION = """
name: elsewhere
short_description: This machine by another name
description:
  - Part of the tests, not of the collection.
options: {}
"""


class Connection(Local):  # type: ignore[misc]  # ansible-core ships no types
    transport = "elsewhere"
