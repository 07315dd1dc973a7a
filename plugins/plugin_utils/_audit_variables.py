# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Validation of the variables of the role backup_audit. Messages name the variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import AnsibleValidationError as ArgumentSpecError

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    Spec,
    backup_audit_spec,
    connection_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.given import (
    without_blanks,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.output import Output
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.secrets import secrets_in
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.task import (
    policy_from_options,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.verdict import (
    COUNTED,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._notation import (
    as_a_module_gets_them,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._role_variables import (
    with_whole_paths,
)

# Variables of the report, which are not options of the module.
_OF_THE_REPORT: Spec = {
    "backup_audit_dest": {"type": "str"},
    "backup_audit_mode": {"type": "raw"},
    "backup_audit_fail_on": {"type": "str", "choices": list(COUNTED)},
}

# The variable of each option: docspace_ for the connection, the role's prefix for the rest.
_VARIABLES = {
    option: f"docspace_{option}" if option in connection_spec() else f"backup_audit_{option}"
    for option in backup_audit_spec()
}


def role_spec() -> Spec:
    """Return the variables of the role by name, with the types and choices of their values."""
    of_the_module = {
        _VARIABLES[option]: {key: value for key, value in entry.items() if key != "aliases"}
        for option, entry in backup_audit_spec().items()
    }
    return {**of_the_module, **_OF_THE_REPORT}


def problem(variables: Mapping[str, Any], folder: str) -> str:
    """Return the first problem with the variables as one line, or "" if there is none.

    `variables` are role variables by name. A blank variable counts as unset. Relative paths of the
    connection start at `folder`.
    """
    given = without_blanks(as_a_module_gets_them(variables))
    secrets = secrets_in(
        {option: given.get(variable) for option, variable in _VARIABLES.items()}, os.environ
    )
    try:
        _check(given, folder)
    except OptionError as error:
        named = OptionError(
            _VARIABLES.get(error.option, error.option), error.problem, portal=error.portal
        )
        return Output(secrets).line(str(named))
    except ArgumentSpecError as error:
        return Output(secrets).line(str(error))
    return ""


def _check(given: Mapping[str, Any], folder: str) -> None:
    """Raise ArgumentSpecError or OptionError if the module would reject the variables."""
    result = ArgumentSpecValidator(role_spec()).validate(dict(given))
    if result.errors.errors:
        raise result.errors.errors[0]
    options = {
        option: result.validated_parameters.get(variable) for option, variable in _VARIABLES.items()
    }
    Connection.from_options(with_whole_paths(options, folder))
    policy_from_options(options)
