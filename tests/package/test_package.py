# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tarball for Galaxy, and the collection installed from it: `make package`."""

from __future__ import annotations

import io
import json
import os
import subprocess
import tarfile
from pathlib import Path

BUILD = Path(__file__).resolve().parents[2] / ".build"
COLLECTIONS = BUILD / "collections"
INSTALLED = COLLECTIONS / "ansible_collections" / "onlyoffice" / "docspace"
# The top level of the tarball. Another name means that build_ignore in galaxy.yml is incomplete.
TOP = (
    ".ansible-lint CHANGELOG.md FILES.json LICENSE MANIFEST.json README.md changelogs docs "
    "extensions meta playbooks plugins requirements.txt roles tests"
)
# Patterns that match a file or folder for each plugin of a kind.
PLUGINS = {
    "module": "plugins/modules/*.py",
    "inventory": "plugins/inventory/*.py",
    "filter": "plugins/filter/*.py",
    "role": "roles/*",
}


def test_the_tarball_holds_what_users_get_and_nothing_else() -> None:
    (tarball,) = (BUILD / "dist").glob("*.tar.gz")
    with tarfile.open(tarball) as tar:
        names = tar.getnames()
    assert {name.partition("/")[0] for name in names} == set(TOP.split())
    assert [name for name in names if name.startswith("tests/")] == ["tests/config.yml"]


def test_the_tarball_is_the_same_wherever_and_whenever_this_commit_is_built() -> None:
    (tarball,) = (BUILD / "dist").glob("*.tar.gz")
    # The gzip header contains neither a time nor a name.
    assert tarball.read_bytes()[3:8] == bytes(5)
    with tarfile.open(tarball) as tar:
        members = tar.getmembers()
        listed = json.load(tar.extractfile("FILES.json") or io.BytesIO())["files"]
    git = ["git", "log", "-1", "--format=%ct"]
    moment = os.environ.get("SOURCE_DATE_EPOCH") or subprocess.check_output(git, text=True)
    assert {(one.mtime, one.uid, one.gid, one.uname) for one in members} == {
        (int(moment), 0, 0, "")
    }
    # Galaxy requires the manifest to be the first file.
    names = [one.name for one in members]
    assert names == ["MANIFEST.json", *sorted(set(names) - {"MANIFEST.json"})]
    assert [entry["name"] for entry in listed] == sorted(entry["name"] for entry in listed)


def test_ansible_doc_reads_every_plugin_without_a_warning() -> None:
    done = subprocess.run(
        ["ansible-doc", "--metadata-dump", "onlyoffice.docspace"],
        env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # Ignore ansible-core's warning about its internal collection, which has no version.
    said = [line for line in done.stderr.splitlines() if "_protomatter" not in line]
    assert [line for line in said if "WARNING" in line] == []
    documented = json.loads(done.stdout)["all"]
    for kind, pattern in PLUGINS.items():
        names = {f"onlyoffice.docspace.{path.stem}" for path in INSTALLED.glob(pattern)}
        assert names
        assert set(documented[kind]) == names
