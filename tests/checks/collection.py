# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection as users get it, and as ansible-test wants it."""

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
# Where the collection is below a collections path.
PLACE = "ansible_collections/onlyoffice/docspace"


def link() -> None:
    """Make .build/tree, a collections path whose collection is this checkout itself."""
    place = BUILD / "tree" / PLACE
    place.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        place.symlink_to(os.path.relpath(ROOT, place.parent))


def copied(tree: Path, *files: str) -> Path:
    """A real copy below a collections path, with a git index of its own, as ansible-test wants it.

    ansible-test refuses symlinks, and finds nothing below a folder that git ignores. `files` are
    git's patterns; new files are copied too, but none that git ignores.
    """
    copy = tree / PLACE
    shutil.rmtree(copy, ignore_errors=True)
    subprocess.run(["git", "init", "--quiet", str(copy)], check=True)
    add = ["git", f"--git-dir={copy}/.git", f"--work-tree={ROOT}", "add", "--", *files]
    subprocess.run(add, cwd=ROOT, check=True)
    subprocess.run(["git", "checkout-index", "--all"], cwd=copy, check=True)
    return copy


def install(session: nox.Session, folder: str) -> None:
    """Build the tarball that Galaxy would get, and install it as a user would, without a network.

    The same commit gives the same bytes in FOLDER/dist: all of them are of the moment of that
    commit, or of SOURCE_DATE_EPOCH (Unix time). FOLDER/collections is the collections path.
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
    """Sort the files of a tarball, and let all of them be of `moment`.

    ansible-galaxy writes them in the order of the disk, with the time of the build.
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
        # Galaxy reads the manifest before all else.
        names = [manifest.name, *sorted({*os.listdir(name)} - {manifest.name})]
        how = ["--sort=name", f"--mtime=@{moment}", "--owner=0", "--group=0", "--numeric-owner"]
        tar = ["tar", "-cf", str(tarball), "-I", "gzip -n", *how, "-C", name, *names]
        subprocess.run(tar, check=True)
