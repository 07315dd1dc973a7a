# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Titles of rooms and folders: refusals, and stored titles (rooms contract 2.4, 2.5)."""

from __future__ import annotations

import re

from .call import Call
from .errors import ARGUMENT, Invalid, Thrown

ROOM_LENGTH, FOLDER_LENGTH = 170, 165
_FORBIDDEN = re.compile(r'[\t*+:"<>?|\\/]')


def units(text: str) -> int:
    """The length that .NET counts, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def demand_length(text: str | None, member: str, longest: int) -> None:
    """The length check of the binding."""
    if text is not None and units(text) > longest:
        raise Invalid(
            member,
            f"The field {member} must be a string or array type with a maximum length of "
            f"'{longest}'.",
        )


def stored(title: str) -> str:
    """Trimmed, with an underscore for each forbidden character and each surrogate."""
    clean = _FORBIDDEN.sub("_", title.strip())
    return "".join("_" * units(letter) if units(letter) > 1 else letter for letter in clean)


def demand_title(call: Call, title: str | None) -> str:
    """The title to store. Empty titles are refused, and blank ones since 3.6."""
    blank = not (title or "").strip() if call.profile.blank_title_refused else not title
    if blank:
        raise Thrown(
            ARGUMENT,
            "The value cannot be an empty string or composed entirely of whitespace. "
            "(Parameter 'title')",
        )
    return stored(title or "")
