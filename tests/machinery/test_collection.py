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

MANIFEST = json.dumps({"file_manifest_file": {"chksum_sha256": "of the list"}})
LISTS = [
    json.dumps({"files": [{"name": "README.md"}, {"name": "roles"}][::way]}) for way in (1, -1)
]


def built(path, files, modified):
    """A tarball as ansible-galaxy writes it, in this order; read what becomes of it."""
    with tarfile.open(path, "w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(text), modified
            tar.addfile(info, io.BytesIO(text.encode()))
    collection.repack(path, 1_700_000_000)
    with tarfile.open(path) as tar:
        infos = [info for info in tar.getmembers() if info.isfile()]
        assert {info.mtime for info in infos} == {1_700_000_000}
        return {info.name: tar.extractfile(info).read() for info in infos}


def test_the_tarball_is_the_same_wherever_and_whenever_it_is_built(tmp_path):
    files = {"roles/a": "a", "README.md": "read", "MANIFEST.json": MANIFEST}
    found = built(tmp_path / "1.gz", {**files, "FILES.json": LISTS[0]}, 1)
    built(tmp_path / "2.gz", {"FILES.json": LISTS[1], **dict(reversed(files.items()))}, 2)
    assert (tmp_path / "1.gz").read_bytes() == (tmp_path / "2.gz").read_bytes()
    assert list(found) == ["MANIFEST.json", "FILES.json", "README.md", "roles/a"]
    assert (found["README.md"], found["roles/a"]) == (b"read", b"a")
    checksum = json.loads(found["MANIFEST.json"])["file_manifest_file"]["chksum_sha256"]
    assert checksum == hashlib.sha256(found["FILES.json"]).hexdigest()


def test_the_copy_holds_new_files_but_none_that_git_ignores(tmp_path, monkeypatch):
    monkeypatch.setattr(collection, "ROOT", tmp_path)
    for name, text in {".gitignore": "ignored\n", "new": "", "gone": ""}.items():
        (tmp_path / name).write_text(text)
    subprocess.run("git init --quiet; git add gone; rm gone", shell=True, cwd=tmp_path, check=True)
    copy = collection.copied(tmp_path / "ignored", without="n")
    assert {path.name for path in copy.iterdir()} == {".git", ".gitignore"}
    copy = collection.copied(tmp_path / "ignored")
    assert copy.parts[-3:] == ("ansible_collections", "onlyoffice", "docspace")
    listed = subprocess.check_output(["git", "ls-files"], cwd=copy, text=True).split()
    assert listed == [".gitignore", "new"]
