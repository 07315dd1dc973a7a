# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 27-43 of the matrix for backups: schedules, retention, history, counts."""

from __future__ import annotations

from contract.backup_steps import Made, Next, Place, RestartedWorker, StillStored, Stranger
from contract.matrix.bodies import ERASE, HISTORY, PROGRESS, WRITE, cron, last_run, s0, start
from contract.matrix.copies import COUNT, FINISH, NOON, UNKNOWN_ID, one_copy
from contract.matrix.runs import CLEANER_S
from contract.matrix.trail import trail
from contract.matrix.writing import DONE, writes
from contract.notation import ARGUMENT, EMPTY, NULL_REFERENCE, OK, QUOTA, E
from contract.rows import Row
from contract.steps import Call, Clock, Forward, Step, delete, get, post
from contract.steps import delete as remove
from contract.values import TEXT, Bind, Has, InAnyOrder, Ref, between

LOCAL = {"storageType": "Local"}
BUCKET = {"storageType": "ThirdPartyConsumer", "module": "s3"}


def history(*names: str) -> Call:
    """The history contains exactly the records with these names, in any order."""
    return get(HISTORY, OK(InAnyOrder([Has({"id": Ref(name)}) for name in names])))


def archives(*names: str) -> Call:
    """The folder contains exactly the archives of the backups with these names."""
    files = InAnyOrder([Has({"id": Ref(f"{name}_file")}) for name in names])
    return get("files/{folder}", OK(Has({"files": files})))


def kept_two(*steps: Step) -> list[Step]:
    """Four scheduled and three manual backups, and a schedule that keeps two."""
    schedule = s0(backupsStored=2, cronParams={"period": "EveryDay", "hour": 13})
    return [
        NOON,
        *writes(post(WRITE, schedule, DONE)),
        *(Made(f"2026-02-2{day}T02:00:00Z", f"s{day}", "schedule") for day in range(1, 5)),
        *(Made(f"2026-02-1{day}T02:00:00Z", f"h{day}") for day in range(1, 4)),
        *steps,
    ]


ROWS = (
    Row(
        27,
        "the hour of the schedule comes while a backup by hand runs",
        [
            Clock("2026-03-02T01:59:00Z"),
            Next(more={"seconds": 600}),
            *writes(post(WRITE, cron(hour=2), DONE), start()),
            Forward(120),
            get(PROGRESS, OK(Has({"isCompleted": False}))),
            last_run(between("2026-03-02T01:59:59", "2026-03-02T02:00:01")),
            Forward(1200),
            get(HISTORY, OK([Has({})])),
            trail(5127, 0),
        ],
    ),
    Row(
        28,
        "the cleaner removes scheduled backups only",
        kept_two(
            Forward(CLEANER_S),
            history("s3", "s4", "h1", "h2", "h3"),
            archives("s3", "s4", "h1", "h2", "h3"),
        ),
    ),
    Row(
        29,
        "no schedule, no cleaner",
        kept_two(
            remove(ERASE, DONE),
            Forward(CLEANER_S),
            history("s1", "s2", "s3", "s4", "h1", "h2", "h3"),
        ),
    ),
    Row(
        30,
        "the archive was deleted in its room",
        one_copy(
            get("files/{folder}", OK(Has({"files": [Has({"id": Bind("file")})]}))),
            delete("files/file/{file}", OK([Has({})]), json={"deleteAfter": False}),
            get(HISTORY, OK([])),
            get(HISTORY, OK([])),
        ),
    ),
    Row(
        31,
        "a directory that is not mounted",
        [
            NOON,
            *writes(
                Made("2026-03-01T02:00:00Z", "one", more=LOCAL),
                Made("2026-03-01T03:00:00Z", "two", more=LOCAL),
                Made("2026-03-01T04:00:00Z", "other", more={"storageType": "DataStore"}),
                Place("Local", {"mounted": False}),
                history("other"),
                Place("Local", {"mounted": True}),
                history("other"),
                StillStored(3),
            ),
        ],
    ),
    Row(
        32,
        "removing a backup",
        [
            NOON,
            *writes(
                Made("2026-03-01T02:00:00Z", "one"),
                Made("2026-03-01T03:00:00Z", "two"),
                delete("backup/deletebackup/{one}", DONE),
                history("two"),
                archives("two"),
            ),
        ],
    ),
    Row(
        33,
        "removing it twice",
        one_copy(*[delete("backup/deletebackup/{copy}", DONE)] * 2, get(HISTORY, OK([]))),
    ),
    Row(
        34,
        "removing an unknown one",
        [delete(f"backup/deletebackup/{UNKNOWN_ID}", E(500, NULL_REFERENCE))],
    ),
    Row(35, "removing what is no id", [delete("backup/deletebackup/x", EMPTY(404))]),
    Row(
        36,
        "removing that of another portal",
        [
            Stranger(),
            delete("backup/deletebackup/{other_copy}", DONE),
            get(
                f"/p/{{other}}/api/2.0/{HISTORY}",
                OK([Has({"id": Ref("other_copy")})], href=TEXT),
                server=True,
                auth="Bearer {other_key}",
            ),
        ],
    ),
    Row(
        37,
        "removing all",
        [
            NOON,
            *writes(
                Made("2026-03-01T02:00:00Z", "one", "schedule"),
                Made("2026-03-01T03:00:00Z", "two"),
                Made("2026-03-01T04:00:00Z", "three", more=LOCAL),
                delete("backup/deletebackuphistory", DONE),
                history(),
                archives(),
            ),
        ],
    ),
    Row(
        38,
        "removing one whose storage is away",
        [
            NOON,
            Made("2026-03-01T02:00:00Z", "one", more=BUCKET),
            Place("s3", {"reachable": False}),
            delete("backup/deletebackup/{one}", E(500, TEXT)),
            history(),
            StillStored(1),
            delete("backup/deletebackup/{one}", DONE),
            Place("s3", {"reachable": True}),
            delete("backup/deletebackup/{one}", DONE),
            StillStored(0),
        ],
    ),
    Row(
        39,
        "the free backups are used up, and nothing else pays",
        [
            NOON,
            *writes(
                Made("2026-03-01T02:00:00Z", "one"),
                Made("2026-03-01T03:00:00Z", "two", "schedule"),
                start(E(402, QUOTA)),
                get(PROGRESS, OK()),
            ),
        ],
        portal={"mode": "saas", "free_backups": 2, "wallet_backup": False},
    ),
    Row(
        40,
        "the free backups are used up, and the wallet pays",
        [
            NOON,
            *writes(
                Made("2026-03-01T02:00:00Z", "one"),
                get(COUNT + "?paid=true", OK(0)),
                start(),
                FINISH,
                get(COUNT + "?paid=true", OK(1)),
                get(COUNT, OK(1)),
            ),
        ],
        portal={"mode": "saas", "free_backups": 1, "wallet_backup": True},
    ),
    Row(
        41,
        "a month ends in UTC, whatever the portal's zone",
        [
            NOON,
            Made("2026-02-28T23:59:59Z", "february"),
            Made("2026-03-01T00:00:00Z", "march"),
            get(COUNT, OK(1)),
            get(COUNT + "?from=2026-02-01T00:00:00&to=2026-02-28T23:59:59", OK(1)),
            get(COUNT + "?from=2026-02-01T00:00:00&to=2026-03-01T00:00:00", OK(2)),
        ],
        portal={"timezone": "Asia/Tokyo"},
    ),
    Row(
        42,
        "a count from later to earlier",
        [get(COUNT + "?from=2026-02-01&to=2026-01-01", E(400, ARGUMENT))],
    ),
    Row(
        43,
        "the worker restarts in the middle of a run",
        [
            NOON,
            Next(more={"seconds": 30}),
            *writes(
                start(),
                Forward(5),
                RestartedWorker(),
                get(PROGRESS, OK()),
                FINISH,
                get(PROGRESS, OK()),
                get(HISTORY, OK([])),
                trail(5041, 1),
                trail(5125, 0),
                trail(5126, 0),
            ),
        ],
    ),
)
