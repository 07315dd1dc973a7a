# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The changed modules, called mutants: what cosmic-ray changes, and how a change is named."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.mutating import mutate_code


class Change(NamedTuple):
    """A change by what it does to the source, so that it keeps its name when lines move."""

    place: str
    before: str
    after: str


class Mutant(NamedTuple):
    change: Change
    source: str


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of the module that runs other code than the module itself, each once."""
    original = path.read_text()
    seen = {"", _what_runs(original)}
    tree = get_ast(original)
    for name in plugins.operator_names():
        operator_class = plugins.get_operator(name)
        if operator_class.arguments():
            continue
        operator = operator_class()
        positions = (
            (node, position)
            for node in ast_nodes(tree)
            for position in operator.mutation_positions(node)
        )
        for occurrence, (node, _position) in enumerate(positions):
            source = mutate_code(original, operator, occurrence)
            runs = _what_runs(source)
            if runs not in seen:
                seen.add(runs)
                place = ASTQuery(node).get_definition_name() or "module"
                yield Mutant(_change(place, original, source), source)


def _what_runs(source: str) -> str:
    """The module without what is not run: annotations, which stay text. Empty for no Python."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    return ast.dump(_WithoutAnnotations().visit(tree))


class _WithoutAnnotations(ast.NodeTransformer):
    """Replaces every annotation by one and the same; dataclasses need to see that there is one."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        self.generic_visit(node)
        node.annotation = ast.Constant(None)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.returns = None
        return node


def _change(place: str, original: str, mutated: str) -> Change:
    """What differs between the two, as the lines that differ."""
    old, new = original.splitlines(), mutated.splitlines()
    first = next(n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
    last = next(
        n
        for n, (a, b) in enumerate(zip(reversed(old), reversed(new), strict=False))
        if a != b or min(len(old), len(new)) - n <= first
    )
    return Change(
        place,
        _joined(old[first : len(old) - last]),
        _joined(new[first : len(new) - last]),
    )


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines).strip()
