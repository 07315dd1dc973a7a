# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether an archive is complete, regardless of the sizes of the chunks in which it is read."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.reading import (
    Beside,
    Damaged,
    Reading,
)

NAME = "portal_2026-07-01_02-15-07.tar.gz"


def tar(members: Mapping[str, bytes], **options: Any) -> bytes:
    """A tar with these members."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", **options) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


PLAIN = tar({"databases/a": b"a" * 700, "storage/b": b"b" * 512, "storage/empty": b""})
BLOCK = tarfile.BLOCKSIZE
# The three members without the zero blocks at the end of a tar.
MEMBERS = PLAIN[: 6 * BLOCK]
WHOLE = gzip.compress(PLAIN)


def read(data: bytes, *, name: str = NAME, thorough: bool = True, piece: int = 97) -> Reading:
    reading = Reading(name, thorough)
    for at in range(0, len(data), piece):
        reading.feed(data[at : at + piece])
    reading.end()
    return reading


def keyword(name: str, value: str) -> bytes:
    """A record of an extended header for the next member."""
    line = f" {name}={value}\n"
    length = len(line) + len(str(len(line)))
    return f"{length}{line}".encode()


def with_size_in_keywords() -> bytes:
    """A member with the size 0 in its own header, and its real size in an extended header."""
    data = keyword("size", "700")
    head = tarfile.TarInfo("pax")
    head.type, head.size = tarfile.XHDTYPE, len(data)
    return (
        head.tobuf(tarfile.USTAR_FORMAT)
        + data.ljust(BLOCK, b"\0")
        + tarfile.TarInfo("large").tobuf(tarfile.USTAR_FORMAT)
        + (b"x" * 700).ljust(2 * BLOCK, b"\0")
        + bytes(2 * BLOCK)
    )


def special(kind: bytes) -> bytes:
    """A tar with a member that has no content, although its header contains a size."""
    info = tarfile.TarInfo("special")
    info.type, info.size = kind, 4096
    return info.tobuf(tarfile.GNU_FORMAT) + bytes(2 * BLOCK)


SOUND: Mapping[str, tuple[str, bytes]] = {
    "gzip": (NAME, WHOLE),
    "several gzip members": (NAME, gzip.compress(PLAIN[:1000]) + gzip.compress(PLAIN[1000:])),
    "zeros after the gzip data": (NAME, WHOLE + bytes(512)),
    "a gzip member without content": (NAME, gzip.compress(b"") + WHOLE),
    "tar without gzip": ("dump.tar", PLAIN),
    "one block of zeros at the end": ("dump.tar", MEMBERS + bytes(BLOCK)),
    "something after the end": ("dump.tar", PLAIN + b"signature"),
    "names that lead elsewhere": ("x.tar", tar({"../../etc/passwd": b"x", "/root/.ssh": b"y"})),
    "a name that is no text": ("x.tar", tar({"\udcff\udcfe\n\x1b[2J": b"x"})),
    "long names": ("x.tar", tar({"d/" * 200 + "x": b"x" * 9}, format=tarfile.GNU_FORMAT)),
    "names in keywords": ("x.tar", tar({"ä" * 200: b"x" * 9}, format=tarfile.PAX_FORMAT)),
    "a size in keywords": ("x.tar", with_size_in_keywords()),
    "a directory with a size": ("x.tar", special(tarfile.DIRTYPE)),
    "a link with a size": ("x.tar", special(tarfile.SYMTYPE)),
}


@pytest.mark.parametrize("case", SOUND)
@pytest.mark.parametrize("piece", [1, 511, 100_000])
def test_whole(case: str, piece: int) -> None:
    name, data = SOUND[case]

    reading = read(data, name=name, piece=piece)

    assert (reading.size, reading.checksum) == (len(data), hashlib.sha256(data).hexdigest())


NOT_WHOLE: Mapping[str, tuple[str, bytes, str]] = {
    "nothing": (NAME, b"", "empty"),
    "a page": (NAME, b"<html>log in</html>", "it is not a gzip file"),
    "tar that should be gzip": (NAME, PLAIN, "it is not a gzip file"),
    "only the first byte of gzip": (NAME, WHOLE[:1], "is incomplete"),
    "gzip data that breaks off": (NAME, WHOLE[:-1], "is incomplete"),
    "gzip data in which a byte differs": (NAME, WHOLE[:40] + b"\0" + WHOLE[41:], "gzip data"),
    "a checksum that differs": (NAME, WHOLE[:-8] + bytes(8), "gzip data is damaged"),
    "zeros instead of the end": (NAME, WHOLE[:-40] + bytes(40), "damaged"),
    "something after the gzip data": (NAME, WHOLE + b"more", "gzip data is damaged"),
    "a tar cut in a file": (NAME, gzip.compress(PLAIN[:900]), "tar data is incomplete"),
    "a tar cut in a header": (NAME, gzip.compress(PLAIN[:100]), "tar data is incomplete"),
    "a tar cut between two files": (NAME, gzip.compress(MEMBERS), "tar data is incomplete"),
    "no tar": (NAME, gzip.compress(b"x" * 2000), "tar data is damaged"),
    "gzip of nothing": (NAME, gzip.compress(b""), "tar data is incomplete"),
    "a tar without a file": (NAME, gzip.compress(bytes(2 * BLOCK)), "tar data is empty"),
    "a tar whose header differs": ("x.tar", PLAIN[:1] + b"\x01" + PLAIN[2:], "tar data is damaged"),
}


@pytest.mark.parametrize("case", NOT_WHOLE)
@pytest.mark.parametrize("piece", [1, 100_000])
def test_not_whole(case: str, piece: int) -> None:
    name, data, problem = NOT_WHOLE[case]

    with pytest.raises(Damaged, match=problem):
        read(data, name=name, piece=piece)


@pytest.mark.parametrize("length", range(1, len(WHOLE)))
def test_an_archive_that_breaks_off_anywhere(length: int) -> None:
    with pytest.raises(Damaged):
        read(WHOLE[:length], piece=100_000)


def test_a_small_file_that_holds_very_much_takes_little_memory() -> None:
    # Zeros are compressed by a factor of a thousand.
    inflated: list[int] = []
    reading = Reading("x.tar.gz", thorough=True)
    bomb = gzip.compress(tar({"zeros": bytes(20_000_000)}))
    tar_of = reading._tar
    assert tar_of
    feed: Callable[[bytes], None] = tar_of.feed
    # Replaces the method to record the size of each chunk.
    tar_of.feed = lambda plain: (inflated.append(len(plain)), feed(plain))[1]  # type: ignore[method-assign]

    reading.feed(bomb)
    reading.end()

    assert sum(inflated) >= 20_000_000
    assert max(inflated) <= 1024 * 1024


@pytest.mark.parametrize("data", [WHOLE[:-1], gzip.compress(b"no tar")])
def test_without_a_thorough_look_only_the_start_counts(data: bytes) -> None:
    assert read(data, thorough=False).checksum == hashlib.sha256(data).hexdigest()
    with pytest.raises(Damaged):
        read(b"\x1f" + data, thorough=False)
    with pytest.raises(Damaged):
        read(b"", thorough=False)


def beside(data: bytes, pieces: Iterable[int]) -> Reading:
    reader = Beside(Reading(NAME, thorough=True))
    try:
        for at in pieces:
            reader.feed(data[at : at + 10])
        return reader.end()
    finally:
        reader.close()


def test_reading_in_a_thread_of_its_own() -> None:
    assert beside(WHOLE, range(0, len(WHOLE), 10)).checksum == read(WHOLE).checksum


def test_what_is_wrong_comes_up_from_the_thread() -> None:
    with pytest.raises(Damaged, match="it is not a gzip file"):
        beside(b"no gzip" * 100, range(0, 700, 10))
    with pytest.raises(Damaged, match="is incomplete"):
        beside(WHOLE[:-1], range(0, len(WHOLE), 10))
