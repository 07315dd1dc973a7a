# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the server changes titles (second contract, 2.5). Clients that compare titles need this."""

from __future__ import annotations

import pytest
from support.portal import Portal

TITLES = {
    "plain": ("Backups", "Backups"),
    "outer-blanks": ("  Backups  ", "Backups"),
    "inner-blanks": ("Our  Backups", "Our  Backups"),
    "tab": ("a\tb", "a_b"),
    "all-forbidden": ('*+:"<>?|\\/', "_" * 10),
    "emoji": ("a\U0001f600b", "a__b"),
    "umlauts": ("Sicherungen für Köln", "Sicherungen für Köln"),
    "cyrillic": ("Резервные копии", "Резервные копии"),
    "harmless-signs": ("a-b_c.d,e;f(g)[h]{i}&%$#@!'=~^", "a-b_c.d,e;f(g)[h]{i}&%$#@!'=~^"),
    "slash-between": ("2026/11", "2026_11"),
}


@pytest.mark.parametrize(("title", "stored"), TITLES.values(), ids=TITLES)
def test_rooms(portal: Portal, title: str, stored: str) -> None:
    made = portal.post("files/rooms", {"title": title, "roomType": 5}).response
    assert made["title"] == stored
    (listed,) = portal.get("files/rooms").response["folders"]
    assert listed["title"] == stored


@pytest.mark.parametrize(("title", "stored"), TITLES.values(), ids=TITLES)
def test_folders(portal: Portal, title: str, stored: str) -> None:
    mine = portal.get("files/@my").response["current"]["id"]
    made = portal.post(f"files/folder/{mine}", {"title": title}).response
    assert made["title"] == stored
    (listed,) = portal.get(f"files/{mine}/subfolders").response
    assert listed["title"] == stored


@pytest.mark.parametrize(("title", "stored"), TITLES.values(), ids=TITLES)
def test_new_titles(portal: Portal, title: str, stored: str) -> None:
    room = portal.post("files/rooms", {"title": "Old", "roomType": 5}).response["id"]
    assert portal.put(f"files/rooms/{room}", {"title": title}).response["title"] == stored
