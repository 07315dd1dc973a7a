# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is built and copied is what users and ansible-test shall get."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import tarfile

from checks import collection

FILES = {"README.md": b"read", "plugins/a.py": b"a = 1", "roles/run": b"#!/bin/sh"}
MOMENT = 1_700_000_000


def built(path, names, moment):
    """A tarball as ansible-galaxy writes it, its files in the order of `names`."""
    listed = json.dumps({"files": [{"name": name} for name in names]}).encode()
    manifest = json.dumps({"file_manifest_file": {"chksum_sha256": "of the list"}}).encode()
    with tarfile.open(path, "w:gz") as archive:
        for name in ("FILES.json", "MANIFEST.json", *names):
            content = {"FILES.json": listed, "MANIFEST.json": manifest, **FILES}[name]
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), moment
            info.mode = 0o755 if name.endswith("run") else 0o644
            archive.addfile(info, io.BytesIO(content))
    collection.repack(path, MOMENT)
    return path


def test_the_tarball_is_the_same_wherever_and_whenever_it_is_built(tmp_path):
    one = built(tmp_path / "1.gz", list(FILES), 1)
    assert one.read_bytes() == built(tmp_path / "2.gz", list(FILES)[::-1], 2).read_bytes()
    with tarfile.open(one) as tar:
        infos = {info.name: info for info in tar.getmembers() if info.isfile()}
        found = {name: tar.extractfile(info).read() for name, info in infos.items()}
    manifest, listed = json.loads(found.pop("MANIFEST.json")), found.pop("FILES.json")
    assert next(iter(infos)) == "MANIFEST.json"
    assert found == FILES
    assert {info.mtime for info in infos.values()} == {MOMENT}
    assert (infos["roles/run"].mode, infos["plugins/a.py"].mode) == (0o755, 0o644)
    assert manifest["file_manifest_file"]["chksum_sha256"] == hashlib.sha256(listed).hexdigest()


def test_the_copy_holds_new_files_but_none_that_git_ignores(tmp_path, monkeypatch):
    monkeypatch.setattr(collection, "ROOT", tmp_path)
    for name, text in {".gitignore": "ignored\n", "new": "", "gone": ""}.items():
        (tmp_path / name).write_text(text)
    for command in (["init", "--quiet"], ["add", "gone"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    (tmp_path / "gone").unlink()

    copy = collection.copied(tmp_path / "ignored", without="n")
    assert {path.name for path in copy.iterdir()} == {".git", ".gitignore"}
    copy = collection.copied(tmp_path / "ignored")
    assert copy.parts[-3:] == ("ansible_collections", "onlyoffice", "docspace")
    listed = subprocess.check_output(["git", "ls-files"], cwd=copy, text=True).split()
    assert listed == [".gitignore", "new"]
