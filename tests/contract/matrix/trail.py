# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 59-62 of the matrix for backups: the audit trail, warnings, older releases."""

from __future__ import annotations

from contract.backup_steps import Made, Next
from contract.matrix.bodies import PROGRESS, ended, start
from contract.matrix.copies import FINISH, NOON, one_copy
from contract.matrix.writing import writes
from contract.notation import OK
from contract.rows import Row
from contract.steps import Call, get
from contract.values import API_TIME, TEXT, AnyItem, Each, Has, Lacks, Length, unlike

EVENTS = "security/audit/events/filter"


def trail(action: int, count: int) -> Call:
    """The audit trail has this many events of a kind."""
    return get(f"{EVENTS}?action={action}&count=100", OK([Has({"actionId": action})] * count))


ROWS = (
    Row(
        59,
        "the events of one kind",
        one_copy(
            get(
                f"{EVENTS}?action=5125",
                OK([Has({"actionId": 5125, "action": TEXT, "date": API_TIME})]),
            )
        ),
    ),
    Row(
        60,
        "a plan without the audit trail",
        [
            NOON,
            *(Made(f"2026-03-01T{hour:02}:00:00Z") for hour in range(12)),
            get(f"{EVENTS}?action=5129&count=5", OK(Length(20))),
            get(f"{EVENTS}?action=5129", OK(Each(Has({"actionId": unlike(5129)})))),
            get(f"{EVENTS}?action=5129", OK(AnyItem(Has({"actionId": 5041})))),
        ],
        portal={"audit": False},
    ),
    Row(
        61,
        "files are left out",
        [
            NOON,
            Next("incomplete"),
            *writes(start(), FINISH, ended("", warning=TEXT, progress=100)),
        ],
    ),
    Row(
        62,
        "3.6 shows no status",
        [
            NOON,
            *writes(start(OK(Lacks(("status",)))), FINISH, get(PROGRESS, OK(Lacks(("status",))))),
        ],
        portal={"server_version": "3.6.1"},
    ),
)
