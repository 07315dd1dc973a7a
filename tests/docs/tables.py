# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tables of options and variables, generated from the documentation that Ansible reads. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_MARKUP = re.compile(r"\b([A-Z]+)\(((?:[^()\\]|\\.|\([^()]*\))*)\)")
_ENVIRONMENT = re.compile(r"\bE\((DOCSPACE_[A-Z_]+)\)")

# More consecutive integers than this are shown as a range.
_SPAN = 4


def markdown(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table for a Markdown document."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(cell for cell in line)} |" for line in lines)


def list_table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table for a reStructuredText document."""
    lines = [".. list-table::", "   :header-rows: 1", ""]
    for row in (heading, *rows):
        signs = ["   * -", *["     -"] * (len(row) - 1)]
        lines += [f"{sign} {cell}".rstrip() for sign, cell in zip(signs, row, strict=True)]
    return "\n".join(lines)


def plain(text: str) -> str:
    """`text` without Ansible's markup: marked words are set as code."""
    return _MARKUP.sub(lambda found: f"`{_last(found[1], found[2])}`", " ".join(text.split()))


def _last(kind: str, value: str) -> str:
    """The part of a name that users know, such as the option without its module."""
    value = re.sub(r"\\(.)", r"\1", value)
    return value.rpartition("#module:")[2] if kind == "O" else value


def first_of(description: str | Sequence[str]) -> str:
    """The first entry of a description."""
    return plain(description if isinstance(description, str) else description[0])


def values_of(option: Mapping[str, Any]) -> str:
    """The values of an option: its choices, or else its type."""
    choices = option.get("choices")
    if not choices:
        return str(option.get("type", "str"))
    spans = len(choices) > _SPAN and all(isinstance(choice, int) for choice in choices)
    if spans and list(choices) == list(range(choices[0], choices[-1] + 1)):
        return f"{choices[0]} to {choices[-1]}"
    return ", ".join(f"`{choice}`" for choice in choices)


def default_of(option: Mapping[str, Any]) -> str:
    """The default of an option, as YAML."""
    if option.get("required"):
        return "required"
    default = option.get("default")
    if default in (None, ""):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def option_rows(options: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    """A row for each option of a plugin: name, values, default, environment variable, meaning."""
    return [
        [
            f"`{name}`",
            values_of(option),
            default_of(option),
            _environment(option["description"]),
            first_of(option["description"]),
        ]
        for name, option in options.items()
    ]


def _environment(description: str | Sequence[str]) -> str:
    text = description if isinstance(description, str) else " ".join(description)
    return ", ".join(f"`{name}`" for name in dict.fromkeys(_ENVIRONMENT.findall(text)))


def variable_rows(options: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    """A row for each variable of a role: name, values, default, meaning."""
    return [
        [
            f"`{name}`",
            values_of(option),
            default_of(option),
            " ".join(plain(text) for text in _texts(option["description"])),
        ]
        for name, option in options.items()
    ]


def _texts(description: str | Sequence[str]) -> Sequence[str]:
    return [description] if isinstance(description, str) else description
