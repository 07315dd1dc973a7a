# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every value of `error.kind`, read from the source of the plugins."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

from docs.places import ROOT

# Calls whose first argument is a kind, and tables whose rows or keys are kinds.
_CALLS = {"NoAnswer", "Failure"}
_KEYS = {"_HINTS"}
_ROWS = {"_ROWS", "_EXCEPTIONS"}


def kinds() -> set[str]:
    """The kinds that the plugins can report."""
    found = {
        kind
        for path in sorted((ROOT / "plugins").rglob("*.py"))
        for kind in _kinds_in(ast.parse(path.read_text()))
    }
    # Detect notations in the source that this module does not recognize.
    missing = {"options", "timeout", "unauthorized", "redirect", "ambiguous", "internal"} - found
    if missing:
        raise AssertionError(f"the source is not understood: {sorted(missing)}")
    return found


def _kinds_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "kind":
            yield from _texts([node.value])
        elif isinstance(node, ast.Call) and _name(node.func) in _CALLS:
            yield from _texts(node.args[:1])
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Dict):
            yield from _kinds_of_table(node, node.value)
        elif isinstance(node, ast.BoolOp):
            # For example: ... or ("unexpected", "what to do")
            for value in node.values:
                yield from _row(value)


def _kinds_of_table(node: ast.Assign | ast.AnnAssign, table: ast.Dict) -> Iterator[str]:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    if _name(target) in _KEYS:
        yield from _texts([key for key in table.keys if key])
    if _name(target) in _ROWS:
        for value in table.values:
            yield from _row(value)


def _row(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Tuple) and value.elts:
        yield from _texts(value.elts[:1])


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def documented(guide: Path) -> list[str]:
    """The kinds that have a section in the guide: titles that are a single word set as code."""
    lines = guide.read_text().splitlines()
    return [
        title.strip("`")
        for title, rule in itertools.pairwise(lines)
        if title.startswith("``") and rule and set(rule) == {"~"}
    ]
