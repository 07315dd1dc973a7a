# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""What a task hands to Ansible, made fit to be shown. Pure.

Messages, warnings, results and the system log all come through here, and nowhere else is it decided
what of a server's or an inventory's words is seen. Ansible's own way would show a secret in which
something is escaped, and would hide nulls and numbers that a secret happens to be a part of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.masking import Mask
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import (
    one_line,
    visible,
)

# How Ansible shows what it hides: a whole value, and a part of one.
HIDDEN_VALUE = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
HIDDEN_PART = "********"

_LONGEST_LINE = 20_000


class Output:
    """What may be shown by a task with these secrets."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = set(secrets)
        self._mask = Mask(self._secrets, HIDDEN_PART)

    def line(self, text: str) -> str:
        """`text` for people, on one line, and no longer than anybody reads."""
        line = one_line(self._mask(text))
        return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 3] + "..."

    def result(self, result: Mapping[str, Any]) -> dict[str, Any]:
        """The result of a task: its messages in lines, data as data."""
        show: Mapping[str, Callable[[Any], Any]] = {
            "msg": self.line,
            "warnings": self._lines,
            "deprecations": self._lines,
            "invocation": self._options,
            # It has lines, which are ours.
            "exception": self._masked,
        }
        return {name: show.get(name, self._data)(value) for name, value in result.items()}

    def _lines(self, entries: Iterable[Any]) -> list[Any]:
        """Newer releases of ansible-core have objects among them, made of what was shown before."""
        return [self.line(entry) if isinstance(entry, str) else entry for entry in entries]

    def _data(self, value: Any) -> Any:
        return visible(self._masked(value))

    def _masked(self, value: Any) -> Any:
        return _mapped(value, self._masked_text)

    def _options(self, value: Any) -> Any:
        """Options are as the play gives them, and a number may be a secret."""
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
    """`value` with every plain value in it, names included, as `change` gives it."""
    if isinstance(value, Mapping):
        return {change(name): _mapped(entry, change) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_mapped(entry, change) for entry in value]
    return change(value)


def _is_number(value: Any, secrets: set[str]) -> bool:
    """Whether `value` is a number, and a secret."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and str(value) in secrets
