# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows 44-48 of the matrix of contract-backups: finding and fetching an archive."""

from __future__ import annotations

import gzip
import io
import tarfile
from dataclasses import dataclass
from urllib.parse import urlsplit

from support.answers import Answer

from contract.matrix.bodies import COPY, FOLDER, HISTORY, NUMERIC_FOLDER, START
from contract.notation import EMPTY, OK, Expected, Status
from contract.rows import Row
from contract.steps import Call, Clock, Forward, Step, World, delete, get, post
from contract.values import GUID, INT, POSITIVE, Bind, Has, Names, Ref, pattern

_NOON = Clock("2026-03-02T12:00:00Z")
_STREAM = r"http://.+/filehandler\.ashx\?action=stream&fileid=\d+&version=\d+&stream_auth=.+"


@dataclass(frozen=True)
class Bytes(Expected):
    """A whole archive, or the range of bytes in ``part``, which includes both ends."""

    part: tuple[bytes, str] | None = None

    def check(self, answer: Answer, request: tuple[str, str], names: Names) -> None:
        assert answer.headers["Content-Length"] == str(len(answer.body))
        if self.part:
            body, where = self.part
            assert (answer.status, answer.body) == (206, body)
            assert answer.headers["Content-Range"].strip().startswith(where)
            return
        assert answer.status == 200
        with tarfile.open(fileobj=io.BytesIO(gzip.decompress(answer.body))) as tar:
            assert any(name.startswith("databases/") for name in tar.getnames())


@dataclass(frozen=True)
class Follow:
    """GET the address stored as ``address``, without any authentication."""

    expect: Expected
    byte_range: str = ""

    def run(self, world: World) -> None:
        address = world.names["address"]
        headers = {"Range": self.byte_range} if self.byte_range else {}
        answer = world.simulator.http.send("GET", address, headers=headers)
        self.expect.check(answer, ("GET", urlsplit(address).path), world.names)


@dataclass(frozen=True)
class Stem:
    """Store the name of the newest archive, without its extensions, as ``stem``."""

    def run(self, world: World) -> None:
        world.names["stem"] = str(world.names["file_name"]).partition(".")[0]


def found(*steps: Step) -> list[Step]:
    """Steps on a portal with one archive in ``folder``, which is the file ``file``."""
    return [
        _NOON,
        FOLDER,
        post(START, COPY, OK(Has({"taskId": GUID}))),
        Forward(60),
        get(HISTORY, OK([Has({"fileName": Bind("file_name", pattern("name", r".+\.tar\.gz"))})])),
        Stem(),
        get(
            "files/{folder}?filterValue={stem}&count=10",
            OK(
                Has(
                    {
                        "files": [
                            Has(
                                {
                                    "id": Bind("file", INT),
                                    "title": Ref("file_name"),
                                    "pureContentLength": POSITIVE,
                                    "folderId": NUMERIC_FOLDER,
                                }
                            )
                        ]
                    }
                )
            ),
        ),
        *steps,
    ]


PRESIGNED: Call = get("files/file/{file}/presigneduri", OK(Bind("address", pattern("u", _STREAM))))

ROWS = (
    Row(44, "the archive is found in its folder", found()),
    Row(45, "a presigned address", found(PRESIGNED)),
    Row(46, "its bytes without a log-in", found(PRESIGNED, Follow(Bytes()))),
    Row(
        47,
        "a part of it",
        found(PRESIGNED, Follow(Bytes((b"\x1f\x8b", "bytes 0-1/")), "bytes=0-1")),
    ),
    Row(
        48,
        "an archive that was deleted",
        found(
            PRESIGNED,
            delete("files/file/{file}", Status(200), json={"immediately": True}),
            Forward(60),
            Follow(EMPTY(404)),
        ),
    ),
)
