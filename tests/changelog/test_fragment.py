# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every change that users notice has a fragment: `make fragment`, `make fragment BASE=...`."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RELEASED = "changelogs/changelog.yaml"


def git(command: str) -> list[str]:
    """The lines of the output of a git command."""
    words = ["git", *command.split()]
    return subprocess.check_output(words, cwd=ROOT, text=True).splitlines()


def changed(base: str, paths: str) -> list[str]:
    """The files that differ from `base`, including new ones."""
    new = git(f"ls-files --others --exclude-standard -- {paths}")
    return git(f"diff --name-only {base} -- {paths}") + new


def test_what_users_get_has_not_changed_without_a_fragment() -> None:
    """Compares with BASE, or by default with the last release."""
    base = os.environ.get("BASE") or git(f"log -1 --format=%H -- {RELEASED}")[0]
    for_users = changed(base, "plugins roles playbooks")
    fragments = changed(base, f"changelogs/fragments {RELEASED}")
    assert fragments or not for_users, f"add a file to changelogs/fragments/ about {for_users}"
