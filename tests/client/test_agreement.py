# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check mode predicts the real run, for any state of the portal and any options.

1,000 generated pairs of a schedule on the portal and of options, over HTTP. The schedule is posted
in the notation of other clients. Each option matches it, differs from it, or is omitted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support.control import Control
from support.portal import Portal
from support.uncounted import unmeasured

from client.support_runs import Outcome, examples, options_for, run

PAIRS = 1_000

# A room and a third-party folder that the tests create. The simulator chooses their numbers.
ROOM, DRIVE = "ROOM", "DRIVE"

NUMBERS = {
    "Documents": 0,
    "ThirdPartyDocuments": 1,
    "CustomCloud": 2,
    "Local": 3,
    "DataStore": 4,
    "ThirdPartyConsumer": 5,
}
PERIODS = ("EveryDay", "EveryWeek", "EveryMonth")
WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")

S3: Mapping[str, Any] = {"module": "s3", "bucket": "backups"}
PARAMS: Mapping[str, tuple[Mapping[str, Any] | None, ...]] = {
    "Documents": ({"folderId": ROOM}, {"folderId": ROOM, "note": "True"}),
    "ThirdPartyDocuments": ({"folderId": DRIVE},),
    "CustomCloud": (None, {}, {"folderId": "5"}, {"url": "https://cloud.example.com"}),
    "Local": ({"filePath": "/backups"}, {"filePath": "/other", "folderId": "/other"}),
    "DataStore": (None, {}),
    "ThirdPartyConsumer": (
        S3,
        {**S3, "usehttp": True},
        {**S3, "usehttp": "true"},
        {**S3, "ssekey": "first"},
        {**S3, "ssekey": "second"},
    ),
}
ODD: tuple[Mapping[str, Any], ...] = (
    {},
    {"folderId": ""},
    {"tenantId": "1"},
    {"module": "s3", "ssekey": "(hidden)", "bucket": "backups"},
    {"folderId": ROOM, "nested": [1]},
    {"filePath": "x" * 256},
)


@dataclass(frozen=True)
class State:
    """A schedule on the portal: the equivalent options, and the notation in which it was written.

    `strings` is the notation of the web interface, which sends all values as text. `ran` means that
    the server has run the schedule since then.
    """

    said: Mapping[str, Any]
    strings: bool
    ran: bool


@st.composite
def states(draw: st.DrawFn) -> State:
    """A schedule that the server accepts, including some that it can never run."""
    storage_type = draw(st.sampled_from([*NUMBERS, 99]))
    params = draw(st.sampled_from(PARAMS.get(str(storage_type), (None,))))
    if storage_type == "ThirdPartyConsumer" and draw(st.sampled_from([False] * 9 + [True])):
        params = None
    period = draw(st.sampled_from(PERIODS))
    days = {"EveryDay": st.integers(0, 40), "EveryWeek": st.integers(1, 7)}
    said = {
        "storage_type": storage_type,
        "storage_params": params,
        "period": period,
        "hour": draw(st.integers(0, 23)),
        "day": draw(days.get(period, st.integers(1, 31))),
        "backups_stored": draw(st.integers(1, 30)),
        "dump": draw(st.sampled_from([False, False, False, True])),
    }
    return State(said, draw(st.booleans()), draw(st.sampled_from([False] * 9 + [True])))


OTHERS: Mapping[str, st.SearchStrategy[Any]] = {
    "storage_type": st.sampled_from([*NUMBERS, "ThridpartyDocuments"]),
    "period": st.sampled_from(PERIODS),
    "hour": st.integers(0, 24),
    "day": st.integers(0, 32),
    "weekday": st.sampled_from(WEEKDAYS),
    "backups_stored": st.integers(0, 31),
}


@st.composite
def asked_for(draw: st.DrawFn, state: State | None) -> dict[str, Any]:
    """Options that are omitted, the same as on the portal, or different, and possibly invalid."""
    said = options_of(state)
    asked: dict[str, Any] = {}
    for name, other in OTHERS.items():
        choice = draw(st.sampled_from(CHOICES))
        if choice == "same" and name in said:
            asked[name] = said[name]
        elif choice == "other" or (state is None and name in NEEDED):
            asked[name] = draw(other)
    if draw(st.sampled_from([True, True, False])):
        asked["storage_params"] = _params(draw, asked.get("storage_type"), said)
    dump = said.get("dump", False)
    asked["dump"] = draw(st.sampled_from([dump] * 9 + [not dump]))
    asked["extra_run"] = draw(st.sampled_from(["defer", "warn", "allow"]))
    asked["state"] = draw(st.sampled_from(["present"] * 9 + ["absent"]))
    return asked


CHOICES = ("kept", "same", "kept", "same", "kept", "same", "other")
NEEDED = ("storage_type", "hour", "backups_stored")


def options_of(state: State | None) -> dict[str, Any]:
    """The part of a state that options can express."""
    said = dict(state.said) if state else {}
    if said.get("storage_type") not in NUMBERS:
        said.pop("storage_type", None)
    if said.get("period") == "EveryDay":
        del said["day"]
    return said


def _params(draw: st.DrawFn, asked_type: str | None, said: Mapping[str, Any]) -> Any:
    """Parameters that match the storage type in most cases."""
    fitting = PARAMS.get(asked_type or said.get("storage_type", ""), ({},))
    same = said.get("storage_params")
    return draw(st.sampled_from([same, same, same, *fitting, *fitting, draw(st.sampled_from(ODD))]))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[State | None, dict[str, Any]]:
    """A state of the portal, and options."""
    state = draw(st.one_of(*[states() for _turn in range(5)], st.none()))
    return state, draw(asked_for(state))


class Scene:
    """A portal that can be put into every state."""

    def __init__(self, portal: Portal, control: Control) -> None:
        self.portal = portal
        self._control = control
        self._folders = {
            ROOM: str(control.folder(portal.alias, "Backups")),
            DRIVE: str(control.folder(portal.alias, "Drive", "thirdparty")),
        }
        self._there: set[bool] = set()
        self._logged = 0
        # Late in the day, so that many changes would start an extra run.
        control.clock_at("2026-03-01T22:30:00Z")

    def play(self, asked: Mapping[str, Any], *, check_mode: bool) -> tuple[Outcome, list[str]]:
        """Run the module, and return the outcome and the methods of its requests."""
        own = {**asked, "storage_params": self._real(asked.get("storage_params"))}
        outcome = run(options_for(self.portal, **own), check_mode=check_mode)
        log = self._control.requests(self.portal.alias)
        seen, self._logged = log[self._logged :], len(log)
        return outcome, [one.method for one in seen]

    def wire(self, dump: bool) -> dict[str, Any] | None:
        """The schedule of the portal, as the server sends it."""
        schedule = self.portal.schedule(dump)
        self._there = self._there | {dump} if schedule else self._there - {dump}
        self._logged += 1
        return schedule

    def set(self, state: State | None) -> None:
        """Put the portal and its server into a state."""
        for dump in self._there:
            self.portal.delete(f"backup/deletebackupschedule?dump={str(dump).lower()}")
        self._there = set()
        if state is not None:
            answer = self.portal.post("backup/createbackupschedule", self._body(state))
            assert answer.status == 200, answer.text
            self._there = {state.said["dump"]}
            if state.ran:
                self._control.clock_forward(24 * 3600)
        self._control.clear_requests()
        self._logged = 0

    def _body(self, state: State) -> dict[str, Any]:
        said = state.said
        number = NUMBERS.get(said["storage_type"], said["storage_type"])
        period = PERIODS.index(said["period"])
        params = self._real(said["storage_params"])
        listed = None
        if params is not None:
            listed = [{"key": key, "value": value} for key, value in params.items()]
        cron = {"period": period, "hour": said["hour"], "day": said["day"]}
        body: dict[str, Any] = {"storageType": number, "backupsStored": said["backups_stored"]}
        if state.strings:
            cron = {name.capitalize(): str(value) for name, value in cron.items()}
            body = {name: str(value) for name, value in body.items()}
        return {**body, "storageParams": listed, "cronParams": cron, "dump": said["dump"]}

    def _real(self, params: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """`params` with the numbers of the real folders."""
        if params is None:
            return None
        plain = {key: value for key, value in params.items() if isinstance(value, str)}
        return {**params, **{key: self._folders.get(value, value) for key, value in plain.items()}}


def without_last_run(wire: dict[str, Any] | None) -> dict[str, Any] | None:
    """A schedule without the time of its last run."""
    return wire and {name: value for name, value in wire.items() if name != "lastBackupTime"}


@unmeasured()
def test_check_mode_agrees_with_the_real_run(portal: Portal, control: Control) -> None:
    """Both report the same result or error. Afterwards nothing is left to do, with one GET."""
    scene = Scene(portal, control)
    seen: Counter[str] = Counter()

    @examples(PAIRS)
    @given(pair=pairs())
    def agrees(pair: tuple[State | None, dict[str, Any]]) -> None:
        state, asked = pair
        scene.set(state)
        before = scene.wire(asked["dump"])
        foretold, looked = scene.play(asked, check_mode=True)
        assert set(looked) <= {"GET"}
        outcome, sent = scene.play(asked, check_mode=False)
        after = scene.wire(asked["dump"])
        assert foretold.text == outcome.text
        if outcome.result is None:
            assert after == before and "POST" not in sent and "DELETE" not in sent
            seen["refused"] += 1
            return
        wrote = [method for method in sent if method != "GET"]
        if not outcome.result["changed"]:
            assert after == before and not wrote
            seen["deferred" if outcome.result["deferred"] else "unchanged"] += 1
        else:
            assert without_last_run(after) != without_last_run(before)
            assert wrote == (["POST"] if asked["state"] == "present" else ["DELETE"])
            seen["changed"] += 1
        if not outcome.result["deferred"]:
            nothing_left(scene, asked, outcome)

    agrees()
    assert seen.total() >= 1_000
    assert min(seen["refused"], seen["unchanged"], seen["changed"]) >= 150, seen
    assert seen["deferred"] >= 10, seen


def nothing_left(scene: Scene, asked: Mapping[str, Any], outcome: Outcome) -> None:
    """A second run, and a run with the result as options, change nothing with one GET each."""
    assert outcome.result is not None
    schedule = outcome.result["schedule"]
    given_back = [schedule] if schedule and outcome.result["changed"] else []
    for again in (asked, *given_back):
        second, sent = scene.play(again, check_mode=False)
        assert second.result is not None, second.text
        assert second.result["changed"] is False
        assert sent == ["GET"]
        assert second.result["schedule"] == schedule
        assert second.result["diff"]["before"] == second.result["diff"]["after"]
