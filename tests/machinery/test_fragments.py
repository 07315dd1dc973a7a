# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A change that users get asks for a fragment; one that they do not get, or a release, does not."""

from __future__ import annotations

import subprocess

import fragments
import pytest
from commands import CommandFailed

PLUGIN = "plugins/modules/a.py"
FRAGMENT = "changelogs/fragments/a.yml"


def git(root, *arguments):
    name = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *name, *arguments], cwd=root, check=True)


def write(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{path.read_text() if path.exists() else ''}more\n")


def commit(root, *names):
    write(root, *names)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Change things")


@pytest.fixture
def released(tmp_path):
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, PLUGIN, fragments.RELEASES)
    return tmp_path


@pytest.mark.parametrize("names", [[], ["tests/a.py"], [PLUGIN, FRAGMENT], [fragments.RELEASES]])
@pytest.mark.parametrize("committed", [True, False])
def test_told_or_nothing_to_tell(released, names, committed):
    (commit if committed and names else write)(released, *names)
    fragments.check(root=released)


@pytest.mark.parametrize("name", [PLUGIN, "roles/a/tasks/main.yml", "playbooks/a.yml"])
@pytest.mark.parametrize("act", [commit, write])
def test_a_change_that_nobody_is_told_of(released, name, act):
    act(released, name)
    with pytest.raises(CommandFailed, match=f"{name} has changed since .* without a fragment"):
        fragments.check(root=released)


def test_each_change_asks_for_its_own_fragment(released):
    commit(released, PLUGIN, FRAGMENT)
    commit(released, PLUGIN)
    fragments.check(root=released)
    with pytest.raises(CommandFailed, match=PLUGIN):
        fragments.check("HEAD~1", root=released)
