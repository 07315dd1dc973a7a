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

FILES = {"roles/a": "a", "README.md": "b", "MANIFEST.json": '{"file_manifest_file": {}}'}


def test_the_tarball_is_the_same_wherever_and_whenever_it_is_built(tmp_path):
    found = []
    for turn in (1, -1):
        listed = json.dumps({"files": [{"name": name} for name in list(FILES)[::turn]]})
        path = tmp_path / f"{turn}.gz"
        with tarfile.open(path, "w:gz") as tar:
            for name, text in list({**FILES, "FILES.json": listed}.items())[::turn]:
                info = tarfile.TarInfo(name)
                info.size, info.mtime = len(text), turn + 1
                tar.addfile(info, io.BytesIO(text.encode()))
        collection.repack(path, 1_700_000_000)
        found.append(path.read_bytes())
    assert found[0] == found[1]
    with tarfile.open(path) as tar:
        text = {info.name: tar.extractfile(info).read() for info in tar if info.isfile()}
        assert {info.mtime for info in tar if info.isfile()} == {1_700_000_000}
    assert list(text) == ["MANIFEST.json", "FILES.json", "README.md", "roles/a"]
    assert (text["README.md"], text["roles/a"]) == (b"b", b"a")
    checksum = json.loads(text["MANIFEST.json"])["file_manifest_file"]["chksum_sha256"]
    assert checksum == hashlib.sha256(text["FILES.json"]).hexdigest()


def test_the_copy_holds_new_files_but_none_that_git_ignores(tmp_path, monkeypatch):
    monkeypatch.setattr(collection, "ROOT", tmp_path)
    (tmp_path / ".gitignore").write_text("ignored\n")
    script = "git init --quiet; touch new gone; git add gone; rm gone"
    subprocess.run(script, shell=True, cwd=tmp_path, check=True)
    without = collection.copied(tmp_path / "ignored", without="n")
    assert {path.name for path in without.iterdir()} == {".git", ".gitignore"}
    copy = collection.copied(tmp_path / "ignored")
    assert subprocess.check_output(["git", "ls-files"], cwd=copy) == b".gitignore\nnew\n"
