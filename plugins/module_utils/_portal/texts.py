# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Make texts from outside safe for a message or a result. Pure, and linear in their length.

Remove secrets first, because truncating a text could leave a part of a secret.
"""

from __future__ import annotations

import re
from typing import Any

LONGEST_MESSAGE = 300

# Maximum length of an address. Real signed addresses are much shorter.
LONGEST_ADDRESS = 8 * 1024

_STACK_FRAME = re.compile(r"(?:^|[\r\n])[ \t]+at \S+\(")

# Characters that affect a terminal instead of being shown: control characters, line separators,
# marks that change the text direction or have no width, and halves of surrogate pairs.
_ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def printable(text: str) -> str:
    """Return `text` on one line, truncated, without control characters and stack traces."""
    shown = _STACK_FRAME.split(text[: 4 * LONGEST_MESSAGE], maxsplit=1)[0]
    line = one_line(shown)
    return line if len(line) <= LONGEST_MESSAGE else line[: LONGEST_MESSAGE - 3] + "..."


def sentence(text: str) -> str:
    """Return `text` with a period at its end, unless it has a mark there."""
    return text if text.endswith((".", "!", "?")) else text + "."


def one_line(text: str) -> str:
    """Return `text` on one line, with spaces instead of characters that cannot be shown."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def visible(value: Any) -> Any:
    """Return data with an escape (`\\u001b`) for each character that would affect a terminal.

    Unlike in a message, nothing is removed, so that different values remain different.
    """
    if isinstance(value, str):
        return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", value)
    if isinstance(value, dict):
        return {visible(name): visible(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [visible(entry) for entry in value]
    return value
