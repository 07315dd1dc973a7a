# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of differences between releases."""

from __future__ import annotations

import pytest
from simulator.profiles import DIFFERENCES, RELEASES, TOPICS, profile_of


def test_every_topic_is_a_member_of_the_profile() -> None:
    assert set(DIFFERENCES) == set(TOPICS)


def test_every_topic_has_a_value_from_the_first_release_on() -> None:
    assert [topic for topic, line in DIFFERENCES.items() if RELEASES[0] not in line] == []


def test_no_topic_is_the_same_everywhere() -> None:
    assert [topic for topic, line in DIFFERENCES.items() if len(line) < 2] == []


@pytest.mark.parametrize(
    ("version", "release"),
    [
        ("2.6.0", "2.6"),
        ("3.0.4", "3.0"),
        ("3.1.1", "3.1"),
        ("3.2.1", "3.2"),
        ("3.4", "3.2"),
        ("3.6.1", "3.6"),
        ("3.7.0", "3.7"),
        ("3.7.2.1", "3.7"),
        ("3.8.0", "3.7"),
        ("4.0.0", "3.7"),
    ],
)
def test_versions(version: str, release: str) -> None:
    assert profile_of(version).release == release


@pytest.mark.parametrize("version", ["", "3", "three", "3.7.x", "2.5.0", "3.7.2.1.0"])
def test_no_versions(version: str) -> None:
    with pytest.raises(ValueError, match="version"):
        profile_of(version)
