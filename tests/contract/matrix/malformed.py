# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 83-91: malformed requests, and addresses that do not exist (contract 2.4, 3.3, 3.4)."""

from __future__ import annotations

from contract.matrix.bodies import READ, S0, WRITE, s0, shows
from contract.matrix.writing import DONE, refused, writes
from contract.notation import EMPTY, OK, Unsupported, V
from contract.rows import Row
from contract.steps import Call, get, post
from contract.values import containing

JSON = {"Content-Type": "application/json"}

ROWS = (
    Row(83, "half a body", [Call("POST", WRITE, V("$"), body=b"{", headers=JSON)]),
    Row(84, "an empty body", [Call("POST", WRITE, V(""), body=b"", headers=JSON)]),
    Row(85, "null as body", [Call("POST", WRITE, V(""), body=b"null", headers=JSON)]),
    Row(
        86,
        "a body that is not said to be JSON",
        writes(
            post(WRITE, S0, Unsupported(), headers={"Content-Type": "text/plain"}),
            get(READ, OK()),
        ),
    ),
    Row(87, "dump as a string", refused(s0(dump="true"), V("$.dump"))),
    Row(
        88,
        "members that nobody knows",
        writes(post(WRITE, s0(backupMail=False, unheardOf={"a": [1]}), DONE), get(READ, shows())),
    ),
    Row(
        89,
        "the address that the web UI uses",
        writes(
            post(
                "portal/createbackupschedule",
                S0,
                OK(True, href=containing("/api/2.0/backup/createbackupschedule")),
            ),
            get(READ, shows(storageType=0)),
        ),
    ),
    Row(90, "the wrong method", [post(READ, {}, EMPTY(405))]),
    Row(91, "an unknown operation", [get("backup/nosuch", EMPTY(404))]),
)
