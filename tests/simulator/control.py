# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control interface under /_simulator: JSON in, JSON out."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote

from . import faults, state, steering, times
from .auth import PERMISSIONS
from .envelope import JSON_TYPE, Reply, to_json
from .errors import BadInput
from .files import CUSTOM_ROOM, Folder
from .inputs import (
    boolean,
    integer,
    mapping,
    moment,
    needed_text,
    one_of,
    only,
    seconds,
    strings,
    text,
)
from .places import CONSUMERS
from .profiles import profile_of
from .tenants import MODES, ROLES, STATUSES, Portal, User, zone_of
from .world import Seed, World

PREFIX = "/_simulator"
PORTAL_MEMBERS = (
    "alias",
    "owner",
    "server_version",
    "mode",
    "timezone",
    "status",
    "paid",
    "free_backups",
    "limited_access",
    "wallet_backup",
    "signature_secret",
    "audit",
    "rate_limiter",
    "allowed_ips",
)
KINDS = ("room", "folder", "virtual_rooms", "room_templates", "archive", "my", "thirdparty")
_ALIAS = re.compile(r"[a-z0-9-]{1,100}")
Given = dict[str, Any]


class Control:
    """Responds to control requests. ``url`` is the simulator's own address."""

    def __init__(self, world: World, url: str) -> None:
        self.world = world
        self.url = url

    def answer(self, method: str, path: str, query: str, body: bytes) -> Reply:
        """The response to a request: 400 for invalid input, 404 for unknown names."""
        try:
            self.world.settle()
            result = self._dispatch(method, path, query, body)
        except BadInput as error:
            return Reply(error.status, to_json({"error": str(error)}), JSON_TYPE)
        return Reply(200, to_json(result), JSON_TYPE)

    def _dispatch(self, method: str, path: str, query: str, body: bytes) -> Any:
        segments = [unquote(part) for part in path[len(PREFIX) :].strip("/").split("/")]
        known = False
        for verb, pattern, action in _CALLS:
            args = _fit(pattern.split("/"), segments)
            if args is not None:
                known = True
                if verb == method:
                    given = _query(query) if method == "GET" else _object(body)
                    return action(self, given, *args)
        if known:
            raise BadInput(f"{method} is not known for {path}", 405)
        raise BadInput(f"unknown: {path}", 404)

    def _portal(self, alias: str) -> Portal:
        portal = self.world.portals.get(alias)
        if portal is None:
            raise BadInput(f"no portal {alias}", 404)
        return portal

    def _user(self, portal: Portal, email: str) -> User:
        user = portal.user_by_email(email)
        if user is None:
            raise BadInput(f"no user {email} in {portal.alias}", 404)
        return user

    def state(self, _given: Given) -> Any:
        """GET /state."""
        return state.everything(self.world)

    def reset(self, _given: Given) -> Any:
        """POST /reset."""
        self.world.reset()
        return {}

    def add_portal(self, given: Given) -> Any:
        """POST /portals."""
        alias = needed_text(given, "alias")
        self._check(given, None)
        defaults = replace(
            self.world.defaults,
            **{n: given[n] for n in ("server_version", "mode", "timezone") if given.get(n)},
        )
        owner = mapping(given, "owner", {})
        seed = Seed(alias, defaults, text(owner, "email", ""))
        if owner.get("password") is not None:
            seed = replace(seed, owner_password=owner["password"])
        portal, key = self.world.add(seed)
        self._apply(portal, given)
        return self.portal_view(portal) | {"api_key": key.secret}

    def change_portal(self, given: Given, alias: str) -> Any:
        """PATCH /portals/<alias>."""
        portal = self._portal(alias)
        self._check(given, portal)
        owner = mapping(given, "owner", {})
        portal.owner.email = text(owner, "email", portal.owner.email)
        portal.owner.password = text(owner, "password", portal.owner.password)
        self._apply(portal, given)
        return self.portal_view(portal)

    def remove_portal(self, _given: Given, alias: str) -> Any:
        """DELETE /portals/<alias>."""
        self.world.remove(self._portal(alias))
        return {}

    def portal_view(self, portal: Portal) -> Given:
        """A portal as the control interface returns it."""
        own = [key.secret for key in portal.keys.values() if key.user_id == portal.owner_id]
        owner = portal.owner
        return {
            "id": portal.id,
            "alias": portal.alias,
            "url": f"{self.url}/p/{portal.alias}",
            "api_key": own[0] if own else None,
            "owner": {"id": owner.id, "email": owner.email, "password": owner.password},
        }

    def _check(self, given: Given, portal: Portal | None) -> None:
        """Refuse invalid members before changing anything."""
        only(given, PORTAL_MEMBERS)
        alias = text(given, "alias")
        if alias is not None and not _ALIAS.fullmatch(alias):
            raise BadInput("alias: 1-100 of [a-z0-9-]")
        if alias in self.world.portals and self.world.portals[alias] is not portal:
            raise BadInput(f"portal {alias} exists")
        owner = mapping(given, "owner", {})
        only(owner, ("email", "password"))
        for name in owner:
            needed_text(owner, name)
        one_of(given, "mode", MODES)
        one_of(given, "status", STATUSES)
        for name in ("paid", "limited_access", "wallet_backup", "signature_secret", "audit"):
            boolean(given, name)
        integer(given, "free_backups", None, lowest=0)
        strings(given, "allowed_ips")
        faults.limiter(mapping(given, "rate_limiter", {}))
        self._check_version_and_zone(given)

    @staticmethod
    def _check_version_and_zone(given: Given) -> None:
        try:
            if (version := text(given, "server_version")) is not None:
                profile_of(version)
            if (zone := text(given, "timezone")) is not None:
                zone_of(zone)
        except ValueError as error:
            raise BadInput(str(error)) from error

    def _apply(self, portal: Portal, given: Given) -> None:
        setters: dict[str, Callable[[Any], None]] = {
            "server_version": portal.use_version,
            "timezone": portal.use_timezone,
            "alias": lambda alias: self._rename(portal, alias),
        }
        for name, set_it in setters.items():
            if given.get(name) is not None:
                set_it(given[name])
        for name in ("mode", "status", "paid", "free_backups", "limited_access", "wallet_backup"):
            if given.get(name) is not None:
                setattr(portal, name, given[name])
        portal.signature_secret = boolean(given, "signature_secret", portal.signature_secret)
        portal.audit_trail = boolean(given, "audit", portal.audit_trail)
        if "allowed_ips" in given:
            portal.allowed_ips = given["allowed_ips"]
        if "rate_limiter" in given:
            limits = given["rate_limiter"]
            portal.limiter = None if limits is None else faults.limiter(limits)

    def _rename(self, portal: Portal, alias: str) -> None:
        order = list(self.world.portals.values())
        portal.alias = alias
        self.world.portals = {p.alias: p for p in order}

    def add_user(self, given: Given, alias: str) -> Any:
        """POST /portals/<alias>/users. A known email address changes that user."""
        portal = self._portal(alias)
        only(given, ("email", "password", "role", "disabled", "tfa"))
        email, password = needed_text(given, "email"), needed_text(given, "password")
        role = one_of(given, "role", ROLES)
        if role is None:
            raise BadInput("role is needed")
        disabled, tfa = boolean(given, "disabled", False), boolean(given, "tfa", False)
        user = portal.user_by_email(email)
        if user is None:
            user = User(str(uuid.uuid4()), email, password, "User")
            portal.users[user.id] = user
        elif user.id == portal.owner_id and role != "Owner":
            raise BadInput("the owner hands over by naming another Owner")
        user.password, user.role, user.disabled, user.tfa = password, role, disabled, tfa
        if role == "Owner":
            portal.hand_over(user)
        return {"id": user.id, "token": portal.new_session(user, self.world.clock.now())}

    def add_key(self, given: Given, alias: str) -> Any:
        """POST /portals/<alias>/keys."""
        portal = self._portal(alias)
        only(given, ("email", "permissions", "expires_at", "active"))
        email = needed_text(given, "email")
        permissions = strings(given, "permissions")
        unknown = sorted(set(permissions or []) - set(PERMISSIONS))
        if unknown:
            raise BadInput(f"unknown permission: {', '.join(unknown)}")
        expires, active = moment(given, "expires_at"), boolean(given, "active", True)
        key = portal.new_key(
            self._user(portal, email),
            self.world.clock.now(),
            permissions=permissions,
            expires=expires,
            active=active,
        )
        return {"key": key.secret}

    def add_folder(self, given: Given, alias: str) -> Any:
        """POST /portals/<alias>/folders. A kind of root returns the existing root."""
        portal = self._portal(alias)
        only(given, ("title", "kind", "parent", "writable"))
        kind = one_of(given, "kind", KINDS)
        if kind is None:
            raise BadInput("kind is needed")
        title, writable = text(given, "title", ""), boolean(given, "writable", True)
        parent = self._parent(portal, given.get("parent"))
        if kind in ("virtual_rooms", "room_templates", "archive"):
            return {"id": portal.tree.roots[kind].id}
        owner = portal.owner
        now = self.world.clock.now()
        if kind == "my":
            return {"id": portal.tree.my_root(owner.id, now).id}
        if not title:
            raise BadInput("title is needed")
        more: Given = {"writable": writable}
        rooms, archive = portal.tree.roots["virtual_rooms"], portal.tree.roots["archive"]
        parent = parent or (portal.tree.my_root(owner.id, now) if kind == "folder" else rooms)
        # A connected cloud is a room unless it is created in another folder.
        if kind == "room" or (kind == "thirdparty" and parent in (rooms, archive)):
            more["room_type"] = CUSTOM_ROOM
        folder = portal.tree.add(kind, title, owner.id, now, parent, **more)
        return {"id": folder.id}

    @staticmethod
    def _parent(portal: Portal, parent: Any) -> Folder | None:
        if parent is None:
            return None
        if not isinstance(parent, (int, str)) or isinstance(parent, bool):
            raise BadInput("parent is a folder id")
        folder = portal.tree.find(str(parent))
        if folder is None:
            raise BadInput(f"no folder {parent} in {portal.alias}", 404)
        return folder

    def set_storage(self, given: Given, alias: str) -> Any:
        """POST /portals/<alias>/storages."""
        portal = self._portal(alias)
        only(given, ("module", "configured"))
        module, configured = one_of(given, "module", CONSUMERS), boolean(given, "configured")
        if module is None or configured is None:
            raise BadInput("module and configured are needed")
        portal.storages[module] = configured
        return {"module": module, "configured": configured}

    def add_backup(self, given: Given, alias: str) -> Any:
        """POST /portals/<alias>/backups."""
        return steering.add_backup(self.world, self._portal(alias), given)

    def change_file(self, given: Given, alias: str, file_id: str) -> Any:
        """PATCH /portals/<alias>/files/<id>."""
        return steering.change_file(self._portal(alias), file_id, given)

    def plan_next_backup(self, given: Given, alias: str) -> Any:
        """POST /portals/<alias>/next_backup."""
        return steering.plan_next(self._portal(alias), given)

    def set_place(self, given: Given, alias: str, name: str) -> Any:
        """PATCH /portals/<alias>/storages/<module or Local>."""
        return steering.set_place(self._portal(alias), name, given)

    def worker(self, given: Given) -> Any:
        """POST /worker."""
        return steering.restart_worker(self.world, given)

    def requests(self, given: Given) -> Any:
        """GET /requests."""
        alias = given.get("portal") or None
        entries = self.world.log.views(alias)
        if alias is not None and not entries:
            self._portal(alias)
        return entries

    def clear_requests(self, _given: Given) -> Any:
        """DELETE /requests."""
        self.world.log.clear()
        return {}

    def add_fault(self, given: Given) -> Any:
        """POST /faults."""
        alias = text(given, "portal")
        if alias is not None:
            self._portal(alias)
        return {"id": self.world.faults.add(given)}

    def clear_faults(self, _given: Given) -> Any:
        """DELETE /faults."""
        self.world.faults.clear()
        return {}

    def clock(self, given: Given) -> Any:
        """POST /clock."""
        only(given, ("now", "advance_s", "real"))
        if len(given) != 1:
            raise BadInput("one of now, advance_s, real")
        if "now" in given:
            instant = moment(given, "now")
            if instant is None:
                raise BadInput("now is not a time")
            self.world.jump(instant)
        elif "advance_s" in given:
            self.world.jump(self.world.clock.now() + (seconds(given, "advance_s") or 0))
        elif given["real"] is not True:
            raise BadInput("real is true")
        else:
            self.world.follow_real()
        return {"now": times.utc(self.world.clock.now()).isoformat().replace("+00:00", "Z")}


def _query(query: str) -> Given:
    return {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}


def _object(body: bytes) -> Given:
    if not body.strip():
        return {}
    try:
        given = json.loads(body)
    except ValueError as error:
        raise BadInput(f"not JSON: {error}") from error
    if not isinstance(given, dict):
        raise BadInput("a JSON object is needed")
    return given


def _fit(pattern: list[str], segments: list[str]) -> list[str] | None:
    if len(pattern) != len(segments):
        return None
    pairs = list(zip(pattern, segments, strict=True))
    if any(wanted not in ("*", given) for wanted, given in pairs):
        return None
    return [given for wanted, given in pairs if wanted == "*"]


_CALLS: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "state", Control.state),
    ("POST", "reset", Control.reset),
    ("POST", "portals", Control.add_portal),
    ("PATCH", "portals/*", Control.change_portal),
    ("DELETE", "portals/*", Control.remove_portal),
    ("POST", "portals/*/users", Control.add_user),
    ("POST", "portals/*/keys", Control.add_key),
    ("POST", "portals/*/folders", Control.add_folder),
    ("POST", "portals/*/storages", Control.set_storage),
    ("PATCH", "portals/*/storages/*", Control.set_place),
    ("POST", "portals/*/backups", Control.add_backup),
    ("PATCH", "portals/*/files/*", Control.change_file),
    ("POST", "portals/*/next_backup", Control.plan_next_backup),
    ("POST", "worker", Control.worker),
    ("GET", "requests", Control.requests),
    ("DELETE", "requests", Control.clear_requests),
    ("POST", "faults", Control.add_fault),
    ("DELETE", "faults", Control.clear_faults),
    ("POST", "clock", Control.clock),
)
