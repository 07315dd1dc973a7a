# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract's test matrices, row by row. No row is missing."""

from __future__ import annotations

import pytest

from contract.matrix import (
    access,
    archives,
    copies,
    malformed,
    neighbors,
    records,
    restores,
    runs,
    states,
    targets,
    trail,
    writing,
)
from contract.matrix.rooms import ROWS as ROOM_ROWS
from contract.rows import Row, ServerFor, missing_numbers, play

BACKUP_ROWS: tuple[Row, ...] = (
    *access.ROWS,
    *writing.ROWS,
    *targets.ROWS,
    *malformed.ROWS,
    *copies.ROWS,
    *states.ROWS,
    *neighbors.ROWS,
)
COPY_ROWS: tuple[Row, ...] = (
    *runs.ROWS,
    *records.ROWS,
    *archives.ROWS,
    *restores.ROWS,
    *trail.ROWS,
)


@pytest.mark.parametrize("row", BACKUP_ROWS, ids=lambda row: row.id)
def test_backups(row: Row, other_server: ServerFor) -> None:
    """Rows of the matrix for backups."""
    play(other_server(row.server), row.says, row.portal, row.steps)


@pytest.mark.parametrize("row", ROOM_ROWS, ids=lambda row: row.id)
def test_rooms(row: Row, other_server: ServerFor) -> None:
    """Rows of the matrix for rooms and folders."""
    play(other_server(row.server), row.says, row.portal, row.steps)


@pytest.mark.parametrize("row", COPY_ROWS, ids=lambda row: row.id)
def test_backups_themselves(row: Row, other_server: ServerFor) -> None:
    """Rows of the matrix for manual backups, history, retention, archives and restores."""
    play(other_server(row.server), row.says, row.portal, row.steps)


@pytest.mark.parametrize(("rows", "last"), [(BACKUP_ROWS, 144), (ROOM_ROWS, 38), (COPY_ROWS, 62)])
def test_no_row_is_missing(rows: tuple[Row, ...], last: int) -> None:
    """Every number exists once and in order, and every row has steps."""
    assert missing_numbers(rows, last) == []
    assert [row.number for row in rows] == list(range(1, last + 1))
    assert all(row.steps and row.says for row in rows)
