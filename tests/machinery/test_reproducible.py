# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tarball is the same bytes wherever, whenever and by whomever it is built."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile

import pytest
import reproducible

FILES = {"galaxy/README.md": b"read", "galaxy/run": b"#!/bin/sh", "plugins/a.py": b"a = 1"}
MOMENT = 1_700_000_000


def built(path, names, *, owner, modified, umask):
    """A tarball as ansible-galaxy writes it, with its files in the order of `names`."""
    listed = [
        {
            "name": name,
            "ftype": "file",
            "chksum_type": "sha256",
            "chksum_sha256": hashlib.sha256(FILES[name]).hexdigest(),
            "format": 1,
        }
        for name in names
    ]
    files_json = json.dumps({"files": listed, "format": 1}, indent=True).encode()
    manifest = {
        "collection_info": {"namespace": "onlyoffice", "name": "docspace"},
        "file_manifest_file": {
            "name": "FILES.json",
            "chksum_sha256": hashlib.sha256(files_json).hexdigest(),
        },
    }
    contents = {
        "MANIFEST.json": json.dumps(manifest, indent=True).encode(),
        "FILES.json": files_json,
        **{name: FILES[name] for name in names},
    }
    with tarfile.open(path, "w:gz") as tar:
        for name, content in contents.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.uname, info.uid = len(content), modified, owner, 1000
            info.mode = (0o777 if name.endswith("run") else 0o666) & ~umask
            tar.addfile(info, io.BytesIO(content))
    return path


@pytest.fixture
def two(tmp_path):
    names = sorted(FILES)
    one = built(tmp_path / "one.tar.gz", names, owner="ann", modified=1, umask=0o022)
    other = built(tmp_path / "two.tar.gz", names[::-1], owner="bob", modified=2, umask=0o002)
    assert one.read_bytes() != other.read_bytes()
    for tarball in (one, other):
        reproducible.rewrite(tarball, MOMENT)
    return one, other


def test_order_owner_time_and_umask_do_not_tell(two):
    one, other = two
    assert one.read_bytes() == other.read_bytes()


def test_the_moment_is_that_of_the_source(two):
    with tarfile.open(two[0]) as tar:
        assert {info.mtime for info in tar.getmembers()} == {MOMENT}


def test_contents_stay_and_checksums_hold(two):
    with tarfile.open(two[0]) as tar:
        found = {info.name: tar.extractfile(info).read() for info in tar.getmembers()}
        modes = {info.name: info.mode for info in tar.getmembers()}
    manifest = json.loads(found.pop("MANIFEST.json"))
    listed = found.pop("FILES.json")
    assert found == FILES
    assert modes["galaxy/run"] == 0o755
    assert modes["plugins/a.py"] == 0o644
    assert manifest["file_manifest_file"]["chksum_sha256"] == hashlib.sha256(listed).hexdigest()
    for entry in json.loads(listed)["files"]:
        assert entry["chksum_sha256"] == hashlib.sha256(FILES[entry["name"]]).hexdigest()
