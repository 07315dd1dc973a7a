# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 21-57: what createbackupschedule accepts, and what it refuses (contract 2.3, 2.4, 4)."""

from __future__ import annotations

from contract.matrix.bodies import (
    FOLDER,
    NEVER,
    NUMERIC_FOLDER,
    OMIT,
    READ,
    S0,
    SHOWN,
    WRITE,
    cron,
    into,
    last_run,
    pairs,
    s0,
    shows,
)
from contract.notation import (
    ARGUMENT,
    DIRECTORY_NOT_FOUND,
    FORMAT,
    ITEM_NOT_FOUND,
    KEY_NOT_FOUND,
    NULL_REFERENCE,
    OK,
    SECURITY,
    E,
    V,
)
from contract.rows import Row
from contract.steps import Clock, Folder, Forward, Step, User, get, post
from contract.values import Ref, between, containing

DONE = OK(True)
NO_OBJECT = E(500, NULL_REFERENCE, "Object reference not set to an instance of an object.")
COPIES = E(400, ARGUMENT, "backupStored must be 1 - 30")
HOUR = E(500, FORMAT, "Hour values must be between 0 and 23")
WEEKDAY = E(500, FORMAT, "Day-of-Week values must be between 1 and 7")
DAY_OF_MONTH = E(500, FORMAT, "Day of month values must be between 1 and 31")
NO_FOLDER_ID = E(500, KEY_NOT_FOUND, "The given key 'folderId' was not present in the dictionary.")
NO_FOLDER = E(404, DIRECTORY_NOT_FOUND, "The required folder was not found")

UI_BODY = {
    "storageType": "0",
    "storageParams": [{"key": "folderId", "value": NUMERIC_FOLDER}],
    "backupsStored": "7",
    "cronParams": {"Period": "0", "Hour": "2", "Day": None},
    "backupMail": False,
    "dump": False,
}


def writes(*steps: Step) -> list[Step]:
    """Steps on a portal with a room for the backups."""
    return [FOLDER, *steps]


def refused(body: object, expect: E | V) -> list[Step]:
    """The body is refused, and no schedule is created."""
    return writes(post(WRITE, body, expect), get(READ, OK()))


def seen(body: object, **members: object) -> list[Step]:
    """The body is accepted, and read back with these members."""
    return writes(post(WRITE, body, DONE), get(READ, shows(**members)))


ROWS = (
    Row(21, "no schedule is a 200 without response", [get(READ, OK())]),
    Row(22, "the standard schedule", writes(post(WRITE, S0, DONE))),
    Row(23, "and how it is read back", writes(post(WRITE, S0, DONE), get(READ, OK(SHOWN)))),
    Row(
        24,
        "the form of the web UI: all numbers as strings",
        writes(post(WRITE, UI_BODY, DONE), get(READ, OK(SHOWN))),
    ),
    Row(
        25,
        "enums as numbers",
        seen(s0(storageType=0, cronParams={"period": 0, "hour": 2}), storageType=0),
    ),
    Row(
        26,
        "enum names in any case",
        seen(
            s0(storageType="documents", cronParams={"period": "everyday", "hour": 2}),
            storageType=0,
        ),
    ),
    Row(27, "Documents is the default", seen(s0(storageType=OMIT), storageType=0)),
    Row(28, "one copy is the default", seen(s0(backupsStored=OMIT), backupsStored=1)),
    Row(29, "no copies", refused(s0(backupsStored=0), COPIES)),
    Row(30, "31 copies", refused(s0(backupsStored=31), COPIES)),
    Row(
        31,
        "30 copies and one copy",
        [
            *seen(s0(backupsStored=30), backupsStored=30),
            post(WRITE, s0(backupsStored=1), DONE),
            get(READ, shows(backupsStored=1)),
        ],
    ),
    Row(
        32,
        "no time at all, or null",
        [
            *refused(s0(cronParams=OMIT), NO_OBJECT),
            post(WRITE, s0(cronParams=None), NO_OBJECT),
        ],
    ),
    Row(
        33, "an empty time", seen(s0(cronParams={}), cronParams={"period": 0, "hour": 0, "day": 0})
    ),
    Row(34, "an unknown period", refused(cron("EveryHour"), V("$.cronParams.period"))),
    Row(
        35,
        "the correct spelling of a misspelt name",
        refused(s0(storageType="ThirdpartyDocuments"), V("$.storageType")),
    ),
    Row(
        36,
        "an undefined period number",
        refused(cron(7), E(500, FORMAT, "Illegal characters for this position: 'ASC'")),
    ),
    Row(
        37,
        "hours after 23",
        [*refused(cron(hour=24), HOUR), post(WRITE, cron(hour=25), HOUR)],
    ),
    Row(38, "a negative hour", refused(cron(hour=-1), E(500, FORMAT, "Unexpected character: -"))),
    Row(39, "an hour in words", refused(cron(hour="two"), V("$.cronParams.hour"))),
    Row(40, "a null hour", refused(cron(hour=None), V("$.cronParams.hour"))),
    Row(41, "half an hour", refused(cron(hour=2.5), V("$.cronParams.hour"))),
    Row(
        42,
        "every week, but on no day",
        [*refused(cron("EveryWeek"), WEEKDAY), post(WRITE, cron("EveryWeek", day=0), WEEKDAY)],
    ),
    Row(43, "an eighth weekday", refused(cron("EveryWeek", day=8), WEEKDAY)),
    Row(
        44,
        "weekday 1 is Sunday",
        [
            Clock("2026-03-02T12:00:00Z"),  # a Monday
            *writes(post(WRITE, cron("EveryWeek", day=1), DONE)),
            Clock("2026-03-08T01:59:00Z"),
            last_run(NEVER),
            Forward(16 * 60),
            last_run(between("2026-03-08T01:59:59", "2026-03-08T02:15:30")),
        ],
    ),
    Row(45, "every month, but on no day", refused(cron("EveryMonth", day=0), DAY_OF_MONTH)),
    Row(46, "a 32nd", refused(cron("EveryMonth", day=32), DAY_OF_MONTH)),
    Row(
        47,
        "the 31st is skipped where there is none",
        [
            Clock("2026-03-31T12:00:00Z"),
            *writes(post(WRITE, cron("EveryMonth", hour=13, day=31), DONE)),
            Clock("2026-05-31T12:59:00Z"),
            last_run(between("2026-03-31T12:59:59", "2026-03-31T13:15:30")),
            Forward(16 * 60),
            last_run(between("2026-05-31T12:59:59", "2026-05-31T13:15:30")),
        ],
    ),
    Row(
        48,
        "the day of a daily schedule is not looked at",
        seen(cron(day=99), cronParams={"period": 0, "hour": 2, "day": 0}),
    ),
    Row(49, "no storage parameters", refused(s0(storageParams=OMIT), NO_FOLDER_ID)),
    Row(
        50,
        "storage parameters as an object",
        refused(s0(storageParams={"folderId": "1"}), V("$.storageParams")),
    ),
    Row(51, "a null folder", refused(into(None), E(500, NULL_REFERENCE))),
    Row(
        52,
        "the folder twice",
        refused(
            s0(storageParams=pairs(folderId=Ref("folder")) * 2),
            E(400, ARGUMENT, "An item with the same key has already been added. Key: folderId"),
        ),
    ),
    Row(
        53,
        "keys of storage parameters are case-sensitive",
        refused(s0(storageParams=pairs(folderid=Ref("folder"))), E(500, KEY_NOT_FOUND)),
    ),
    Row(54, "a folder that does not exist", refused(into("999999"), NO_FOLDER)),
    Row(
        55,
        "a folder that is no number",
        refused(into("abc"), E(404, ITEM_NOT_FOUND, containing("Selector '' not found"))),
    ),
    Row(
        56,
        "the list of rooms is no folder to write into",
        [
            Folder("rooms", "virtual_rooms"),
            *refused(into(Ref("rooms")), E(403, SECURITY, "Access denied")),
        ],
    ),
    Row(
        57,
        "the folder is looked at before the caller's role",
        [
            User("room_admin", "RoomAdmin"),
            post(WRITE, into("999999"), NO_FOLDER, auth="Bearer {room_admin}"),
        ],
    ),
)
