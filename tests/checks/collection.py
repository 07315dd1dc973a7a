# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection as users install it, and as ansible-test expects it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nox

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
# The path of the collection below a collections path.
PLACE = "ansible_collections/onlyoffice/docspace"


def link() -> None:
    """Create .build/tree, a collections path in which the collection is a link to this checkout."""
    place = BUILD / "tree" / PLACE
    place.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        place.symlink_to(os.path.relpath(ROOT, place.parent))


def copied(tree: Path, *files: str) -> Path:
    """Copy the collection below a collections path, and create a git index for ansible-test.

    ansible-test rejects symlinks, and finds nothing below a folder that git ignores. `files` are
    git patterns. New files are copied too, except those that git ignores.
    """
    copy = tree / PLACE
    shutil.rmtree(copy, ignore_errors=True)
    subprocess.run(["git", "init", "--quiet", str(copy)], check=True)
    add = ["git", f"--git-dir={copy}/.git", f"--work-tree={ROOT}", "add", "--", *files]
    subprocess.run(add, cwd=ROOT, check=True)
    subprocess.run(["git", "checkout-index", "--all"], cwd=copy, check=True)
    return copy


def install(session: nox.Session, folder: str) -> None:
    """Build the tarball for Galaxy, and install it offline as a user would.

    The same commit produces the same bytes in FOLDER/dist, because all times are the time of that
    commit, or SOURCE_DATE_EPOCH (Unix time). FOLDER/collections is the collections path.
    """
    dist, tree = f"{folder}/dist", f"{folder}/collections"
    session.run("rm", "-rf", dist, tree, log=False)
    session.run("ansible-galaxy", "collection", "build", "--output-path", dist)
    (tarball,) = Path(dist).glob("*.tar.gz")
    committed = subprocess.check_output(["git", "log", "-1", "--format=%ct"])
    repack(tarball, int(os.environ.get("SOURCE_DATE_EPOCH") or committed))
    command = ["ansible-galaxy", "collection", "install", "--offline", "--force", str(tarball)]
    env = {"ANSIBLE_COLLECTIONS_PATH": tree}
    session.run(*command, "--collections-path", tree, env=env)


def repack(tarball: Path, moment: int) -> None:
    """Sort the files of a tarball, and set all their times to `moment`.

    ansible-galaxy writes them in directory order, with the time of the build.
    """
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(["tar", "-xzf", str(tarball), "-C", name], check=True)
        manifest, files = (Path(name, f"{kind}.json") for kind in ("MANIFEST", "FILES"))
        listed = json.loads(files.read_text())
        listed["files"].sort(key=lambda entry: entry["name"])
        files.write_text(json.dumps(listed, indent=1))
        about = json.loads(manifest.read_text())
        checksum = hashlib.sha256(files.read_bytes()).hexdigest()
        about["file_manifest_file"]["chksum_sha256"] = checksum
        manifest.write_text(json.dumps(about, indent=1))
        # Galaxy requires the manifest to be the first file.
        names = [manifest.name, *sorted({*os.listdir(name)} - {manifest.name})]
        how = ["--sort=name", f"--mtime=@{moment}", "--owner=0", "--group=0", "--numeric-owner"]
        tar = ["tar", "-cf", str(tarball), "-I", "gzip -n", *how, "-C", name, *names]
        subprocess.run(tar, check=True)
