# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which survivors are known, and why nothing can or should kill them: survivors.yml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from mutation.mutants import Change

KNOWN = Path(__file__).with_name("survivors.yml")


def known(module: str) -> Mapping[Change, str]:
    """The listed survivors of a module, each with its reason."""
    listed = yaml.safe_load(KNOWN.read_text())[module]
    return {
        Change(place, before, after): group["why"]
        for group in listed
        for place, lines in group["in"].items()
        for before, all_after in lines.items()
        for after in all_after
    }


def problems(module: str, changes: Iterable[Change], survived: Iterable[Change]) -> list[str]:
    """What the list does not say, and what it says in vain; `changes` are all that were tried."""
    listed, tried, found = set(known(module)), set(changes), set(survived)
    return [
        *(f"survived, not in survivors.yml: {_shown(change)}" for change in sorted(found - listed)),
        *(f"killed, still in survivors.yml: {_shown(c)}" for c in sorted(listed & tried - found)),
        *(f"no such change, but in survivors.yml: {_shown(c)}" for c in sorted(listed - tried)),
    ]


def _shown(change: Change) -> str:
    return f"{change.place}\n    - {change.before}\n    + {change.after}"
