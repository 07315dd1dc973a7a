# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A journal in a file, with one line of JSON for each entry."""

from __future__ import annotations

import json
import os


def send(MESSAGE: str, **fields: object) -> None:  # noqa: N803 - the name in the real library
    """Record the entry with all its fields."""
    with open(os.environ["LEAKS_JOURNAL"], "a", encoding="utf-8") as journal:
        journal.write(json.dumps({"MESSAGE": MESSAGE, **fields}, default=str) + "\n")


sendv = send
