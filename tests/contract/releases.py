# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of differences between releases, and the runner for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contract.steps import Step

RELEASES = ("3.1.0", "3.2.1", "3.5.0", "3.6.1", "3.7.2")


@dataclass(frozen=True)
class Topic:
    """One line of the contract's table of releases.

    ``answers`` maps the first release of each behavior to the data from which ``steps`` creates the
    steps. The contract does not specify earlier releases.
    """

    says: str
    answers: Mapping[str, Any]
    steps: Callable[[Any], Sequence[Step]]
    portal: Mapping[str, Any] = field(default_factory=dict)

    def answer_of(self, release: str) -> Any:
        """The entry that applies to a release."""
        in_force = [first for first in self.answers if parts(first) <= parts(release)]
        return self.answers[max(in_force, key=parts)]

    def releases(self) -> list[str]:
        """The releases that the topic specifies."""
        first = min(map(parts, self.answers))
        return [release for release in RELEASES if parts(release) >= first]


def parts(release: str) -> tuple[int, ...]:
    """The numbers of a release, which can be compared."""
    return tuple(int(part) for part in release.split("."))


def cells(topics: Sequence[Topic]) -> Iterator[tuple[str, Topic, str]]:
    """Every cell of the table: an ID, its topic and its release."""
    for topic in topics:
        for release in topic.releases():
            yield f"{topic.says.replace(' ', '-')}-{release}", topic, release
