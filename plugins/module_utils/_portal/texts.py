# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Texts from outside, made fit for a message. Pure."""

from __future__ import annotations

import re

LONGEST_MESSAGE = 300

_STACK_FRAME = re.compile(r"(?:^|[\r\n])[ \t]+at \S+\(")


def printable(text: str) -> str:
    """`text` on one line, no longer than a message should be, and without what no message may
    hold: control characters, and all from the first frame of a stack trace on.
    """
    told = _STACK_FRAME.split(text[: 4 * LONGEST_MESSAGE], maxsplit=1)[0]
    line = " ".join("".join(c if c.isprintable() else " " for c in told).split())
    return line if len(line) <= LONGEST_MESSAGE else line[: LONGEST_MESSAGE - 3] + "..."
