# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of docspace_backup_fetch, and archives to fetch."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from support.control import Control, LoggedRequest
from support.portal import Portal

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_fetch_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup import fetch
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from client.support_runs import Outcome

ENDED = "2026-03-10T12:00:00Z"
NOW = "2026-03-10T14:00:00Z"

HANDLER = "/filehandler.ashx"
HISTORY, SCHEDULE, FOLDER = "getbackuphistory", "getbackupschedule", "folder"
ADDRESS, ARCHIVE = "presigneduri", "filehandler.ashx"
FIND = [HISTORY, SCHEDULE, FOLDER]
FETCH = [*FIND, ADDRESS, ARCHIVE]
AGAIN = [FOLDER, ADDRESS, ARCHIVE]


@dataclass
class Place:
    """A portal with a schedule and the archive of one backup in its room, and a directory."""

    portal: Portal
    control: Control
    room: str
    folder: Path
    record: dict[str, Any]
    archive: bytes = b""
    told: list[str] = field(default_factory=list)

    @property
    def dest(self) -> Path:
        """The path of the archive in the directory."""
        return self.folder / str(self.record["fileName"])

    @property
    def part(self) -> Path:
        """The path of the incomplete archive."""
        return self.dest.with_name(self.dest.name + ".part")

    def expect(self, record: dict[str, Any]) -> None:
        """Select the backup whose archive is fetched."""
        self.record = record
        answer = self.portal.get(f"{HANDLER}?action=download&fileid={record['fileId']}")
        assert answer.status == 200, answer.text
        self.archive = answer.body

    def run(
        self,
        *,
        check_mode: bool = False,
        sleep: Callable[[float], None] = lambda _seconds: None,
        **own: Any,
    ) -> Outcome:
        """Run the module code. Any exception except DocSpaceError breaks the test.

        The request log is cleared first.
        """
        self.control.clear_requests()
        defaults = {name: entry.get("default") for name, entry in backup_fetch_spec().items()}
        address = {"api_host": self.portal.url, "api_key": self.portal.api_key}
        asked = {**defaults, **address, "dest": str(self.folder), **own}
        assert not asked.keys() - defaults.keys()
        make = partial(Client, sleep=sleep, jitter=lambda: 0.5, progress=self.told.append)
        try:
            return Outcome(fetch.run(asked, check_mode, make), None)
        except DocSpaceError as error:
            return Outcome(None, error)

    def fetched(self, **how: Any) -> dict[str, Any]:
        """The result of a run that fetches the archive and leaves no other files."""
        outcome = self.run(**how)
        assert outcome.result is not None, outcome.text
        assert self.dest.read_bytes() == self.archive
        assert self.names() == [self.dest.name]
        return outcome.result

    def failed(self, kind: str, **how: Any) -> str:
        """The message of a run that fails with this kind."""
        outcome = self.run(**how)
        assert outcome.error is not None, outcome.text
        shown = outcome.error.as_result()
        assert shown["error"]["kind"] == kind, shown
        assert "\n" not in shown["msg"]
        return str(shown["msg"])

    def names(self) -> list[str]:
        """The names of the files in the directory."""
        return sorted(path.name for path in self.folder.iterdir())

    def requests(self) -> list[LoggedRequest]:
        """The requests of the last run, including those to buckets."""
        return self.control.requests()

    def seen(self) -> list[str]:
        """The operations of the last run. A request for the folder is shown as `folder`."""
        numbered = (request.operation for request in self.requests())
        return [FOLDER if name.isdecimal() else name for name in numbered]

    def ranges(self) -> list[str | None]:
        """The ranges of the archive that the last run requested."""
        return [
            request.headers.get("Range")
            for request in self.requests()
            if request.operation == ARCHIVE
        ]

    def spoil(self, action: dict[str, Any], times: int = 1, **how: Any) -> None:
        """Break the next responses with the archive."""
        self.control.fault(action, path=HANDLER, times=times, **how)

    def replace(self, content: bytes) -> None:
        """Replace the bytes of the archive on the portal."""
        data = base64.b64encode(content).decode()
        self.archive = content
        self.control.file(self.portal.alias, self.record["fileId"], content_base64=data)

    def delete(self) -> None:
        """Delete the archive on the portal."""
        body = {"immediately": True}
        self.portal.delete(f"files/file/{self.record['fileId']}", body)
        self.control.clock_forward(60)


@pytest.fixture
def place(portal: Portal, control: Control, tmp_path: Path) -> Iterator[Place]:
    """A portal whose newest backup is two hours old, with a schedule."""
    control.clock_at(NOW)
    room = str(control.folder(portal.alias, "Backups"))
    body = {
        "storageType": "Documents",
        "storageParams": [{"key": "folderId", "value": room}],
        "cronParams": {"period": "EveryDay", "hour": 23},
    }
    assert portal.post("backup/createbackupschedule", body).status == 200
    record = control.backup(portal.alias, ENDED)
    folder = tmp_path / "copies"
    folder.mkdir()
    made = Place(portal, control, room, folder, record)
    made.expect(record)
    yield made
    # An address that works without authentication must not appear anywhere.
    assert not [line for line in made.told if "auth=" in line or "Signature=" in line]
