# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbook of the guide about copies, with unusual host names and old copies."""

from __future__ import annotations

import json
import os
import time
from datetime import datetime, timedelta, timezone

from docs.blocks import blocks_of
from docs.places import GUIDES
from docs.sandbox import Sandbox

# Two of the hosts are the same portal, and one name is the URL-encoded form of another.
HOSTS = {"eu/paris": "paris", "eu%2Fparis": "paris", "lost": "lost"}
FOLDERS = {"eu%2Fparis": 2, "eu%252Fparis": 1}


def test_copies_of_hosts_with_odd_names(sandbox: Sandbox) -> None:
    (example,) = (
        block
        for block in blocks_of(GUIDES / "copies_outside.rst")
        if block.marks.get("file") == "copies.yml"
    )
    sandbox.place("copies.yml", example.text)
    hosts = {
        host: {
            "docspace_api_host": f"https://{portal}.example.com",
            "docspace_api_key": f"sk-key-of-{portal}" if portal != "lost" else "sk-withdrawn",
        }
        for host, portal in HOSTS.items()
    }
    local = {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    }
    sandbox.place("inventory.yml", json.dumps({"all": {"hosts": hosts, "vars": local}}))
    now = datetime.now(timezone.utc)
    for days in (2, 1):
        ended = f"{now - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
        newest = sandbox.control.backup("paris", ended)["fileName"]
    for number, name in enumerate(("before.tar.gz", "long-before.tar.gz"), 1):
        old = sandbox.place(f"backups/eu%2Fparis/{name}", "")
        moment = time.time() - number * 7 * 86400
        os.utime(old, (moment, moment))
    sandbox.place("backups/eu%2Fparis/of-last-week.tar.gz.part", "")

    said = sandbox.run("ansible-playbook copies.yml -e copies_kept=2", status=2)

    kept = {folder.name: folder for folder in (sandbox.folder / "backups").iterdir()}
    assert {name: len(list(kept[name].iterdir())) for name in FOLDERS} == FOLDERS
    assert {path.name for path in kept["eu%2Fparis"].iterdir()} == {newest, "before.tar.gz"}
    # The failing host does not stop the others.
    assert "401. Check api_key" in " ".join(said.split())
    assert kept.keys() == FOLDERS.keys()
