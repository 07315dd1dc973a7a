# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Parts of a document that are made: between two comments, the first of which says by what. Pure.

<!-- generated: options docspace_room -->    or    .. generated: options docspace_room
<!-- end of generated -->                    or    .. end of generated
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_REGION = re.compile(
    r"^(?P<open>(?:<!--|\.\.) generated: (?P<name>.*?)(?: -->)?)$\n"
    r"(?P<body>.*?)"
    r"^(?P<close>(?:<!--|\.\.) end of generated(?: -->)?)$",
    re.MULTILINE | re.DOTALL,
)


def names(document: str) -> Iterator[str]:
    """What the generated parts of `document` are."""
    for found in _REGION.finditer(document):
        yield found["name"]


def filled(document: str, make: Callable[[str], str]) -> str:
    """`document` with every generated part made anew by `make`, which gets its name."""

    def region(found: re.Match[str]) -> str:
        return f"{found['open']}\n\n{make(found['name']).strip()}\n\n{found['close']}"

    return _REGION.sub(region, document)
