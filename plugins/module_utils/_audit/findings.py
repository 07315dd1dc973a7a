# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""All findings of an audit: one table of names, severities, texts and remedies. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# Severities, the worst first, and the verdict if the worst finding has this severity.
VERDICTS = {"critical": "unprotected", "warning": "at_risk", "note": "protected"}


@dataclass(frozen=True)
class Finding:
    """A problem of one portal, and what an administrator can do about it."""

    name: str
    severity: str
    text: str
    remedy: str


@dataclass(frozen=True)
class _Row:
    """One case of a finding. The caller of `finding` passes the values of the names in braces."""

    name: str
    severity: str
    text: str
    remedy: str
    case: str = ""


# In the order of reports.
_TABLE = (
    _Row(
        "unreachable",
        "critical",
        "{what}",
        "{hint}",
    ),
    _Row(
        "key_refused",
        "critical",
        "{what}",
        "{hint}",
    ),
    _Row(
        "portal_state",
        "critical",
        "The portal is {state}. No backup runs until it is active again.",
        "Wait until the portal is active. If it stays in this state, check the log of the server.",
        case="busy",
    ),
    _Row(
        "portal_state",
        "critical",
        "The portal is {state}. No backup runs.",
        "Reactivate the portal, or remove it from the inventory.",
        case="closed",
    ),
    _Row(
        "portal_state",
        "critical",
        "The plan of the portal is not paid for. No scheduled backup runs.",
        "Pay for the plan. Until then, make backups with the docspace_backup module.",
        case="unpaid",
    ),
    _Row(
        "portal_state",
        "critical",
        "{what}",
        "{hint}",
        case="unknown",
    ),
    _Row(
        "no_schedule",
        "critical",
        "The portal has no backup schedule.",
        "Create one with the docspace_backup_schedule module.",
    ),
    _Row(
        "no_schedule",
        "critical",
        "The server has no schedule for a dump of the whole server.",
        "Create one with the docspace_backup_schedule module and dump set to true.",
        case="dump",
    ),
    _Row(
        "schedule_lost",
        "critical",
        "The portal had a schedule, which last ran at {last}. {by} deleted it at {at}.",
        "Find out why it was deleted, and create it again with the docspace_backup_schedule "
        "module.",
        case="deleted",
    ),
    _Row(
        "schedule_lost",
        "critical",
        "The portal had a schedule, which last ran at {last}. The audit trail does not show that "
        "a user deleted it.",
        "Create it again with the docspace_backup_schedule module. Check the possible causes: the "
        "server removes a schedule if the free backups of a hosted portal are used up, if storage "
        "encryption is enabled or disabled, or if the account of its cloud storage is "
        "disconnected.",
        case="gone",
    ),
    _Row(
        "cannot_run",
        "critical",
        "The schedule has storage type {type}, which the server stores but cannot run: every "
        "backup fails.",
        "Set storage_type of the schedule to Documents, Local or ThirdPartyConsumer.",
        case="type",
    ),
    _Row(
        "cannot_run",
        "critical",
        "The schedule cannot run: {problem}.",
        "Correct storage_params of the schedule.",
        case="parameter",
    ),
    _Row(
        "cannot_run",
        "critical",
        "The schedule uses the storage {module}, which the portal does not have: every backup "
        "fails.",
        "Set module in storage_params of the schedule to a storage that the portal offers.",
        case="module",
    ),
    _Row(
        "cannot_run",
        "critical",
        "The access keys of the storage {module} are not set on the portal: every backup fails.",
        "Enter the access keys in the integration settings of the portal.",
        case="access",
    ),
    _Row(
        "target",
        "critical",
        "The target folder {folder} does not exist: every backup fails.",
        "Create a room for the backups, and set folderId of the schedule to its ID.",
        case="missing",
    ),
    _Row(
        "target",
        "critical",
        "The target folder {folder} is in the trash. The archives are lost when the trash is "
        "emptied.",
        "Restore the folder. Alternatively, create a room for the backups, and set folderId of the "
        "schedule to its ID.",
        case="trash",
    ),
    _Row(
        "target",
        "critical",
        "The target folder {folder} is in the archive. Backups are still written there, but the "
        "schedule can no longer be saved.",
        "Restore the room from the archive. Alternatively, create a room for the backups, and set "
        "folderId of the schedule to its ID.",
        case="archive",
    ),
    _Row(
        "target",
        "critical",
        "The owner of the API key cannot see the target folder {folder}.",
        "Use an API key of a DocSpace admin who can see the folder, or choose another folderId.",
        case="unseen",
    ),
    _Row(
        "target",
        "critical",
        "The owner of the API key cannot create files in the target folder {folder}, which belongs "
        "to {owner}. The schedule can no longer be saved.",
        "Make the owner of the key a room manager of that room, or use a key of {owner}.",
        case="read_only",
    ),
    _Row(
        "never_ran",
        "critical",
        "No backup has been made: the schedule has not run since it was saved. Its first run is at "
        "{next}.",
        "Make a backup now with the docspace_backup module, or wait for the first run. If "
        "that time has passed, check the backup service of the server.",
    ),
    _Row(
        "never_ran",
        "critical",
        "The schedule has not run since it was saved, and the server never starts it: hour "
        "{hour} in {zone} falls on the next day in UTC.",
        "Set hour to a value below {limit}, so that the day is the same in UTC.",
        case="never_starts",
    ),
    _Row(
        "overdue",
        "critical",
        "There has been no successful backup since {due}, but the schedule requires one. Last "
        "known success: {last}.",
        "Make a backup now with the docspace_backup module. Check the backup service of the "
        "server: the schedule does not run, or its backups fail.",
        case="schedule",
    ),
    _Row(
        "overdue",
        "critical",
        "There has been no successful backup since {due}, which is the maximum age that the policy "
        "allows. Last known success: {last}.",
        "Make a backup now with the docspace_backup module, or run the schedule more often.",
        case="max_age",
    ),
    _Row(
        "failing",
        "critical",
        "The last backup failed: {error}",
        "Fix the cause, then make a backup with the docspace_backup module.",
        case="error",
    ),
    _Row(
        "failing",
        "critical",
        "The scheduled backup of {at} did not succeed. The server no longer reports the reason.",
        "Make a backup now with the docspace_backup module, which reports the reason if it fails.",
        case="no_reason",
    ),
    _Row(
        "failing",
        "critical",
        "The scheduled backup of {at} started but never ended. The server was probably restarted.",
        "Make a backup now with the docspace_backup module.",
        case="interrupted",
    ),
    _Row(
        "incomplete",
        "warning",
        "The last backup is incomplete: {warning}",
        "Look for the missing files in the log of the server, then make a backup with the "
        "docspace_backup module.",
    ),
    _Row(
        "keeps_too_few",
        "warning",
        "The schedule does not keep enough backups: backups_stored is {kept}. The policy requires "
        "at least {least}.",
        "Set backups_stored of the schedule to {least} or more.",
    ),
    _Row(
        "keeps_too_few",
        "warning",
        "The schedule does not specify how many backups it keeps. The policy requires at least "
        "{least}.",
        "Set backups_stored of the schedule to {least} or more.",
        case="unknown",
    ),
    _Row(
        "expires",
        "warning",
        "Storage type DataStore is temporary: the server removes each archive after one day.",
        "Set storage_type of the schedule to Documents, Local or ThirdPartyConsumer.",
        case="data_store",
    ),
    _Row(
        "expires",
        "warning",
        "The room of the target folder {folder} removes files {days} days after they were created.",
        "Disable the file lifetime of the room, or use another room.",
        case="lifetime",
    ),
    _Row(
        "skipped_months",
        "warning",
        "Day {day} does not exist in every month. The server skips such months, or runs the backup "
        "in the first days of March instead.",
        "Set day of the schedule to a day from 1 to 28.",
    ),
    _Row(
        "unproven",
        "warning",
        "The audit cannot confirm that the backups succeed: {reason}.",
        "{remedy}",
    ),
    _Row(
        "paid_next",
        "warning",
        "All {free} free backups of the month are used up. Each additional backup is charged to "
        "the wallet.",
        "Back up less often, or accept the charge.",
        case="wallet",
    ),
    _Row(
        "paid_next",
        "warning",
        "All {free} free backups of the month are used up, and the wallet service for "
        "backups is off. At the next run, the server removes the schedule.",
        "Enable the wallet service for backups, or back up less often.",
        case="removed",
    ),
    _Row(
        "paid_next",
        "warning",
        "All {free} free backups of the month are used up. The next run is charged to the wallet. "
        "If the wallet service for backups is off, the server removes the schedule instead.",
        "Check that the wallet service for backups is on, or back up less often.",
        case="unknown",
    ),
    _Row(
        "open_target",
        "warning",
        "The target folder {folder} is in a public room. Anyone who has the link to the room can "
        "download all data of the portal.",
        "Create a room for the backups, and set folderId of the schedule to its ID.",
        case="public",
    ),
    _Row(
        "open_target",
        "warning",
        "The target folder {folder} has an external link. Anyone who has the link can download all "
        "data of the portal.",
        "Remove the link, or use a room without one.",
        case="link",
    ),
    _Row(
        "inside_only",
        "note",
        "The backups are stored in the portal that they protect, and are lost with it.",
        "Copy each backup to another machine, for example with the docspace_backup_fetch module.",
    ),
)

_CASES = {(row.name, row.case): row for row in _TABLE}

NAMES = tuple(dict.fromkeys(row.name for row in _TABLE))


def finding(name: str, case: str = "", /, **values: Any) -> Finding:
    """Return the finding `name` in the given case, with the values inserted into its texts."""
    row = _CASES[name, case]
    return Finding(name, row.severity, row.text.format(**values), row.remedy.format(**values))


def verdict(findings: Iterable[Finding]) -> str:
    """Return the verdict of the worst finding."""
    severities = {found.severity for found in findings}
    return next((word for name, word in VERDICTS.items() if name in severities), "protected")
