# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every result, failure, kind of option, and keyword is completely identical on both paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest
from support.control import Control

from parity import fleets
from parity.both_paths import Environment, both
from parity.comparison import differences
from parity.fleets import Hosts
from parity.plays import PLAYBOOKS


def _connection(hosts: Hosts) -> Mapping[str, str]:
    first = hosts["old"]["portal"]
    return {
        "DOCSPACE_API_HOST": first["url"],
        "DOCSPACE_API_KEY": first["api_key"],
        "DOCSPACE_TIMEOUT": "20",
        "DOCSPACE_RETRIES": "1",
        "DOCSPACE_VALIDATE_CERTS": "no",
    }


def _nothing(_hosts: Hosts) -> Mapping[str, str]:
    return {}


class Play(NamedTuple):
    """A playbook, its portals, and the arguments of ansible-playbook."""

    name: str
    fleet: Callable[[Control], Hosts]
    arguments: tuple[str, ...] = ("--diff",)
    environment: Environment = _nothing
    # Takes too long for `make test`.
    long: bool = False


PLAYS = (
    Play("results", fleets.healthy),
    Play("results", fleets.single, ("--check", "-v")),
    Play("backups", fleets.with_backups),
    Play("audits", fleets.single, ()),
    Play("failures", fleets.failing, long=True),
    Play("retries", fleets.shaky),
    Play("options", fleets.single, ("--diff", "-v"), long=True),
    Play("keywords", fleets.with_a_slow_one, long=True),
    Play("copies", fleets.with_an_archive),
    Play("secrets", fleets.single, ("--diff", "-v")),
    Play("environment_variables", fleets.single, (), _connection),
)


@pytest.mark.parametrize(
    "one",
    [pytest.param(one, marks=pytest.mark.matrix if one.long else ()) for one in PLAYS],
    ids=lambda play: " ".join((play.name, *play.arguments)),
)
def test_both_paths_look_the_same(control: Control, one: Play) -> None:
    ours, theirs = both(
        control,
        PLAYBOOKS / f"{one.name}.yml",
        one.fleet,
        arguments=one.arguments,
        environment=one.environment,
    )
    assert "\n".join(differences(ours[0], theirs[0])) == ""
    assert ours[1] == theirs[1]
