# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When scheduled backups start, and which records are kept (contract 5.3)."""

from __future__ import annotations

import pytest

from simulator_units.simulated_server import ALIAS, Server

NEVER = "0001-01-01T00:00:00"
POLL_S = 900
DAY_S = 86_400


def test_a_slot_that_has_passed_today_is_made_up_for_at_the_next_poll(server: Server) -> None:
    server.at("2026-03-01T15:05:00Z")
    server.schedule()
    assert server.last_run() == NEVER
    server.forward(POLL_S)
    assert server.last_run() == "2026-03-01T15:15:00"


def test_posting_the_same_again_makes_the_server_start_again(server: Server) -> None:
    server.at("2026-03-01T15:05:00Z")
    server.schedule(storageType=3, storageParams=[{"key": "filePath", "value": "/b"}])
    server.forward(POLL_S)
    server.schedule(storageType=3, storageParams=[{"key": "filePath", "value": "/b"}])
    server.forward(POLL_S)
    assert len(server.created()) == 2


def test_a_slot_to_come_is_waited_for(server: Server) -> None:
    server.at("2026-03-01T01:05:00Z")
    server.schedule()
    server.forward(3 * POLL_S)
    assert server.last_run() == NEVER
    server.forward(POLL_S)
    assert server.last_run() == "2026-03-01T02:00:00"


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        ("Etc/GMT+8", "2026-03-02T01:05:00Z", NEVER),
        ("Etc/GMT-12", "2026-03-02T15:05:00Z", "2026-03-02T15:15:00"),
    ],
)
def test_a_row_that_never_ran_is_judged_by_the_utc_date(
    server: Server, zone: str, now: str, expected: str
) -> None:
    server.control("PATCH", f"/portals/{ALIAS}", {"timezone": zone})
    server.at(now)
    server.schedule()
    server.forward(POLL_S)
    assert server.last_run() == expected


def test_the_hour_is_the_portal_s_own_across_daylight_saving(server: Server) -> None:
    server.control("PATCH", f"/portals/{ALIAS}", {"timezone": "Europe/Berlin"})
    server.at("2026-03-27T12:00:00Z")
    server.schedule(
        storageType=3,
        storageParams=[{"key": "filePath", "value": "/b"}],
        cronParams={"period": 0, "hour": 4},
    )
    server.at("2026-03-31T12:00:00Z")
    assert [made[:13] for made in server.created()] == [
        "2026-03-27T12",
        "2026-03-28T03",
        "2026-03-29T02",
        "2026-03-30T02",
        "2026-03-31T02",
    ]


@pytest.mark.parametrize("change", [{"paid": False}, {"status": "Suspended"}])
def test_portals_out_of_order_are_left_out(server: Server, change: dict[str, object]) -> None:
    server.at("2026-03-01T15:05:00Z")
    server.schedule()
    server.control("PATCH", f"/portals/{ALIAS}", change)
    server.forward(2 * POLL_S)
    server.control("PATCH", f"/portals/{ALIAS}", {"paid": True, "status": "Active"})
    assert server.last_run() == NEVER


def test_old_scheduled_copies_are_deleted_and_manual_ones_kept(server: Server) -> None:
    local = {"storageType": 3, "storageParams": [{"key": "filePath", "value": "/b"}]}
    server.at("2026-03-01T12:00:00Z")
    assert server.ask("POST", "backup/startbackup", local)[0] == 200
    server.at("2026-03-02T01:00:00Z")
    server.schedule(**local, backupsStored=2)
    server.at("2026-03-07T12:00:00Z")
    assert [made[:10] for made in server.created()] == ["2026-03-01", "2026-03-06", "2026-03-07"]


def test_a_failed_run_is_not_repeated_before_the_next_slot(server: Server) -> None:
    server.at("2026-03-01T01:05:00Z")
    server.schedule(storageType="CustomCloud")
    server.at("2026-03-01T20:00:00Z")
    assert server.last_run() == "2026-03-01T02:00:00"
    assert server.ask("GET", "backup/getbackupprogress")[1]["error"] == "Unknown storage type."
    server.forward(DAY_S)
    assert server.last_run() == "2026-03-02T02:00:00"


@pytest.mark.parametrize(("path", "error"), [("/missing/b", "Directory not found."), ("/b", "")])
def test_local_directories(server: Server, path: str, error: str) -> None:
    server.at("2026-03-01T01:05:00Z")
    server.schedule(storageType="Local", storageParams=[{"key": "filePath", "value": path}])
    server.at("2026-03-01T12:00:00Z")
    assert server.ask("GET", "backup/getbackupprogress")[1]["error"] == error


def test_a_jump_over_years_ends_soon_and_misses_nothing(server: Server) -> None:
    server.at("2030-01-01T00:30:00Z")
    server.schedule(storageType="Local", storageParams=[{"key": "filePath", "value": "/b"}])
    server.at("2032-01-01T00:30:00Z")
    assert server.last_run() == "2031-12-31T02:00:00"
    server.ask("DELETE", "backup/deletebackupschedule")
    server.at("2099-01-01T00:00:00Z")


def test_without_free_backups_left_the_schedule_is_deleted(server: Server) -> None:
    server.control("PATCH", f"/portals/{ALIAS}", {"mode": "saas", "free_backups": 2})
    server.at("2026-03-01T01:00:00Z")
    server.schedule()
    server.at("2026-03-02T12:00:00Z")
    assert server.last_run() == "2026-03-02T02:00:00"
    server.at("2026-03-03T12:00:00Z")
    assert server.ask("GET", "backup/getbackupschedule") == (200, None)


def test_the_wallet_pays_when_free_backups_are_used_up(server: Server) -> None:
    change = {"mode": "saas", "free_backups": 1, "wallet_backup": True}
    server.control("PATCH", f"/portals/{ALIAS}", change)
    server.at("2026-03-01T01:00:00Z")
    server.schedule()
    server.at("2026-03-03T12:00:00Z")
    assert server.ask("GET", "backup/getbackupscount")[1] == 1
    assert server.ask("GET", "backup/getbackupscount?paid=true")[1] == 2
