# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The argument specs of the connection and of each module."""

from __future__ import annotations

from typing import Any

from ansible.module_utils.basic import FILE_COMMON_ARGUMENTS

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.given import (
    environment_variable,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.findings import NAMES
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.info import GATHER
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.plan import STATES
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room.types import ROOM_TYPES
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.extra_run import (
    POLICIES,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import (
    PERIODS,
    WEEKDAYS,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.types import (
    STORAGE_TYPES,
)

Spec = dict[str, dict[str, Any]]


def connection_spec() -> Spec:
    """The options of every module, each with its environment variable."""
    return {
        "api_host": _with_env(
            "DOCSPACE_API_HOST", type="str", required=True, aliases=["portal_url", "url"]
        ),
        "api_key": _with_env(
            "DOCSPACE_API_KEY", type="str", required=True, no_log=True, aliases=["api_token"]
        ),
        "validate_certs": _with_env("DOCSPACE_VALIDATE_CERTS", type="bool", default=True),
        "ca_path": _with_env("DOCSPACE_CA_PATH", type="path"),
        "client_cert": _with_env("DOCSPACE_CLIENT_CERT", type="path"),
        "client_key": _with_env("DOCSPACE_CLIENT_KEY", type="path", no_log=False),
        "timeout": _with_env("DOCSPACE_TIMEOUT", type="int", default=30),
        "retries": _with_env("DOCSPACE_RETRIES", type="int", default=3),
    }


def backup_schedule_spec() -> Spec:
    """The options of docspace_backup_schedule."""
    return {
        **connection_spec(),
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "storage_type": {"type": "str", "choices": [*STORAGE_TYPES, "ThridpartyDocuments"]},
        "storage_params": {"type": "dict"},
        "period": {"type": "str", "choices": list(PERIODS)},
        "hour": {"type": "int"},
        "day": {"type": "int"},
        "weekday": {"type": "str", "choices": list(WEEKDAYS)},
        "backups_stored": {"type": "int"},
        "dump": {"type": "bool", "default": False},
        "verify_target": {"type": "bool", "default": False},
        "extra_run": {"type": "str", "choices": list(POLICIES), "default": "warn"},
        # Ignored. They allow a user to pass a result back to the module.
        "last_backup_time": {"type": "str"},
        "next_run": {"type": "str"},
    }


def backup_schedule_info_spec() -> Spec:
    """The options of docspace_backup_schedule_info."""
    return {
        **connection_spec(),
        "dump": {"type": "bool", "default": False},
        "gather": {"type": "list", "elements": "str", "choices": ["portal"], "default": []},
    }


def backup_spec() -> Spec:
    """The options of docspace_backup. Durations are texts."""
    return {
        **connection_spec(),
        "state": {"type": "str", "choices": list(STATES), "default": "present"},
        "max_age": {"type": "str"},
        "storage_type": {"type": "str", "choices": [*STORAGE_TYPES, "ThridpartyDocuments"]},
        "storage_params": {"type": "dict"},
        "dump": {"type": "bool", "default": False},
        "wait": {"type": "bool", "default": True},
        "wait_timeout": {"type": "str", "default": "1h"},
        "allow_paid": {"type": "bool", "default": False},
        "backup_id": {"type": "str"},
        "keep": {"type": "int"},
        "older_than": {"type": "str"},
    }


def backup_info_spec() -> Spec:
    """The options of docspace_backup_info."""
    return {
        **connection_spec(),
        "gather": {
            "type": "list",
            "elements": "str",
            "choices": list(GATHER),
            "default": ["progress"],
        },
        "dump": {"type": "bool", "default": False},
    }


def backup_fetch_spec() -> Spec:
    """The options of docspace_backup_fetch. Durations are texts."""
    return {
        **FILE_COMMON_ARGUMENTS,
        **connection_spec(),
        "dest": {"type": "path", "required": True},
        "backup_id": {"type": "str"},
        "max_age": {"type": "str"},
        "verify": {"type": "bool", "default": True},
        "dump": {"type": "bool", "default": False},
    }


def backup_audit_spec() -> Spec:
    """The options of docspace_backup_audit."""
    return {
        **connection_spec(),
        "dump": {"type": "bool", "default": False},
        "grace": {"type": "str", "default": "6h"},
        "max_age": {"type": "str"},
        "min_kept": {"type": "int", "default": 3},
        "ignore": {"type": "list", "elements": "str", "choices": sorted(NAMES), "default": []},
        "history": {"type": "bool", "default": False},
    }


def room_spec() -> Spec:
    """The options of docspace_room."""
    return {
        **connection_spec(),
        "title": {"type": "str", "required": True},
        "room_type": {"type": "str", "choices": list(ROOM_TYPES), "default": "CustomRoom"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "unarchive": {"type": "bool", "default": False},
    }


def _with_env(variable: str, **option: Any) -> dict[str, Any]:
    return {**option, "fallback": (environment_variable, [variable])}
