# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invented audited fleets: one of any size for the browser, and arbitrary ones for properties."""

from __future__ import annotations

import itertools
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    SEVERITIES,
    VERDICTS,
    Audited,
    Document,
    document,
)

UNITS = Path(__file__).resolve().parents[1] / "unit" / "plugins" / "module_utils"
RESULTS: dict[str, dict[str, Any]] = json.loads((UNITS / "_audit" / "results.json").read_text())
NOW = datetime(2026, 7, 1, 6, 0, tzinfo=timezone.utc)

CITIES = ("Amsterdam", "Berlin", "Lagos", "Lima", "Tokyo", "Oslo", "Quito", "Accra", "Delhi")
# Results of the portals with critical findings or warnings, which are three in ten.
_BROKEN = ("at_risk", "unprotected", "lost", "key_refused", "portal_state", "unreachable")


def fleet(size: int) -> Document:
    """A fleet in which three in ten portals are broken, in the ways of _BROKEN."""
    broken, names = itertools.cycle(_BROKEN), itertools.cycle(CITIES)
    return document(
        [
            Audited(
                f"{next(names).lower()}-{number:03}.example.com",
                _at(number, RESULTS[next(broken) if number % 10 in (0, 3, 7) else "protected"]),
            )
            for number in range(size)
        ],
        NOW,
    )


def _at(number: int, result: dict[str, Any]) -> dict[str, Any]:
    """Return the result with a separate address and a separate last success."""
    facts = {**result["facts"], "portal": f"https://portal-{number:03}.example.com"}
    if facts["last_success"]:
        at = NOW - timedelta(minutes=17 * (number % 80) + 60)
        facts["last_success"] = {"at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "evidence": "event"}
    return {**result, "facts": facts}


def odd_fleet() -> Document:
    """Portals with very long words from a server or an inventory, in several scripts."""
    word = "x" * 120
    finding = {"name": "failing", "severity": "critical", "text": word, "remedy": word}
    schedule = {
        "period": "EveryDay",
        "hour": 3,
        "backups_stored": None,
        "storage_type": word,
        "next_run": "2026-07-02T01:00:00Z",
    }
    facts = {
        "portal": f"https://{word}.example.com",
        "version": word,
        "timezone": "America/Argentina/ComodRivadavia" + word,
        "schedule": schedule,
        "last_success": {"at": "2026-07-01T01:00:00Z", "evidence": "count"},
    }
    long = {"verdict": "unprotected", "findings": [finding], "facts": facts}
    return document(
        [
            Audited(word, long),
            Audited("\u0628\u0648\u0627\u0628\u0629", RESULTS["at_risk"]),
            Audited("nobody", None, word),
        ],
        NOW,
    )


# All texts that a server or an inventory can contain, including lone surrogates.
TEXTS = st.text(st.characters(), max_size=30) | st.sampled_from(
    [
        "</script><script>alert(1)</script>",
        "<!--",
        "]]>",
        '"\\\n',
        "\x00",
        "\x1b[2J",
        "{{ 1 }}",
        "&lt;",
    ]
)
_TIMES = (
    st.none()
    | TEXTS
    | st.datetimes(NOW.replace(tzinfo=None) - timedelta(days=400)).map(
        lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    )
)
_FINDINGS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["target", "overdue", "expires", "inside_only"]),
            "severity": st.sampled_from(SEVERITIES),
            "text": TEXTS,
            "remedy": TEXTS,
        }
    ),
    max_size=3,
)
_FACTS = st.fixed_dictionaries(
    {
        "portal": st.none() | TEXTS,
        "version": st.none() | TEXTS,
        "timezone": st.none() | TEXTS,
        "last_success": st.none() | st.fixed_dictionaries({"at": _TIMES, "evidence": TEXTS}),
        "schedule": st.none()
        | st.fixed_dictionaries(
            {
                "period": TEXTS,
                "hour": st.integers(0, 23),
                "backups_stored": st.integers(1, 30),
                "storage_type": TEXTS,
                "next_run": _TIMES,
            }
        ),
    }
)
_RESULTS = st.none() | st.fixed_dictionaries(
    {"verdict": st.sampled_from(VERDICTS), "findings": _FINDINGS, "facts": _FACTS}
)
DOCUMENTS = st.lists(
    st.builds(Audited, TEXTS, _RESULTS, TEXTS), max_size=4, unique_by=lambda audited: audited.host
).map(lambda audited: document(audited, NOW))
