# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The environment of the examples: a folder, simulated portals, and the real Ansible commands.

Examples run as printed, except for addresses, keys, and one folder. https://NAME.example.com
becomes the address of a simulated portal, sk-key-of-NAME its key, and https://docs.example.com the
address of their server. Files below /var/cache and /srv/backups are in the sandbox instead. These
replacements are reversed in the output of the commands.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import yaml
from support.portal import Portal
from support.simulator import Simulator

# The ID of the folder in the examples.
FOLDER = 1234
TIMEOUT_S = 120

_ADDRESS = re.compile(r"https://([a-z0-9-]+)\.example\.com")
# One address for all hosts. Their portals are created when a text contains their keys.
_ADDRESS_OF_HOST = re.compile(r"https://(\{\{ inventory_hostname \}\})\.example\.com")
_KEY = re.compile(r"sk-key-of-([a-z0-9-]+)")

# A server instead of a portal. Some examples use its IP address.
SERVERS = ("https://docs.example.com", "http://10.0.0.5:8092")
_CACHE = "/var/cache/"
_COPIES = "/srv/backups"

# The hosts of an example without its own inventory.
INVENTORY = "portal.yml"

_ANSIBLE = {
    # Run the hosts one at a time, so that the order of lines is always the same.
    "ANSIBLE_FORKS": "1",
    "ANSIBLE_DEPRECATION_WARNINGS": "True",
    "ANSIBLE_INVENTORY_UNPARSED_WARNING": "False",
    "ANSIBLE_LOCALHOST_WARNING": "False",
    "ANSIBLE_NOCOLOR": "1",
    "ANSIBLE_PYTHON_INTERPRETER": "auto_silent",
    "COLUMNS": "100",
}


class Sandbox:
    """A folder, and the portals that texts in it name. A portal is created on its first use."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self.folder = folder
        self.control = simulator.control
        self._url = simulator.url
        self._portals: dict[str, Portal] = {}
        (folder / "backups").mkdir()

    def portal(self, name: str, **settings: Any) -> Portal:
        """The portal with the printed address https://NAME.example.com."""
        if name not in self._portals:
            self._portals[name] = self.control.portal(name, **settings)
        return self._portals[name]

    def make_folder(self) -> None:
        """Create the folder of the examples on the first portal."""
        alias = self.portal("portal").alias
        # The server numbers folders consecutively.
        room = number = self.control.folder(alias, "Archive of 2025")
        while int(number) < FOLDER:
            number = self.control.folder(alias, "Nightly", kind="folder", parent=room)
        if number != FOLDER:
            raise AssertionError(f"the folder is {number}, not {FOLDER}")

    def real(self, text: str) -> str:
        """`text` with the addresses and keys of simulated portals."""
        for server in SERVERS:
            text = text.replace(server, self._url)
        text = text.replace(_CACHE, f"{self.folder}/cache/")
        text = text.replace(_COPIES, f"{self.folder}/backups")
        text = _ADDRESS_OF_HOST.sub(rf"{self._url}/p/\1", text)
        text = _ADDRESS.sub(lambda found: self.portal(found[1]).url, text)
        return _KEY.sub(lambda found: self.portal(found[1]).api_key, text)

    def printed(self, text: str) -> str:
        """`text` with the addresses and keys of the examples."""
        for name, portal in self._portals.items():
            text = text.replace(portal.url, f"https://{name}.example.com")
            text = text.replace(portal.api_key, f"sk-key-of-{name}")
        return text.replace(self._url, SERVERS[0])

    def place(self, name: str, text: str) -> Path:
        """Write `text` to the file `name`, and return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.real(text))
        return path

    def play(self, text: str) -> str:
        """Run `text`, a playbook or a list of tasks, and return the output of ansible-playbook."""
        content = yaml.safe_load(self.real(text))
        if not any("hosts" in entry or "import_playbook" in str(entry) for entry in content):
            content = [{"hosts": "all", "gather_facts": False, "tasks": content}]
            text = yaml.safe_dump(content, sort_keys=False)
        self.place("example.yml", text)
        return self.run("ansible-playbook example.yml")

    def run(self, command: str, status: int = 0) -> str:
        """Run a shell command, and return its output.

        Raises AssertionError if it exits with another `status` or prints a deprecation warning.
        """
        done = subprocess.run(
            ["bash", "-c", self.real(command)],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        said = self.printed(done.stdout)
        if done.returncode != status or "[DEPRECATION WARNING]" in said or "Traceback" in said:
            raise AssertionError(f"{command}\nended with status {done.returncode}:\n{said}")
        return said

    def _environment(self) -> dict[str, str]:
        portal = self.portal("portal")
        env = {
            **os.environ,
            **_ANSIBLE,
            "DOCSPACE_API_KEY": portal.api_key,
            "DOCSPACE_USERNAME": portal.owner.email,
            "DOCSPACE_PASSWORD": portal.owner.password,
        }
        env.pop("PYTHONPATH", None)
        if not (self.folder / "ansible.cfg").exists():
            env["ANSIBLE_INVENTORY"] = str(self._inventory())
        return env

    def _inventory(self) -> Path:
        """The inventory of the document, or one with a single portal."""
        own = self.folder / "inventory.yml"
        if own.exists():
            return own
        portal = self.portal("portal")
        hosts = {
            "portal": {
                "ansible_connection": "local",
                "ansible_python_interpreter": "{{ ansible_playbook_python }}",
                "docspace_api_host": portal.url,
                "docspace_api_key": portal.api_key,
            }
        }
        path = self.folder / INVENTORY
        path.write_text(json.dumps({"all": {"hosts": hosts}}))
        return path
