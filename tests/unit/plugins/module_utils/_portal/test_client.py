# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client with scripted responses: requests, waiting times, and messages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import (
    Answer,
    Transport,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.calls import LONGEST_WAIT
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import (
    Client,
    from_envelope,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
    NoAnswer,
)

PORTAL = "https://portal.example.com/docspace"
KEY = "sk-0123456789abcdef"
PATH = "/api/2.0/backup/getbackupschedule"
ON_PORTAL = f"{PATH} on {PORTAL}"
NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=timezone.utc)


class ScriptedTransport:
    """Returns the scripted responses in order, and records the requests in `sent`."""

    def __init__(self, script: tuple[Answer | NoAnswer, ...]) -> None:
        self._script = list(script)
        self.sent: list[tuple[str, str, bytes | None]] = []
        self.closed = False

    def send(self, method: str, url: str, body: bytes | None = None) -> Answer:
        self.sent.append((method, url, body))
        step = self._script.pop(0)
        if isinstance(step, NoAnswer):
            raise step
        return step

    def close(self) -> None:
        self.closed = True


class Portal:
    """A client of a scripted portal, and a record of everything that it did.

    `waits` contains the seconds of its calls to `sleep`, and `told` the lines of progress. Jitter
    is 1, so that every waiting time is the longest possible one.
    """

    def __init__(
        self, *script: Answer | NoAnswer, retries: int = 3, jitter: float = 1.0, **how: Any
    ) -> None:
        self.waits: list[float] = []
        self.told: list[str] = []
        self.looks = 0
        self.transport = ScriptedTransport(script)
        self.client = Client(
            Connection(PORTAL, KEY, timeout=how.pop("timeout", 30), retries=retries),
            transport=self.transport,
            sleep=self.waits.append,
            jitter=lambda: jitter,
            now=lambda: NOW,
            progress=self.told.append,
            **how,
        )

    @property
    def methods(self) -> list[str]:
        return [method for method, _url, _body in self.transport.sent]

    def get(self) -> Any:
        return self.client.get(PATH)

    def write(self, settled: Any = None, **how: Any) -> Any:
        """Send a POST. `settled` contains the states that the portal shows, or is a function."""
        answers = iter(settled) if isinstance(settled, (list, tuple)) else None

        def look(_get: Any) -> bool:
            self.looks += 1
            return bool(next(answers)) if answers else False

        asked = settled if callable(settled) else look
        return self.client.write("POST", PATH, settled=asked, **how)

    def get_failure(self) -> DocSpaceError:
        with pytest.raises(DocSpaceError) as failed:
            self.get()
        return failed.value

    def write_failure(self, settled: Any = None, **how: Any) -> DocSpaceError:
        with pytest.raises(DocSpaceError) as failed:
            self.write(settled, **how)
        return failed.value


def ok(response: Any = True) -> Answer:
    envelope = {"response": response, "count": 1, "status": 0, "statusCode": 200}
    return Answer(200, {}, json.dumps(envelope).encode())


def answer(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, headers or {}, body)


def reset(sent: bool = True) -> NoAnswer:
    return NoAnswer("connection", "Connection reset by peer", sent=sent)


def timeout(sent: bool = True) -> NoAnswer:
    return NoAnswer("timeout", "no complete response within 30 seconds", sent=sent)


NOT_JSON = answer(200, b"<html>")
# Failures after which the portal cannot, or may, have processed the request.
NEVER_ACTED_ON = {
    "429": answer(429),
    "503": answer(503),
    "no connection": reset(sent=False),
    "no connection in time": timeout(sent=False),
}
MAYBE_ACTED_ON = {
    "502": answer(502),
    "504": answer(504),
    "reset": reset(),
    "timeout": timeout(),
    "half": NoAnswer("truncated", "the response was incomplete", sent=True),
    "no JSON": NOT_JSON,
}
# After these, the server may still be processing the request.
UNFINISHED = ("504", "timeout")
# Responses to a write that mean refusal, probable success, or neither.
REFUSED = {
    "address": NoAnswer("address", "cannot be used", sent=False),
    "tls": NoAnswer("tls", "certificate has expired", sent=False),
    **{str(status): answer(status) for status in (400, 401, 402, 403, 404, 418, 500, 501)},
    "307": answer(307, headers={"Location": "https://other.example.com/"}),
}
ACCEPTED = {
    "too large": NoAnswer("too_large", "the response is larger than 10 MiB", sent=True),
    "no envelope": answer(200, b"[]"),
    "201": answer(201, ok().body),
    "204": answer(204),
}
UNCLEAR = {
    "301": answer(301, headers={"Location": "https://[broken"}),
    "302": answer(302),
}
FINAL = {**REFUSED, **ACCEPTED, **UNCLEAR}


def named(table: Mapping[str, Any]) -> Any:
    return pytest.mark.parametrize("step", [pytest.param(table[name], id=name) for name in table])


# --- the envelope


@pytest.mark.parametrize(
    ("envelope", "response"),
    [
        ({"response": {"a": 1}, "count": 1}, {"a": 1}),
        ({"response": False}, False),
        ({"response": 0, "error": None}, 0),
        ({"response": []}, []),
        ({"count": 0}, None),
        ({"count": 0, "response": None}, None),
    ],
)
def test_an_envelope_gives_its_response(envelope, response):
    assert from_envelope(envelope) == response


NO_RESPONSE = "the response has no content"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ([], "the response is not an API response"),
        (None, "the response is not an API response"),
        ("response", "the response is not an API response"),
        ({"error": {}, "response": 1}, "the response contains an error despite its status"),
        ({"error": "", "count": 0}, "the response contains an error despite its status"),
        ({}, NO_RESPONSE),
        ({"response": None}, NO_RESPONSE),
        ({"response": None, "count": 1}, NO_RESPONSE),
        ({"response": None, "count": -1}, NO_RESPONSE),
        ({"response": None, "count": False}, NO_RESPONSE),
        ({"response": None, "count": "0"}, NO_RESPONSE),
        ({"response": None, "count": 0.0}, NO_RESPONSE),
    ],
)
def test_what_is_no_envelope_is_refused(data, problem):
    with pytest.raises(ValueError, match=f"^{problem}$"):
        from_envelope(data)


# --- reading


def test_a_read_is_one_request():
    portal = Portal(ok({"hour": 3}))

    assert portal.get() == {"hour": 3}
    assert portal.transport.sent == [("GET", PORTAL + PATH, None)]
    assert portal.waits == portal.told == []


def test_a_query_is_encoded():
    portal = Portal(ok())
    portal.client.get(PATH, {"dump": "true", "title": "A & B"})

    assert portal.transport.sent[0][1] == f"{PORTAL}{PATH}?dump=true&title=A+%26+B"


def test_an_answer_may_start_with_a_byte_order_mark():
    assert Portal(answer(200, b'\xef\xbb\xbf{"response": 1}')).get() == 1


@named({**NEVER_ACTED_ON, **MAYBE_ACTED_ON})
def test_a_read_is_repeated_after_what_may_pass(step):
    portal = Portal(step, step, ok("later"), retries=2)

    assert portal.get() == "later"
    assert portal.methods == ["GET"] * 3
    assert portal.waits == [0.5, 1.0]


@named({**NEVER_ACTED_ON, **MAYBE_ACTED_ON})
def test_a_read_is_given_up_after_the_last_attempt(step):
    portal = Portal(step, step, step, retries=2)

    error = portal.get_failure()
    assert error.retries == 2
    assert "(after 2 retries)" in error.what
    assert portal.waits == [0.5, 1.0]


def test_there_may_be_any_number_of_retries():
    """Python caches small integers only, so this detects comparisons by identity."""
    assert Portal(*[answer(503)] * 301, retries=300).get_failure().retries == 300
    assert Portal(*[answer(503)] * 301, retries=300).write_failure().retries == 300


@named(FINAL)
def test_a_read_is_not_repeated_where_that_is_of_no_use(step):
    portal = Portal(step)

    error = portal.get_failure()
    assert error.retries == 0
    assert "retries)" not in error.what
    assert portal.waits == portal.told == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b'{"response": "\\ud800"}', b"[" * 100_000], ids=repr
)
def test_what_is_not_json_is_read_again(body):
    portal = Portal(answer(200, body), answer(200, body), retries=1)

    error = portal.get_failure()
    assert (error.kind, error.status) == ("malformed", 200)
    assert error.what == (
        f"GET {ON_PORTAL} returned 200 (after 1 retry): the response is not JSON."
    )


def test_another_envelope_can_be_unwrapped():
    def unwrap(data: Any) -> Any:
        if data == {"tenants": []}:
            raise ValueError("nobody is there!")
        return data["tenants"]

    assert Portal(answer(200, b'{"tenants": [1]}'), unwrap=unwrap).get() == [1]
    error = Portal(answer(200, b'{"tenants": []}'), unwrap=unwrap).get_failure()
    assert error.what == f"GET {ON_PORTAL} returned 200: nobody is there!"
    assert (error.kind, error.status) == ("malformed", 200)


# --- waiting


@pytest.mark.parametrize(
    ("jitter", "waits"),
    [
        (1.0, [0.5, 1.0, 2.0, 4.0, 8.0, 8.0]),
        (0.5, [0.375, 0.75, 1.5, 3.0, 6.0, 6.0]),
        (0.0, [0.25, 0.5, 1.0, 2.0, 4.0, 4.0]),
    ],
)
def test_the_waiting_doubles_up_to_eight_seconds(jitter, waits):
    portal = Portal(*[reset()] * 7, retries=6, jitter=jitter)

    portal.get_failure()
    assert portal.waits == waits


def date(**later: float) -> str:
    return format_datetime(NOW + timedelta(**later), usegmt=True)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("1", 1.0),
        ("0", 0.5),
        ("60", 60.0),
        ("61", 60.0),
        ("9" * 400, 60.0),
        (date(seconds=10), 10.0),
        (date(seconds=-10), 0.5),
        (date(days=400), 60.0),
        # A time with an offset, and one without a zone, which means UTC.
        ("Sun, 01 Mar 2026 13:00:09 +0100", 9.0),
        ("Sun, 01 Mar 2026 12:00:09 -0000", 9.0),
        ("", 0.5),
        ("soon", 0.5),
        ("-5", 0.5),
        ("1.5", 0.5),
        ("\u0667", 0.5),
        ("Sun, 01 Mar 99999 12:00:00 GMT", 0.5),
        ("Mon, 01 Jan 0001 00:00:00 +1400", 0.5),
    ],
)
def test_the_server_says_how_long_to_wait(status, value, wait):
    portal = Portal(answer(status, headers={"Retry-After": value}), ok())

    portal.get()
    assert portal.waits == [wait]


def test_no_server_makes_anybody_wait_for_more_than_a_minute():
    assert LONGEST_WAIT == 60


def test_the_user_is_told_of_every_wait():
    portal = Portal(answer(503), timeout(), ok(), jitter=0.5)

    portal.get()
    busy = f"GET {ON_PORTAL} returned 503."
    problem = "no complete response within 30 seconds"
    slow = f"GET {ON_PORTAL} received no response (after 1 retry): {problem}."
    assert portal.told == [f"{busy} Waiting 0.4 s.", f"{slow} Waiting 0.8 s."]


# --- the portal's clock


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Wed, 10 Jun 2026 01:02:03 GMT", datetime(2026, 6, 10, 1, 2, 3, tzinfo=timezone.utc)),
        ("Wed, 10 Jun 2026 01:02:03 +0200", datetime(2026, 6, 9, 23, 2, 3, tzinfo=timezone.utc)),
        ("Sat, 01 Jan 2000 00:00:00 GMT", datetime(2000, 1, 1, tzinfo=timezone.utc)),
        ("Tue, 31 Dec 2999 00:00:00 GMT", datetime(2999, 12, 31, tzinfo=timezone.utc)),
        ("Fri, 31 Dec 1999 23:59:59 GMT", NOW),
        ("Wed, 01 Jan 3000 00:00:00 GMT", NOW),
        ("yesterday", NOW),
        ("", NOW),
    ],
)
def test_the_time_is_that_of_the_last_answer(told, expected):
    portal = Portal(answer(200, b'{"response": 1}', {"Date": told}))
    assert portal.client.portal_time == NOW

    portal.get()
    assert portal.client.portal_time == expected
    assert portal.client.portal_time.utcoffset() == timedelta(0)


def test_an_answer_without_a_time_makes_the_earlier_one_void():
    portal = Portal(answer(200, b'{"response": 1}', {"Date": date(days=1)}), ok())
    portal.get()
    portal.get()

    assert portal.client.portal_time == NOW


def test_a_failed_answer_tells_the_time_too():
    portal = Portal(answer(404, headers={"Date": date(days=1)}))
    portal.get_failure()

    assert portal.client.portal_time == NOW + timedelta(days=1)


def test_without_a_clock_of_its_own_a_client_takes_the_machines():
    client = Client(Connection(PORTAL, KEY), transport=ScriptedTransport(()))

    assert abs(client.portal_time - datetime.now(timezone.utc)) < timedelta(minutes=1)


# --- writing


def test_a_write_is_one_request():
    portal = Portal(ok({"id": 5}))

    assert portal.write(query={"a": "b"}, body={"title": "Sicherung für München"}) == {"id": 5}
    body = '{"title": "Sicherung für München"}'.encode()
    assert portal.transport.sent == [("POST", f"{PORTAL}{PATH}?a=b", body)]
    assert portal.looks == 0


def test_a_write_may_have_no_body():
    portal = Portal(ok())
    portal.write()

    assert portal.transport.sent == [("POST", PORTAL + PATH, None)]


def test_without_retries_there_is_one_attempt():
    assert Portal(ok("done"), retries=0).write() == "done"
    assert Portal(ok("done"), retries=0).get() == "done"


def test_a_read_only_client_writes_nothing():
    portal = Portal(ok("read"), read_only=True)

    with pytest.raises(RuntimeError, match=f"^a read-only client was asked to POST {PATH}$"):
        portal.write()
    assert portal.get() == "read"
    assert portal.methods == ["GET"]


@named(REFUSED)
def test_a_write_that_is_refused_is_neither_repeated_nor_looked_for(step):
    portal = Portal(step)
    error = portal.write_failure()

    assert error.retries == 0
    assert "changed" not in error.as_result()
    assert portal.waits == []
    assert portal.looks == 0


@named({**ACCEPTED, **UNCLEAR})
@pytest.mark.parametrize("creates", [True, False])
def test_a_write_whose_answer_makes_no_sense_is_looked_for(step, creates):
    portal = Portal(step)

    assert portal.write([True], creates=creates) is None
    assert portal.methods == ["POST"]
    assert portal.waits == [0.5]


@named(ACCEPTED)
def test_what_the_server_rather_accepted_may_be_seen_late(step):
    portal = Portal(step)

    assert portal.write([False] * 4 + [True]) is None
    assert portal.waits == [0.5, 0.25, 0.5, 1.0, 2.0]


@named(ACCEPTED)
def test_what_the_server_rather_accepted_is_never_sent_again(step):
    portal = Portal(step)
    error = portal.write_failure([False] * 5)

    assert error.as_result()["changed"] is True
    assert portal.methods == ["POST"]


@named(UNCLEAR)
def test_a_write_that_neither_was_accepted_nor_done_is_not_sent_again(step):
    portal = Portal(step)
    error = portal.write_failure([False] * 5)

    assert "changed" not in error.as_result()
    assert error.retries == 0
    assert portal.looks == 5


def test_a_result_that_makes_no_sense_is_looked_for():
    def decode(result: Any) -> Any:
        raise ValueError(f"{result} is no room")

    assert Portal(ok("x")).write([True], decode=decode) is None
    error = Portal(ok("x")).write_failure([False] * 5, decode=decode)
    assert (error.kind, error.status) == ("malformed", 200)
    assert "x is no room" in error.what


def test_a_result_is_given_as_it_was_decoded():
    assert Portal(ok(7)).write(decode=str) == "7"


def test_a_change_that_cannot_be_looked_for_may_have_happened():
    error = Portal(reset(), answer(401)).write_failure(lambda get: get(PATH, None))

    assert error.as_result()["changed"] is True
    assert "is not known" in error.hint


# --- writes that become visible late


def test_what_is_right_at_once_is_read_once():
    portal = Portal()

    assert portal.client.confirm(lambda: 7, lambda found: found == 7) == 7
    assert (portal.waits, portal.told) == ([], [])


def test_what_is_not_right_yet_is_read_again_for_some_seconds():
    portal = Portal()
    found = iter([1, 2, 3])

    assert portal.client.confirm(lambda: next(found), lambda number: number == 3) == 3
    assert portal.waits == [0.25, 0.5]
    assert portal.told[0] == f"{PORTAL} does not show the change yet. Waiting 0.2 s."


def test_what_cannot_be_read_after_a_change_has_changed_all_the_same():
    portal = Portal(answer(401))
    with pytest.raises(DocSpaceError) as caught:
        portal.client.confirm(portal.get, bool)

    assert caught.value.as_result()["changed"] is True


def test_what_does_not_become_right_is_given_as_it_is():
    portal = Portal()

    assert portal.client.confirm(lambda: "old", lambda found: found == "new") == "old"
    assert portal.waits == [0.25, 0.5, 1.0, 2.0]


@named(NEVER_ACTED_ON)
@pytest.mark.parametrize("creates", [True, False])
def test_what_was_not_acted_on_is_sent_again(step, creates):
    portal = Portal(step, step, ok("done"), retries=2)

    assert portal.write(creates=creates) == "done"
    assert portal.methods == ["POST"] * 3
    assert portal.waits == [0.5, 1.0]
    assert portal.looks == 0


@named(NEVER_ACTED_ON)
def test_what_was_never_acted_on_fails_without_a_last_wait(step):
    portal = Portal(step, step, retries=1)

    assert portal.write_failure().retries == 1
    assert portal.waits == [0.5]
    assert portal.looks == 0


@named(MAYBE_ACTED_ON)
@pytest.mark.parametrize("creates", [True, False])
def test_a_write_whose_answer_was_lost_is_looked_for(step, creates):
    portal = Portal(step)

    assert portal.write([True], creates=creates) is None
    assert portal.methods == ["POST"]
    assert portal.waits == [0.5]


@named(MAYBE_ACTED_ON)
def test_it_is_sent_again_where_the_portal_does_not_have_it(step):
    portal = Portal(step, step, ok("done"))

    assert portal.write([False, False]) == "done"
    assert portal.looks == 2
    assert portal.waits == [0.5, 1.0]


@named(MAYBE_ACTED_ON)
@pytest.mark.parametrize("settled", [True, False])
def test_the_last_attempt_is_looked_for_too(step, settled):
    portal = Portal(step, step, retries=1)

    if settled:
        assert portal.write([False, True]) is None
    else:
        error = portal.write_failure([False] * 6)
        assert error.retries == 1
        assert "The portal may act on it yet" not in error.hint
    assert portal.methods == ["POST"] * 2
    # Before the final failure, it reads again for some seconds.
    assert portal.looks == (2 if settled else 6)
    assert portal.waits[:2] == [0.5, 1.0]


@pytest.mark.parametrize("lost", [name for name in MAYBE_ACTED_ON if name not in UNFINISHED])
def test_what_creates_is_sent_again_after_the_server_has_ended(lost):
    portal = Portal(MAYBE_ACTED_ON[lost], ok("done"))

    assert portal.write([False] * 5, creates=True) == "done"
    assert portal.methods == ["POST"] * 2
    # Several reads must confirm that it was not created, because a duplicate would remain.
    assert portal.looks == 5


@pytest.mark.parametrize("lost", UNFINISHED)
def test_what_creates_is_waited_for_while_the_server_may_be_at_it(lost):
    portal = Portal(MAYBE_ACTED_ON[lost])

    assert portal.write([False, False, False, True], creates=True) is None
    assert portal.methods == ["POST"]
    assert portal.waits == [0.5, 1.0, 2.0, 4.0]


@pytest.mark.parametrize("lost", UNFINISHED)
def test_what_creates_is_never_sent_twice_to_a_server_that_may_be_at_it(lost):
    portal = Portal(MAYBE_ACTED_ON[lost])

    error = portal.write_failure([False] * 4, creates=True)
    assert portal.methods == ["POST"]
    assert portal.looks == 4
    assert portal.waits == [0.5, 1.0, 2.0, 4.0]
    assert error.hint == (
        "The portal may still process the request, so it was not sent again. "
        "Run the playbook again in a minute."
    )


@pytest.mark.parametrize(("losses", "reads"), [(1, 3), (2, 2), (3, 1), (4, 1)])
def test_looking_takes_no_more_attempts_than_the_write_has_left(losses, reads):
    """This many of four attempts are lost. Reads after the last loss get busy responses."""
    portal = Portal(*[answer(502)] * (losses - 1), answer(502), *[answer(503)] * reads)
    looked = []

    def settled(get: Any) -> bool:
        looked.append(portal.methods.count("POST"))
        return bool(len(looked) == losses and get("/there", {"a": "b"}))

    error = portal.write_failure(settled)
    assert looked == list(range(1, losses + 1))
    assert portal.methods == ["POST"] * losses + ["GET"] * reads
    assert portal.transport.sent[-1] == ("GET", f"{PORTAL}/there?a=b", None)
    retried = {1: "", 2: " (after 1 retry)"}.get(reads, f" (after {reads - 1} retries)")
    assert error.hint == (
        "It is not known whether the portal made the change, because "
        f"GET /there?a=b on {PORTAL} returned 503{retried}. "
        "Run the playbook again when the portal responds."
    )
    assert (error.method, error.status, error.retries) == ("POST", 502, losses - 1)


def test_looking_and_waiting_share_the_attempts_of_what_creates():
    """The reads after the first loss can take three requests, the next reads two, and so on."""
    portal = Portal(timeout(), *[answer(503)] * 2, ok(), *[answer(503)] * 2)
    outcomes = iter([False])

    def settled(get: Any) -> bool:
        get(PATH, None)
        return next(outcomes)

    portal.write_failure(settled, creates=True)
    assert portal.methods == ["POST", *["GET"] * 5]


def test_attempts_before_the_loss_are_not_waited_for_again():
    portal = Portal(answer(503), timeout())

    portal.write_failure([False] * 3, creates=True)
    assert portal.methods == ["POST"] * 2
    assert portal.looks == 3
    assert portal.waits == [0.5, 1.0, 2.0, 4.0]


@pytest.mark.parametrize("status", [429, 503])
def test_what_is_wary_looks_before_it_is_sent_again(status):
    portal = Portal(answer(status), ok("done"))

    assert portal.write([False], creates=True, wary=True) == "done"
    assert (portal.methods, portal.looks) == (["POST"] * 2, 1)


def test_what_is_wary_is_not_sent_again_where_it_was_done():
    portal = Portal(answer(503))

    assert portal.write([True], creates=True, wary=True) is None
    assert portal.methods == ["POST"]


def test_what_never_reached_the_server_is_not_looked_for():
    portal = Portal(NoAnswer("connection", "refused", sent=False), ok("done"))

    assert portal.write(creates=True, wary=True) == "done"
    assert portal.looks == 0


# --- waiting for background work


def test_what_is_ready_is_not_waited_for():
    portal = Portal()

    assert portal.client.poll(lambda: 0) == 0
    assert portal.waits == []


def test_the_looks_become_rarer_until_the_work_is_done():
    portal = Portal()
    found = iter([None, None, None, None, None, None, "done"])

    assert portal.client.poll(lambda: next(found)) == "done"
    assert portal.waits == [0.25, 0.5, 1.0, 2.0, 4.0, 4.0]
    assert portal.told[:2] == [
        f"{PORTAL} is not ready yet. Waiting 0.2 s.",
        f"{PORTAL} is not ready yet. Waiting 0.5 s.",
    ]


@pytest.mark.parametrize(
    ("limit", "waits"),
    [
        (1, [0.25, 0.5, 0.25]),
        (5, [0.25, 0.5, 1.0, 2.0, 1.25]),
        (9, [0.25, 0.5, 1.0, 2.0, 4.0, 1.25]),
    ],
)
def test_no_work_is_waited_for_longer_than_an_attempt_may_take(limit, waits):
    portal = Portal(timeout=limit)
    looks = []

    assert portal.client.poll(lambda: looks.append(1)) is None
    assert portal.waits == waits
    assert len(looks) == len(waits) + 1


# --- what it reports


def test_a_failed_answer_is_told_in_full():
    body = b'{"statusCode": 400, "response": {"title": "Bad", "errors": {"Hour": ["Too late"]}}}'
    portal = Portal(answer(503), answer(400, body))
    with pytest.raises(DocSpaceError) as failed:
        portal.client.get(PATH, {"dump": "false"})
    error = failed.value

    assert error.what == (
        f"GET {PATH}?dump=false on {PORTAL} returned 400 (after 1 retry): Hour: Too late."
    )
    assert error.as_result() == {
        "msg": f"{error.what} {error.hint}",
        "error": {
            "kind": "refused",
            "status": 400,
            "method": "GET",
            "path": PATH,
            "portal": PORTAL,
            "retries": 1,
            "server_message": "Hour: Too late",
        },
    }
    assert error.hint.startswith("Check that the release of the portal supports")


def test_an_exception_of_the_server_is_kept_by_its_name():
    body = b'{"error": {"message": "No", "type": "ASC.Files.ItemNotFoundException"}}'
    error = Portal(answer(500, body)).get_failure()

    assert (error.kind, error.exception) == ("not_found", "ItemNotFoundException")
    assert (error.server_message, error.status) == ("No", 500)


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("address", "Check api_host and the proxy variables."),
        ("connection", "Check api_host, the network, and the proxy variables."),
        ("timeout", "Check that the portal is running, or increase timeout."),
        (
            "tls",
            (
                "Check the certificate of the portal and ca_path. If the server requires a client "
                "certificate, set client_cert and client_key."
            ),
        ),
        ("too_large", "Check that api_host is the address of a DocSpace portal."),
        ("truncated", "Check the portal and any proxy or load balancer in front of it."),
    ],
)
def test_no_answer_is_told_with_its_cause_and_the_next_step(kind, hint):
    error = Portal(NoAnswer(kind, "this is why", sent=False), retries=0).get_failure()

    assert error.what == f"GET {ON_PORTAL} received no response: this is why."
    assert error.hint == hint
    assert (error.kind, error.status, error.server_message) == (kind, None, "")


@pytest.mark.parametrize(
    ("words", "told"),
    [("No", "No."), ("No.", "No."), ("No!", "No!"), ("No?", "No?"), ("No:", "No:.")],
)
def test_a_sentence_ends_once(words, told):
    error = Portal(answer(500, words.encode())).get_failure()

    assert error.what == f"GET {ON_PORTAL} returned 500: {told}"


def test_a_page_without_the_envelope_is_told_to_be_another():
    error = Portal(answer(200, b"[]")).get_failure()

    assert error.hint == (
        "Check that api_host is the address of a DocSpace portal, not of a login page or proxy "
        "in front of it."
    )


def test_a_caller_may_find_an_answer_malformed():
    error = Portal().client.malformed("/there", "hour is out of range")

    assert error.what == f"GET /there on {PORTAL} returned 200: hour is out of range."
    assert (error.kind, error.status, error.retries) == ("malformed", 200, 0)
    assert Portal().client.malformed("/there", "x", "PUT").method == "PUT"


@pytest.mark.parametrize(
    "step",
    [
        answer(500, f"who is {KEY}?".encode()),
        answer(500, json.dumps({"error": {"message": f"who is {KEY}?"}}).encode()),
        answer(302, headers={"Location": f"https://other.example.com/{KEY}"}),
        NoAnswer("tls", f"who is {KEY}?", sent=False),
        # The text must be shortened after the key is removed, because the cut is within the key.
        answer(500, b"x" * 290 + KEY.encode() + b"x" * 100),
    ],
    ids=["text", "error", "redirect", "no answer", "long text"],
)
def test_the_key_is_never_told(step):
    error = Portal(step).get_failure()
    shown = json.dumps(error.as_result())

    assert "***" in shown
    assert KEY[:6] not in shown


@pytest.mark.parametrize(
    ("secret", "repeated"),
    [
        ("Pa55word", "Pa55word"),
        ("ab/c dü", "ab%2Fc%20d%C3%BC"),
        ('sa"y\\it', 'sa\\"y\\\\it'),
        ("ü&", "\\u00fc&"),
        ("§", "§"),
    ],
    ids=["plain", "in an address", "in JSON", "in ASCII", "one character"],
)
def test_a_secret_is_not_told_in_any_encoding(secret, repeated):
    portal = Portal(answer(500, f"Not {repeated}={repeated}!".encode()))
    portal.client.hide([secret, "", secret])

    assert portal.get_failure().server_message == "Not ***=***!"


def test_of_two_secrets_the_longer_one_is_hidden_whole():
    portal = Portal(answer(500, b"abc and abcdef and bcde"))
    portal.client.hide(["abc", "abcdef", "bcde"])

    assert portal.get_failure().server_message == "*** and *** and ***"


def test_a_secret_at_the_cut_of_a_long_text_leaves_no_part():
    portal = Portal(answer(500, b"x" * 290 + b"twelve-signs" + b"x" * 100))
    portal.client.hide(["twelve-signs"])

    assert "twe" not in portal.get_failure().what


def test_what_is_too_short_for_a_key_is_not_looked_for_in_the_json_itself():
    portal = Portal(answer(500, b'{"error": {"message": "No"}}'))
    portal.client.hide(['"message": '])

    assert portal.get_failure().server_message == "No"


def test_a_redirect_is_told_with_its_address():
    step = answer(301, headers={"Location": "https://new.example.com/api?x=1"})
    error = Portal(step).get_failure()

    assert error.kind == "redirect"
    assert "The portal redirects to https://new.example.com/api: set api_host" in error.hint


# --- connections


def test_closing_closes_the_connections():
    portal = Portal()
    portal.client.close()

    assert portal.transport.closed


def test_a_client_has_a_transport_of_its_own(monkeypatch):
    sent = []
    monkeypatch.setattr(
        Transport, "send", lambda _self, *request: sent.append(request) or ok("sent")
    )

    assert Client(Connection(PORTAL, KEY)).get(PATH) == "sent"
    assert sent == [("GET", PORTAL + PATH, None)]
