# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 120-131: states of the portal, plans, limits, proxies, unknown hosts (contract 8, 9)."""

from __future__ import annotations

from support.answers import Answer

from contract.matrix.bodies import PROGRESS, READ, S0, WRITE
from contract.matrix.writing import writes
from contract.notation import BILLING, EMPTY, EXCEPTION, OK, PD, Bare, E, Html
from contract.rows import Row
from contract.steps import Burst, Change, Fault, Step, Together, get, post
from contract.values import ANY, TEXT

NOBODY = {"Host": "nosuch.example.org"}
MANY_PORTALS = {"mode": "saas"}


def in_state(status: str, *steps: Step) -> list[Step]:
    """Steps on a portal in a state other than Active."""
    return [Change({"status": status}), *steps]


def some_refused(answers: list[Answer]) -> None:
    """Some responses are 429 without a body, and show only the limit of parallel writes."""
    refused = [answer for answer in answers if answer.status == 429]
    taken = [answer for answer in answers if answer.status == 200]
    assert refused, "no request was refused"
    assert len(taken) == len(answers) - len(refused), [answer.status for answer in answers]
    assert 1 <= len(taken) <= 15
    assert {answer.body for answer in refused} == {b""}
    assert {answer.headers.get("X-RateLimit-Limit") for answer in refused} == {"15"}


ROWS = (
    Row(120, "while restoring", in_state("Restoring", get(READ, PD(403)))),
    Row(
        121,
        "what is open while restoring",
        in_state(
            "Restoring",
            *[
                get(path, OK(response))
                for path, response in {"settings": ANY, "settings/version/build": ANY}.items()
            ],
            get("portal", OK(ANY)),
            get("backup/getrestoreprogress", OK()),
        ),
    ),
    Row(122, "suspended", in_state("Suspended", get(READ, PD(404)))),
    Row(123, "not paid", [get(READ, PD(402))], portal={"paid": False}),
    Row(124, "not paid, but progress", [get(PROGRESS, OK())], portal={"paid": False}),
    Row(
        125,
        "a plan without backups",
        writes(post(WRITE, S0, E(402, BILLING, "Your pricing plan does not support this option"))),
        portal={"mode": "saas", "free_backups": 0, "wallet_backup": False},
    ),
    Row(
        126,
        "the caller's address is not allowed",
        [get(READ, Bare(403, TEXT))],
        portal={"allowed_ips": ["192.0.2.1"]},
    ),
    Row(
        127,
        "too many writes at once",
        writes(
            Change({"rate_limiter": {}}),
            Fault({"delay_ms": 500}, {"times": 0, "method": "POST"}),
            Together(post(WRITE, S0, OK(True)), 16, some_refused),
        ),
    ),
    Row(
        128,
        "too many requests in a minute",
        [
            Change({"rate_limiter": {}}),
            Burst(READ, 1500),
            get(READ, EMPTY(429, {"X-RateLimit-Limit": "1500"})),
        ],
    ),
    Row(
        129,
        "the service behind the proxy is down",
        [Fault({"html": 502}), get(READ, Html(502)), get(READ, OK())],
    ),
    Row(
        130,
        "an unknown host, with a key",
        [
            get(
                READ,
                E(500, EXCEPTION, "Could not resolve current tenant :-(."),
                headers=NOBODY,
                server=True,
            )
        ],
        server=MANY_PORTALS,
    ),
    Row(
        131,
        "an unknown host, with nothing",
        [
            get("settings", PD(404), auth=None, headers=NOBODY, server=True),
            get(READ, EMPTY(401), auth=None, headers=NOBODY, server=True),
        ],
        server=MANY_PORTALS,
    ),
)
