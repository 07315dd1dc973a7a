# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The choice of the backup to fetch, and of its destination."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import Backup
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.fetch_plan import (
    Wanted,
    chosen,
    file_in,
    wanted_from_options,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    OptionError,
)

PORTAL = "https://portal.example.com"
NOW = datetime(2026, 7, 1, 12, tzinfo=timezone.utc)
IDS = [f"00000000-0000-0000-0000-00000000000{number}" for number in range(4)]


def backup(number: int, hours: int, expires: int | None = None) -> Backup:
    """A backup that ended this many hours ago, and expires in this many hours."""
    until = None if expires is None else NOW + timedelta(hours=expires)
    return Backup(IDS[number], f"{number}.gz", "Documents", NOW - timedelta(hours=hours), until)


HISTORY = [backup(1, 30), backup(0, 2), backup(2, 26)]


def options(**own: Any) -> dict[str, Any]:
    return {
        "dest": "/srv",
        "backup_id": None,
        "max_age": None,
        "verify": True,
        "dump": False,
        **own,
    }


def test_options() -> None:
    assert wanted_from_options(options()) == Wanted("/srv")
    assert wanted_from_options(
        options(backup_id=f" {IDS[1].upper()}", max_age="26h", verify=False, dump=True)
    ) == Wanted("/srv", IDS[1], timedelta(hours=26), verify=False, dump=True)
    # Empty answers of a survey.
    assert wanted_from_options(options(backup_id="", max_age="")) == Wanted("/srv")


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        ({"backup_id": "newest"}, "backup_id: 'newest' is not the ID of a backup"),
        ({"max_age": "a day"}, "max_age: 'a day' is not a duration"),
        ({"dest": " "}, "dest: it is empty"),
    ],
)
def test_options_that_cannot_be(own: dict[str, Any], problem: str) -> None:
    with pytest.raises(OptionError, match=problem):
        wanted_from_options(options(**own))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted("/srv"), IDS[0]),
        (Wanted("/srv", IDS[1]), IDS[1]),
        (Wanted("/srv", max_age=timedelta(hours=2)), IDS[0]),
        (Wanted("/srv", IDS[2], timedelta(hours=26)), IDS[2]),
    ],
)
def test_the_backup_that_is_wanted(wanted: Wanted, found: str) -> None:
    assert chosen(wanted, HISTORY, NOW, PORTAL).id == found


@pytest.mark.parametrize(
    ("wanted", "history", "kind", "says"),
    [
        (Wanted("/srv"), [], "not_found", "has no backup in its history"),
        (Wanted("/srv", IDS[3]), HISTORY, "not_found", f"has no backup {IDS[3]} in its history"),
        (
            Wanted("/srv", max_age=timedelta(hours=1)),
            HISTORY,
            "too_old",
            "made at 2026-07-01T10:00:00Z, which is more than 1h ago",
        ),
        # The record can remain for a while after its archive has expired.
        (Wanted("/srv"), [backup(0, 25, -1)], "not_found", "has no backup in its history"),
    ],
)
def test_there_is_no_such_backup(
    wanted: Wanted, history: list[Backup], kind: str, says: str
) -> None:
    with pytest.raises(DocSpaceError, match=says) as raised:
        chosen(wanted, history, NOW, PORTAL)
    assert (raised.value.kind, raised.value.portal) == (kind, PORTAL)
    assert "Make a backup" in str(raised.value)


def test_an_archive_that_has_not_expired_is_fetched() -> None:
    assert chosen(Wanted("/srv"), [backup(0, 23, 1)], NOW, PORTAL).id == IDS[0]


def test_the_file_in_a_directory() -> None:
    assert file_in("/srv", "a.tar.gz") == "/srv/a.tar.gz"
    assert file_in("/srv/", "a b.tar") == "/srv/a b.tar"


@pytest.mark.parametrize("name", ["", ".", "..", "../a", "a/b", "/etc/passwd", ".bashrc", "a\0b"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not valid as a file name"):
        file_in("/srv", name)
