# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection in the three shapes in which it is run: linked, installed and copied."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import reproducible
from commands import run
from paths import BUILD, COLLECTION, NAME, NAMESPACE, ROOT, collection_in

# What a tarball may hold at its top; another name there means a hole in galaxy.yml's build_ignore.
SHIPPED = {
    ".ansible-lint", "CHANGELOG.md", "FILES.json", "LICENSE", "MANIFEST.json", "README.md",
    "changelogs", "docs", "extensions", "meta", "playbooks", "plugins", "requirements.txt",
    "roles", "tests",
}  # fmt: skip
SHIPPED_TESTS = {"config.yml"}

# What the collection needs at work. A registry may leave out the rest.
AT_WORK = {"extensions", "meta", "playbooks", "plugins", "roles"}


def linked() -> Path:
    """A collections path whose collection is this checkout itself, for pytest and linters."""
    tree = BUILD / "tree"
    link = collection_in(tree)
    link.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        link.symlink_to(os.path.relpath(ROOT, link.parent), target_is_directory=True)
    return tree


def copied(purpose: str, without: str = "") -> Path:
    """A real copy with a git index of its own, in which ansible-test finds the files.

    ansible-test refuses symlinks, and finds nothing below a folder that git ignores. `without` is
    a pattern for the beginning of names that are left out.
    """
    copy = collection_in(BUILD / purpose)
    shutil.rmtree(copy, ignore_errors=True)
    names = [name for name in _tracked_files() if not (without and re.match(without, name))]
    for name in names:
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target, follow_symlinks=False)
    for command in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=copy, check=True)
    return copy


def _tracked_files() -> list[str]:
    """The files of the checkout, new ones included, but none that git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [name for name in listed.split("\0") if name and os.path.lexists(ROOT / name)]


def build(environment: str, folder: Path = BUILD / "dist") -> Path:
    """Build the tarball that Galaxy would get, the same bytes for the same commit; its path."""
    shutil.rmtree(folder, ignore_errors=True)
    run(
        environment,
        ["ansible-galaxy", "collection", "build", "--force", "--output-path", str(folder)],
    )
    (tarball,) = folder.glob(f"{NAMESPACE}-{NAME}-*.tar.gz")
    reproducible.rewrite(tarball, _moment_of_the_source())
    return tarball


def _moment_of_the_source() -> int:
    """When the source was last changed: SOURCE_DATE_EPOCH, or the last commit (Unix time)."""
    moment = os.environ.get("SOURCE_DATE_EPOCH")
    command = ["git", "log", "-1", "--format=%ct"]
    return int(moment or subprocess.check_output(command, cwd=ROOT, text=True))


def check_contents(tarball: Path) -> None:
    """Raise ValueError if the tarball holds files that are not for users."""
    with tarfile.open(tarball) as content:
        names = [name.removeprefix("./").split("/") for name in content.getnames()]
    strangers = {parts[0] for parts in names if parts[0] not in SHIPPED}
    strangers |= {
        "/".join(parts[:2])
        for parts in names
        if parts[0] == "tests" and parts[1:] and parts[1] not in SHIPPED_TESTS
    }
    if strangers:
        raise ValueError(f"{tarball.name} holds {', '.join(sorted(strangers))}")


def install(environment: str, tarball: Path, tree: Path = BUILD / "installed") -> Path:
    """Install the tarball into a collections path of its own, without a network; answer it."""
    shutil.rmtree(tree, ignore_errors=True)
    run(
        environment,
        ["ansible-galaxy", "collection", "install", "--offline", "--force"]
        + ["--collections-path", str(tree), str(tarball)],
        env={"ANSIBLE_COLLECTIONS_PATH": str(tree)},
    )
    if not collection_in(tree).is_dir():
        raise ValueError(f"{COLLECTION} was not installed from {tarball.name}")
    return tree


def strip(tree: Path) -> None:
    """Remove every folder of the installed collection that is not needed at work."""
    for folder in collection_in(tree).iterdir():
        if folder.is_dir() and folder.name not in AT_WORK:
            shutil.rmtree(folder)
