# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The secrets among the options of a task, right or wrong ones, as the play gives them. Pure.

Ansible itself knows only the value of `api_key`. It also reports the options that it refuses, so
everything here has to work on options that nobody has checked.
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

# An API key of a portal, whatever option it was put into by mistake (contract 1.2).
_API_KEY = re.compile(r"sk-[0-9A-Za-z]{16,}")

# What stands before the host of an address: a user and a password, or a token.
_CREDENTIALS = re.compile(r"//(?:[^:@]*:)?(.+)@", re.DOTALL)

# What stands after the path of an address, and how long a value there must be not to be a word.
_AFTER_PATH = re.compile(r"^\s*https?://[^?#]*[?#](.+)", re.DOTALL | re.IGNORECASE)
_SHORTEST_VALUE = 6

# Named like a secret, but the path of a file.
_PATHS = ("client_key", "DOCSPACE_CLIENT_KEY")


def secrets_in(options: Mapping[str, Any], environment: Mapping[str, str]) -> set[str]:
    """The values that no output of the task may show.

    `environment` counts because an option that is left out is taken from there.
    """
    given = _without_paths(options)
    variables = _without_paths({k: v for k, v in environment.items() if k.startswith("DOCSPACE_")})
    found = set(_under_secret_names([given, variables]))
    found.update(_in_storage_params(given.get("storage_params")))
    for text in _texts([given, variables]):
        found.update(_API_KEY.findall(text))
        found.update(_CREDENTIALS.findall(text))
        found.update(_after_path(text))
    # The module uses a key without what it may be wrapped in.
    found |= {text.strip().removeprefix("Bearer ").strip() for text in found}
    # To hide blanks would only make a message unreadable.
    return {text for text in found - {HIDDEN} if text.strip()}


def _after_path(address: str) -> Iterator[str]:
    """The query and the fragment, and the values in them: one may be a token."""
    for text in _AFTER_PATH.findall(address):
        yield text
        for value in re.split("[?#&;=]", text):
            if len(value) >= _SHORTEST_VALUE:
                yield value


def _without_paths(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in _PATHS}


def _in_storage_params(params: Any) -> Iterator[str]:
    """The secrets in a dict given as text; the whole text where nobody can tell what it says."""
    if isinstance(params, str):
        try:
            yield from _under_secret_names(check_type_dict(params))
        except TypeError:
            yield params


def _under_secret_names(value: Any) -> Iterator[str]:
    """The texts that stand under a name like a secret, at any depth.

    The list of pairs of the server's own API counts as names and values, too.
    """
    if isinstance(value, (list, tuple)):
        for entry in value:
            yield from _under_secret_names(entry)
    elif isinstance(value, Mapping):
        named = {str(value["key"]): value["value"]} if {"key", "value"} <= set(value) else value
        for name, entry in named.items():
            yield from _texts(entry) if is_secret(str(name)) else _under_secret_names(entry)


def _texts(value: Any) -> Iterator[str]:
    """Every plain value in `value`, as text; names are none."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for entry in value:
            yield from _texts(entry)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
