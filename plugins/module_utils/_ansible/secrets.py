# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Find the secrets among the options of a task, even if the options are invalid. Pure.

Ansible itself hides only the value of `api_key`. It also shows options that it rejects, so these
functions must work with options that have not been checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ansible.module_utils.common.validation import check_type_dict

from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.params import (
    HIDDEN,
    is_secret,
)

# An API key of a portal, in case it is in the wrong option (contract 1.2).
_API_KEY = re.compile(r"sk-[0-9A-Za-z]{16,}")

# The part of an address before the host: a user and a password, or a token.
_CREDENTIALS = re.compile(r"//(?:[^:@]*:)?(.+)@", re.DOTALL)

# The part of an address after the path, and the minimum length of a value that is not a word.
_AFTER_PATH = re.compile(r"^\s*https?://[^?#]*[?#](.+)", re.DOTALL | re.IGNORECASE)
_SHORTEST_VALUE = 6

# Options with the name of a secret whose value is a path.
_PATHS = ("client_key", "DOCSPACE_CLIENT_KEY")


def secrets_in(options: Mapping[str, Any], environment: Mapping[str, str]) -> set[str]:
    """Return the values that no output of the task may show.

    `environment` can contain secrets too, because unset options are read from it.
    """
    given = _without_paths(options)
    variables = _without_paths({k: v for k, v in environment.items() if k.startswith("DOCSPACE_")})
    found = set(_under_secret_names([given, variables]))
    found.update(_in_storage_params(given.get("storage_params")))
    for text in _texts([given, variables]):
        found.update(_API_KEY.findall(text))
        # Only up to the last @: after it, the search would start at each slash, and fail.
        found.update(_CREDENTIALS.findall(text[: text.rfind("@") + 1]))
        found.update(_after_path(text))
    # The module uses the key without white space and "Bearer".
    found |= {text.strip().removeprefix("Bearer ").strip() for text in found}
    # Hiding white space would make messages unreadable.
    return {text for text in found - {HIDDEN} if text.strip()}


def _after_path(address: str) -> Iterator[str]:
    """Yield the query, the fragment, and the values in them, because one can be a token."""
    for text in _AFTER_PATH.findall(address):
        yield text
        for value in re.split("[?#&;=]", text):
            if len(value) >= _SHORTEST_VALUE:
                yield value


def _without_paths(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in _PATHS}


def _in_storage_params(params: Any) -> Iterator[str]:
    """Yield the secrets in a dictionary that is a string, or the whole string if it is invalid."""
    if isinstance(params, str):
        try:
            yield from _under_secret_names(check_type_dict(params))
        except TypeError:
            yield params


def _under_secret_names(value: Any) -> Iterator[str]:
    """Yield the values of keys that look like secrets, at any depth.

    The lists of key-value pairs in the API of the server count too.
    """
    if isinstance(value, (list, tuple)):
        for entry in value:
            yield from _under_secret_names(entry)
    elif isinstance(value, Mapping):
        named = {str(value["key"]): value["value"]} if {"key", "value"} <= set(value) else value
        for name, entry in named.items():
            yield from _texts(entry) if is_secret(str(name)) else _under_secret_names(entry)


def _texts(value: Any) -> Iterator[str]:
    """Yield every scalar in `value` as text, without keys."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for entry in value:
            yield from _texts(entry)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
