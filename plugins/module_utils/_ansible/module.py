# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The interface between Ansible and the operations of the modules: options in, exit out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import Spec
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.given import (
    under_one_name,
    without_blanks,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.output import Output
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.secrets import secrets_in
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.bounds import (
    REQUESTS_IMPORT_ERROR,
    too_old,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    OptionError,
)

# Takes the options, check mode, and a factory for the client. Returns the result of the task.
Operation = Callable[[Mapping[str, Any], bool, Callable[..., Client]], "dict[str, Any]"]
Finish = Callable[[AnsibleModule, "dict[str, Any]"], None]


class DocSpaceModule(AnsibleModule):
    """A module that protects every secret among its options in the way of `no_log`.

    An option that is null or blank counts as unset. `refusal` is an error in the names under which
    options are set.
    """

    no_log_values: set[str]

    def _load_params(self) -> None:
        # Do this before Ansible checks or logs the options: a failed check reports all of them.
        given = self._read_params()
        settings = {name: value for name, value in given.items() if name.startswith("_ansible_")}
        options = without_blanks({k: v for k, v in given.items() if k not in settings})
        self.no_log_values.update(secrets_in(options, os.environ))
        self.refusal: OptionError | None = None
        try:
            options = under_one_name(options, self.argument_spec)
        except OptionError as error:
            # The module cannot fail before Ansible has checked its options.
            self.refusal = error
        self.params = {**settings, **options}

    def _read_params(self) -> dict[str, Any]:
        super()._load_params()
        params: dict[str, Any] = self.params
        return params

    @property
    def output(self) -> Output:
        """The current filter for output. Ansible adds secrets while it checks the options."""
        return Output(self.no_log_values)

    def warn(self, warning: str, **more: Any) -> None:
        super().warn(self.output.line(warning), **more)

    def log(self, msg: str, log_args: Mapping[str, Any] | None = None) -> None:
        """Write to the system log, to which Ansible writes the `repr` of options."""
        output = self.output
        shown = {name: output.line(str(value)) for name, value in (log_args or {}).items()}
        super().log(output.line(msg), log_args=shown)

    def exit_json(self, **result: Any) -> None:
        super().exit_json(**self._shown(result))

    def fail_json(self, msg: str, **result: Any) -> None:
        super().fail_json(**self._shown({**result, "msg": msg}))

    def _shown(self, result: Mapping[str, Any]) -> dict[str, Any]:
        shown = self.output.result({**result, "invocation": {"module_args": self.params}})
        # All secrets are hidden now. Ansible would also hide nulls and numbers in a secret.
        self.no_log_values = set()
        return shown


def run_module(
    operation: Operation, argument_spec: Spec, finish: Finish = lambda _module, _result: None
) -> None:
    """Run `operation` as an Ansible module, and exit with its result."""
    module = DocSpaceModule(argument_spec, supports_check_mode=True)
    execute(module, operation, Client, finish)


def execute(
    module: DocSpaceModule,
    operation: Operation,
    make_client: Callable[..., Client],
    finish: Finish = lambda _module, _result: None,
) -> None:
    """Run `operation` with the options of `module`, and exit the module with the result.

    `finish` does the work that requires an AnsibleModule, and can change the result.
    """
    if REQUESTS_IMPORT_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_IMPORT_ERROR)
    if too_old():
        module.fail_json(msg=too_old())
    try:
        if module.refusal:
            raise module.refusal
        # The client truncates texts of the server, which could leave a part of a secret.
        make_client = partial(make_client, hidden=module.no_log_values)
        result = operation(module.params, module.check_mode, make_client)
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        failure = failure_result(error, module.params)
    else:
        failure = {}
    # Outside the handler, because Ansible shows the traceback of a pending exception at -vvv.
    if failure:
        module.fail_json(**failure)
    finish(module, result)
    for warning in result.pop("warnings", ()):
        module.warn(warning)
    module.exit_json(**result)


def failure_result(error: Exception, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return `msg` and `error` for any exception. Users never see a traceback."""
    if isinstance(error, DocSpaceError):
        return error.as_result()
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_name}, line {place.tb_lineno}" if place else "?"
    unforeseen = DocSpaceError(
        f"A bug in the collection ({type(error).__name__} in {where}) ended the task for "
        f"{options.get('api_host')}.",
        kind="internal",
        portal=str(options.get("api_host")),
        hint="Please report this message.",
    )
    return unforeseen.as_result()
