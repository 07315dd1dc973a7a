# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The spec of a role's variables: its argument spec, and the types and choices it checks itself.

An argument spec of Ansible rejects the empty string that a survey sends for an unanswered question.
Therefore, the argument spec of a role only describes its variables.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils import (
    _audit_variables,
    _role_variables,
)

_CHECKED: dict[str, Callable[[], dict[str, dict[str, Any]]]] = {
    "backup_audit": _audit_variables.role_spec,
    "backup_schedule": _role_variables.role_spec,
}


def documented(role: Path) -> dict[str, dict[str, Any]]:
    """The options in the argument spec of the role in the folder `role`."""
    spec = yaml.safe_load((role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    options: dict[str, dict[str, Any]] = spec["argument_specs"]["main"]["options"]
    return options


def checked(role: Path) -> dict[str, dict[str, Any]]:
    """The same with the type and the choices of each value that the role accepts."""
    spec = _CHECKED[role.name]()
    kept = ("type", "choices")
    return {
        name: {**option, **{key: spec[name][key] for key in kept if key in spec[name]}}
        for name, option in documented(role).items()
    }
