# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The rules of the modules for the variables of the role, told by the variables' names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import AnsibleValidationError as ArgumentSpecError

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_schedule_spec,
    connection_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.given import (
    without_blanks,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.output import Output
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.secrets import secrets_in
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.plan import (
    wanted_from_options as check_room,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.plan import (
    wanted_from_options as check_schedule,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._notation import (
    as_a_module_gets_them,
)


def _variables() -> dict[str, str]:
    """The variable of each option: docspace_ for the connection, the role's prefix for the rest."""
    connection = {option: f"docspace_{option}" for option in connection_spec()}
    own = {option: f"backup_schedule_{option}" for option in backup_schedule_spec()}
    return {**own, **connection, "title": "backup_schedule_room"}


VARIABLES = _variables()


def problem(variables: Mapping[str, Any], folder: str) -> str:
    """The first thing that no portal could work with, as one line; "" where there is none.

    `variables` are role variables by name, None for one that is left out. Relative paths start at
    `folder`.
    """
    plain = as_a_module_gets_them(variables)
    given = without_blanks(plain)
    output = Output(secrets_in(_by_option(given), os.environ))
    try:
        _check_is_dict(given)
        _check(_validated(given), folder)
    except OptionError as error:
        named = OptionError(
            VARIABLES.get(error.option, error.option), error.problem, portal=error.portal
        )
        return output.line(str(named))
    except ArgumentSpecError as error:
        return output.line(str(error))
    return ""


def _validated(given: Mapping[str, Any]) -> dict[str, Any]:
    """The options that the variables stand for; ArgumentSpecError names the variables."""
    spec = {**backup_schedule_spec(), "title": {"type": "str"}}
    by_variable = {
        VARIABLES[option]: {key: value for key, value in entry.items() if key != "aliases"}
        for option, entry in spec.items()
    }
    result = ArgumentSpecValidator(by_variable).validate(dict(given))
    if result.errors.errors:
        raise result.errors.errors[0]
    return _by_option(result.validated_parameters)


def _check_is_dict(given: Mapping[str, Any]) -> None:
    """Raise OptionError for parameters as text, to which the role cannot add the room's number."""
    params = given.get(VARIABLES["storage_params"], {})
    if VARIABLES["title"] in given and not isinstance(params, Mapping):
        raise OptionError("storage_params", "it must be a dictionary where the role names the room")


def _check(options: dict[str, Any], folder: str) -> None:
    """Raise OptionError for what a module would refuse before its first request."""
    connection = Connection.from_options(_with_whole_paths(options, folder))
    try:
        if options["title"] is not None:
            check_room({"room_type": "", **options})
            # The room's number is known when it has been looked for.
            options["storage_params"] = {"folderId": "?", **(options["storage_params"] or {})}
        check_schedule(options)
    except OptionError as error:
        error.portal = connection.portal
        raise


def _by_option(values: Mapping[str, Any]) -> dict[str, Any]:
    return {option: values.get(variable) for option, variable in VARIABLES.items()}


def _with_whole_paths(options: Mapping[str, Any], folder: str) -> dict[str, Any]:
    paths = [option for option, entry in connection_spec().items() if entry["type"] == "path"]
    whole = {option: os.path.join(folder, options[option]) for option in paths if options[option]}
    return {**options, **whole}
