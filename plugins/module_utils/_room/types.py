# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The table of room types, by name and by number."""

from __future__ import annotations

from dataclasses import dataclass

LINKED = "Anyone who has the link can read the contents of the room, including backups."


@dataclass(frozen=True)
class RoomType:
    """A room type: its number in the API, and a warning for its use for backups."""

    number: int
    warning: str = ""


# Contract-rooms 2.2. Every release accepts the number, and only newer ones accept the name.
ROOM_TYPES: dict[str, RoomType] = {
    "CustomRoom": RoomType(5),
    "EditingRoom": RoomType(2),
    "PublicRoom": RoomType(6, f"is public: it has an external link. {LINKED}"),
    "VirtualDataRoom": RoomType(8),
    "FillingFormsRoom": RoomType(
        1,
        "is for filling in forms: the web interface does not accept it for backups, and it has "
        f"an external link. {LINKED}",
    ),
}
# The module cannot create rooms for AI agents, and they cannot contain backups.
_NAMES = {9: "AiRoom", **{entry.number: name for name, entry in ROOM_TYPES.items()}}


def room_type_name(number: int) -> str:
    """Return the name of a room type, or the number as text if the table does not contain it."""
    return _NAMES.get(number, str(number))
