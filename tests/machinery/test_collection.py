# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tarball's contents are checked, and only what git knows is copied for ansible-test."""

from __future__ import annotations

import io
import subprocess
import tarfile

import collection
import pytest


def tarball(folder, names):
    path = folder / "onlyoffice-docspace-1.0.0.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    return path


def test_a_tarball_for_users_is_accepted(tmp_path):
    collection.check_contents(
        tarball(tmp_path, ["MANIFEST.json", "plugins/modules/a.py", "tests", "tests/config.yml"])
    )


@pytest.mark.parametrize(
    ("stranger", "named"),
    [
        (".venv/bin/python", "holds .venv$"),
        ("notes.txt", "holds notes.txt$"),
        ("tests/unit/test_a.py", "holds tests/unit$"),
    ],
)
def test_a_tarball_with_anything_else_is_refused(tmp_path, stranger, named):
    with pytest.raises(ValueError, match=named):
        collection.check_contents(tarball(tmp_path, ["README.md", stranger]))


def test_only_what_is_needed_at_work_stays(tmp_path):
    installed = tmp_path / "ansible_collections" / "onlyoffice" / "docspace"
    for name in ("plugins/modules", "meta", "docs/docsite", "tests", "changelogs", "extensions"):
        (installed / name).mkdir(parents=True)
    (installed / "MANIFEST.json").write_text("{}")

    collection.strip(tmp_path)

    left = {path.name for path in installed.iterdir()}
    assert left == {"plugins", "meta", "extensions", "MANIFEST.json"}


def test_the_copy_holds_new_files_but_none_that_git_ignores(tmp_path, monkeypatch):
    root = tmp_path / "root"
    root.mkdir()
    for name, text in {".gitignore": "ignored\n", "ignored": "", "new": "", "gone": ""}.items():
        (root / name).write_text(text)
    for command in (["init", "--quiet"], ["add", "gone"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    (root / "gone").unlink()
    monkeypatch.setattr(collection, "ROOT", root)
    monkeypatch.setattr(collection, "BUILD", tmp_path / "build")

    copy = collection.copied("purpose")

    assert copy.parts[-3:] == ("ansible_collections", "onlyoffice", "docspace")
    assert {path.name for path in copy.iterdir()} == {".git", ".gitignore", "new"}
    assert not (collection.copied("purpose", without="n") / "new").exists()
    copy = collection.copied("purpose")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=copy, check=True, capture_output=True, text=True
    ).stdout.split()
    assert listed == [".gitignore", "new"]
