# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small but real archives of backups (contract-backups 4)."""

from __future__ import annotations

import gzip
import io
import tarfile

from .bulk import Content, MadeUp, Part

_MEMBERS = {
    "storage/restore_info": b"<Backup><Tables /></Backup>",
    "databases/core/tenants_tenants": b"<NewDataSet />",
}


def archive(ended: float) -> bytes:
    """The bytes of an archive that was finished at this time."""
    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", mtime=int(ended)) as stream,
        tarfile.open(fileobj=stream, mode="w") as tar,
    ):
        for name, content in _MEMBERS.items():
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(content), int(ended)
            tar.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def broken(whole: Content) -> Content:
    """An archive without its second half."""
    return Part(whole, 0, len(whole) // 2)


def is_whole(content: Content) -> bool:
    """Whether an archive can be read completely."""
    if isinstance(content, MadeUp):
        return True
    try:
        with tarfile.open(fileobj=io.BytesIO(content[:]), mode="r:gz") as tar:
            return bool(tar.getnames())
    except (tarfile.TarError, EOFError, OSError):
        return False
