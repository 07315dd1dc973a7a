# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulated fleet as AWX knows it: hosts without keys in an inventory, keys in a credential."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from fleet.portals import Fleet, made
from support.simulator import Simulator

from awx import kit
from awx.jobs import Inventory, Job, Launch, run


@cache
def objects() -> dict[str, list[kit.Object]]:
    """The objects of the kit with its own settings."""
    return kit.objects()


def template(name: str) -> kit.Object:
    """A job template of the kit."""
    return kit.named(objects()["controller_templates"], name)


class Site(NamedTuple):
    """A fleet, its simulator, and a folder for the jobs."""

    simulator: Simulator
    fleet: Fleet
    folder: Path

    @property
    def healthy(self) -> set[str]:
        return self.fleet.portals.keys() - self.fleet.broken.keys()

    def schedule(self, host: str) -> kit.Object:
        """The schedule of a host's portal, in the server's notation."""
        schedule = self.fleet.portals[host].schedule()
        assert schedule is not None, f"{host} has no schedule"
        return schedule

    def launch(self, hosts: Iterable[str] | None = None) -> Launch:
        """A launch with the inventory and the credential of the kit, for all hosts or a limit."""
        chosen = {name: self.fleet.inventory[name] for name in hosts or self.fleet.inventory}
        bare = {
            name: {key: value for key, value in entry.items() if key != "docspace_api_key"}
            for name, entry in chosen.items()
        }
        keys = {name: entry["docspace_api_key"] for name, entry in chosen.items()}
        (inventory,) = objects()["controller_inventories"]
        (credential_type,) = objects()["controller_credential_types"]
        return Launch(
            Inventory(bare, inventory["variables"]),
            credential_type,
            {"api_keys": yaml.safe_dump(keys)},
        )

    def run(self, name: str, chosen: kit.Object, launch: Launch) -> tuple[Job, set[str]]:
        """Run a job, and return it with the methods of the requests that the portals received."""
        self.simulator.control.clear_requests()
        job = run(self.folder / name, chosen, launch)
        return job, {request.method for request in self.simulator.control.requests()}

    def secrets(self) -> Iterator[str]:
        """Every key that must not appear in any output."""
        for entry in self.fleet.inventory.values():
            yield entry["docspace_api_key"]


def site(simulator: Simulator, folder: Path, healthy: int | None = None) -> Site:
    """A new fleet: all of it, or its broken portals and this many healthy ones."""
    fleet = made(simulator)
    names = [name for name in fleet.portals if name not in fleet.broken][:healthy]
    kept = {*names, *fleet.broken}
    return Site(
        simulator,
        Fleet(
            {name: fleet.portals[name] for name in fleet.portals if name in kept},
            {name: fleet.inventory[name] for name in fleet.inventory if name in kept},
            fleet.broken,
        ),
        folder,
    )
