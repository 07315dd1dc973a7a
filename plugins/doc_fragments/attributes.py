# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The attributes of all modules. Each module documents how it supports them."""

from __future__ import annotations


class ModuleDocFragment:
    """The meaning of each attribute."""

    DOCUMENTATION = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode) and report the changes without making them.
  diff_mode:
    description: Returns the differences in C(diff_mode).
  idempotent:
    description: A second run with the same options changes nothing.
  platform:
    description: Platforms on which the module runs.
"""

    ACTIONGROUP_DOCSPACE = r"""
attributes:
  action_group:
    description: Use C(group/onlyoffice.docspace.docspace) in C(module_defaults) to set the
      connection options of all modules.
    support: full
    membership:
      - onlyoffice.docspace.docspace
"""
