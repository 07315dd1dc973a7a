# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The task of docspace_backup_audit: read the facts, and find problems. Options in, result out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.api import AuditApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.facts import (
    Facts,
    as_result,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.findings import verdict
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.plan import judge
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.readings import (
    Question,
    next_count,
    next_reading,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit.values import (
    Count,
    Policy,
    Unread,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.api import BackupsApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.duration import duration
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    OptionError,
    naming,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.api import BackupApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.schedule import COPIES

# Actions of the audit trail (contract 12).
_COMPLETED, _STARTED, _DELETED = 5128, 5127, 5130

# Failures of every request with this key.
_OF_THE_KEY = ("unauthorized", "scope")

# Failures after which other requests would fail too.
_OF_THE_PORTAL = ("unauthorized", "portal_state", "unavailable", "rate_limit")


def run(
    options: Mapping[str, Any],
    _check_mode: bool,
    make_client: Callable[..., Client] = Client,
) -> dict[str, Any]:
    """Return the verdict on the portal, its findings, and the facts behind them.

    Send at most five GETs. Raise OptionError if an option is invalid. Any other failure is a
    finding.
    """
    connection = Connection.from_options(options)
    with naming(connection.portal):
        policy = policy_from_options(options)
    with closing(make_client(connection, read_only=True)) as client:
        facts = _read(client, policy, options["dump"], options["history"])
    findings = judge(facts, policy)
    return {
        "changed": False,
        "verdict": verdict(findings),
        "findings": [vars(each) for each in findings],
        "facts": as_result(facts, policy.grace),
        "warnings": connection.warnings(),
    }


def policy_from_options(options: Mapping[str, Any]) -> Policy:
    """Return the policy in the options. Raise OptionError with the name of an invalid option."""
    if not 0 <= options["min_kept"] <= max(COPIES):
        raise OptionError(
            "min_kept", f"it must be 0 to {max(COPIES)}; no schedule keeps more backups"
        )
    oldest = options.get("max_age")
    max_age = None if oldest is None else duration("max_age", oldest)
    if max_age == timedelta(0):
        raise OptionError("max_age", "it must be more than 0; leave it out if any age will do")
    return Policy(
        grace=duration("grace", options["grace"]),
        max_age=max_age,
        min_kept=options["min_kept"],
        ignore=frozenset(options["ignore"]),
    )


def _read(client: Client, policy: Policy, dump: bool, history: bool) -> Facts:
    apis = _Apis(client)
    question = Question(Facts(client.portal, client.portal_time, dump), policy, history)
    while True:
        name = next_reading(question)
        if name is None:
            return question.facts
        try:
            found = _READERS[name](apis, question)
        except DocSpaceError as error:
            found = _unread(name, error, question.facts)
        read = (*question.facts.read, name)
        facts = replace(question.facts, now=client.portal_time, read=read, **found)
        question = replace(question, facts=facts)


class _Apis:
    """The API of one portal, by subject."""

    def __init__(self, client: Client) -> None:
        self.schedule = BackupApi(client)
        self.backups = BackupsApi(client)
        self.audit = AuditApi(client)


def _count(apis: _Apis, question: Question) -> dict[str, Any]:
    since = next_count(question)
    return _counted(apis, question, since, paid=False) if since else {}


def _count_paid(apis: _Apis, question: Question) -> dict[str, Any]:
    return _counted(apis, question, question.facts.counts[-1].since, paid=True)


def _counted(apis: _Apis, question: Question, since: datetime, paid: bool) -> dict[str, Any]:
    count = Count(since, paid, apis.audit.counted(since, paid=paid))
    return {"counts": (*question.facts.counts, count)}


def _wallet(apis: _Apis, question: Question) -> dict[str, Any]:
    usage = question.facts.usage
    return {"usage": usage and replace(usage, wallet=apis.backups.wallet())}


def _target(apis: _Apis, question: Question) -> dict[str, Any]:
    schedule = question.facts.schedule
    return {"target": schedule and apis.audit.target(schedule.storage_params["folderId"])}


def _access(apis: _Apis, question: Question) -> dict[str, Any]:
    schedule = question.facts.schedule
    module = schedule.storage_params["module"] if schedule else ""
    return {"access": apis.audit.access(module, question.facts.dump)}


# The request of each reading, and the facts that it returns.
_READERS: Mapping[str, Callable[[_Apis, Question], dict[str, Any]]] = {
    "schedule": lambda apis, q: {"schedule": apis.schedule.schedule(q.facts.dump)},
    "settings": lambda apis, _q: {"settings": apis.audit.settings()},
    "progress": lambda apis, q: {"progress": apis.backups.progress(q.facts.dump)},
    "history": lambda apis, q: {"history": apis.backups.history(q.facts.dump)},
    "target": _target,
    "access": _access,
    "completed": lambda apis, _q: {"completed": apis.backups.events(_COMPLETED, 1)},
    "started": lambda apis, _q: {"started": apis.backups.events(_STARTED, 1)},
    "dumps": lambda apis, _q: {"dumps": apis.schedule.schedule(dump=True) is not None},
    "deleted": lambda apis, _q: {"deleted": apis.backups.events(_DELETED, 1)},
    "counted": _count,
    "counted_again": _count,
    "counted_paid": _count_paid,
    "usage": lambda apis, _q: {"usage": apis.audit.usage()},
    "wallet": _wallet,
}


def _unread(name: str, error: DocSpaceError, facts: Facts) -> dict[str, Any]:
    """Return the facts after a failed reading, which ends the audit or leaves a fact unknown."""
    if facts.dump and error.exception == "SecurityException":
        # Not a state of the portal: this server has no dumps.
        raise error
    silent = error.status is None and error.kind != "malformed"
    if name == "schedule" or silent or error.kind in _OF_THE_PORTAL:
        return {"failure": facts.failure or Unread(*_meaning(error), error.what, error.hint)}
    return {"problems": (*facts.problems, error.what)}


def _meaning(error: DocSpaceError) -> tuple[str, str]:
    """Return the finding for a failure, and its case."""
    if error.kind in _OF_THE_KEY or (error.kind == "forbidden" and error.exception):
        return "key_refused", ""
    if error.kind in ("payment", "portal_state"):
        unpaid = error.kind == "payment" and not error.exception
        return "portal_state", "unpaid" if unpaid else "unknown"
    return "unreachable", ""
