# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`python -m mutation`: change, test, compare with the list of survivors."""

from __future__ import annotations

import importlib
import os
import sys
import time
from pathlib import Path

from mutation.children import passes, survivors
from mutation.mutants import mutants_of
from mutation.survivors import problems

ROOT = Path(__file__).resolve().parents[2]
UTILS = "plugins/module_utils"
LEAST_KILLED = 0.85

# The modules that decide, and the tests that have to notice what is changed in them. Those that
# notice most come first.
SUBJECTS = {
    "_schedule/plan": ("_schedule/test_plan", "_schedule/test_drift", "_schedule/test_wire"),
    "_portal/client": ("_portal/test_client",),
}

# Imported before the first fork, so that no test has to; nothing here imports a subject.
IMPORTED = (
    "hypothesis",
    "requests",
    "ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection",
    "ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts",
    "ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.failures",
    "ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.types",
)


def check(module: str) -> bool:
    """Try every mutant of the module and report; whether all is as survivors.yml says."""
    path = ROOT / UTILS / f"{module}.py"
    inside = f"{UTILS}/{module}".replace("/", ".")
    name = f"ansible_collections.onlyoffice.docspace.{inside}"
    tests = [ROOT / "tests" / "unit" / UTILS / f"{test}.py" for test in SUBJECTS[module]]
    if name in sys.modules:
        raise RuntimeError(f"{module} was imported before it was changed")
    original = path.read_text()
    if not passes(name, path, original, tests):
        print(f"{module}: its tests fail before anything is changed")
        return False
    began, used = time.monotonic(), os.times()
    mutants = list(mutants_of(path))
    survived = [mutant.change for mutant in survivors(name, path, mutants, tests)]
    if not passes(name, path, original, tests):
        print(f"{module}: its tests were changed meanwhile, so nothing is known")
        return False
    found = problems(module, [mutant.change for mutant in mutants], survived)
    killed = 1 - len(survived) / len(mutants)
    if killed < LEAST_KILLED:
        found.append(f"fewer than {LEAST_KILLED:.0%} were killed")
    print("\n".join(found))
    cpu = sum(os.times()[:4]) - sum(used[:4])
    print(
        f"{module}: {len(mutants)} mutants, {len(survived)} survived, {killed:.1%} killed "
        f"({time.monotonic() - began:.0f} s, {cpu:.0f} s of the processor)",
        flush=True,
    )
    return not found


def main(arguments: list[str]) -> int:
    for name in IMPORTED:
        importlib.import_module(name)
    results = [check(module) for module in arguments or SUBJECTS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
