# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tarball that depends on its files alone: the same checkout gives the same bytes.

ansible-galaxy writes the files in the order of the disk, and the time and user of the build.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path

LIST = "FILES.json"
MANIFEST = "MANIFEST.json"


def rewrite(tarball: Path, moment: int) -> None:
    """Write `tarball` anew: sorted, owned by nobody, all of it from `moment` (Unix time)."""
    with tarfile.open(tarball) as given:
        members = {
            member.name: (member, given.extractfile(member)) for member in given.getmembers()
        }
        contents = {name: file.read() if file else None for name, (_info, file) in members.items()}
    _sort_list(contents)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name in sorted(contents, key=_manifest_first):
            content = contents[name]
            tar.addfile(
                _plain(members[name][0], moment, content),
                io.BytesIO(content) if content is not None else None,
            )
    tarball.write_bytes(gzip.compress(packed.getvalue(), mtime=0))


def _sort_list(contents: dict[str, bytes | None]) -> None:
    """Sort the list of files, and let the manifest have the checksum of the sorted list."""
    listed = json.loads(contents[LIST] or b"")
    listed["files"].sort(key=lambda entry: entry["name"])
    contents[LIST] = _json(listed)
    manifest = json.loads(contents[MANIFEST] or b"")
    checksum = hashlib.sha256(contents[LIST] or b"").hexdigest()
    manifest["file_manifest_file"]["chksum_sha256"] = checksum
    contents[MANIFEST] = _json(manifest)


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1).encode()


def _manifest_first(name: str) -> tuple[bool, bool, str]:
    """Galaxy reads the manifest before all else."""
    return name != MANIFEST, name != LIST, name


def _plain(info: tarfile.TarInfo, moment: int, content: bytes | None) -> tarfile.TarInfo:
    plain = tarfile.TarInfo(info.name)
    plain.type, plain.linkname, plain.mtime = info.type, info.linkname, moment
    plain.size = len(content) if content is not None else 0
    plain.mode = 0o755 if info.isdir() or info.mode & 0o100 else 0o644
    return plain
