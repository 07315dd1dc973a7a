# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Validation of the variables of the role backup_schedule. Messages name the variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import AnsibleValidationError as ArgumentSpecError

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    Spec,
    backup_schedule_spec,
    connection_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.given import (
    is_blank,
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
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import (
    COPIES,
    DAYS,
    HOURS,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._notation import (
    as_a_module_gets_them,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._sharing import schedule_key

_ROOM = "backup_schedule_room"

# Numbers among the role's variables. The window is the role's own.
_RANGES = {
    "backup_schedule_hour": HOURS,
    "backup_schedule_day": DAYS["EveryMonth"],
    "backup_schedule_backups_stored": COPIES,
    "backup_schedule_window_start": HOURS,
    "backup_schedule_window_end": HOURS,
}


def _variables() -> dict[str, str]:
    """Return the variable of each option: docspace_ for the connection, backup_schedule_ others."""
    connection = {option: f"docspace_{option}" for option in connection_spec()}
    own = {option: f"backup_schedule_{option}" for option in backup_schedule_spec()}
    return {**own, **connection, "title": _ROOM}


VARIABLES = _variables()


def role_spec() -> Spec:
    """Return the variables of the role by name, with the types and choices of their values."""
    options = {**backup_schedule_spec(), "title": {"type": "str"}}
    spec = {
        VARIABLES[option]: {key: value for key, value in entry.items() if key != "aliases"}
        for option, entry in options.items()
    }
    numbers = {name: {"type": "int", "choices": list(allowed)} for name, allowed in _RANGES.items()}
    return {**spec, **numbers}


def problem(
    variables: Mapping[str, Any], folder: str, host: str, first_hosts: Mapping[str, str]
) -> str:
    """Return the first problem with the variables as one line, or "" if there is none.

    `variables` are role variables by name. A blank variable counts as unset. Relative paths start
    at `folder`. `first_hosts` maps the `schedule_key` of each schedule to its first host. No other
    `host` may manage that schedule.
    """
    plain = as_a_module_gets_them(variables)
    given = without_blanks(plain)
    output = Output(secrets_in(_by_option(given), os.environ))
    try:
        options = _validated(given)
        _check(options, folder)
        _check_is_first(options, host, first_hosts)
    except OptionError as error:
        named = OptionError(
            VARIABLES.get(error.option, error.option), error.problem, portal=error.portal
        )
        return output.line(str(named))
    except ArgumentSpecError as error:
        return output.line(str(error))
    return ""


def _validated(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that correspond to the variables.

    Raise ArgumentSpecError with the name of an invalid variable, or OptionError if the parameters
    are a text, to which the role cannot add the ID of its room.
    """
    result = ArgumentSpecValidator(role_spec()).validate(dict(given))
    if result.errors.errors:
        raise result.errors.errors[0]
    options = _by_option(result.validated_parameters)
    if options["state"] == "absent":
        return {**options, "title": None, "storage_params": None}
    if _ROOM not in given or options["storage_type"] not in (None, "Documents"):
        return {**options, "title": None}
    if not isinstance(given.get(VARIABLES["storage_params"], {}), Mapping):
        raise OptionError("storage_params", "it must be a dictionary if the role sets the room")
    params = options["storage_params"] or {}
    if not is_blank(params.get("folderId")):
        return {**options, "title": None}
    # The role adds the ID of the room later.
    return {**options, "storage_params": {**params, "folderId": "?"}}


def _check(options: dict[str, Any], folder: str) -> None:
    """Raise OptionError if a module would reject the options before its first request."""
    connection = Connection.from_options(with_whole_paths(options, folder))
    try:
        if options["title"] is not None:
            check_room({"room_type": "", **options})
        check_schedule(_of_its_period(options))
    except OptionError as error:
        error.portal = connection.portal
        raise


def _check_is_first(options: Mapping[str, Any], host: str, first_hosts: Mapping[str, str]) -> None:
    """Raise OptionError if another host of the play already manages the same schedule."""
    first = first_hosts.get(schedule_key(options["api_host"], options["dump"]), host)
    if first != host:
        raise OptionError(
            "api_host",
            f"the host {first} manages the same schedule of this portal; remove one of the two "
            "hosts, or set backup_schedule_dump for one of them",
            portal=options["api_host"],
        )


def _of_its_period(options: dict[str, Any]) -> dict[str, Any]:
    """Return `options` without the day or weekday that the role does not pass to the module."""
    kept = {"EveryWeek": "weekday", "EveryMonth": "day"}.get(options["period"] or "")
    return {**options, **{name: None for name in ("day", "weekday") if name != kept}}


def _by_option(values: Mapping[str, Any]) -> dict[str, Any]:
    return {option: values.get(variable) for option, variable in VARIABLES.items()}


def with_whole_paths(options: Mapping[str, Any], folder: str) -> dict[str, Any]:
    """Return `options` of a connection with absolute paths. Relative paths start at `folder`."""
    paths = [option for option, entry in connection_spec().items() if entry["type"] == "path"]
    whole = {option: os.path.join(folder, options[option]) for option in paths if options[option]}
    return {**options, **whole}
