# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Types of rooms, by name and by the server's number: one table."""

from __future__ import annotations

from dataclasses import dataclass

LINKED = "Everyone who has the link can read the contents of the room, including backups."


@dataclass(frozen=True)
class RoomType:
    """One type of room: its number on the wire, and what to know before it is used for backups."""

    number: int
    warning: str = ""


# Contract-rooms 2.2. Every release takes the number, and only newer ones the name.
ROOM_TYPES: dict[str, RoomType] = {
    "CustomRoom": RoomType(5),
    "EditingRoom": RoomType(2),
    "PublicRoom": RoomType(6, f"is public: it has an external link. {LINKED}"),
    "VirtualDataRoom": RoomType(8),
    "FillingFormsRoom": RoomType(
        1,
        "is for filling in forms: the web interface does not accept it for backups, and it has "
        "an external link. {LINKED}",
    ),
}
# A room for AI agents can neither be made here nor hold backups.
_NAMES = {9: "AiRoom", **{entry.number: name for name, entry in ROOM_TYPES.items()}}


def room_type_name(number: int) -> str:
    """The name of a room type; the number as text where the table has none."""
    return _NAMES.get(number, str(number))
