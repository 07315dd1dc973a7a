# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The secrets that must not appear, the values that may appear, and the search for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# Any part of a secret that has this length is a leak.
PART = 12


@dataclass(frozen=True)
class Canaries:
    """The values of one scenario on one path. No other scenario has them.

    ``key`` is the portal's API key, and ``token`` a session token. ``secret`` is the value of a
    storage parameter with a secret's name, and ``kept`` that of such a parameter on the portal.
    ``password`` is part of an address. ``plain`` is a storage parameter that is not secret. Values
    that neither the task nor the portal has are not secrets of the scenario.
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
        """``value`` with names in angle brackets replaced by the canaries and ``more``."""
        if isinstance(value, dict):
            return {self.put_into(k, **more): self.put_into(v, **more) for k, v in value.items()}
        if isinstance(value, list):
            return [self.put_into(entry, **more) for entry in value]
        if isinstance(value, str):
            for word, canary in {**vars(self), **more}.items():
                value = value.replace(f"<{word}>", canary)
        return value

    def seen_in(self, text: str) -> list[str]:
        """The names of the secrets of which ``text`` contains a part, in any usual encoding."""
        return [
            word
            for word, value in vars(self).items()
            if word != "plain" and any(part in text for part in _parts(value))
        ]


def _made_up(seed: str) -> str:
    return hashlib.sha256(seed.encode()).hexdigest()[:36]


def _parts(value: str) -> Iterator[str]:
    """Parts of the value that do not contain any characters which an encoding would change."""
    body = value.removeprefix("sk-")
    for start in range(0, len(body) - PART + 1, PART // 2):
        part = body[start : start + PART]
        if part.isalnum():
            yield part
    yield body[-PART:]
