# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The candidates, and the table of cells to measure, each a candidate at a fleet size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

LATENCY_MS = 20


class Candidate(NamedTuple):
    """A way to do the job: a playbook, or the loop with the SDK, which has no forks.

    A `slow` candidate takes ten times as long, and is measured on smaller fleets. `reads` is the
    number of requests that it sends to each portal, if this shows whether it did its job.
    """

    name: str
    what: str
    playbook: str | None
    variables: str = "{}"
    slow: bool = False
    reads: int | None = None


FLOOR = Candidate("debug", "one debug task: Ansible's own cost", "floor")
OURS = Candidate("in-process", "this collection, in the worker", "collection")
AS_MODULE = '{"docspace_in_process": false}'
MODULE = Candidate("module", "this collection, as a module", "collection", AS_MODULE, slow=True)
URI = Candidate("uri", "three tasks of ansible.builtin", "uri", slow=True)
SDK = Candidate("sdk", "the vendor's SDK in a Python loop", None)
CANDIDATES = (FLOOR, OURS, MODULE, URI, SDK)
# Another job: each portal already has a recent backup, so there is nothing to do.
BACKUP = Candidate("backup", "docspace_backup, in the worker", "backup", reads=2)
# Another job: the portals store their backups in a room.
AUDIT = Candidate("audit", "docspace_backup_audit, in the worker", "audit", reads=5)
AUDIT_URI = Candidate("audit-uri", "its reads as five tasks", "audit_uri", slow=True, reads=5)
AUDITS = (AUDIT, AUDIT_URI)


class Cell(NamedTuple):
    """A candidate on a fleet of `size` portals, all or none of which need changes, with `forks`."""

    candidate: Candidate
    size: int
    forks: int
    changed: bool


class Plan(NamedTuple):
    """Sizes of the unchanged fleets, the changed fleets, and the fleets with other forks.

    Every cell is measured `rounds` times. Slow candidates run on fleets of at most `slow_size`.
    """

    sizes: tuple[int, ...]
    slow_size: int
    changed_size: int
    forks_size: int
    forks: tuple[int, ...]
    rounds: int
    backup_size: int

    def cells(self) -> list[Cell]:
        """The table. Cells that are compared are next to each other."""
        return list(dict.fromkeys(self._cells()))

    def _cells(self) -> Iterator[Cell]:
        for size in self.sizes:
            yield from (
                Cell(one, size, self.forks[0], False)
                for one in CANDIDATES
                if size <= self.slow_size or not one.slow
            )
        yield from (
            Cell(one, self.changed_size, self.forks[0], True)
            for one in CANDIDATES
            if one is not FLOOR
        )
        yield Cell(OURS, self.sizes[-1], self.forks[0], True)
        yield Cell(BACKUP, self.backup_size, self.forks[0], False)
        yield from (Cell(one, self.slow_size, self.forks[0], False) for one in AUDITS)
        yield Cell(AUDIT, self.sizes[-1], self.forks[0], False)
        for forks in self.forks[1:]:
            yield from (
                Cell(one, self.forks_size, forks, False) for one in CANDIDATES if one is not SDK
            )


# FULL takes about 40 minutes on two idle cores, and QUICK less than three minutes.
FULL = Plan((1, 10, 100, 500, 1000), 100, 50, 50, (5, 20, 50), rounds=5, backup_size=500)
QUICK = Plan((1, 10, 50), 10, 10, 10, (5, 20), rounds=2, backup_size=50)
