# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Make the output of a task safe to show. Pure.

All messages, warnings, results, and log entries pass through this module, which alone decides how
texts of a server or an inventory are shown. Ansible itself would show a secret that contains
escapes, and would hide nulls and numbers that happen to be part of a secret.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.masking import Mask
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import (
    one_line,
    visible,
)

# Ansible's replacements for a hidden value, and for a hidden part of a value.
HIDDEN_VALUE = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
HIDDEN_PART = "********"

_LONGEST_LINE = 20_000


class Output:
    """A filter for the output of a task with these secrets."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = set(secrets)
        self._mask = Mask(self._secrets, HIDDEN_PART)

    def line(self, text: str) -> str:
        """Return `text` without secrets, on one line, and truncated if it is very long."""
        line = one_line(self._mask(text))
        return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 3] + "..."

    def result(self, result: Mapping[str, Any]) -> dict[str, Any]:
        """Return the result of a task with messages on one line each, and data as data."""
        show: Mapping[str, Callable[[Any], Any]] = {
            "msg": self.line,
            "warnings": self._lines,
            "deprecations": self._lines,
            "invocation": self._options,
            # The collection itself writes this text, which has several lines.
            "exception": self._masked,
        }
        return {name: show.get(name, self._data)(value) for name, value in result.items()}

    def _lines(self, entries: Iterable[Any]) -> list[Any]:
        """Filter the lines, except objects of newer ansible-core, which are already filtered."""
        return [self.line(entry) if isinstance(entry, str) else entry for entry in entries]

    def _data(self, value: Any) -> Any:
        return visible(self._masked(value))

    def _masked(self, value: Any) -> Any:
        return _mapped(value, self._masked_text)

    def _options(self, value: Any) -> Any:
        """Filter the options of the play, in which a number can be a secret."""
        return _mapped(
            value,
            lambda entry: (
                HIDDEN_VALUE if _is_number(entry, self._secrets) else self._masked_text(entry)
            ),
        )

    def _masked_text(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return HIDDEN_VALUE if value in self._secrets else self._mask(value)


def _mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return `value` with `change` applied to every scalar in it, including keys."""
    if isinstance(value, Mapping):
        return {change(name): _mapped(entry, change) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_mapped(entry, change) for entry in value]
    return change(value)


def _is_number(value: Any, secrets: set[str]) -> bool:
    """Return whether `value` is a number and a secret."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and str(value) in secrets
