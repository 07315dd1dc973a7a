# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The partial file of an archive: what is continued, what is refused, and what is left.

The content of these archives is of a type that is not checked.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.part import (
    Busy,
    Part,
    placed,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.reading import (
    Damaged,
    Reading,
)

WHOLE = bytes(range(256)) * 4
MADE = 1_780_000_000.0


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    return tmp_path / "archive.tar"


@pytest.fixture
def part_of(dest: Path) -> Callable[..., Part]:
    """A partial file next to `dest` for an archive of this size."""

    def part(expected: int | None = len(WHOLE)) -> Part:
        path = f"{dest}.part"
        return Part(path, lambda: Reading("x.tar", thorough=False), lambda _part: [], expected)

    return part


def part_file(dest: Path) -> Path:
    return dest.with_name(dest.name + ".part")


def answered(start: int, total: int = len(WHOLE)) -> tuple[int, Mapping[str, str]]:
    """The status and headers of a response that starts at this byte."""
    if start:
        return 206, {"Content-Range": f"bytes {start}-{total - 1}/{total}"}
    return 200, {"Content-Length": str(total)}


def receive(part: Part, start: int, data: bytes, total: int = len(WHOLE)) -> None:
    assert part.begin(*answered(start, total))
    part.write(data)
    part.end()


def fail_after(part_of: Callable[..., Part], data: bytes, *, keep: bool) -> None:
    """Make the task fail after this data has been received."""

    def fetch() -> None:
        with part_of() as part:
            part.keep = keep
            part.begin(*answered(0))
            part.write(data)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fetch()


def test_a_whole_archive(part_of: Callable[..., Part], dest: Path) -> None:
    with part_of() as part:
        assert part.headers() == {}
        receive(part, 0, WHOLE)
        assert not dest.exists()
        reading = part.finish(str(dest), MADE)

    found = dest.stat()
    assert (dest.read_bytes(), reading.size) == (WHOLE, len(WHOLE))
    assert (stat.S_IMODE(found.st_mode), found.st_mtime) == (0o600, MADE)
    assert not part_file(dest).exists()


def test_what_is_left_of_a_broken_line_is_gone_on_with(
    part_of: Callable[..., Part], dest: Path
) -> None:
    fail_after(part_of, WHOLE[:600], keep=True)
    assert part_file(dest).read_bytes() == WHOLE[:600]

    # The last 300 of 600 bytes are fetched again, to verify that the archive is the same.
    with part_of() as part:
        assert part.headers() == {"Range": "bytes=300-"}
        receive(part, 300, WHOLE[300:])
        part.finish(str(dest), MADE)
    assert dest.read_bytes() == WHOLE


@pytest.mark.parametrize("pieces", [[10], [299, 301], [300], [1, 2, 3]])
def test_what_is_fetched_again_may_come_in_any_pieces(
    part_of: Callable[..., Part], dest: Path, pieces: list[int]
) -> None:
    part_file(dest).write_bytes(WHOLE[:600])

    with part_of() as part:
        part.begin(*answered(300))
        at = 300
        for size in [*pieces, len(WHOLE)]:
            part.write(WHOLE[at : at + size])
            at += size
        part.end()
        part.finish(str(dest), MADE)
    assert dest.read_bytes() == WHOLE


def test_a_part_of_another_archive_is_noticed(part_of: Callable[..., Part], dest: Path) -> None:
    part_file(dest).write_bytes(WHOLE[:599] + b"?")

    with part_of() as part:
        part.begin(*answered(300))
        with pytest.raises(Damaged, match="another archive"):
            part.write(WHOLE[300:])
        assert part.resumed
        part.restart()
        assert (part.size, part.resumed, part.headers()) == (0, False, {})
        receive(part, 0, WHOLE)
        part.finish(str(dest), MADE)
    assert dest.read_bytes() == WHOLE


@pytest.mark.parametrize("left", [b"", b"x", WHOLE + b"more"])
def test_a_part_that_is_of_no_use(part_of: Callable[..., Part], dest: Path, left: bytes) -> None:
    part_file(dest).write_bytes(left)

    with part_of() as part:
        assert (part.size, part.headers()) == (0, {})
        receive(part, 0, WHOLE)
        part.finish(str(dest), MADE)
    assert dest.read_bytes() == WHOLE


def test_without_a_size_nothing_older_is_gone_on_with(
    part_of: Callable[..., Part], dest: Path
) -> None:
    part_file(dest).write_bytes(WHOLE[:600])

    with part_of(None) as part:
        assert part.headers() == {}
        receive(part, 0, WHOLE)
        part.finish(str(dest), MADE)
    assert dest.read_bytes() == WHOLE


def test_a_server_that_ignores_the_range(part_of: Callable[..., Part], dest: Path) -> None:
    part_file(dest).write_bytes(b"?" * 600)

    with part_of() as part:
        receive(part, 0, WHOLE)
        part.finish(str(dest), MADE)
    assert dest.read_bytes() == WHOLE


def test_the_same_archive_is_asked_for(part_of: Callable[..., Part]) -> None:
    status, headers = answered(0)
    for etag, same in (('"1"', {"If-Range": '"1"'}), ('W/"1"', {}), ("", {})):
        with part_of() as part:
            part.begin(status, {**headers, "ETag": etag})
            part.write(WHOLE[:10])
            assert part.headers() == {"Range": "bytes=10-", **same}


WRONG: Mapping[str, tuple[tuple[int, Mapping[str, str]], str]] = {
    "another length": (answered(0, 99), "99 bytes, but 1024"),
    "another length of the whole": (answered(300, 2000), "2000 bytes, but 1024"),
    "another place": (answered(299), "begins at byte 299"),
    "no place": ((206, {}), "does not specify which part"),
    "a place that is none": (
        (206, {"Content-Range": "bytes */1024"}),
        "does not specify which part",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_an_answer_that_is_not_what_was_asked_for(
    part_of: Callable[..., Part], dest: Path, case: str
) -> None:
    answer, problem = WRONG[case]
    part_file(dest).write_bytes(WHOLE[:600])

    with part_of() as part, pytest.raises(ValueError, match=problem):
        part.begin(*answer)


def test_fewer_or_more_bytes_than_there_should_be(part_of: Callable[..., Part]) -> None:
    with part_of() as part:
        part.begin(200, {})
        with pytest.raises(ValueError, match="more than the expected 1024 bytes"):
            part.write(WHOLE + b"x")
    with part_of() as part:
        part.begin(200, {})
        part.write(WHOLE[:-1])
        with pytest.raises(ValueError, match="only 1023 of the expected 1024 bytes"):
            part.end()


def test_nothing_is_left_that_is_of_no_use(part_of: Callable[..., Part], dest: Path) -> None:
    fail_after(part_of, WHOLE[:10], keep=False)
    assert not part_file(dest).exists()

    fail_after(part_of, b"", keep=True)
    assert not part_file(dest).exists()


def test_one_task_at_a_time(part_of: Callable[..., Part], dest: Path) -> None:
    with part_of() as part:
        with pytest.raises(Busy):
            part_of()
        receive(part, 0, WHOLE)
        part.finish(str(dest), MADE)
    # The file has its final name now, so another task starts with a new file.
    with part_of() as other:
        assert other.size == 0
    assert dest.read_bytes() == WHOLE


def test_what_is_no_file_of_ones_own_is_not_written_to(
    part_of: Callable[..., Part], dest: Path, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    planted = part_file(dest)

    planted.symlink_to(victim)
    with pytest.raises(OSError, match="symbolic links"):
        part_of()
    planted.unlink()
    os.mkfifo(planted)
    with pytest.raises(OSError, match="not a regular file"):
        part_of()
    planted.unlink()
    planted.mkdir()
    with pytest.raises(IsADirectoryError):
        part_of()
    assert victim.read_bytes() == b"precious"


def test_a_part_that_another_user_could_read_is_replaced(
    part_of: Callable[..., Part], dest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It may contain data from someone else, or be a hard link to another user's file.
    part_file(dest).write_bytes(WHOLE[:600])
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with part_of() as part:
        assert part.size == 0
    monkeypatch.undo()

    (tmp_path / "own").write_bytes(b"precious")
    os.link(tmp_path / "own", part_file(dest))
    with part_of() as part:
        receive(part, 0, WHOLE)
        part.finish(str(dest), MADE)
    assert (tmp_path / "own").read_bytes() == b"precious"
    assert dest.read_bytes() == WHOLE


def test_a_part_that_is_removed_in_between(part_of: Callable[..., Part], dest: Path) -> None:
    with part_of() as part:
        receive(part, 0, WHOLE)
        part_file(dest).unlink()
        part_file(dest).write_bytes(b"of another task")
        with pytest.raises(OSError, match="during the download"):
            part.finish(str(dest), MADE)
    assert not dest.exists()


def test_how_far_it_is_is_told(part_of: Callable[..., Part]) -> None:
    told: list[int] = []
    with part_of() as part:
        part.told = told.append
        part.begin(*answered(0))
        part.write(WHOLE[:256])
        part.write(WHOLE[256:])

    assert told == [25, 100]


@pytest.mark.parametrize(
    ("status", "headers", "place"),
    [
        (200, {}, (0, None)),
        (200, {"Content-Length": "12"}, (0, 12)),
        (200, {"Content-Length": "-12"}, (0, None)),
        (200, {"Content-Length": "9" * 40}, (0, None)),
        (206, {"Content-Range": " bytes 5-9/10"}, (5, 10)),
        (200, {"Content-Range": "bytes 0-9/10", "Content-Length": "10"}, (0, 10)),
    ],
)
def test_where_an_answer_begins(
    status: int, headers: Mapping[str, str], place: tuple[int, int | None]
) -> None:
    assert placed(status, headers) == place
