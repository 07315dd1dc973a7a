# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The report as lines for a terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    VERDICTS,
    Document,
    is_without_schedule,
    moment_of,
    words,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.text import (
    padded,
    printable,
    width,
    wrapped,
)

_GAP = "  "
_HEADS = ("VERDICT", "HOST", "LAST SUCCESS", "NEXT RUN")
_LAST_HEAD = "FINDINGS"
_HOSTS = _HEADS.index("HOST")

# Width of the narrowest table, and the width that findings need next to their portal.
_NARROWEST = 68
_ROOM_FOR_FINDINGS = 44
_INDENT = 4
_ARROW = "-> "


def table(report: Document, columns: int) -> list[str]:
    """Return a line of counts and a row for each portal, the worst first, within `columns`.

    Findings are next to the portal, or below it if the terminal is too narrow. Notes, which most
    portals have, are only counted.
    """
    columns = max(columns, _NARROWEST)
    rows = [(_cells(portal), _problems(portal)) for portal in report["portals"]]
    widths = _widths([_HEADS, *(cells for cells, _findings in rows)], columns)
    left = sum(widths) + len(_GAP) * len(widths)
    beside = columns - left >= _ROOM_FOR_FINDINGS
    room = columns - (left if beside else _INDENT)

    lines = [f"{_counts(report)} (times in UTC)", ""]
    lines += _beside(_row(_HEADS, widths), [_LAST_HEAD] if beside else [], left)
    for cells, findings in rows:
        own = _row(cells, widths)
        told = [line for finding in findings for line in _told(finding, room)]
        lines += _beside(own, told, left) if beside else [*own, *_below(told)]
    return [line.rstrip() for line in [*lines, *_notes(report)]]


def _widths(rows: Sequence[tuple[str, ...]], columns: int) -> list[int]:
    """Return the width of each column. Host names get the remaining width, at most a third."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows)]
    others = sum(widths) - widths[_HOSTS] + len(_GAP) * (len(widths) - 1)
    widths[_HOSTS] = min(widths[_HOSTS], columns // 3, columns - others)
    return widths


def _problems(portal: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [finding for finding in portal["findings"] if finding["severity"] != "note"]


def _notes(report: Document) -> Iterator[str]:
    notes = [found for found in report["summary"]["findings"] if found["severity"] == "note"]
    if notes:
        yield ""
        yield "Notes: " + ", ".join(f"{note['name']} ({note['portals']})" for note in notes)


def _counts(report: Document) -> str:
    summary = report["summary"]
    total = summary["portals"]
    verdicts = ", ".join(f"{summary['verdicts'][verdict]} {words(verdict)}" for verdict in VERDICTS)
    return f"{total} {'portal' if total == 1 else 'portals'}: {verdicts}"


def _cells(portal: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        words(portal["verdict"]),
        printable(portal["host"]),
        _time(portal["last_success"], "unknown"),
        _time(portal["next_run"], "none" if is_without_schedule(portal) else "unknown"),
    )


def _time(text: str | None, missing: str) -> str:
    moment = moment_of(text)
    return moment.strftime("%Y-%m-%d %H:%M") if moment else missing


def _told(finding: Mapping[str, Any], columns: int) -> Iterator[str]:
    yield from wrapped(printable(f"{finding['name']}: {finding['text']}"), columns)
    for number, line in enumerate(wrapped(printable(finding["remedy"]), columns - len(_ARROW))):
        yield (" " * len(_ARROW) if number else _ARROW) + line


def _row(cells: tuple[str, ...], widths: list[int]) -> list[str]:
    """Return the lines of a row, more than one if a cell is wider than its column."""
    columns = [list(wrapped(cell, columns)) for cell, columns in zip(cells, widths)]
    return [
        _GAP.join(padded(part, wide) for part, wide in zip(parts, widths))
        for parts in zip_longest(*columns, fillvalue="")
    ]


def _beside(own: list[str], told: list[str], left: int) -> Iterator[str]:
    for cells, line in zip_longest(own, told, fillvalue=""):
        yield padded(cells, left) + line


def _below(told: list[str]) -> Iterator[str]:
    for line in told:
        yield " " * _INDENT + line
