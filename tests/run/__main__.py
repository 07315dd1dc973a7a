# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The targets of the Makefile: `python3 tests/run TARGET`."""

from __future__ import annotations

import sys

if sys.version_info < (3, 10):
    sys.exit("Python 3.10 or later is needed, for example: make PYTHON=python3.12 demo")

import subprocess
from collections.abc import Callable

import board
import collection
import demonstration
import environments
import measuring
import stages
from commands import CommandFailed, run
from paths import ROOT
from pythons import NoPython


def test() -> int:
    """Everything that must pass before a change is accepted."""
    return board.run_all(stages.present(stages.STAGES))


def test_all() -> int:
    """The same, and every other supported ansible-core, and galaxy-importer."""
    return board.run_all(stages.present(stages.ALL))


def build() -> None:
    """Build the collection's tarball into .build/dist."""
    print(collection.build("demo").relative_to(ROOT))


def install() -> None:
    """Build, then install into .build/installed as a user would."""
    print(collection.install("demo", collection.build("demo")).relative_to(ROOT))


def format_code() -> None:
    """Format the Python files and mend what can be mended."""
    run("test", ["ruff", "check", "--fix", "--exit-zero", "--quiet", "."])
    run("test", ["ruff", "format", "."])


def changelog() -> None:
    """Write CHANGELOG.md for the version in galaxy.yml: plugins, roles and fragments."""
    run(
        "test",
        ["antsibull-changelog", "release", "--reload-plugins", "--update-existing"],
        env={"ANSIBLE_COLLECTIONS_PATH": str(collection.linked())},
    )


def environment() -> None:
    """Make the environments and the linked tree, so that a bare pytest works."""
    environments.ensure("demo")
    print(environments.ensure("test").relative_to(ROOT))
    collection.linked()


TARGETS: dict[str, Callable[[], int | None]] = {
    "demo": demonstration.demo,
    "test": test,
    "test-all": test_all,
    "bench": measuring.bench,
    "format": format_code,
    "changelog": changelog,
    "build": build,
    "install": install,
    "environment": environment,
    "clean": stages.clean,
}


def by_itself(stage: stages.Stage) -> None:
    """Run a stage in the foreground, after what it needs."""
    for need in stage.needs:
        by_itself(next(other for other in stages.ALL if other.name == need))
    stage.action()


def help_text() -> None:
    for name, action in TARGETS.items():
        print(f"  make {name:<14} {(action.__doc__ or '').splitlines()[0]}")
    print("\nand the stages of make test by themselves:")
    for stage in stages.STAGES:
        print(f"  make {stage.name:<14} {stage.what}")
    print("\nand those that only make test-all runs: python3 tests/run NAME")
    for stage in stages.MATRIX:
        print(f"  {stage.name:<27} {stage.what}")


def main(arguments: list[str]) -> int:
    """Run the target that `arguments` name; `stage NAME` is a stage without what it needs."""
    by_name = {stage.name: stage for stage in stages.ALL}
    name = arguments[-1] if arguments else "help"
    try:
        if arguments[:1] == ["stage"]:
            by_name[name].action()
        elif name in by_name:
            by_itself(by_name[name])
        elif name in TARGETS:
            return TARGETS[name]() or 0
        else:
            help_text()
            return int(name != "help")
    except (CommandFailed, NoPython, ValueError, subprocess.CalledProcessError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
