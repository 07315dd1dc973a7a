# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ansible-playbook on one of the two paths, and keep everything that is visible."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
PLAYBOOKS = HERE / "playbooks"
TREE = HERE.parents[1] / ".build" / "tree"
SWITCH = "docspace_in_process"
LONGEST_RUN_S = 1800

# The password of vaults with temporary keys.
VAULT_PASSWORD = "throw-away"

# The modules use the Python of this process, because results differ between Pythons.
LOCAL = {
    "ansible_connection": "local",
    "ansible_python_interpreter": "{{ ansible_playbook_python }}",
}

Record = dict[str, Any]


class Run(NamedTuple):
    """One run: the status of ansible-playbook, its output, and every result that it reported."""

    status: int
    stdout: str
    stderr: str
    records: list[Record]

    @property
    def output(self) -> str:
        return self.stdout + self.stderr


def play(
    playbook: str | Path,
    inventory: Mapping[str, Mapping[str, Any]],
    *,
    in_process: bool | None = None,
    arguments: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run `playbook` on the hosts of `inventory` with their variables.

    `in_process` sets the switch as an extra variable, unless it is None. The run has a separate
    home directory, and starts in a folder other than that of the playbook.
    """
    with tempfile.TemporaryDirectory(prefix="docspace-parity-") as name:
        folder = Path(name)
        hosts = folder / "inventory.json"
        hosts.write_text(json.dumps({"all": {"vars": LOCAL, "hosts": inventory}}))
        (folder / "vault-password").write_text(VAULT_PASSWORD)
        switch = [] if in_process is None else ["-e", json.dumps({SWITCH: in_process})]
        done = subprocess.run(
            [program("ansible-playbook"), str(playbook), "-i", str(hosts), *switch, *arguments],
            cwd=folder,
            env={**_variables(folder), **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONGEST_RUN_S,
            check=False,
        )
        records = folder / "records"
        texts = [done.stdout, done.stderr, records.read_text() if records.exists() else ""]
        # The name of the home directory differs in every run.
        output, errors, lines = [text.replace(name, "/home/user") for text in texts]
        return Run(done.returncode, output, errors, [json.loads(li) for li in lines.splitlines()])


def program(name: str) -> str:
    """The path of a program in the environment of this Python."""
    return str(Path(sys.executable).parent / name)


def _variables(folder: Path) -> dict[str, str]:
    kept = ("PATH", "LC_ALL", "LANG")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "LC_ALL": "C.UTF-8",
        "HOME": str(folder),
        "ANSIBLE_HOME": str(folder / ".ansible"),
        "ANSIBLE_REMOTE_TMP": str(folder / ".ansible" / "tmp"),
        "ANSIBLE_ASYNC_DIR": str(folder / ".ansible_async"),
        "ANSIBLE_COLLECTIONS_PATH": os.environ.get("ANSIBLE_COLLECTIONS_PATH", str(TREE)),
        "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "plugins" / "callback"),
        "ANSIBLE_CALLBACKS_ENABLED": "recorder",
        "ANSIBLE_CONNECTION_PLUGINS": str(HERE / "plugins" / "connection"),
        "ANSIBLE_BECOME_PLUGINS": str(HERE / "plugins" / "become"),
        "ANSIBLE_NOCOLOR": "1",
        # Run one host at a time, so that the order of the lines is always the same.
        "ANSIBLE_FORKS": "1",
        # Some of Ansible's messages list the members of a set in hash order.
        "PYTHONHASHSEED": "0",
        "ANSIBLE_VAULT_PASSWORD_FILE": str(folder / "vault-password"),
        "PARITY_RECORDING": str(folder / "records"),
    }
