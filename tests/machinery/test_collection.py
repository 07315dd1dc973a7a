# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The copy for ansible-test contains the right files."""

from __future__ import annotations

import subprocess

from checks import collection


def test_the_copy_holds_new_files_but_none_that_git_ignores(tmp_path, monkeypatch):
    monkeypatch.setattr(collection, "ROOT", tmp_path)
    (tmp_path / ".gitignore").write_text("ignored\n")
    script = "git init --quiet; touch new gone; git add gone; rm gone"
    subprocess.run(script, shell=True, cwd=tmp_path, check=True)
    without = collection.copied(tmp_path / "ignored", ".", ":(exclude)n*")
    assert {path.name for path in without.iterdir()} == {".git", ".gitignore"}
    copy = collection.copied(tmp_path / "ignored", ".")
    assert {path.name for path in copy.iterdir()} == {".git", ".gitignore", "new"}
    assert subprocess.check_output(["git", "ls-files"], cwd=copy) == b".gitignore\nnew\n"
