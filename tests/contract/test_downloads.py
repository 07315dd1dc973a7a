# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives over HTTP: access, expiry, and ranges (contract-backups 4)."""

from __future__ import annotations

import gzip
import io
import tarfile
from typing import Any

import pytest
from support.answers import Answer
from support.control import Control
from support.portal import Portal

from contract.matrix.bodies import PROGRESS, START, copy_to

NOON = "2026-03-02T12:00:00Z"
DAY_S = 86400


@pytest.fixture
def archive(portal: Portal, control: Control) -> dict[str, Any]:
    """The record of a backup, with the ID of its archive as ``fileId``."""
    control.clock_at(NOON)
    return control.backup(portal.alias, NOON)


def fetch(portal: Portal, address: str, **headers: str) -> Answer:
    return portal.http.send("GET", address, headers=headers)


def presigned(portal: Portal, archive: dict[str, Any]) -> str:
    address: str = portal.get(f"files/file/{archive['fileId']}/presigneduri").response
    return address


def test_an_address_that_was_tampered_with(portal: Portal, archive: dict[str, Any]) -> None:
    address = presigned(portal, archive)
    last = "1" if address.endswith("0") else "0"

    assert fetch(portal, address[:-1] + last).status == 403
    assert fetch(portal, address.replace("fileid=", "fileid=1")).status == 403
    assert fetch(portal, address.partition("&stream_auth")[0]).status == 403
    assert fetch(portal, address.replace("stream_auth=", "stream_auth=9")).status == 403


def test_an_address_expires(portal: Portal, control: Control, archive: dict[str, Any]) -> None:
    address = presigned(portal, archive)
    control.clock_forward(20 * 60)

    assert fetch(portal, address).status == 403
    assert fetch(portal, presigned(portal, archive)).status == 200


def test_a_file_that_is_not_there(portal: Portal) -> None:
    assert portal.get("files/file/4711/presigneduri").status == 404
    assert portal.get("/filehandler.ashx?action=download&fileid=4711").status == 404


def test_a_download_needs_a_log_in(portal: Portal, archive: dict[str, Any]) -> None:
    path = f"/filehandler.ashx?action=download&fileid={archive['fileId']}"

    assert portal.get(path, auth=None).status == 403
    assert portal.get(path, auth="Bearer sk-" + 64 * "0").status == 403
    assert portal.get(path).body[:2] == b"\x1f\x8b"


def test_a_secret_of_the_document_server(
    portal: Portal, control: Control, archive: dict[str, Any]
) -> None:
    control.change(portal.alias, signature_secret=True)
    address = presigned(portal, archive)

    assert fetch(portal, address).status == 403
    assert fetch(portal, address, Authorization=portal.bearer).status == 200


def test_if_range_gives_the_part_of_the_same_archive_only(
    portal: Portal, control: Control, archive: dict[str, Any]
) -> None:
    address = presigned(portal, archive)
    whole = fetch(portal, address)
    part = {"Range": "bytes=10-", "If-Range": whole.headers["ETag"]}

    assert fetch(portal, address, **part).body == whole.body[10:]
    control.file(portal.alias, archive["fileId"], content_base64="bm9uZQ==")
    changed = fetch(portal, address, **part)
    assert (changed.status, changed.body) == (200, b"none")


def test_a_range_behind_the_end(portal: Portal, archive: dict[str, Any]) -> None:
    assert fetch(portal, presigned(portal, archive), Range="bytes=99999-").status == 400


@pytest.mark.parametrize("size", [2 * 2**20, 3_000_001])
def test_large_archives_are_made_up(portal: Portal, control: Control, size: int) -> None:
    record = control.backup(portal.alias, NOON, pureContentLength=size)
    address = presigned(portal, record)
    whole = fetch(portal, address).body

    assert len(whole) == size
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(whole))) as tar:
        assert tar.getnames()
    part = fetch(portal, address, Range="bytes=1000000-1000099").body
    assert part == whole[1_000_000:1_000_100]


LINKED = {
    "DataStore": copy_to("DataStore"),
    "ThirdPartyConsumer": copy_to("ThirdPartyConsumer", module="s3", bucket="b"),
}


@pytest.mark.parametrize("storage_type", LINKED)
def test_the_link_of_the_progress(portal: Portal, control: Control, storage_type: str) -> None:
    control.clock_at(NOON)
    control.storage(portal.alias, "s3")
    portal.post(START, LINKED[storage_type])
    control.clock_forward(60)
    link = portal.get(PROGRESS).response["link"]
    address = portal.url + link if link.startswith("/") else link

    assert fetch(portal, address).body[:2] == b"\x1f\x8b"
    assert fetch(portal, address[:-1] + ("1" if address.endswith("0") else "0")).status == 403
    assert fetch(portal, address, Range="bytes=0-1").status == 206
    control.clock_forward(DAY_S)
    assert portal.get(PROGRESS).response is None
    assert fetch(portal, address).status == 403
