# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each package of module_utils has one subject, and imports nothing from the layers above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
OURS = "ansible_collections.onlyoffice.docspace.plugins."

# The packages that each package may import. CONTRIBUTING.md contains a diagram.
PORTAL: set[str] = {"_portal"}
SUBJECT = {"_storage", *PORTAL}
MAY_KNOW: dict[str, set[str]] = {
    "_portal": set(),
    "_storage": PORTAL,
    "_schedule": SUBJECT,
    "_backup": SUBJECT,
    "_room": SUBJECT,
    "_server": SUBJECT,
    "_audit": {"_schedule", "_backup", "_room", *SUBJECT},
    "_ansible": {"_schedule", "_backup", "_room", "_server", "_audit", *SUBJECT},
}
# The modules of other subjects that the audit may import: their requests, conversions, and values.
OF_ANOTHER_SUBJECT = {"api", "wire", "backup", "duration", "schedule", "cron", "types"}

# The files that subjects have in common, from the lowest layer to the highest. Files with other
# names are separate topics below the task.
ROOMS = ("wire", "api", "task")
PURE = {"plan", "wire"}

# The files of the portal that make requests. All others are pure, except for files named api and
# task in the subjects, and code that uses a client argument.
REQUESTS = {
    "_portal/bounds.py",
    "_portal/attempts.py",
    "_portal/stream.py",
    "_portal/download.py",
    "_portal/client.py",
}

# Modules for input and output. os is allowed, because _portal/connection.py uses os.path.exists.
DEVICES = {"requests", "socket", "ssl", "subprocess", "threading", "urllib.request", "http"}


def files(below: str) -> list[Path]:
    return sorted(path for path in (PLUGINS / below).rglob("*.py") if path.stem != "__init__")


def imported(path: Path) -> set[str]:
    """The full names of the modules that the file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
    return found


def of_module_utils(path: Path) -> set[tuple[str, str]]:
    """The package and file of each import from module_utils."""
    prefix = OURS + "module_utils."
    found = (name.removeprefix(prefix) for name in imported(path) if name.startswith(prefix))
    return {(name.partition(".")[0], name.partition(".")[2]) for name in found}


def named(path: Path) -> str:
    return path.relative_to(PLUGINS).as_posix()


@pytest.mark.parametrize("path", files("module_utils"), ids=named)
def test_a_package_knows_nothing_of_those_above(path: Path) -> None:
    own = path.parent.name
    others = {(package, file) for package, file in of_module_utils(path) if package != own}

    assert {package for package, _file in others} <= MAY_KNOW[own]


@pytest.mark.parametrize("path", files("module_utils/_audit"), ids=named)
def test_the_audit_takes_only_what_others_ask_and_understand(path: Path) -> None:
    subjects = {"_schedule", "_backup", "_room"}
    taken = {file for package, file in of_module_utils(path) if package in subjects}

    assert taken <= OF_ANOTHER_SUBJECT


@pytest.mark.parametrize("path", files("module_utils"), ids=named)
def test_within_a_package_imports_go_downwards(path: Path) -> None:
    own = {file for package, file in of_module_utils(path) if package == path.parent.name}
    above = ROOMS[ROOMS.index(path.stem) + 1 :] if path.stem in ROOMS else ("task",)

    assert own.isdisjoint(above)
    if path.stem in PURE:
        assert "api" not in own


@pytest.mark.parametrize("path", files("module_utils"), ids=named)
def test_only_the_shell_knows_ansible_and_only_requests_are_made_below(path: Path) -> None:
    outside = {name for name in imported(path) if not name.startswith(OURS)}
    place = path.relative_to(PLUGINS / "module_utils").as_posix()
    if path.parent.name != "_ansible":
        assert [name for name in sorted(outside) if name.split(".")[0] == "ansible"] == []
    if place not in REQUESTS:
        assert outside.isdisjoint(DEVICES)


@pytest.mark.parametrize("path", files(""), ids=named)
def test_nothing_below_knows_what_users_call(path: Path) -> None:
    ours = {name.removeprefix(OURS).partition(".")[0] for name in imported(path) if OURS in name}
    below = path.relative_to(PLUGINS).parts[0]

    if below == "module_utils":
        assert ours <= {"module_utils"}
    assert ours <= {"module_utils", "plugin_utils"}
