# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection as users get it, and as ansible-test wants it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nox

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
NAME = "onlyoffice.docspace"


def folder_in(tree: Path) -> Path:
    """The collection's own folder below a collections path."""
    return tree.joinpath("ansible_collections", *NAME.split("."))


def link() -> None:
    """Make .build/tree, a collections path whose collection is this checkout itself."""
    place = folder_in(BUILD / "tree")
    place.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        place.symlink_to(os.path.relpath(ROOT, place.parent))


def copied(folder: Path, without: str = "") -> Path:
    """A real copy with a git index of its own, in which ansible-test finds the files.

    ansible-test refuses symlinks, and finds nothing below a folder that git ignores. `without` is
    a pattern for the beginning of names that are left out.
    """
    copy = folder_in(folder)
    shutil.rmtree(copy, ignore_errors=True)
    # New files too, but none that git ignores or that was removed.
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.check_output(command, cwd=ROOT, text=True).split("\0"):
        if name and os.path.lexists(ROOT / name) and not (without and re.match(without, name)):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name, follow_symlinks=False)
    subprocess.run("git init --quiet && git add --all", shell=True, cwd=copy, check=True)
    return copy


def install(session: nox.Session, folder: Path) -> Path:
    """Build the tarball that Galaxy would get, and install it as a user would, without a network.

    The same commit gives the same bytes in FOLDER/dist: all of them are of the moment of that
    commit, or of SOURCE_DATE_EPOCH (Unix time). The answer is the collections path.
    """
    dist, tree = folder / "dist", folder / "collections"
    for old in (dist, tree):
        shutil.rmtree(old, ignore_errors=True)
    session.run("ansible-galaxy", "collection", "build", "--output-path", str(dist))
    (tarball,) = dist.glob("*.tar.gz")
    committed = subprocess.check_output(["git", "log", "-1", "--format=%ct"], cwd=ROOT)
    repack(tarball, int(os.environ.get("SOURCE_DATE_EPOCH") or committed))
    command = ["ansible-galaxy", "collection", "install", "--offline", "--force", str(tarball)]
    env = {"ANSIBLE_COLLECTIONS_PATH": str(tree)}
    session.run(*command, "--collections-path", str(tree), env=env)
    return tree


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
        names = sorted(os.listdir(name), key=lambda one: (one != manifest.name, one))
        how = ["--sort=name", f"--mtime=@{moment}", "--owner=0", "--group=0", "--numeric-owner"]
        subprocess.run(
            ["tar", "-cf", str(tarball), "-I", "gzip -n", *how, "-C", name, *names], check=True
        )
