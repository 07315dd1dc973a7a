# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All self-hosted portals of a server share its dump schedule (contract 5.1)."""

from __future__ import annotations

from collections.abc import Callable

from support.control import Control
from support.portal import Portal

from contract.matrix.bodies import ERASE, NEVER, PROGRESS, WRITE, bare

MakePortal = Callable[..., Portal]
DUMP = bare("DataStore", backupsStored=3, dump=True)


def test_one_portal_writes_and_the_other_reads(make_portal: MakePortal) -> None:
    writer, reader = make_portal(), make_portal()
    assert writer.post(WRITE, DUMP).status == 200
    shown = reader.schedule(dump=True)
    assert shown is not None
    assert shown["dump"] is True
    assert shown["storageParams"] == {"folderId": None, "tenantId": str(writer.id)}
    assert shown == writer.schedule(dump=True)
    assert writer.schedule() is None
    assert reader.schedule() is None


def test_the_last_writer_wins(make_portal: MakePortal) -> None:
    first, second = make_portal(), make_portal()
    first.post(WRITE, DUMP)
    second.post(WRITE, {**DUMP, "backupsStored": 9})
    shown = first.schedule(dump=True)
    assert shown is not None
    assert shown["backupsStored"] == 9
    assert shown["storageParams"]["tenantId"] == str(second.id)


def test_removing_removes_it_for_all(make_portal: MakePortal) -> None:
    first, second = make_portal(), make_portal()
    first.post(WRITE, DUMP)
    first.post(WRITE, bare("DataStore"))
    assert second.delete(ERASE).status == 200
    assert first.schedule(dump=True) is not None
    assert second.delete(ERASE + "?dump=true").status == 200
    assert first.schedule(dump=True) is None
    assert first.schedule() is not None


def test_it_runs_once_for_the_whole_server(make_portal: MakePortal, control: Control) -> None:
    control.clock_at("2026-03-02T12:00:00Z")
    first, second = make_portal(), make_portal()
    first.post(WRITE, DUMP)
    control.clock_forward(960)
    shown = second.schedule(dump=True)
    assert shown is not None
    assert shown["lastBackupTime"] != NEVER
    of_dump = [portal.get(PROGRESS + "?dump=true").response for portal in (first, second)]
    assert of_dump[0] is not None
    assert of_dump[0]["taskId"] == of_dump[1]["taskId"]
    history = second.get("backup/getbackuphistory?dump=true").response
    assert [record["fileName"].startswith("workspace_") for record in history] == [True]
    assert first.get(PROGRESS).response is None
    assert first.get("backup/getbackuphistory").response == []
