# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The attributes of modules, documented once. How a module supports them, each says itself."""

from __future__ import annotations


class ModuleDocFragment:
    """What each attribute means."""

    DOCUMENTATION = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode) and tell what would change, without changing it.
  diff_mode:
    description: Returns what changed, or would change, in diff mode.
  idempotent:
    description: A second run with the same options changes nothing.
  platform:
    description: Platforms on which the module runs.
"""

    ACTIONGROUP_DOCSPACE = r"""
attributes:
  action_group:
    description: Use C(group/onlyoffice.docspace.docspace) in C(module_defaults) to set the
      connection options of all modules at once.
    support: full
    membership:
      - onlyoffice.docspace.docspace
"""
