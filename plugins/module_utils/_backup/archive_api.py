# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""API requests that find an archive and its addresses (contract-backups 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.api import BackupsApi
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.archive_wire import (
    StoredFile,
    files_from_wire,
    rooms_from_wire,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.backup import Backup
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import member
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.paths import api_path
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.api import (
    scheduled_storage,
)

_MINE = "@my"
_ROOMS = api_path("files", "rooms")
_DOWNLOAD = "/filehandler.ashx"

# The maximum in DocSpace 3.2.1 and later (contract-rooms 1.1).
_PAGE = 100
_MOST_PAGES = 1000

# Storage types whose archives the portal itself can send.
_IN_FOLDERS = ("Documents", "ThirdPartyDocuments")
_BEHIND_LINKS = ("DataStore", "ThirdPartyConsumer")


@dataclass(frozen=True)
class Archive:
    """An archive that can be downloaded. `size` is None if only the download shows it.

    Equal objects mean the same archive, because a replaced archive has a different size or version.
    """

    size: int | None
    file: StoredFile | None = None
    link: str = field(default="", repr=False)


class ArchivesApi:
    """The archives of one portal or, with `dump`, of the whole server."""

    def __init__(self, client: Client, dump: bool) -> None:
        self._client = client
        self._dump = dump
        # The folder of the last archive, to find it again with one request.
        self._folder = ""

    def find(self, backup: Backup) -> Archive:
        """Return the archive of a backup. Raise DocSpaceError if it cannot be downloaded.

        For an archive in a folder, send a GET for the schedule and one for its folder. If it is not
        there, send one for My documents and one for each room, until it is found. For other
        archives, send one GET for the progress.
        """
        if backup.storage_type in _IN_FOLDERS:
            return self._in_folders(backup)
        if backup.storage_type in _BEHIND_LINKS:
            return self._behind_link(backup)
        raise self._not_fetchable(
            backup,
            "The archive is on the disk of the server. Copy it from there, or use another storage "
            "type for the backups.",
        )

    def addresses(self, archive: Archive) -> Iterator[str]:
        """Yield the addresses of an archive, the best one first. They work without a login."""
        if archive.file is None:
            yield self._client.portal + archive.link if archive.link[0] == "/" else archive.link
            return
        path = api_path("files", "file", archive.file.id, "presigneduri")
        try:
            response = self._client.get(path)
            yield self._client.decoded(lambda r: str(member(r, "response", str)), response, path)
        except DocSpaceError as error:
            if error.kind != "not_found":
                raise
        # If the document server has a secret, the first address does not work.
        query = urlencode({"action": "download", "fileid": archive.file.id})
        yield f"{self._client.portal}{_DOWNLOAD}?{query}"

    # --- in a folder of the portal

    def _in_folders(self, backup: Backup) -> Archive:
        own = backup.storage_type == "Documents"
        for folder in [self._folder] if self._folder else self._folders(own):
            for file in self._files(folder, backup.file_name):
                if file.title == backup.file_name:
                    self._folder = folder
                    return Archive(file.size, file)
        raise self._error(
            backup,
            "was not found in the folder of the schedule, in My documents, or in a room",
            "Check that the owner of the key can see the room, and that the archive was not moved "
            "or deleted.",
            kind="not_found",
        )

    def _folders(self, own: bool) -> Iterator[str]:
        """Yield each folder that can contain the archive once, the most likely ones first.

        With `own`, yield folders of the portal, whose IDs are numbers, otherwise third-party
        folders.
        """
        storage = scheduled_storage(self._client, self._dump)
        scheduled = storage.params.get("folderId", "") if storage else ""
        if scheduled:
            yield scheduled
        if own:
            yield _MINE
        seen = {scheduled}
        for area in ("Active", "Archive"):
            for page in range(_MOST_PAGES):
                query = {"searchArea": area, "count": str(_PAGE), "startIndex": str(page * _PAGE)}
                found = self._client.decoded(
                    rooms_from_wire, self._client.get(_ROOMS, query), _ROOMS
                )
                new = [room for room in found.rooms if room not in seen]
                seen.update(new)
                yield from (room for room in new if room.isdecimal() == own)
                # A server that ignores startIndex sends the same rooms again.
                if not new or (page + 1) * _PAGE >= found.total:
                    break

    def _files(self, folder: str, name: str) -> tuple[StoredFile, ...]:
        """Return the files that match a name, or none if the folder cannot be read."""
        path = api_path("files", folder)
        query = {"filterValue": name.partition(".tar")[0], "count": str(_PAGE)}
        try:
            response = self._client.get(path, query)
        except DocSpaceError as error:
            if error.status in (403, 404) and error.kind not in ("scope", "portal_state"):
                return ()
            raise
        return self._client.decoded(files_from_wire, response, path)

    # --- elsewhere

    def _behind_link(self, backup: Backup) -> Archive:
        item = BackupsApi(self._client).progress(self._dump)
        if item is None or item.id != backup.id or not item.link:
            raise self._not_fetchable(
                backup,
                f"With {backup.storage_type}, only the archive of the last backup can be fetched, "
                "and only for 24 hours. Fetch it directly after the backup.",
            )
        return Archive(None, link=item.link)

    def _not_fetchable(self, backup: Backup, hint: str) -> DocSpaceError:
        return self._error(
            backup, f"cannot be fetched from {backup.storage_type}", hint, kind="not_fetchable"
        )

    def _error(self, backup: Backup, problem: str, hint: str, *, kind: str) -> DocSpaceError:
        portal = self._client.portal
        return DocSpaceError(
            f"The archive {backup.file_name} of {portal} (backup {backup.id}) {problem}.",
            kind=kind,
            portal=portal,
            hint=hint,
        )
