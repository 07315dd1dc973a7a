# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy outside of the portal: what is fetched, its source, and how faults are handled."""

from __future__ import annotations

import asyncio
import base64
import errno
import gzip
import hashlib
import io
import os
import shutil
import stat
import tarfile
import threading
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import (
    LONGEST_ADDRESS,
)
from client.support_fetch import (
    ADDRESS,
    AGAIN,
    ARCHIVE,
    ENDED,
    FETCH,
    FIND,
    FOLDER,
    HISTORY,
    SCHEDULE,
    Place,
    place,
)
from client.support_net import HOST, Network
from client.support_runs import Outcome

__all__ = ["place"]

MADE = datetime(2026, 3, 10, 12, tzinfo=timezone.utc).timestamp()


def packed(*names: str) -> bytes:
    """An archive of empty files with these names."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for name in names:
            tar.addfile(tarfile.TarInfo(name))
    return gzip.compress(plain.getvalue())


# --- fetched, already present, predicted in check mode


def test_the_newest_archive(place: Place) -> None:
    older = place.control.backup(place.portal.alias, "2026-03-09T12:00:00Z")

    result = place.fetched()

    assert place.seen() == FETCH
    assert result["changed"] is True
    assert result["dest"] == str(place.dest)
    assert result["size"] == len(place.archive)
    assert result["checksum"] == hashlib.sha256(place.archive).hexdigest()
    assert result["verified"] is True
    assert result["warnings"] == []
    assert result["backup"] == {
        "id": place.record["id"],
        "file_name": place.record["fileName"],
        "storage_type": "Documents",
        "created_on": ENDED,
        "expires_on": None,
        "incomplete": None,
        "dump": False,
    }
    found = place.dest.stat()
    assert (stat.S_IMODE(found.st_mode), found.st_mtime) == (0o600, MADE)

    outcome = place.run(backup_id=older["id"].upper())
    assert outcome.result
    assert place.names() == [older["fileName"], place.dest.name]


def test_an_archive_that_is_there(place: Place) -> None:
    first = place.fetched()

    again = place.fetched()

    assert place.seen() == FIND
    assert again == {**first, "changed": False, "diff": again["diff"]}
    assert again["diff"]["before"] == again["diff"]["after"] == first["diff"]["after"]


def test_a_copy_that_somebody_else_made(place: Place) -> None:
    place.dest.write_bytes(place.archive)

    assert place.fetched()["changed"] is False
    assert place.seen() == FIND


def test_check_mode(place: Place) -> None:
    foretold = place.run(check_mode=True, dest=f"{place.folder}/not-yet/").result
    assert foretold
    assert foretold["dest"] == f"{place.folder}/not-yet/{place.record['fileName']}"

    foretold = place.run(check_mode=True).result
    assert place.seen() == FIND
    assert place.names() == []

    done = place.fetched()
    assert foretold == {**done, "checksum": None, "verified": False}
    told_again = place.run(check_mode=True).result
    assert told_again == place.fetched()


def test_a_file_of_any_name(place: Place) -> None:
    dest = place.folder / "newest.tar.gz"

    for changed in (True, False):
        result = place.run(dest=str(dest)).result
        assert result
        assert (result["dest"], result["changed"]) == (str(dest), changed)
    assert place.names() == ["newest.tar.gz"]

    # The next archive has the same size, but is newer than the file.
    newer = place.control.backup(
        place.portal.alias,
        "2026-03-10T13:00:00Z",
        content_base64=_base64(_same_size(place.archive)),
    )
    result = place.run(dest=str(dest)).result
    assert result
    assert (result["changed"], result["backup"]["id"]) == (True, newer["id"])
    assert dest.read_bytes() == _same_size(place.archive)


def test_the_whole_server(place: Place) -> None:
    record = place.control.backup(place.portal.alias, ENDED, dump=True)

    result = place.run(dump=True).result

    assert result
    assert result["backup"]["dump"] is True
    assert place.names() == [record["fileName"]]


def test_a_backup_that_is_recent_enough(place: Place) -> None:
    assert place.fetched(max_age="2h")["changed"] is True
    place.control.clock_forward(60)
    says = place.failed("too_old", max_age="2h")

    assert place.seen() == [HISTORY]
    assert f"made at {ENDED}, which is more than 2h ago" in says


@pytest.mark.parametrize(
    "own", [{"backup_id": "00000000-0000-0000-0000-000000000000"}, {"dump": True}]
)
def test_there_is_no_such_backup(place: Place, own: dict[str, Any]) -> None:
    says = place.failed("not_found", **own)

    assert place.seen() == [HISTORY]
    assert place.portal.url in says


# --- the source of the archive


def unschedule(place: Place) -> None:
    assert place.portal.delete("backup/deletebackupschedule?dump=false").status == 200


def test_without_a_schedule_every_room_is_looked_at(place: Place) -> None:
    unschedule(place)
    place.control.folder(place.portal.alias, "A room without archives")

    assert place.fetched()["changed"] is True
    assert place.seen()[:4] == [HISTORY, SCHEDULE, "%40my", "rooms"]
    assert place.seen()[-2:] == [ADDRESS, ARCHIVE]


def test_a_portal_that_sends_the_same_rooms_again_and_again(place: Place) -> None:
    rooms = [{"id": number} for number in range(100, 200)]
    body = {"response": {"folders": rooms, "total": 10**9}, "count": 1}
    place.control.fault({"status": 200, "body": body}, path="/api/2.0/files/rooms", times=0)
    body = {"response": {"files": []}, "count": 1}
    place.control.fault({"status": 200, "body": body}, path="/api/2.0/files/", times=0)

    assert "was not found" in place.failed("not_found")
    assert len(place.seen()) < 120


def test_an_archive_in_my_documents(place: Place) -> None:
    unschedule(place)
    mine = place.control.folder(place.portal.alias, "", "my")
    place.expect(
        place.control.backup(place.portal.alias, "2026-03-10T13:00:00Z", folder=mine, by="schedule")
    )

    assert place.fetched()["changed"] is True
    assert place.seen() == [HISTORY, SCHEDULE, "%40my", ADDRESS, ARCHIVE]


def test_an_archive_that_is_nowhere(place: Place) -> None:
    # Reading the history would also remove the record.
    place.control.fault(
        {"status": 200, "body": {"response": {"files": []}}}, path="/api/2.0/files/"
    )

    says = place.failed("not_found")

    assert str(place.record["fileName"]) in says
    assert place.portal.url in says


def run_backup(place: Place, storage_type: str, **params: str) -> dict[str, Any]:
    """Have the portal create a backup there, and return its record."""
    pairs = [{"key": key, "value": value} for key, value in params.items()]
    body = {"storageType": storage_type, "storageParams": pairs}
    place.control.storage(place.portal.alias, "s3")
    assert place.portal.post("backup/startbackup", body).status == 200
    place.control.clock_forward(60)
    records = place.portal.get("backup/getbackuphistory").response
    newest: dict[str, Any] = max(records, key=lambda record: str(record["createdOn"]))
    return newest


LINKED: dict[str, dict[str, str]] = {
    "DataStore": {},
    "ThirdPartyConsumer": {"module": "s3", "bucket": "b"},
}


@pytest.mark.parametrize("storage_type", LINKED)
def test_an_archive_behind_a_link(place: Place, storage_type: str) -> None:
    place.record = run_backup(place, storage_type, **LINKED[storage_type])

    result = place.run().result

    assert result
    assert place.names() == [place.record["fileName"]]
    assert result["checksum"] == hashlib.sha256(place.dest.read_bytes()).hexdigest()
    requests = place.requests()
    assert [r.operation for r in requests] == [
        HISTORY,
        "getbackupprogress",
        place.record["fileName"],
        place.record["fileName"],
    ]
    assert requests[2].headers["Range"] == "bytes=0-0"
    # The bucket belongs to another user.
    sent = ["Authorization" in request.headers for request in requests[2:]]
    assert sent == [storage_type == "DataStore"] * 2

    again = place.run()
    assert again.result
    assert again.result["changed"] is False
    assert len(place.requests()) == 3


def test_only_the_last_archive_has_a_link(place: Place) -> None:
    first = run_backup(place, "DataStore")
    last = run_backup(place, "DataStore")

    says = place.failed("not_fetchable", backup_id=first["id"])
    assert "24 hours" in says

    nothing = {"status": 200, "body": {"count": 0}}
    place.control.fault(nothing, path="/api/2.0/backup/getbackupprogress")
    assert "24 hours" in place.failed("not_fetchable", backup_id=last["id"])
    assert place.names() == []


def test_an_archive_on_the_disk_of_the_server(place: Place) -> None:
    run_backup(place, "Local", filePath="/backups")

    assert "disk of the server" in place.failed("not_fetchable")


def test_a_document_server_with_a_secret(place: Place) -> None:
    place.control.change(place.portal.alias, signature_secret=True)

    # The module sends the key, which is sufficient.
    assert place.fetched()["changed"] is True
    assert place.seen() == FETCH


def answer_address(place: Place, address: str) -> None:
    """Make the portal return this address for its archive."""
    body = {"response": address, "count": 1, "status": 0, "statusCode": 200}
    place.control.fault(
        {"status": 200, "body": body}, path="/api/2.0/files/file/", method="GET", times=0
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/filehandler.ashx?action=stream",
        "http://portal.invalid/filehandler.ashx?action=stream",
        "ftp://127.0.0.1/archive",
        "filehandler.ashx",
        "http://[::1/x",
    ],
)
def test_an_address_that_leads_nowhere(place: Place, address: str) -> None:
    answer_address(place, address)

    assert place.fetched()["changed"] is True
    assert place.requests()[-1].query == f"action=download&fileid={place.record['fileId']}"


def test_an_address_on_another_host_does_not_get_the_key(place: Place) -> None:
    other = place.portal.url.replace("127.0.0.1", "localhost")
    query = place.portal.get(f"files/file/{place.record['fileId']}/presigneduri").response
    answer_address(place, other + query.removeprefix(place.portal.url))

    assert place.fetched()["changed"] is True
    assert place.seen() == FETCH
    *of_portal, archive = place.requests()
    assert all("Authorization" in request.headers for request in of_portal)
    assert "Authorization" not in archive.headers


def test_a_portal_that_redirects_to_its_cloud(place: Place) -> None:
    run_backup(place, "ThirdPartyConsumer", module="s3", bucket="b")
    link = place.portal.get("backup/getbackupprogress").response["link"]
    place.replace(place.portal.http.send("GET", link).body)
    place.spoil({"redirect": link})

    result = place.run(backup_id=place.record["id"]).result

    assert result
    to_portal, to_bucket = place.requests()[-2:]
    assert (to_portal.operation, to_portal.status) == (ARCHIVE, 302)
    assert "Authorization" in to_portal.headers
    assert to_bucket.path.startswith("/storage.test/")
    assert "Authorization" not in to_bucket.headers


def refusing(network: Network, seen: list[str]) -> int:
    """The port of a storage that records request heads, and refuses and repeats their paths."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        seen.append(head)
        body = f"<Message>{head.split(' ')[1]}</Message>".encode()
        writer.write(b"HTTP/1.1 403 X\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()

    return network.serve(handle)


@pytest.mark.parametrize("sign", ["\\", "\\\\", "\\x:y", "?", "#", "%5C", "/"])
def test_an_address_that_only_looks_like_the_portals_does_not_get_the_key(
    place: Place, sign: str
) -> None:
    # Some libraries use the part before the sign as the host, and others the part after it.
    seen: list[str] = []
    with Network() as network:
        other = f"http://{HOST}:{refusing(network, seen)}{sign}"
        path = f"{place.portal.url.removeprefix('http://')}/filehandler.ashx"
        answer_address(place, f"{other}@{path}")
        place.spoil({"status": 404}, times=0)
        place.run(retries=0)

    assert seen or sign == "%5C"
    assert not [head for head in seen if "authorization" in head.lower()]


def test_what_is_signed_in_an_address_redirected_to_is_told_nowhere(place: Place) -> None:
    secret = "5ec2e7ca" * 4
    seen: list[str] = []
    with Network() as network:
        address = f"http://{HOST}:{refusing(network, seen)}/bucket?Signature={secret}"
        place.spoil({"redirect": address}, times=0)
        says = place.failed("forbidden", retries=0)

    assert seen
    assert secret not in says + "".join(place.told)
    assert "***" in says


@pytest.mark.parametrize("longer", [0, 1])
def test_an_address_has_a_greatest_length(place: Place, longer: int) -> None:
    query = f"{place.portal.url}/filehandler.ashx?action=download&fileid={place.record['fileId']}"
    answer_address(place, f"{query}&x=".ljust(LONGEST_ADDRESS + longer, "x"))

    # An address above the limit is ignored, because the module also knows another one.
    assert place.fetched(retries=0)["changed"] is True
    assert ("&x=xxx" in place.requests()[-1].query) is not bool(longer)


def test_a_portal_that_redirects_for_ever(place: Place) -> None:
    place.spoil({"redirect": f"{place.portal.url}/filehandler.ashx?action=stream"}, times=0)

    assert "redirects too many times" in place.failed("connection", retries=0)
    assert len(place.ranges()) == 8


# --- faults of the connection


@pytest.mark.parametrize("cut", [0, 1, 2, 17, 100, 180])
def test_a_line_that_is_cut(place: Place, cut: int) -> None:
    place.spoil({"truncate": cut})

    assert place.fetched()["changed"] is True
    first_again = [ARCHIVE] if not cut else []
    assert place.seen() == [*FETCH, *(first_again or AGAIN)]
    assert place.ranges()[1:] == ([f"bytes={cut}-"] if cut else [None])


def test_a_line_that_is_reset(place: Place) -> None:
    place.spoil({"reset": "mid_body"}, times=3)

    assert place.fetched()["changed"] is True
    assert place.ranges() == [None, "bytes=92-", "bytes=138-", "bytes=161-"]


def test_a_line_that_is_cut_again_and_again(place: Place) -> None:
    place.spoil({"truncate": 20}, times=0)

    # Fetching continues as long as data arrives.
    assert place.fetched(retries=1)["changed"] is True
    assert len(place.ranges()) == -(-len(place.archive) // 20)


def test_a_later_task_goes_on(place: Place) -> None:
    place.spoil({"truncate": 100}, times=0)
    says = place.failed("truncated", retries=0)
    assert "was incomplete" in says
    assert place.names() == [place.part.name]
    assert stat.S_IMODE(place.part.stat().st_mode) == 0o600

    place.control.clear_faults()
    assert place.fetched()["changed"] is True
    # The last bytes of the partial file are fetched again, to verify that the archive is the same.
    assert place.ranges() == ["bytes=50-"]


def test_a_part_of_another_archive(place: Place) -> None:
    place.part.write_bytes(os.urandom(100))

    assert place.fetched(retries=0)["changed"] is True
    assert place.ranges()[-1] is None


def test_what_another_archive_has_left_is_not_mixed_in_without_verifying(place: Place) -> None:
    place.part.write_bytes(b"\x1f\x8b" + bytes(120))

    assert place.fetched(verify=False)["changed"] is True


def test_an_archive_that_comes_slowly(place: Place) -> None:
    place.spoil({"drip_bytes_per_s": 100})

    assert place.fetched(timeout=1)["changed"] is True


def test_an_archive_that_does_not_come(place: Place) -> None:
    place.spoil({"delay_ms": 20_000}, times=0)
    began = time.monotonic()

    assert "no data for 1 seconds" in place.failed("timeout", timeout=1, retries=0)
    assert time.monotonic() - began < 15
    assert place.names() == []


# --- faults of the server


def test_a_server_that_ignores_the_range(place: Place) -> None:
    place.spoil({"truncate": 100})
    whole = {"status": 200, "body_base64": _base64(place.archive)}
    place.spoil(whole)

    assert place.fetched()["changed"] is True
    assert place.ranges() == [None, "bytes=100-"]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize("more", [-180, -1, 1, 1000])
def test_another_length(place: Place, more: int) -> None:
    should_be = len(place.archive)
    length = should_be + more
    place.spoil(
        {"status": 200, "body_base64": _base64(place.archive.ljust(length, b"?")[:length])}, 0
    )

    assert f"it has {length} bytes, but {should_be} were expected" in place.failed("malformed")
    assert place.names() == []


def test_a_log_in_page(place: Place) -> None:
    place.spoil({"html": 200}, times=0)

    place.failed("malformed")
    assert place.names() == []


@pytest.mark.parametrize(("status", "kind"), [(401, "unauthorized"), (404, "not_found")])
def test_an_archive_that_is_refused(place: Place, status: int, kind: str) -> None:
    place.spoil({"status": status}, times=0)

    says = place.failed(kind)
    assert f"GET /filehandler.ashx on {place.portal.url} returned {status}" in says
    assert place.names() == []


def test_an_archive_that_is_not_available_just_now(place: Place) -> None:
    place.spoil({"html": 503}, times=4)

    assert place.fetched()["changed"] is True


def test_an_archive_that_is_replaced_in_between(place: Place) -> None:
    other = packed("databases/a", "storage/b", "storage/c")
    place.spoil({"truncate": 100})

    assert place.fetched(sleep=lambda _s: place.replace(other))["size"] == len(other)
    assert place.ranges() == [None, None]


def test_an_archive_of_the_same_size_that_is_replaced_in_between(place: Place) -> None:
    other = _same_size(place.archive)
    place.spoil({"truncate": 100})

    # Without this check, the two archives would be mixed.
    assert place.fetched(sleep=lambda _s: place.replace(other))["size"] == len(other)
    assert place.dest.read_bytes() == other


def _same_size(archive: bytes) -> bytes:
    """Another valid archive of the same size."""
    other = packed("databases/a")
    return other + bytes(len(archive) - len(other))


def test_an_archive_that_is_deleted_in_between(place: Place) -> None:
    place.spoil({"truncate": 100})

    place.failed("not_found", sleep=lambda _s: place.delete())
    assert place.names() == []


def test_a_name_that_leads_elsewhere(place: Place) -> None:
    record = {**place.record, "fileName": "../../outside.tar.gz"}
    del record["fileId"]
    body = {"response": [record], "count": 1}
    place.control.fault({"status": 200, "body": body}, path="/api/2.0/backup/getbackuphistory")

    assert "name of the archive" in place.failed("malformed")


def test_secrets_are_told_nowhere(place: Place) -> None:
    secret = "5ec2e7ca" * 4
    address = f"{place.portal.url}/filehandler.ashx?action=stream&stream_auth={secret}"
    answer_address(place, address)
    page = f"<title>cannot open {address} with {secret}</title>"
    place.spoil({"status": 503, "body": page}, times=0)

    says = place.failed("unavailable")

    assert secret not in says + "".join(place.told)
    assert "action=stream" not in says + "".join(place.told)
    assert "***" in says


# --- faults of the archive


ODD: dict[str, bytes] = {
    "no gzip": b"PK\x03\x04" + bytes(200),
    "of the right length, but broken off": packed("a", "b")[:-40] + bytes(40),
    "a tar without its end": gzip.compress(gzip.decompress(packed("databases/a"))[:512]),
    "empty but for its ends": packed(),
}


@pytest.mark.parametrize("case", ODD)
def test_an_archive_that_is_not_whole(place: Place, case: str) -> None:
    place.replace(ODD[case])

    says = place.failed("damaged")

    assert f"(backup {place.record['id']}) is not complete: it" in says
    assert place.names() == []


def test_a_file_that_is_damaged_is_fetched_again(place: Place) -> None:
    place.dest.write_bytes(place.archive[:-1] + b"?")

    assert place.fetched()["changed"] is True


def test_without_verifying_only_size_and_start_count(place: Place) -> None:
    broken = place.archive[:-1] + b"?"
    place.replace(broken)

    result = place.fetched(verify=False)
    assert (result["verified"], result["checksum"]) == (False, hashlib.sha256(broken).hexdigest())
    assert place.fetched(verify=False)["changed"] is False


def test_odd_names_in_an_archive_mean_nothing(place: Place, tmp_path: Path) -> None:
    place.replace(packed("../../evil", "/etc/evil", "-rf", "a\nb", "\x1b[31m"))

    assert place.fetched()["verified"] is True
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copies"]


# --- faults of the destination


def test_a_disk_that_is_too_small(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(place.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=100))

    says = place.failed("no_space")

    assert f"requires {len(place.archive)} bytes, but only 100 are free" in says
    assert place.seen() == FIND
    assert place.names() == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_disk_that_is_full(place: Place, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def write(_fd: int, _data: bytes) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "write", write)
    says = place.failed("destination" if code == errno.EIO else "no_space")

    assert says.startswith(
        f"The archive could not be written to {place.dest}: {os.strerror(code)}."
    )
    assert place.names() == []


def a_link(path: Path) -> None:
    path.with_name("elsewhere").write_bytes(b"precious")
    path.symlink_to("elsewhere")


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to("nothing")


@pytest.mark.parametrize("make", [a_link, a_link_to_nothing, Path.mkdir, os.mkfifo])
def test_something_else_at_the_destination(place: Place, make: Callable[[Path], object]) -> None:
    make(place.dest)
    before = place.names()

    says = place.failed("options")

    assert f"dest: {place.dest} is" in says
    assert place.portal.url in says
    assert place.names() == before
    assert not place.ranges()


def test_something_else_where_the_part_should_be(place: Place) -> None:
    a_link(place.part)

    assert "symbolic links" in place.failed("destination")
    assert place.part.with_name("elsewhere").read_bytes() == b"precious"


@pytest.mark.parametrize("dest", ["{}/missing/file", "{}/missing/", "{}/link", " "])
def test_destinations_that_cannot_be(place: Place, dest: str) -> None:
    (place.folder / "link").symlink_to("nothing")

    says = place.failed("options", dest=dest.format(place.folder))

    assert says.startswith("dest: ")
    assert place.requests() == []


def test_a_directory_behind_a_link(place: Place, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(place.folder)

    assert place.run(dest=str(tmp_path / "link")).result
    assert place.dest.read_bytes() == place.archive


def test_two_tasks_with_one_destination(place: Place) -> None:
    place.spoil({"drip_bytes_per_s": 500}, times=2)
    outcomes: list[Outcome] = []

    def fetch() -> None:
        outcomes.append(place.run(sleep=time.sleep))

    both = [threading.Thread(target=fetch) for _task in range(2)]
    for task in both:
        task.start()
    for task in both:
        task.join(30)

    changed = [outcome.result["changed"] for outcome in outcomes if outcome.result]
    assert sorted(changed) == [False, True]
    assert place.dest.read_bytes() == place.archive
    assert place.names() == [place.dest.name]


# --- results and progress


def test_how_far_it_is_is_told(place: Place) -> None:
    place.spoil({"drip_bytes_per_s": 5000})
    place.fetched()

    lines = [line for line in place.told if "% complete" in line]
    name = place.record["fileName"]
    assert lines[0].startswith(f"{place.portal.url}: the download of {name} is ")
    assert 5 < len(lines) < 13


def test_nothing_is_told_where_nothing_is_fetched(place: Place) -> None:
    place.fetched()
    place.told.clear()
    place.fetched()

    assert place.told == []
    assert FOLDER in place.seen()
