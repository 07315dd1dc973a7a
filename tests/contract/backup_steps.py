# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps of a row that steer backups through the remote control."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contract.steps import World
from contract.values import resolve


@dataclass(frozen=True)
class Made:
    """A finished backup; ``name`` becomes its id, ``<name>_file`` the file of its archive."""

    ended: str
    name: str = "made"
    by: str = "hand"
    more: Mapping[str, Any] = field(default_factory=dict)

    def run(self, world: World) -> None:
        more = resolve(dict(self.more), world.names)
        record = world.control.backup(world.alias, self.ended, self.by, **more)
        world.names[self.name] = record.get("id")
        world.names[f"{self.name}_file"] = record.get("fileId")


@dataclass(frozen=True)
class Next:
    """How the next run ends, and after how many seconds."""

    outcome: str = "completed"
    more: Mapping[str, Any] = field(default_factory=dict)

    def run(self, world: World) -> None:
        world.control.next_backup(world.alias, self.outcome, **self.more)


@dataclass(frozen=True)
class RestartedWorker:
    """The worker restarts."""

    def run(self, world: World) -> None:
        world.control.restart_worker()


@dataclass(frozen=True)
class Place:
    """A storage is removed, or restored."""

    name: str
    how: Mapping[str, bool]

    def run(self, world: World) -> None:
        world.control.place(world.alias, self.name, **self.how)


@dataclass(frozen=True)
class Stranger:
    """Another portal with one backup: ``other`` is its alias, ``other_key``, ``other_copy``."""

    def run(self, world: World) -> None:
        other = world.simulator.fresh_portal()
        record = world.control.backup(other.alias, "2026-03-01T00:00:00Z")
        world.names.update(other=other.alias, other_key=other.api_key, other_copy=record["id"])


@dataclass(frozen=True)
class StillStored:
    """The archives outside of the portal's folders, including those of removed records."""

    count: int

    def run(self, world: World) -> None:
        portals = world.control.state()["portals"]
        (mine,) = (portal for portal in portals if portal["alias"] == world.alias)
        stored = [record for record in mine["records"] if record["archived"]]
        assert len(stored) == self.count, stored
