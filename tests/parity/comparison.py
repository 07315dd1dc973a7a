# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The differences between two runs of the same play, one line each."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

from parity.plays import Record, Run

# Lines of progress, which modules cannot show. The delays in them are random.
PROGRESS = re.compile(
    r"^.* (?:Waiting \d+\.\d s|is \d+ % complete|waiting for the backup that is already running)"
    r"\.\n",
    re.MULTILINE,
)

# The time of an audit, which differs between the paths.
MOMENT = ".facts.checked_at."


def differences(in_worker: Run, as_module: Run) -> list[str]:
    """Return the differences between the two runs that a user can see."""
    found = list(_in_records(in_worker.records, as_module.records))
    found += _in_text("stdout", PROGRESS.sub("", in_worker.stdout), as_module.stdout)
    found += _in_text("stderr", PROGRESS.sub("", in_worker.stderr), as_module.stderr)
    if in_worker.status != as_module.status:
        found.append(f"status: {in_worker.status} in the worker, {as_module.status} as a module")
    return found


def _in_records(ours: list[Record], theirs: list[Record]) -> Iterator[str]:
    if len(ours) != len(theirs):
        yield f"results: {len(ours)} in the worker, {len(theirs)} as modules"
    for one, other in zip(ours, theirs, strict=False):
        where = f"{one['host']}: {one['task']}"
        left, right = fields(one), fields(other)
        for name in sorted(left.keys() | right.keys()):
            if left.get(name) != right.get(name) and MOMENT not in name:
                yield f"{where}: {name}: {left.get(name)} in the worker, {right.get(name)} else"


def fields(value: Any, name: str = "") -> dict[str, Any]:
    """Every plain value in `value` by its path, such as "result.schedule.hour.value"."""
    if isinstance(value, dict) and value:
        parts = [(f"{name}.{key}" if name else key, entry) for key, entry in value.items()]
    elif isinstance(value, list) and value:
        parts = [(f"{name}[{number}]", entry) for number, entry in enumerate(value)]
    else:
        return {name: value}
    return {path: leaf for part, entry in parts for path, leaf in fields(entry, part).items()}


def _in_text(stream: str, ours: str, theirs: str) -> list[str]:
    lines = difflib.unified_diff(
        theirs.splitlines(), ours.splitlines(), f"{stream} as a module", "in the worker", "", "", 1
    )
    return [line.rstrip("\n") for line in lines]
