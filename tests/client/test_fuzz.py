# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a server answers: a clear failure or a correct result, and nothing else.

`answers.known_schedule` says what a valid answer is. The first three tests need no network and
play 2,600 answers; the others send theirs over real connections.
"""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.onlyoffice.docspace.plugins.module_utils._http import Answer
from client.answers import BODIES, HEADERS, KEY, STACK, STATUSES, Invalid, Known, known_schedule
from client.support_fake import ScriptedTransport, answer, ok
from client.support_runs import Outcome, client_maker, examples, options, run

ASKED = options(
    api_host="https://portal.example.com",
    api_key=KEY,
    storage_type="Documents",
    storage_params={"folderId": "12"},
    period="EveryDay",
    hour=2,
    backups_stored=7,
    retries=1,
)
# What the options ask for, in the words of the oracle and in those of the server.
WANTED = Known(storage_type=0, params=(("folderId", "12"),), period=0, hour=2, day=0, copies=7)
WANTED_WIRE = {
    "storageType": 0,
    "storageParams": {"folderId": "12"},
    "cronParams": {"period": 0, "hour": 2, "day": 0},
    "backupsStored": 7,
    "lastBackupTime": "0001-01-01T00:00:00",
    "dump": False,
}
OTHER_WIRE = {**WANTED_WIRE, "backupsStored": 8}

ANSWERS = st.builds(answer, STATUSES, BODIES, HEADERS)


def play(script: list[Answer], *, check_mode: bool = False) -> tuple[Outcome, list[str]]:
    """The outcome of a run against the script, checked for what holds of every outcome."""
    transport = ScriptedTransport(script)
    outcome = run(ASKED, check_mode=check_mode, make_client=client_maker(transport=transport))
    assert_clear(outcome)
    return outcome, transport.sent


def assert_clear(outcome: Outcome, key: str = KEY) -> None:
    """One line for a person, as JSON in UTF-8, without the key or a part of it, or a stack."""
    text = outcome.text
    if outcome.error is None:
        return
    message = outcome.error.as_result()["msg"]
    assert message and message.isprintable(), message
    assert len(message) < 1200
    assert outcome.error.kind not in ("", "internal")
    assert outcome.error.portal in message
    assert STACK.strip() not in text and "Traceback" not in text
    assert not [part for part in pieces(key) if part in text], message


def pieces(key: str, length: int = 12) -> list[str]:
    """Every part of the key that is long enough to give something away, its prefix included."""
    return [key[at : at + length] for at in range(len(key) - length + 1)]


def known(given_answer: Answer) -> Known | Invalid | None:
    """The oracle's verdict as a value."""
    try:
        return known_schedule(given_answer.status, given_answer.body)
    except Invalid as invalid:
        return invalid


def test_read() -> None:
    """An answer to the first read: unchanged and changed are said of valid schedules only."""
    seen: Counter[str] = Counter()

    @examples(1_600)
    @given(read=ANSWERS, check_mode=st.booleans())
    def holds(read: Answer, check_mode: bool) -> None:
        outcome, sent = play([read, ok(True), ok(WANTED_WIRE)], check_mode=check_mode)
        verdict = known(read)
        if isinstance(verdict, Invalid):
            seen["invalid"] += 1
            assert outcome.error is not None
            assert "POST" not in sent
            return
        seen["none" if verdict is None else "wanted" if verdict == WANTED else "other"] += 1
        assert outcome.result is not None, outcome.text
        assert outcome.result["changed"] is (verdict != WANTED)
        whole = check_mode or verdict == WANTED
        assert sent == (["GET"] if whole else ["GET", "POST", "GET"])

    holds()
    assert seen.total() >= 1_600
    assert min(seen[kind] for kind in ("invalid", "none", "wanted", "other")) >= 40, seen


def test_write() -> None:
    """An answer to the write: changed is said only if the portal has the schedule afterwards."""
    seen: Counter[str] = Counter()

    @examples(500)
    @given(written=ANSWERS, applied=st.booleans())
    def holds(written: Answer, applied: bool) -> None:
        after = ok(WANTED_WIRE if applied else OTHER_WIRE)
        outcome, sent = play([ok(OTHER_WIRE), written, after])
        assert sent[:2] == ["GET", "POST"]
        assert applied or outcome.result is None
        if outcome.result is not None:
            assert outcome.result["changed"] is True
        seen["changed" if outcome.result else "failed"] += 1

    holds()
    assert seen.total() >= 500
    assert min(seen["changed"], seen["failed"]) >= 40, seen


def test_verifying_read() -> None:
    """An answer to the read after the write: anything but what was written is a failure."""
    seen: Counter[str] = Counter()

    @examples(500)
    @given(verified=ANSWERS)
    def holds(verified: Answer) -> None:
        outcome, _ = play([ok(OTHER_WIRE), ok(True), verified])
        verdict = known(verified)
        if verdict == WANTED:
            assert outcome.result is not None and outcome.result["changed"] is True
        else:
            assert outcome.error is not None
            assert isinstance(verdict, Invalid) or outcome.error.kind == "not_applied"
        seen[outcome.error.kind if outcome.error else "changed"] += 1

    holds()
    assert seen.total() >= 500
    assert min(seen["changed"], seen["not_applied"], seen["malformed"]) >= 20, seen
