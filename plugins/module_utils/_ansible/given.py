# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""What counts as set, for options, role variables, and environment variables.

AWX sends an empty string for a survey question without an answer. In YAML, it can be null.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.parameters import AnsibleFallbackNotFound

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError


def is_blank(value: Any) -> bool:
    """Return whether `value` counts as unset: None, or a string of white space."""
    return value is None or (isinstance(value, str) and not value.strip())


def without_blanks(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries of `values` that count as set."""
    return {name: value for name, value in values.items() if not is_blank(value)}


def environment_variable(name: str) -> str:
    """Return the environment variable `name` as the fallback of an option, unless it is blank."""
    value = os.environ.get(name)
    if value is None or is_blank(value):
        raise AnsibleFallbackNotFound
    return value


def under_one_name(
    options: Mapping[str, Any], spec: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return `options` with the names of the options instead of their aliases in `spec`.

    Raise OptionError if an option has different values under two names. For example,
    module_defaults of a play and the task itself can set different portals.
    """
    found = dict(options)
    for option, entry in spec.items():
        names = [name for name in (option, *entry.get("aliases", ())) if name in found]
        values = [found.pop(name) for name in names]
        if len({str(value).strip() for value in values}) > 1:
            raise OptionError(
                option,
                f"it has different values as {' and as '.join(names)}; set only one of them, in "
                "the task or in module_defaults",
            )
        if values:
            found[option] = values[0]
    return found
