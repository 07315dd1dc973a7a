# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Everything that an audit can find: one table of names, severities, texts and remedies. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# In the order of their weight, and the verdict if the worst finding has this severity.
VERDICTS = {"critical": "unprotected", "warning": "at_risk", "note": "protected"}


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with one portal, and what an administrator can do about it."""

    name: str
    severity: str
    text: str
    remedy: str


@dataclass(frozen=True)
class _Row:
    """One case of a finding. What stands in braces is known to whoever finds it."""

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
        "The portal is {state}. Until that ends, no backup runs.",
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
        "The plan of the portal is not paid. No scheduled backup runs.",
        "Pay the plan. Until then, make backups with the docspace_backup module.",
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
        "Ask why it was deleted, and create it again with the docspace_backup_schedule module.",
        case="deleted",
    ),
    _Row(
        "schedule_lost",
        "critical",
        "The portal had a schedule, which last ran at {last}. No event says that somebody "
        "deleted it.",
        "Create it again with the docspace_backup_schedule module. The server itself removes "
        "a schedule if the free backups of a hosted portal are used up, if storage "
        "encryption is switched, and if the account of its cloud storage is disconnected: "
        "check these.",
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
        "Set storage_params of the schedule.",
        case="parameter",
    ),
    _Row(
        "cannot_run",
        "critical",
        "The portal has no storage {module}, to which the schedule sends the backups: every "
        "backup fails.",
        "Set module in storage_params of the schedule to a storage that the portal offers.",
        case="module",
    ),
    _Row(
        "cannot_run",
        "critical",
        "The access data of storage {module} is not set on the portal: every backup fails.",
        "Enter the access data in the integration settings of the portal.",
        case="access",
    ),
    _Row(
        "target",
        "critical",
        "Folder {folder}, to which the backups go, does not exist: every backup fails.",
        "Create a room for the backups, and set its id as the folderId of the schedule.",
        case="missing",
    ),
    _Row(
        "target",
        "critical",
        "Folder {folder}, to which the backups go, is in the trash. The archives are lost "
        "when the trash is emptied.",
        "Restore the folder. Otherwise, create a room for the backups, and set its id as the "
        "folderId of the schedule.",
        case="trash",
    ),
    _Row(
        "target",
        "critical",
        "Folder {folder}, to which the backups go, is in the archive. Backups are still "
        "written there, but the schedule cannot be saved any more.",
        "Take the room out of the archive. Otherwise, create a room for the backups, and set "
        "its id as the folderId of the schedule.",
        case="archive",
    ),
    _Row(
        "target",
        "critical",
        "Folder {folder}, to which the backups go, cannot be seen by the owner of the API key.",
        "Use an API key of a DocSpace admin who can see the folder, or choose another folderId.",
        case="unseen",
    ),
    _Row(
        "target",
        "critical",
        "The owner of the API key cannot create files in folder {folder}, to which the "
        "backups go. It belongs to {owner}. The schedule cannot be saved any more.",
        "Make the owner of the key a room manager there, or use a key of {owner}.",
        case="read_only",
    ),
    _Row(
        "never_ran",
        "critical",
        "No backup has been made: the schedule has not run since it was saved. It runs at {next}.",
        "Make a backup now with the docspace_backup module, or wait for the first run. If "
        "that time has passed, check the backup worker of the server.",
    ),
    _Row(
        "never_ran",
        "critical",
        "The schedule has not run since it was saved, and the server never starts it: hour "
        "{hour} in {zone} falls on the next day in UTC.",
        "Set an hour below {limit}, at which the day is the same in UTC.",
        case="never_starts",
    ),
    _Row(
        "overdue",
        "critical",
        "There is no successful backup since {due}, when the schedule required one. The last "
        "one that is known: {last}.",
        "Make a backup now with the docspace_backup module. Check the backup worker of the "
        "server: the schedule does not run, or its runs fail.",
        case="schedule",
    ),
    _Row(
        "overdue",
        "critical",
        "There is no successful backup since {due}, the greatest age that the policy allows. "
        "The last one that is known: {last}.",
        "Make a backup now with the docspace_backup module, or run the schedule more often.",
        case="max_age",
    ),
    _Row(
        "failing",
        "critical",
        "The last backup failed: {error}",
        "Correct the cause, then make a backup with the docspace_backup module.",
        case="error",
    ),
    _Row(
        "failing",
        "critical",
        "The scheduled backup of {at} was not completed. The server no longer reports why.",
        "Make a backup now with the docspace_backup module, which reports the reason if it fails.",
        case="no_reason",
    ),
    _Row(
        "failing",
        "critical",
        "The scheduled backup of {at} started but never ended, as if the server was restarted.",
        "Make a backup now with the docspace_backup module.",
        case="interrupted",
    ),
    _Row(
        "incomplete",
        "warning",
        "The last backup left out files: {warning}",
        "Check the log of the server for the files, then make a backup with the "
        "docspace_backup module.",
    ),
    _Row(
        "keeps_too_few",
        "warning",
        "The schedule keeps {kept} of its backups. The policy requires at least {least}.",
        "Set backups_stored of the schedule to {least} or more.",
    ),
    _Row(
        "keeps_too_few",
        "warning",
        "The schedule does not say how many of its backups it keeps. The policy requires at "
        "least {least}.",
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
        "The room of folder {folder}, to which the backups go, removes its files {days} days "
        "after they were created.",
        "Turn off the file lifetime of the room, or use another room.",
        case="lifetime",
    ),
    _Row(
        "skipped_months",
        "warning",
        "Day {day} does not exist in every month. The server leaves such months out, or runs "
        "the backup in the first days of March.",
        "Set day of the schedule to a day from 1 to 28.",
    ),
    _Row(
        "unproven",
        "warning",
        "Whether the backups succeed cannot be confirmed: {reason}.",
        "{remedy}",
    ),
    _Row(
        "paid_next",
        "warning",
        "All {free} free backups of the month are used up. Each further backup is charged to "
        "the wallet.",
        "Back up less often, or accept the charge.",
        case="wallet",
    ),
    _Row(
        "paid_next",
        "warning",
        "All {free} free backups of the month are used up, and the wallet service for "
        "backups is off. At the next run, the server removes the schedule.",
        "Turn on the wallet service for backups, or back up less often.",
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
        "Folder {folder}, to which the backups go, is in a public room. Whoever has its link "
        "can download all data of the portal.",
        "Create a room for the backups, and set its id as the folderId of the schedule.",
        case="public",
    ),
    _Row(
        "open_target",
        "warning",
        "Folder {folder}, to which the backups go, has an external link. Whoever has it can "
        "download all data of the portal.",
        "Remove the link, or use a room without one.",
        case="link",
    ),
    _Row(
        "inside_only",
        "note",
        "The backups are stored in the portal that they protect, and are lost with it.",
        "Copy each backup to another place, for example with the docspace_backup_fetch module.",
    ),
)

_CASES = {(row.name, row.case): row for row in _TABLE}

NAMES = tuple(dict.fromkeys(row.name for row in _TABLE))


def finding(name: str, case: str = "", /, **values: Any) -> Finding:
    """The finding `name` about one portal, in the given case, with its values in the texts."""
    row = _CASES[name, case]
    return Finding(name, row.severity, row.text.format(**values), row.remedy.format(**values))


def verdict(findings: Iterable[Finding]) -> str:
    """The one word for all of them: that of the worst."""
    severities = {found.severity for found in findings}
    return next((word for name, word in VERDICTS.items() if name in severities), "protected")
