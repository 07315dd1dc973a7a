# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The mode, the owner, and other attributes of a file that a task writes."""

from __future__ import annotations

from typing import Any

from ansible.module_utils.basic import AnsibleModule


def apply_file_options(module: AnsibleModule, result: dict[str, Any]) -> None:
    """Set the attributes of the file `dest` of the result, and update the result.

    In check mode, only report what would change. On failure, end the module.
    """
    wanted = module.load_file_common_arguments(module.params, path=result["dest"])
    result["changed"] = module.set_fs_attributes_if_different(
        wanted, result["changed"], diff=result["diff"]
    )
