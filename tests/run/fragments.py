# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A change of plugins or roles comes with a fragment for the changelog."""

from __future__ import annotations

import subprocess
from pathlib import Path

from commands import CommandFailed
from paths import ROOT

FOR_USERS = ("plugins/", "roles/", "playbooks/")
FRAGMENTS = "changelogs/fragments/"
# A release takes the fragments into this file.
RELEASES = "changelogs/changelog.yaml"


def check(base: str = "", root: Path = ROOT) -> None:
    """Raise CommandFailed if users get something else than at `base`, and no fragment tells them.

    Without `base` it is the last release: a pipeline names the branch that a change goes to.
    """
    base = base or _git(root, "log", "-1", "--format=%H", "--", RELEASES)[0]
    changed = _git(root, "diff", "--name-only", base) + _git(
        root, "ls-files", "--others", "--exclude-standard"
    )
    for_users = [name for name in changed if name.startswith(FOR_USERS)]
    told = [name for name in changed if name.startswith(FRAGMENTS) or name == RELEASES]
    if for_users and not told:
        raise CommandFailed(
            f"{for_users[0]} has changed since {base[:12]} without a fragment in {FRAGMENTS}"
        )


def _git(root: Path, *arguments: str) -> list[str]:
    said = subprocess.run(
        ["git", *arguments], cwd=root, check=True, capture_output=True, text=True
    ).stdout
    return said.splitlines()
