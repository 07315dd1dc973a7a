# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a server says, no raw or secret text of it is shown.

The server is a transport that repeats secrets in every notation, surrounded by control characters
of terminals, in every member that any module reads. The tests check the results that Ansible
receives, on both paths, and the lines of progress.
"""

from __future__ import annotations

import base64
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.module import (
    failure_result,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.output import Output
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.secrets import secrets_in
from ansible_collections.onlyoffice.docspace.plugins.module_utils._audit import task as audit_task
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup import (
    info as backup_info,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup import (
    task as backup_task,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.attempts import Answer
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import NoAnswer
from ansible_collections.onlyoffice.docspace.plugins.module_utils._room import task as room_task
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule import (
    info as info_task,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule import (
    task as schedule_task,
)

ROUNDS = 700

# A key, and parameters with all characters that notations encode differently. Any part of this
# length is a leak.
KEY = "sk-q9+Vb/7zK=wXn4tP2mJ8"
SECRET = "Zq\"8\\vT\n3{Kd&m<7Ü'x%41Ry"
KEPT = "hunter-Two+5/8=oPqRsTuV"
PART = 8

ACTING = "\x1b\x9b\x07\x00\x7f\r\n\t\u202e\u2066\u200f\u061c\u200b\ufeff\u2028\u2029\x85"

FORMS: list[Callable[[str], str]] = [
    str,
    lambda text: quote(text, safe=""),
    lambda text: quote(quote(text, safe=""), safe=""),
    lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    lambda text: json.dumps(text)[1:-1],
    lambda text: "".join(f"\\u{ord(c):04x}" for c in text),
    lambda text: "".join(f"\\\\u{ord(c):04X}" for c in text),
    escape,
    lambda text: "".join(f"&#{ord(c)};" for c in text),
    lambda text: "".join(f"&#x{ord(c):X};" for c in text),
    lambda text: base64.b64encode(text.encode()).decode(),
    lambda text: base64.urlsafe_b64encode(f"user:{text}:more".encode()).decode(),
    lambda text: text.encode().hex(),
    lambda text: text.encode().hex().upper(),
    repr,
    # A mix of forms.
    lambda text: "".join(FORMS[3 + i % 3](c) if i % 2 else c for i, c in enumerate(text)),
]


class Speech:
    """Texts, values and responses that a server invents, determined by the seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - the same texts in every run

    def text(self) -> str:
        rng = self.rng
        pieces = []
        for _piece in range(rng.randrange(1, 5)):
            form = rng.choice(FORMS)
            pieces += [
                rng.choice(["no ", "x" * rng.choice([1, 270, 290]), " at A(", "<b>", "//u:", "@"]),
                form(rng.choice([KEY, SECRET, KEPT])),
                rng.choice(ACTING) * rng.randrange(3),
                rng.choice(["", "ok: [portal]", "../../x?y=", "[31m"]),
            ]
        return "".join(pieces)

    def value(self) -> Any:
        choice = self.rng.randrange(9)
        return (
            [None, True, -1, 10**30, 7.5, [self.text()], {self.text(): self.text()}][choice]
            if choice < 7
            else self.text()
        )

    def sometimes(self, value: Any) -> Any:
        return self.value() if self.rng.random() < 0.25 else value

    def answer(self, method: str, url: str) -> Answer:
        rng = self.rng
        if rng.random() < 0.1:
            raise NoAnswer(rng.choice(["connection", "truncated", "tls"]), self.text(), sent=False)
        headers = {"Location": self.text(), "Date": self.text(), "Retry-After": "0"}
        status = rng.choice([200] * 8 + [201, 302, 400, 403, 404, 418, 429, 500, 502])
        return Answer(status, headers, self._body(status, method, url))

    def _body(self, status: int, method: str, url: str) -> bytes:
        if status != 200:
            bodies = [
                self.text(),
                f"<html><title>{self.text()}</title><p>{self.text()}",
                json.dumps({"error": {"message": self.text(), "type": self.text()}}),
                json.dumps({"response": {"errors": {self.text(): [self.text()]}}}),
                json.dumps({"title": self.text()}),
                json.dumps({"message": self.text()}),
                json.dumps(self.text()),
            ]
            return self.rng.choice(bodies).encode()
        made = self._response(method, url)
        return json.dumps({"response": self.sometimes(made), "count": 1}).encode()

    def _response(self, method: str, url: str) -> Any:
        if "fileops" in url:
            return [self._operation()]
        if "rooms" in url and method == "GET":
            rooms = [self._room() for _room in range(self.rng.randrange(3))]
            return {"folders": rooms, "total": len(rooms), "current": {}}
        if "rooms" in url:
            return self._room() if method == "POST" else self._operation()
        if "settings" in url:
            return {"version": self.text(), "timezone": self.sometimes("UTC")}
        if "progress" in url or "startbackup" in url:
            return self._item()
        if "history" in url:
            return [self._backup() for _backup in range(self.rng.randrange(3))]
        if "events" in url:
            return [self._event(int(url.partition("action=")[2].partition("&")[0]))]
        if "count" in url:
            return self.sometimes(3)
        if "/files/" in url:
            return {"current": {"rootFolderType": self.sometimes(14), "title": self.text()}}
        return self._schedule() if method == "GET" else True

    def _schedule(self) -> dict[str, Any]:
        return {
            "storageType": self.sometimes(5),
            "storageParams": {
                "module": "s3",
                "ssekey": KEPT,
                "folderId": self.text(),
                self.text(): self.text(),
            },
            "cronParams": {
                "period": self.sometimes(1),
                "hour": self.sometimes(3),
                "day": self.sometimes(2),
            },
            "backupsStored": self.sometimes(7),
            "lastBackupTime": self.sometimes("2026-02-01T00:00:00"),
            "dump": False,
        }

    def _room(self) -> dict[str, Any]:
        title = self.text() if self.rng.random() < 0.5 else "Backups"
        return {
            "id": self.rng.choice([7, self.text(), self.text()]),
            "title": title,
            "roomType": self.rng.choice([5, 6, 1]),
            "rootFolderType": self.rng.choice([14, 14, 20]),
            "createdBy": {"displayName": self.text()},
            "security": {"Create": self.rng.random() < 0.5, "Move": True},
            "shared": True,
        }

    def _item(self) -> dict[str, Any]:
        return {
            "taskId": "7e6e1f0c-3a54-4a3c-9f6e-0d9a7a6f1b11",
            "isCompleted": self.sometimes(True),
            "progress": self.sometimes(100),
            "status": self.sometimes(2),
            "error": self.text(),
            "warning": self.text(),
            "link": f"https://h.test/{KEPT}",
        }

    def _backup(self) -> dict[str, Any]:
        return {
            "id": self.sometimes("7e6e1f0c-3a54-4a3c-9f6e-0d9a7a6f1b11"),
            "fileName": self.text(),
            "storageType": self.sometimes(0),
            "createdOn": self.sometimes("2026-02-01T00:00:00"),
            "expiresOn": self.sometimes("9999-12-31T23:59:59"),
        }

    def _event(self, action: int) -> dict[str, Any]:
        return {
            "actionId": self.sometimes(action),
            "date": self.sometimes("2026-02-01T00:00:00"),
            "userId": self.text(),
            "user": self.text(),
        }

    def _operation(self) -> dict[str, Any]:
        return {"id": self.text(), "finished": True, "error": self.sometimes("")}


class Talker:
    """A transport that returns this speech."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self.urls: list[str] = []

    def send(self, method: str, url: str, _body: bytes | None = None) -> Answer:
        self.urls.append(url)
        return self._speech.answer(method, url)

    def close(self) -> None:
        """Do nothing, because nothing is open."""


OPTIONS = {
    "api_host": "https://portal.example.com/docs",
    "api_key": KEY,
    "validate_certs": True,
    "timeout": 1,
    "retries": 1,
}
PARAMS = {"module": "google", "json": SECRET, "ssekey": KEPT}
TASKS: dict[str, tuple[Any, dict[str, Any]]] = {
    "schedule": (
        schedule_task.run,
        {
            "state": "present",
            "storage_type": "ThirdPartyConsumer",
            "storage_params": PARAMS,
            "period": "EveryDay",
            "hour": 4,
            "backups_stored": 7,
            "dump": False,
            "verify_target": True,
            "extra_run": "warn",
        },
    ),
    "info": (info_task.run, {"dump": False, "gather": ["portal"], "storage_params": PARAMS}),
    "backup info": (
        backup_info.run,
        {"dump": False, "gather": ["progress", "history", "events"], "storage_params": PARAMS},
    ),
    "backup": (
        backup_task.run,
        {
            "state": "present",
            "max_age": "26h",
            "storage_type": "ThirdPartyConsumer",
            "storage_params": PARAMS,
            "dump": False,
            "wait": False,
            "wait_timeout": "1h",
            "allow_paid": True,
        },
    ),
    "audit": (
        audit_task.run,
        {
            "dump": False,
            "grace": "6h",
            "min_kept": 3,
            "ignore": [],
            "history": True,
            "storage_params": PARAMS,
        },
    ),
    "room": (
        room_task.run,
        {
            "title": "Backups",
            "room_type": "CustomRoom",
            "state": "present",
            "unarchive": True,
            "storage_params": PARAMS,
        },
    ),
    "no room": (
        room_task.run,
        {
            "title": "Backups",
            "room_type": "CustomRoom",
            "state": "absent",
            "storage_params": PARAMS,
        },
    ),
}


def shown(name: str, seed: int) -> tuple[dict[str, Any], list[str], list[str]]:
    """The result that Ansible receives, the lines of progress, and the requested addresses."""
    operation, own = TASKS[name]
    options: Mapping[str, Any] = {**OPTIONS, **own}
    talker, lines = Talker(Speech(seed)), []
    output = Output(secrets_in(options, {}))

    def make_client(connection: Connection, **how: Any) -> Client:
        return Client(
            connection,
            hidden=secrets_in(options, {}),
            # It implements `send` and `close` of Transport, but does not inherit from it.
            transport=talker,  # type: ignore[arg-type]
            sleep=lambda _seconds: None,
            progress=lambda line: lines.append(output.line(line)),
            **how,
        )

    try:
        result = operation(options, False, make_client)
    except Exception as error:  # noqa: BLE001 - the module's entry point catches all, too
        result = failure_result(error, options)
    return output.result(result), lines, talker.urls


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, entry in value.items():
            yield from texts(name)
            yield from texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from texts(entry)


def parts(secret: str) -> set[str]:
    """Every part of the secret that counts as a leak, in every form that reveals it."""
    pieces = {secret[at : at + PART] for at in range(len(secret) - PART + 1)}
    codes = [
        secret.encode().hex(),
        *(base64.b64encode(b" " * n + secret.encode()).decode()[4:] for n in range(3)),
    ]
    coded = {code[at : at + 2 * PART] for code in codes for at in range(0, len(code) - 2 * PART, 2)}
    return {form(piece) for piece in pieces for form in FORMS[:10]} | coded


LEAKS = re.compile(
    "|".join(map(re.escape, parts(KEY) | parts(SECRET) | parts(KEPT))), re.IGNORECASE
)


@pytest.mark.parametrize("name", TASKS)
def test_nothing_raw_and_nothing_secret_is_shown(name: str) -> None:
    kinds: set[str] = set()
    for seed in range(ROUNDS // len(TASKS)):
        result, lines, urls = shown(name, seed)
        kinds.add(result.get("error", {}).get("kind", "ok"))
        for text in [*texts(result), *lines]:
            assert text.isprintable() or not re.search(f"[{ACTING}]", text), (seed, text)
            assert not LEAKS.search(text), (seed, text)
        for url in urls:
            assert re.fullmatch(r"https://portal\.example\.com/docs/api/2\.0/[!-~]*", url), seed
            assert "/../" not in url, seed
    # Verify that the server produced different kinds of failures.
    assert len(kinds) >= 5 or name == "audit"
    assert "internal" not in kinds
