# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The complete state for debugging, with credentials shortened to their last four characters."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from . import times
from .requestlog import shortened
from .tenants import Portal
from .vault import Run, Vault

if TYPE_CHECKING:
    from .world import World


def everything(world: World) -> dict[str, Any]:
    """The state of all portals, the shared server, the clock and the fault rules."""
    return {
        "clock": {"now": times.precise(world.clock.now()), "real": world.clock.real},
        "server": _vault(world.server_vault),
        "portals": [_portal(portal) for portal in world.portals.values()],
        "faults": [
            {
                "id": r.id,
                "portal": r.portal,
                "method": r.method,
                "path": r.path,
                "left": r.left,
                "after": r.after,
                "action": r.action.kind,
                "used": r.used,
            }
            for r in world.faults.rules
        ],
        "requests": len(world.log.entries),
    }


def _portal(portal: Portal) -> dict[str, Any]:
    names = (
        "id",
        "alias",
        "server_version",
        "mode",
        "timezone",
        "status",
        "paid",
        "free_backups",
        "limited_access",
        "wallet_backup",
        "signature_secret",
        "owner_id",
        "storages",
        "allowed_ips",
        "audit_trail",
    )
    return {
        **{name: getattr(portal, name) for name in names},
        "profile": portal.profile.release,
        "places": {name: asdict(place) for name, place in portal.places.items()},
        "next_backup": asdict(portal.next_backup) if portal.next_backup else None,
        "rate_limiter": portal.limiter is not None,
        "users": [
            {"id": u.id, "email": u.email, "role": u.role, "disabled": u.disabled, "tfa": u.tfa}
            for u in portal.users.values()
        ],
        "keys": [
            {
                "id": k.id,
                "key": shortened(k.secret),
                "user_id": k.user_id,
                "active": k.active,
                "permissions": k.permissions,
                "expires": k.expires,
            }
            for k in portal.keys.values()
        ],
        "folders": [
            {
                "id": f.id,
                "title": f.title,
                "kind": f.kind,
                "created_by": f.created_by,
                "parent": f.parent.id if f.parent else None,
                "writable": f.writable,
                "room_type": f.room_type,
                "files": [s.title for s in f.files.values()],
            }
            for f in portal.tree.folders.values()
        ],
        "audit": portal.audit,
        **_vault(portal.vault),
    }


def _vault(holder: Vault) -> dict[str, Any]:
    return {
        "schedule": asdict(holder.schedule) if holder.schedule else None,
        "backup": _run(holder.backup),
        "restore": _run(holder.restore),
        "records": [
            r.view()
            | {
                "removed": r.removed,
                "scheduled": r.scheduled,
                "paid": r.paid,
                "archived": r.archived,
            }
            for r in holder.records
        ],
    }


def _run(run: Run | None) -> dict[str, Any] | None:
    if run is None:
        return None
    names = ("task_id", "started", "finished", "scheduled", "storage_type", "error", "status")
    return {name: getattr(run, name) for name in names}
