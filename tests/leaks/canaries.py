# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must not be seen, what must be seen, and how to look for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# A part of a secret that is as long as this is a leak, wherever it begins.
PART = 12


@dataclass(frozen=True)
class Canaries:
    """The values of one scenario, on one path; no other scenario has them.

    ``key`` is the portal's API key, ``token`` a session token. ``secret`` is given as a storage
    parameter with a secret's name, ``kept`` is such a parameter that the portal has. ``password``
    is part of an address. ``plain`` is a storage parameter that is no secret. What a task is not
    given, and a portal does not have, is no secret of it.
    """

    key: str
    token: str
    secret: str
    kept: str
    password: str
    plain: str

    @classmethod
    def of(cls, name: str, key: str, token: str) -> Canaries:
        made = {word: _made_up(f"{word} {name}") for word in ("secret", "kept", "password")}
        return cls(key=key, token=token, plain=f"plain-{name}", **made)

    def put_into(self, value: Any, **more: str) -> Any:
        """``value`` with the canaries, and ``more``, in the place of their names in angles."""
        if isinstance(value, dict):
            return {self.put_into(k, **more): self.put_into(v, **more) for k, v in value.items()}
        if isinstance(value, list):
            return [self.put_into(entry, **more) for entry in value]
        if isinstance(value, str):
            for word, canary in {**vars(self), **more}.items():
                value = value.replace(f"<{word}>", canary)
        return value

    def seen_in(self, text: str) -> list[str]:
        """The names of the secrets of which ``text`` shows a part, in any usual encoding."""
        return [
            word
            for word, value in vars(self).items()
            if word != "plain" and any(part in text for part in _parts(value))
        ]


def _made_up(seed: str) -> str:
    return hashlib.sha256(seed.encode()).hexdigest()[:36]


def _parts(value: str) -> Iterator[str]:
    """Parts of the value, in which there is nothing that an encoding would change."""
    body = value.removeprefix("sk-")
    for start in range(0, len(body) - PART + 1, PART // 2):
        part = body[start : start + PART]
        if part.isalnum():
            yield part
    yield body[-PART:]
