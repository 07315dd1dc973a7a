# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the plays like a user who investigates a problem, and keep everything that is visible."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from leaks.setting import Cast, inventory

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LONGEST_RUN_S = 900

# Whether modules run in Ansible's worker or in a separate process, and environment variables. The
# worker is not used if Ansible displays tracebacks.
PATHS: dict[str, tuple[bool, dict[str, str]]] = {
    "worker": (True, {}),
    "process": (False, {"ANSIBLE_DISPLAY_TRACEBACK": "always"}),
}
PLACES = ("stdout", "stderr", "log", "results", "journal")


class Run:
    """One run of ansible-playbook with some scenarios. Its files are in ``folder``."""

    def __init__(self, folder: Path, cast: list[Cast], path: str) -> None:
        self._folder = folder
        self.path = path
        self.cast = {one.host: one for one in cast}
        for place in PLACES:
            (folder / place).touch()
        (folder / "hosts.json").write_text(json.dumps(inventory(cast)))
        (folder / "settings.json").write_text(json.dumps(self._settings()))
        command = ["ansible-playbook", "-vvvv", "--diff", "-i", "hosts.json"]
        command += ["-e", "@settings.json", str(HERE / "plays.yml")]
        with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
            subprocess.run(
                [str(Path(sys.executable).with_name(command[0])), *command[1:]],
                cwd=folder,
                env={**self._variables(), **self._environment()},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                timeout=LONGEST_RUN_S,
                check=False,
            )

    @functools.cached_property
    def places(self) -> Mapping[str, str]:
        """Everything that is visible, by the name of the place."""
        return {name: (self._folder / name).read_text(errors="replace") for name in PLACES}

    def results(self, host: str) -> list[dict[str, Any]]:
        """The results of the tasks of one scenario, in order."""
        return [entry for entry in _lines(self._folder / "results") if entry["host"] == host]

    def journal(self) -> list[dict[str, Any]]:
        """The entries that the modules wrote to the journal of the machine."""
        return list(_lines(self._folder / "journal"))

    def _settings(self) -> dict[str, Any]:
        return {
            "ansible_connection": "local",
            "ansible_python_interpreter": sys.executable,
            "docspace_in_process": PATHS[self.path][0],
        }

    def _environment(self) -> dict[str, str]:
        return {name: text for one in self.cast.values() for name, text in one.environment.items()}

    def _variables(self) -> dict[str, str]:
        tree = self._folder / "tree"
        collection = tree / "ansible_collections" / "onlyoffice" / "docspace"
        collection.parent.mkdir(parents=True)
        collection.symlink_to(ROOT, target_is_directory=True)
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(HERE / "stand_ins"),
            "ANSIBLE_COLLECTIONS_PATH": str(tree),
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "plugins" / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "leak_recorder",
            "ANSIBLE_LOG_PATH": str(self._folder / "log"),
            "ANSIBLE_FORKS": "2",
            "LEAKS_RESULTS": str(self._folder / "results"),
            "LEAKS_JOURNAL": str(self._folder / "journal"),
            **PATHS[self.path][1],
        }


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text().splitlines():
        yield json.loads(line)
