# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the playbook with the real ansible-playbook, and read what it did to each host."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

PLAYBOOK = "onlyoffice.docspace.backup_schedule"
CALLBACKS = Path(__file__).resolve().parent / "callback"


class Run(NamedTuple):
    """One run: its heading in the table, the status of ansible-playbook, and a result per host."""

    heading: str
    check: bool
    status: int
    hosts: dict[str, dict[str, Any]]


def command(inventory: str, *, check: bool) -> list[str]:
    return ["ansible-playbook", PLAYBOOK, "-i", inventory] + (
        ["--check", "--diff"] if check else []
    )


def run(heading: str, words: list[str], collections: Path, folder: Path) -> Run:
    """Run a command with the installed collection, and show the output of Ansible unchanged."""
    results = folder / f"{heading.replace(' ', '-')}.json"
    results.unlink(missing_ok=True)
    status = subprocess.run(
        words,
        env={
            **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            "ANSIBLE_COLLECTIONS_PATH": str(collections),
            "ANSIBLE_CALLBACK_PLUGINS": str(CALLBACKS),
            "ANSIBLE_CALLBACKS_ENABLED": "docspace_demo",
            "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml",
            "ANSIBLE_DISPLAY_SKIPPED_HOSTS": "False",
            "ANSIBLE_PYTHON_INTERPRETER": "auto_silent",
            "DOCSPACE_DEMO_RESULTS": str(results),
        },
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode
    hosts = json.loads(results.read_text()) if results.is_file() else {}
    return Run(heading, "--check" in words, status, hosts)
