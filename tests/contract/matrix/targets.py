# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 58-82: storage types, dumps, reading and removing, and the times of scheduled runs."""

from __future__ import annotations

from contract.matrix.bodies import (
    CONSUMER,
    ERASE,
    NEVER,
    READ,
    READ_DUMP,
    S0,
    SHOWN,
    WRITE,
    bare,
    ended,
    last_run,
    pairs,
    s0,
    shows,
)
from contract.matrix.writing import DONE, writes
from contract.notation import ARGUMENT, EXCEPTION, KEY_NOT_FOUND, OK, SECURITY, E, V
from contract.rows import Row
from contract.steps import Change, Clock, Forward, Step, get, post
from contract.steps import delete as remove
from contract.values import Bind, Ref, between, containing

DENIED = E(403, SECURITY, "Access denied")
DUMP = s0(dump=True)
SAAS = {"mode": "saas", "free_backups": 2}
TENANT = Ref("tenant", str)
DUMP_SHOWN = {
    **SHOWN,
    "storageParams": {"folderId": Ref("folder"), "tenantId": TENANT},
    "dump": True,
}


def at(now: str, *steps: Step) -> list[Step]:
    """Post a schedule for 2 o'clock at this UTC time."""
    return [Clock(now), *writes(post(WRITE, S0, DONE), *steps)]


def kept(body: object, **members: object) -> list[Step]:
    """A schedule without a folder is accepted, and read back with these members."""
    return [post(WRITE, body, DONE), get(READ, shows(**members))]


ROWS = (
    Row(
        58,
        "a directory of the server gets a folderId beside its filePath",
        kept(
            bare("Local", pairs(filePath="/b")),
            storageType=3,
            storageParams={"filePath": "/b", "folderId": "/b"},
        ),
    ),
    Row(
        59,
        "a directory of the server without filePath",
        [post(WRITE, bare("Local"), E(500, KEY_NOT_FOUND, containing("'filePath'")))],
    ),
    Row(
        60,
        "no directories on SaaS",
        [post(WRITE, bare("Local", pairs(filePath="/b")), E(500, EXCEPTION, "Access denied"))],
        portal=SAAS,
    ),
    Row(
        61,
        "CustomCloud is stored and never runs",
        [
            Clock("2026-03-02T15:05:00Z"),
            *kept(bare("CustomCloud"), storageType=2, storageParams={"folderId": None}),
            Forward(900),
            Forward(60),
            ended("Unknown storage type."),
            Forward(86400),
            ended("Unknown storage type."),
        ],
    ),
    Row(
        62,
        "the temporary store needs nothing",
        kept(bare("DataStore"), storageType=4, storageParams={"folderId": None}),
    ),
    Row(
        63,
        "a third-party storage keeps its parameters as they are",
        kept(
            bare("ThirdPartyConsumer", CONSUMER),
            storageType=5,
            storageParams={"module": "s3", "bucket": "b"},
        ),
    ),
    Row(
        64,
        "true becomes True",
        kept(
            bare("ThirdPartyConsumer", [*CONSUMER, *pairs(usehttp=True)]),
            storageParams={"module": "s3", "bucket": "b", "usehttp": "True"},
        ),
    ),
    Row(
        65,
        "a third-party storage without module breaks the list of storages",
        [
            post(WRITE, bare("ThirdPartyConsumer"), DONE),
            get("settings/storage/backup", E(500, KEY_NOT_FOUND, containing("'module'"))),
        ],
    ),
    Row(
        66,
        "storage types are not checked for range",
        kept(bare(99), storageType=99, storageParams={"folderId": None}),
    ),
    Row(
        67,
        "the dump of the whole server is a schedule of its own",
        writes(
            post(WRITE, DUMP, DONE),
            get(READ, OK()),
            get(READ_DUMP, OK(DUMP_SHOWN)),
            post(WRITE, s0(backupsStored=3), DONE),
            get(READ, OK({**SHOWN, "backupsStored": 3})),
            get(READ_DUMP, OK(DUMP_SHOWN)),
        ),
    ),
    Row(
        68,
        "the server's own tenantId cannot be sent back",
        writes(
            post(WRITE, DUMP, DONE),
            post(
                WRITE,
                s0(dump=True, storageParams=pairs(folderId=Ref("folder"), tenantId=TENANT)),
                E(
                    400,
                    ARGUMENT,
                    "An item with the same key has already been added. Key: tenantId",
                ),
            ),
        ),
    ),
    Row(
        69,
        "no dump on SaaS, nor from a portal with limited access",
        writes(
            Change({"limited_access": True}),
            post(WRITE, DUMP, DENIED),
            Change({"limited_access": False, **SAAS}),
            post(WRITE, DUMP, DENIED),
            post(WRITE, S0, DONE),
        ),
    ),
    Row(
        70,
        "the dump cannot be read there either",
        [
            get(READ_DUMP, DENIED),
            Change({"mode": "standalone", "limited_access": True}),
            get(READ_DUMP, DENIED),
            get(READ, OK()),
        ],
        portal=SAAS,
    ),
    Row(
        71,
        "dump=True is dump=true",
        writes(post(WRITE, DUMP, DONE), get(READ + "?dump=True", OK(DUMP_SHOWN))),
    ),
    Row(72, "dump=1", [get(READ + "?dump=1", V("Dump"))]),
    Row(73, "dump=", [get(READ + "?dump=", V("Dump"))]),
    Row(
        74,
        "fields= picks members",
        writes(post(WRITE, S0, DONE), get(READ + "?fields=storageType", OK({"storageType": 0}))),
    ),
    Row(75, "removing", writes(post(WRITE, S0, DONE), remove(ERASE, DONE), get(READ, OK()))),
    Row(76, "removing nothing", [remove(ERASE, DONE)]),
    Row(
        77,
        "removing the dump leaves the portal's schedule",
        writes(
            post(WRITE, S0, DONE),
            post(WRITE, DUMP, DONE),
            remove(ERASE + "?dump=true", DONE),
            get(READ, OK(SHOWN)),
            get(READ_DUMP, OK()),
        ),
    ),
    Row(
        78,
        "posting again forgets the last run",
        at(
            "2026-03-02T15:05:00Z",
            Forward(900),
            last_run(between("2026-03-02T15:05:00", "2026-03-02T15:20:30")),
            post(WRITE, S0, DONE),
            last_run(NEVER),
        ),
    ),
    Row(
        79,
        "after today's hour: at the next poll",
        at(
            "2026-03-02T15:05:00Z",
            Forward(900),
            last_run(Bind("ran", between("2026-03-02T15:05:00", "2026-03-02T15:20:30"))),
            Forward(60),
            ended("", progress=100),
        ),
    ),
    Row(
        80,
        "before today's hour: not until then",
        at(
            "2026-03-02T01:05:00Z",
            Forward(900),
            last_run(NEVER),
            Clock("2026-03-02T01:59:30Z"),
            last_run(NEVER),
            get("backup/getbackupprogress", OK()),
            Forward(16 * 60),
            last_run(between("2026-03-02T01:59:59", "2026-03-02T02:15:30")),
        ),
    ),
    Row(
        81,
        "west of Greenwich, while it is still yesterday there: not at once",
        at("2026-03-03T01:05:00Z", Forward(900), last_run(NEVER)),
        portal={"timezone": "Etc/GMT+8"},
    ),
    Row(
        82,
        "east of Greenwich, when it is tomorrow there: at the next poll",
        at(
            "2026-03-02T15:05:00Z",
            Forward(900),
            last_run(between("2026-03-02T15:05:00", "2026-03-02T15:20:30")),
        ),
        portal={"timezone": "Etc/GMT-12"},
    ),
)
