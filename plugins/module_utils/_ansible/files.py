# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The options of a file that a task writes: its mode, its owner, and what else Ansible knows."""

from __future__ import annotations

from typing import Any

from ansible.module_utils.basic import AnsibleModule


def apply_file_options(module: AnsibleModule, result: dict[str, Any]) -> None:
    """Give the file `dest` of the result what the options ask for; adds to the result.

    In check mode it only tells what would change. Leaves through the module where that fails.
    """
    wanted = module.load_file_common_arguments(module.params, path=result["dest"])
    result["changed"] = module.set_fs_attributes_if_different(
        wanted, result["changed"], diff=result["diff"]
    )
