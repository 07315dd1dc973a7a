# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 132-144: endpoints not for backups, older releases, and a restored portal."""

from __future__ import annotations

from contract.matrix.bodies import (
    CONSUMER,
    READ,
    READ_DUMP,
    RESTORE,
    S0,
    SHOWN,
    WRITE,
    bare,
    cron,
    into,
)
from contract.matrix.copies import FINISH, one_copy, restore
from contract.matrix.writing import DONE, UI_BODY, writes
from contract.notation import AUTHORIZING, DIRECTORY_NOT_FOUND, EMPTY, FORMAT, OK, E, V
from contract.rows import Row
from contract.steps import Storage, User, get, post
from contract.values import (
    API_TIME,
    BOOL,
    GUID,
    LIST,
    TEXT,
    All,
    AnyItem,
    Each,
    Has,
    Lacks,
    Ref,
    containing,
    number,
    pattern,
    unlike,
)

STORAGES = "settings/storage/backup"
NO_OWNER = "00000000-0000-0000-0000-000000000000"
ANONYMOUS = {
    "version": containing("3.7.2"),
    "standalone": True,
    "docSpace": True,
    "tenantStatus": 0,
    "tenantAlias": Ref("alias"),
    "culture": TEXT,
    "utcOffset": "00:00:00",
    "utcHoursOffset": number(0),
    "ownerId": NO_OWNER,
    "limitedAccessSpace": False,
}
KNOWN = {
    **ANONYMOUS,
    "timezone": "Europe/Moscow",
    "utcOffset": "03:00:00",
    "utcHoursOffset": number(3),
    "ownerId": Ref("owner"),
}
STORAGE = Has({"id": TEXT, "title": TEXT, "properties": LIST, "current": BOOL, "isSet": BOOL})


def storages(*like: dict[str, object]) -> All:
    """The list of storages contains one like each of these."""
    return All((Each(STORAGE), *(AnyItem(Has(one)) for one in like)))


ROWS = (
    Row(
        132,
        "what anybody may know",
        [get("settings", OK(All((Has(ANONYMOUS), Lacks(("timezone",))))), auth=None)],
        portal={"timezone": "Europe/Moscow"},
    ),
    Row(
        133,
        "what a key shows beyond that",
        [get("settings", OK(Has(KNOWN)))],
        portal={"timezone": "Europe/Moscow"},
    ),
    Row(
        134,
        "the versions",
        [
            get(
                "settings/version/build",
                OK(Has({"docSpace": containing("3.7.2"), "documentServer": TEXT})),
                auth=None,
            )
        ],
    ),
    Row(135, "the portal, for nobody", [get("portal", EMPTY(401), auth=None)]),
    Row(
        136,
        "a key about itself",
        [
            get(
                "keys/@self",
                OK(
                    All(
                        (
                            Has(
                                {
                                    "id": GUID,
                                    "name": TEXT,
                                    "keyPostfix": pattern("4 characters", "[0-9a-f]{4}"),
                                    "permissions": LIST,
                                    "isActive": True,
                                    "createOn": API_TIME,
                                }
                            ),
                            Lacks(("key",)),
                        )
                    )
                ),
            )
        ],
    ),
    Row(
        137,
        "the storages, and which one is in use",
        [
            Storage("s3"),
            get(STORAGES, OK(storages({"id": "s3", "current": False, "isSet": True}))),
            get(STORAGES, OK(storages({"id": "googlecloud", "isSet": False}, {"id": "rackspace"}))),
            post(WRITE, bare("ThirdPartyConsumer", CONSUMER), DONE),
            get(
                STORAGES,
                OK(
                    storages(
                        {
                            "id": "s3",
                            "current": True,
                            "properties": AnyItem(Has({"name": "bucket", "value": "b"})),
                        }
                    )
                ),
            ),
        ],
    ),
    Row(
        138,
        "3.6: a missing folder is a 500",
        [post(WRITE, into("999999"), E(500, DIRECTORY_NOT_FOUND))],
        portal={"server_version": "3.6.1"},
    ),
    Row(
        139,
        "3.6: the envelope around a validation error claims success",
        writes(post(WRITE, cron("EveryHour"), V("$.cronParams.period", inner=(0, 200)))),
        portal={"server_version": "3.6.1"},
    ),
    Row(
        140,
        "3.0: a user who is no admin makes a 500",
        [
            User("plain", "User", key=False),
            get(
                READ,
                E(500, AUTHORIZING, All((TEXT, unlike("Access denied")))),
                auth="{plain_token}",
            ),
        ],
        portal={"server_version": "3.0.0"},
    ),
    Row(
        141,
        "3.0: reading knows no dump",
        writes(
            post(WRITE, S0, DONE, auth="{token}"),
            get(READ_DUMP, OK(SHOWN), auth="{token}"),
        ),
        portal={"server_version": "3.0.0"},
    ),
    Row(
        142,
        "2.6: numbers and names are refused",
        writes(
            post(WRITE, S0, V("$.backupsStored", inner=(0, 200)), auth="{token}"),
            post(
                WRITE,
                {**UI_BODY, "cronParams": {"Period": "EveryDay", "Hour": "2", "Day": None}},
                E(500, FORMAT),
                auth="{token}",
            ),
            get(READ, OK(), auth="{token}"),
        ),
        portal={"server_version": "2.6.0"},
    ),
    Row(
        143,
        "2.6: all numbers as strings",
        writes(post(WRITE, UI_BODY, DONE, auth="{token}"), get(READ, OK(SHOWN), auth="{token}")),
        portal={"server_version": "2.6.0"},
    ),
    Row(
        144,
        "a restore takes the keys away",
        one_copy(
            post(
                RESTORE,
                restore(backupId=Ref("copy")),
                OK(All((Has({"backupProgressEnum": 1}), Lacks(("link",))))),
            ),
            FINISH,
            get("backup/getrestoreprogress", OK(Has({"isCompleted": True})), auth=None),
            get(READ, EMPTY(401)),
            get("settings", OK(Has({"tenantStatus": 0})), auth=None),
        ),
    ),
)
