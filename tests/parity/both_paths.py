# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a play twice, in the worker and as modules, on portals in the same initial state."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from support.control import Control

from parity.fleets import NOW, Hosts
from parity.plays import Run, play

Traffic = list[tuple[Any, ...]]
Environment = Callable[[Hosts], Mapping[str, str]]


def both(
    control: Control,
    playbook: str | Path,
    fleet: Callable[[Control], Hosts],
    *,
    arguments: Sequence[str] = (),
    environment: Environment = lambda hosts: {},
) -> tuple[tuple[Run, Traffic], tuple[Run, Traffic]]:
    """The outcome and the requests of the play, first in the worker, and then as modules.

    Both runs take place in the same hour, because a warning depends on the hour.
    """
    while True:
        began = datetime.now(timezone.utc).hour
        runs = [
            _once(control, playbook, fleet, in_process, arguments, environment)
            for in_process in (True, False)
        ]
        if datetime.now(timezone.utc).hour == began:
            return runs[0], runs[1]


def _once(
    control: Control,
    playbook: str | Path,
    fleet: Callable[[Control], Hosts],
    in_process: bool,
    arguments: Sequence[str],
    environment: Environment,
) -> tuple[Run, Traffic]:
    control.reset()
    hosts = fleet(control)
    control.clear_requests()
    run = play(
        playbook,
        hosts,
        in_process=in_process,
        arguments=arguments,
        environment=environment(hosts),
    )
    return _with_named_keys(run, hosts), traffic(control, hosts)


# Values of a backup that differ in every run: its ID, and the time at which it ended.
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT = re.compile(rf"{NOW[:10]}[T_]12[:-]0\d[:-]\d\d")


def _with_named_keys(run: Run, hosts: Hosts) -> Run:
    """The run with placeholders for keys, and for IDs and times of backups."""
    records = json.dumps(run.records)
    ids = list(dict.fromkeys(_ID.findall(records)))
    output, errors, records = (
        _with_named_backups(text, ids) for text in (run.stdout, run.stderr, records)
    )
    for host, key in _keys(hosts):
        name = f"(key of {host})"
        output, errors = output.replace(key, name), errors.replace(key, name)
        records = records.replace(key, name)
    return Run(run.status, output, errors, json.loads(records))


def _with_named_backups(text: str, ids: list[str]) -> str:
    for number, backup_id in enumerate(ids):
        text = text.replace(backup_id, f"(id {number})")
    return _MOMENT.sub("(now)", text)


def traffic(control: Control, hosts: Hosts) -> Traffic:
    """The requests to the portals, without times and keys."""
    return [
        (
            sent.portal,
            sent.method,
            _without_keys(sent.path, hosts),
            # The signature of an address contains a time.
            re.sub(r"(stream_auth=)\w+", r"\1", sent.query),
            {name: value for name, value in sent.headers.items() if name != "Authorization"},
            sent.headers.get("Authorization", "").split()[:1],
            sent.body,
        )
        for sent in control.requests()
    ]


def _without_keys(path: str, hosts: Hosts) -> str:
    """The path with placeholders for IDs, and for keys, whose ends remain in the log."""
    path = _ID.sub("(id)", path)
    for _host, key in _keys(hosts):
        path = path.replace(f"/{key[-4:]}/", "/(end of key)/")
    return path


def _keys(hosts: Hosts) -> list[tuple[str, str]]:
    return [
        (host, variables["portal"]["api_key"])
        for host, variables in hosts.items()
        if "portal" in variables
    ]
