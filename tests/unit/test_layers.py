# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each file of plugins/ is in one layer, which knows nothing of those above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
OURS = "ansible_collections.onlyoffice.docspace.plugins."

# From the bottom to the top. CONTRIBUTING.md draws it.
LAYERS = (
    # Values, rules and the wire format: no input, no output.
    {"_errors", "_storage", "_schedule", "_cron", "_wire", "_room", "_room_wire", "_portals"}
    | {"_connection", "_failures"},
    # Requests.
    {"_http", "_client"},
    # What the portal offers.
    {"_settings_api", "_backup_api", "_rooms_api", "_portals_api", "_extra_run", "_target"},
    # What a task does: options in, result out.
    {"_backup_schedule", "_backup_schedule_info", "_room_run"},
    # Ansible: options, exits, paths.
    {"_argspec", "_secrets", "_module", "_place", "_in_process", "_role_variables", "_notation"},
    # What users call.
    {
        path.stem
        for kind in ("modules", "action", "inventory", "filter", "doc_fragments")
        for path in (PLUGINS / kind).glob("*.py")
    },
)
CORE, REQUESTS, *_OTHERS = LAYERS
KNOWS_ANSIBLE = LAYERS[-1] | LAYERS[-2]

# What reads or writes; os.path.exists is what _connection takes of os.
DEVICES = {"requests", "socket", "ssl", "subprocess", "threading", "urllib.request", "http"}


def files() -> list[Path]:
    return sorted(path for path in PLUGINS.rglob("*.py") if path.stem != "__init__")


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
    return found


def layer_of(name: str) -> int:
    (layer,) = [number for number, names in enumerate(LAYERS) if name in names]
    return layer


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(PLUGINS).as_posix())
def test_a_file_knows_nothing_of_the_layers_above(path: Path) -> None:
    used = {name.rsplit(".", 1)[-1] for name in imported(path) if name.startswith(OURS)}
    assert [name for name in sorted(used) if layer_of(name) > layer_of(path.stem)] == []


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(PLUGINS).as_posix())
def test_only_the_shell_knows_ansible_and_only_requests_are_made_below(path: Path) -> None:
    outside = {name for name in imported(path) if not name.startswith(OURS)}
    if path.stem not in KNOWS_ANSIBLE:
        assert [name for name in sorted(outside) if name.split(".")[0] == "ansible"] == []
    if path.stem in CORE:
        assert [name for name in sorted(outside) if name in DEVICES] == []
    if path.stem not in REQUESTS:
        assert "requests" not in outside
