# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The report as a page: one file without external resources, readable without JavaScript."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    SEVERITIES,
    VERDICTS,
    Document,
    as_text,
    is_without_schedule,
    moment_of,
    words,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.text import (
    printable,
)

_HERE = Path(__file__).parent
_MEANINGS = {
    "unprotected": "At least one critical finding: do not rely on a backup of this portal.",
    "at_risk": "No critical finding, but at least one warning.",
    "protected": "No critical finding and no warning.",
}
_ICON_COLORS = {"unprotected": "d0453c", "at_risk": "e2a52b", "protected": "3d9a63"}

# Units of time, and the smallest number of them that is used for a distance.
_UNITS = (("day", timedelta(days=1), 2), ("hour", timedelta(hours=1), 1))
_SMALLEST = ("minute", timedelta(minutes=1))

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_PERIODS = {
    "EveryDay": "Every day",
    "EveryWeek": "Every {day}",
    "EveryMonth": "Every month on {day}",
}

_View = dict[str, Any]

_HEADS = (
    {"label": "Verdict", "kind": "verdict"},
    {"label": "Portal", "kind": "portal"},
    {"label": "Last success", "kind": "time"},
    {"label": "Next run", "kind": "time"},
    {"label": "Findings", "kind": "findings"},
)


def page(report: Document) -> str:
    """Return the text of an HTML file. Values of the report are always text, never markup."""
    style, script = (_source(name) for name in ("page.css", "page.js"))
    text: str = _template().render(
        **_head(report),
        tiles=list(_tiles(report["summary"])),
        kinds=[_kind(found) for found in report["summary"]["findings"]],
        heads=_HEADS,
        rows=[_row(portal, moment_of(report["audited_at"])) for portal in report["portals"]],
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
    )
    return text


def _template() -> Any:
    # Not Ansible's own environment, which would render the values as templates.
    jinja = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return jinja.from_string(_source("page.html.j2"))


def _source(name: str) -> Markup:
    # The rule fears values of others in such markup: no value of a report is part of these files.
    return Markup((_HERE / name).read_text(encoding="utf-8"))  # noqa: S704


def _hash(source: str) -> str:
    """Return the hash with which a browser allows this style or script, and no other."""
    digest = hashlib.sha256(source.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _head(report: Document) -> _View:
    summary = report["summary"]
    total, verdicts = summary["portals"], summary["verdicts"]
    worst = next((verdict for verdict in VERDICTS if verdicts[verdict]), "protected")
    lead = _lead(total, verdicts)
    audited = moment_of(report["audited_at"])
    return {
        "title": f"Backup audit: {lead}",
        "lead": lead,
        "total": total,
        "audited": _moment(audited, audited),
        "icon_color": _ICON_COLORS[worst],
    }


def _lead(total: int, verdicts: Mapping[str, int]) -> str:
    """Return the result in one sentence."""
    bad = [f"{verdicts[name]:,} {words(name)}" for name in VERDICTS[:2] if verdicts[name]]
    portals = _counted(total, "portal")
    if bad:
        return f"{' and '.join(bad)} of {portals}"
    return f"{'All ' if total > 1 else ''}{portals} protected" if total else "no portals"


def _tiles(summary: Mapping[str, Any]) -> Iterator[_View]:
    """Yield a tile for each verdict, with its part of the bar in percent."""
    total, start = summary["portals"], 0.0
    for verdict in VERDICTS:
        count = summary["verdicts"][verdict]
        part = 100 * count / total if total else 0.0
        yield {
            "verdict": verdict,
            "label": words(verdict).capitalize(),
            "meaning": _MEANINGS[verdict],
            "count": f"{count:,}",
            "share": _share(count, part),
            "start": f"{start:.3f}",
            "width": f"{part:.3f}" if count else "",
        }
        start += part


def _share(count: int, part: float) -> str:
    return "less than 1 %" if count and part < 1 else f"{part:.0f} %"


def _kind(found: Mapping[str, Any]) -> _View:
    count = found["portals"]
    return {**found, "portals": f"{count:,}", "unit": "portal" if count == 1 else "portals"}


def _row(portal: Mapping[str, Any], audited: datetime | None) -> _View:
    findings = portal["findings"]
    address = printable(portal["portal"] or "")
    return {
        "verdict": portal["verdict"],
        "rank": VERDICTS.index(portal["verdict"]),
        "label": words(portal["verdict"]).capitalize(),
        "host": printable(portal["host"]),
        "address": address,
        "link": address if address.startswith(("https://", "http://")) else "",
        "last_success": _moment(moment_of(portal["last_success"]), audited),
        "next_run": _moment(moment_of(portal["next_run"]), audited),
        "no_run": "None" if is_without_schedule(portal) else "Unknown",
        "schedule": [printable(line) for line in _schedule(portal["facts"])],
        "version": printable(portal["facts"].get("version") or ""),
        "bound": " or later" if _is_bound(portal["facts"]) else "",
        "names": " ".join(sorted({finding["name"] for finding in findings})),
        "weight": _weight(findings),
        "findings": [
            {**finding, "text": printable(finding["text"]), "remedy": printable(finding["remedy"])}
            for finding in findings
        ],
    }


def _schedule(facts: Mapping[str, Any]) -> Iterator[str]:
    """The schedule in a few words, line by line."""
    schedule = facts.get("schedule")
    if not schedule:
        return
    day = str(schedule.get("weekday") or "").capitalize() or f"day {schedule.get('day')}"
    when = _PERIODS.get(schedule["period"], "{day}").format(day=day)
    zone = "UTC" if schedule.get("dump") else facts.get("timezone") or "time of the portal"
    yield f"{when} at {schedule['hour']}:00 ({zone})"
    kept = schedule["backups_stored"]
    yield f"{schedule['storage_type']}, " + (f"keeps {kept}" if kept else "number kept unknown")


def _is_bound(facts: Mapping[str, Any]) -> bool:
    """Return whether the time of the last success is only the earliest possible one."""
    return (facts.get("last_success") or {}).get("evidence") in ("progress", "count")


def _weight(findings: list[Mapping[str, Any]]) -> str:
    """Return the sort key of findings: one finding outweighs any number of less severe ones."""
    found = Counter(finding["severity"] for finding in findings)
    return "".join(f"{999 - found[severity]:03}" for severity in SEVERITIES)


def _moment(moment: datetime | None, audited: datetime | None) -> _View:
    if moment is None:
        return {"iso": "", "key": 0}
    return {
        "iso": as_text(moment),
        # Not the month of strftime, which depends on the locale.
        "date": f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}",
        "time": f"{moment:%H:%M}",
        "distance": _distance(moment - audited) if audited else "",
        "key": int(moment.timestamp()),
    }


def _distance(delta: timedelta) -> str:
    """Return the distance between a time and the audit, in the largest suitable unit."""
    size = abs(delta)
    unit, length = next(
        ((unit, length) for unit, length, least in _UNITS if size >= least * length), _SMALLEST
    )
    counted = _counted(size // length, unit)
    return f"in {counted}" if delta > timedelta(0) else f"{counted} ago"


def _counted(count: int, unit: str) -> str:
    return f"{count:,} {unit}" + ("" if count == 1 else "s")
