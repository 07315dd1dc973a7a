# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a play twice, in the worker and as modules, on portals that are the same each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from support.control import Control

from parity.fleets import Hosts
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
    """What came of the play in the worker, and as modules; with the portals' traffic of each.

    Both within one hour of the clock, because a warning depends on it.
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
    return run, traffic(control)


def traffic(control: Control) -> Traffic:
    """What the portals were sent, all but the moments and the keys, which are new each time."""
    return [
        (sent.portal, sent.method, sent.path, sent.query, _without_key(sent.headers), sent.body)
        for sent in control.requests()
    ]


def _without_key(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value.split()[0] if name == "Authorization" else value
        for name, value in headers.items()
    }
