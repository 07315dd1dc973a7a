# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The shell of every module: Ansible's options in, an exit out. There are no rules here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ansible_collections.onlyoffice.docspace.plugins.module_utils._argspec import Spec
from ansible_collections.onlyoffice.docspace.plugins.module_utils._errors import DocSpaceError
from ansible_collections.onlyoffice.docspace.plugins.module_utils._http import (
    REQUESTS_IMPORT_ERROR,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage import secret_values

Operation = Callable[[Mapping[str, Any], bool], "dict[str, Any]"]


class DocSpaceModule(AnsibleModule):
    """A module that treats secrets among the storage parameters as Ansible treats `no_log`."""

    def _load_params(self) -> None:
        # Before the options are checked or logged: a failed check reports them all.
        super()._load_params()
        self.no_log_values.update(secret_values(self.params.get("storage_params")))


def run_module(operation: Operation, argument_spec: Spec, **module_options: Any) -> None:
    """Run `operation(options, check_mode)` as an Ansible module, and exit with its result."""
    module = DocSpaceModule(argument_spec, **module_options)
    if REQUESTS_IMPORT_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_IMPORT_ERROR)
    try:
        result = operation(module.params, module.check_mode)
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        module.fail_json(**failure_result(error, module.params))
    for warning in result.pop("warnings", ()):
        module.warn(warning)
    module.exit_json(**result)


def failure_result(error: Exception, options: Mapping[str, Any]) -> dict[str, Any]:
    """`msg` and `error` for anything that ended the task; no traceback reaches a user."""
    if isinstance(error, DocSpaceError):
        return error.as_result()
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_name}, line {place.tb_lineno}" if place else "?"
    unforeseen = DocSpaceError(
        f"An error in the collection ({type(error).__name__} in {where}) ended the task for "
        f"{options.get('api_host')}.",
        kind="internal",
        portal=str(options.get("api_host")),
        hint="Please report it with this line.",
    )
    return unforeseen.as_result()
