# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The differences between releases in one table, with a row per topic (contract 10, rooms 8).

Each topic maps releases to values, which apply from that release on. A profile contains the values
of one release. The rest of the simulator uses profiles instead of version numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Any

from . import errors

RELEASES = ("2.6", "3.0", "3.1", "3.2", "3.5", "3.6", "3.7")

_OLD_STATUSES = {
    errors.AUTHORIZING: 500,
    errors.BILLING: 500,
    errors.DIRECTORY_NOT_FOUND: 500,
}
_FOLDER_404 = (errors.ITEM_NOT_FOUND, errors.FOLDER_TEXT)
_FOLDER_403 = (errors.INVALID_OPERATION, errors.FOLDER_TEXT)

DIFFERENCES: dict[str, dict[str, Any]] = {
    # backup
    "string_integers_only": {"2.6": True, "3.0": False},
    "dump_row_of_server": {"2.6": False, "3.1": True},
    "dump_query": {"2.6": False, "3.1": True},
    "custom_cloud_rewritten": {"2.6": True, "3.1": False},
    "progress_warning": {"2.6": False, "3.6": True},
    "progress_status": {"2.6": False, "3.7": True},
    "cancel_backup": {"2.6": False, "3.7": True},
    "backup_counts": {"2.6": False, "3.5": True},
    "free_backup_quota": {"2.6": False, "3.5": True},
    "calendar_month": {"2.6": False, "3.7": True},
    "scheduled_audit": {"2.6": False, "3.6": True},
    "schedule_deleted_audit": {"2.6": False, "3.7": True},
    # authentication
    "api_keys": {"2.6": False, "3.1": True},
    "scope_rule": {"2.6": "none", "3.1": "all", "3.2": "any"},
    "anonymous_scope_filter": {"2.6": False, "3.7": True},
    "anonymous_folder_status": {"2.6": 403, "3.7": 401},
    # errors
    "statuses": {
        "2.6": _OLD_STATUSES,
        "3.1": {errors.BILLING: 500, errors.DIRECTORY_NOT_FOUND: 500},
        "3.2": {errors.DIRECTORY_NOT_FOUND: 500},
        "3.7": {},
    },
    "argument_text": {"2.6": "Invalid arguments", "3.0": None},
    "authorizing_names_user": {"2.6": True, "3.1": False},
    "validation_status": {"2.6": (0, 200), "3.7": (1, 400)},
    "supported_versions_header": {"2.6": False, "3.7": True},
    # rooms and folders
    "page_limit": {"2.6": 1000, "3.2": 100},
    "page_limit_enforced": {"2.6": False, "3.2": True},
    "filter_cut_at_comma": {"2.6": True, "3.2": False},
    "room_type_names": {"2.6": False, "3.2": True},
    "ai_rooms": {"2.6": False, "3.6": True},
    "blank_title_refused": {"2.6": False, "3.6": True},
    "missing_folder": {"2.6": _FOLDER_403, "3.7": _FOLDER_404},
    "missing_content_text": {"2.6": "The record could not be found", "3.2": errors.FOLDER_TEXT},
    "missing_subfolders": {
        "2.6": (errors.INVALID_OPERATION, errors.NULL_TEXT),
        "3.7": _FOLDER_404,
    },
    "subfolders_checked": {"2.6": False, "3.6": True},
    "delete_active_room": {"2.6": False, "3.5": True},
    "delete_checked_at_once": {"2.6": False, "3.7": True},
    "operation_status": {"2.6": False, "3.7": True},
    "share_members": {"2.6": False, "3.5": True},
    "owned_by": {"2.6": False, "3.6": True},
    "shared_external": {"2.6": False, "3.7": True},
    "subject_owner": {"2.6": False, "3.7": True},
    "with_subfolders": {"2.6": False, "3.7": True},
    # other endpoints
    "storage_property_types": {"2.6": False, "3.7": True},
    "tenant_zone_id": {"2.6": False, "3.7": True},
}


@dataclass(frozen=True, slots=True)
class Profile:
    """The behavior of one release. The members are the topics of DIFFERENCES."""

    release: str
    string_integers_only: bool
    dump_row_of_server: bool
    dump_query: bool
    custom_cloud_rewritten: bool
    progress_warning: bool
    progress_status: bool
    cancel_backup: bool
    backup_counts: bool
    free_backup_quota: bool
    calendar_month: bool
    scheduled_audit: bool
    schedule_deleted_audit: bool
    api_keys: bool
    scope_rule: str
    anonymous_scope_filter: bool
    anonymous_folder_status: int
    statuses: dict[str, int]
    argument_text: str | None
    authorizing_names_user: bool
    validation_status: tuple[int, int]
    supported_versions_header: bool
    page_limit: int
    page_limit_enforced: bool
    filter_cut_at_comma: bool
    room_type_names: bool
    ai_rooms: bool
    blank_title_refused: bool
    missing_folder: tuple[str, str]
    missing_content_text: str
    missing_subfolders: tuple[str, str]
    subfolders_checked: bool
    delete_active_room: bool
    delete_checked_at_once: bool
    operation_status: bool
    share_members: bool
    owned_by: bool
    shared_external: bool
    subject_owner: bool
    with_subfolders: bool
    storage_property_types: bool
    tenant_zone_id: bool


def _column(release: str) -> Profile:
    order = RELEASES.index(release)
    values = {
        topic: next(line[r] for r in reversed(RELEASES[: order + 1]) if r in line)
        for topic, line in DIFFERENCES.items()
    }
    return Profile(release=release, **values)


PROFILES = {release: _column(release) for release in RELEASES}
# First patches of a release that lack some calls.
_EARLY = {"3.7.0": replace(PROFILES["3.7"], cancel_backup=False)}
TOPICS = tuple(field.name for field in fields(Profile))[1:]


def _number(release: str) -> tuple[int, int]:
    major, minor = release.split(".")
    return int(major), int(minor)


def profile_of(version: str) -> Profile:
    """The profile of a server version such as ``3.7.2``, which is that of the latest known release.

    Raises ValueError for an invalid version, or one that is older than the table.
    """
    match = re.fullmatch(r"(\d+)\.(\d+)(\.\d+){0,2}", version)
    if not match:
        raise ValueError(f"not a server version: {version!r}")
    wanted = (int(match[1]), int(match[2]))
    known = [release for release in RELEASES if _number(release) <= wanted]
    if not known:
        raise ValueError(f"server versions before {RELEASES[0]} are not simulated: {version}")
    return _EARLY.get(version, PROFILES[known[-1]])
