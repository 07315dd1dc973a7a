# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stand-in for the REST API of AWX, with the kinds of objects that extensions/awx creates.

It stores what it receives, and rejects what AWX rejects. It also rejects unknown fields, which AWX
would ignore, so that tests detect misspelled names.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from werkzeug import Request, Response

Object = dict[str, Any]

TOKEN = "throw-away-token"
ROOT = "/api/v2/"
VERSION = {"X-API-Product-Name": "AWX", "X-API-Product-Version": "24.6.1"}
HIDDEN = "$encrypted$"

_REQUIRED: Any = object()
_NAMED: Object = {"name": _REQUIRED, "description": ""}
_OWNED: Object = {**_NAMED, "organization": None}
_ASKED: Object = {"ask_inventory_on_launch": False, "ask_limit_on_launch": False}
_NODES = ("always_nodes", "success_nodes", "failure_nodes")
_TEMPLATES = ("job_templates", "workflow_job_templates", "projects")

# The fields of each kind, with their defaults.
FIELDS: dict[str, Object] = {
    "organizations": _NAMED,
    "credential_types": {
        **_NAMED, "kind": _REQUIRED, "inputs": {}, "injectors": {}, "managed": False,
    },
    "credentials": {**_OWNED, "credential_type": _REQUIRED, "inputs": {}},
    "execution_environments": {**_OWNED, "image": _REQUIRED, "pull": ""},
    "projects": {
        **_OWNED, "scm_type": "", "scm_url": "", "scm_branch": "", "default_environment": None,
    },
    "inventories": {
        **_OWNED, "organization": _REQUIRED, "variables": "", "kind": "", "host_filter": None,
    },
    "hosts": {**_NAMED, "inventory": _REQUIRED, "enabled": True, "variables": ""},
    "job_templates": {
        **_OWNED, **_ASKED, "ask_credential_on_launch": False, "ask_verbosity_on_launch": False,
        "project": _REQUIRED, "playbook": _REQUIRED, "job_type": "run", "inventory": None,
        "execution_environment": None, "forks": 0, "extra_vars": "", "diff_mode": False,
        "job_slice_count": 1, "allow_simultaneous": False, "survey_enabled": False,
    },
    "workflow_job_templates": {**_OWNED, **_ASKED, "survey_enabled": False},
    "workflow_job_template_nodes": {
        "identifier": _REQUIRED, "workflow_job_template": _REQUIRED,
        "unified_job_template": _REQUIRED, "extra_data": {},
    },
    "schedules": {
        **_NAMED, "unified_job_template": _REQUIRED, "rrule": _REQUIRED, "enabled": True,
    },
}  # fmt: skip
# Kinds of objects that fields refer to by ID.
REFERENCES: dict[str, tuple[str, ...]] = {
    "organization": ("organizations",),
    "credential_type": ("credential_types",),
    "default_environment": ("execution_environments",),
    "execution_environment": ("execution_environments",),
    "inventory": ("inventories",),
    "project": ("projects",),
    "unified_job_template": _TEMPLATES,
    "workflow_job_template": ("workflow_job_templates",),
}
# Lists of related objects that an object has.
LISTS: dict[str, dict[str, str]] = {
    "job_templates": {"credentials": "credentials"},
    "workflow_job_template_nodes": {
        "credentials": "credentials",
        **dict.fromkeys(_NODES, "workflow_job_template_nodes"),
    },
}


class Write(NamedTuple):
    """A request that changed something."""

    method: str
    path: str
    data: Object


class Refused(Exception):
    """An error response, with status 400 unless another one is given."""

    def __init__(self, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.why, self.status = why, status


class Controller:
    """An AWX with the organization Default, whose projects contain the files of `checkout`."""

    def __init__(self, checkout: Path) -> None:
        self.objects: dict[str, dict[int, Object]] = {kind: {} for kind in FIELDS}
        self.writes: list[Write] = []
        self._checkout = checkout
        self._ids = itertools.count(1)
        self._create("organizations", {"name": "Default"})

    def named(self, kind: str) -> dict[str, Object]:
        """The objects of a kind by name, in the order in which they were created."""
        name = "identifier" if kind == "workflow_job_template_nodes" else "name"
        return {one[name]: one for one in self.objects[kind].values()}

    def name(self, kind: str, one: int | None) -> str | None:
        """The name of an object, or None if there is no ID."""
        return None if one is None else self._find(REFERENCES.get(kind, (kind,)), one)[1]["name"]

    def answer(self, request: Request) -> Response:
        """Answer any request below ROOT."""
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Response("{}", 401, VERSION)
        path = request.path.removeprefix(ROOT).strip("/").split("/")
        data = request.get_json() if request.data else {}
        try:
            status, body = self._dispatch(request.method, path, data, request.args)
        except Refused as refused:
            status, body = refused.status, {"__all__": [refused.why], "error": refused.why}
        if request.method != "GET":
            self.writes.append(Write(request.method, "/".join(path), data))
        return Response(json.dumps(body) if status != 204 else "", status, VERSION)

    def _dispatch(
        self, method: str, path: list[str], data: Object, filters: Mapping[str, str]
    ) -> tuple[int, Any]:
        match [method, *path]:
            case ["GET", "project_updates", _]:
                return 200, {"status": "successful"}
            case ["GET", "unified_job_templates"]:
                return 200, self._page(_TEMPLATES, filters)
            case ["GET", kind]:
                return 200, self._page((kind,), filters)
            case ["POST", kind]:
                return 201, self._shown(kind, self._create(kind, data))
            case ["PATCH", kind, one]:
                item = self._find((kind,), int(one))[1]
                item.update(self._checked(kind, data, item))
                return 200, self._shown(kind, item)
            case ["DELETE", kind, one]:
                del self.objects[kind][int(one)]
                return 204, None
            case ["GET", "job_templates", one, "survey_spec"]:
                return 200, self.objects["job_templates"][int(one)]["survey"]
            case ["POST", "job_templates", one, "survey_spec"]:
                self.objects["job_templates"][int(one)]["survey"] = _survey(data)
                return 200, {}
            case ["GET", kind, one, name]:
                others = self.objects[kind][int(one)][name]
                return 200, _listed([{"id": other} for other in others])
            case ["POST", kind, one, name]:
                self._associate(kind, self.objects[kind][int(one)], name, data)
                return 204, None
        raise Refused(f"{method} {'/'.join(path)}", 404)

    def _find(self, kinds: tuple[str, ...], one: int) -> tuple[str, Object]:
        for kind in kinds:
            if one in self.objects[kind]:
                return kind, self.objects[kind][one]
        raise Refused(f"no {' or '.join(kinds)} has the id {one}")

    def _page(self, kinds: tuple[str, ...], filters: Mapping[str, str]) -> Object:
        found = []
        for kind in kinds:
            if kind not in FIELDS:
                raise Refused(f"no {kind} here", 404)
            for item in self.objects[kind].values():
                shown = self._shown(kind, item)
                if unknown := [name for name in filters if name not in shown]:
                    raise Refused(f"{kind} has no {unknown}")
                if all(str(shown[name]) == wanted for name, wanted in filters.items()):
                    found.append(shown)
        return _listed(found)

    def _create(self, kind: str, data: Object) -> Object:
        item = {**FIELDS[kind], **self._checked(kind, data, FIELDS[kind])}
        if missing := [name for name, value in item.items() if value is _REQUIRED]:
            raise Refused(f"{kind} needs {missing}")
        self._check_unique(kind, item)
        item["id"] = next(self._ids)
        item |= {name: [] for name in LISTS.get(kind, {})}
        if kind == "job_templates":
            item["survey"] = {}
        self.objects[kind][item["id"]] = item
        return item

    def _checked(self, kind: str, data: Object, now: Object) -> Object:
        """Return the fields as AWX would store them, or refuse them."""
        if unknown := data.keys() - FIELDS[kind].keys():
            raise Refused(f"{kind} has no {sorted(unknown)}")
        # AWX accepts null for an empty text.
        kept = {
            name: "" if value is None and FIELDS[kind][name] == "" else value
            for name, value in data.items()
        }
        for name in REFERENCES.keys() & kept.keys():
            if kept[name] is not None:
                self._find(REFERENCES[name], int(kept[name]))
        for name in {"variables", "extra_vars"} & kept.keys():
            json.loads(kept[name])
        if "playbook" in kept and not (self._checkout / kept["playbook"]).is_file():
            raise Refused("Playbook not found for project.")
        if "rrule" in kept:
            _check_rrule(kept["rrule"])
        if kind == "credentials" and "inputs" in kept:
            self._check_inputs({**now, **kept})
        return kept

    def _check_unique(self, kind: str, item: Object) -> None:
        parents = {"organization", "inventory", "credential_type", "workflow_job_template"}
        key = ("name", "identifier", *(parents & FIELDS[kind].keys()))
        for other in self.objects[kind].values():
            if all(other.get(name) == item.get(name) for name in key):
                raise Refused(f"{kind} has one with the same {key}")

    def _check_inputs(self, credential: Object) -> None:
        fields = self._fields(credential)
        if unknown := credential["inputs"].keys() - fields.keys():
            raise Refused(f"the credential type has no {sorted(unknown)}")

    def _fields(self, credential: Object) -> dict[str, Object]:
        found = self.objects["credential_types"][credential["credential_type"]]["inputs"]["fields"]
        return {field["id"]: field for field in found}

    def _associate(self, kind: str, item: Object, name: str, data: Object) -> None:
        other = data["id"]
        if data.get("disassociate"):
            item[name].remove(other)
            return
        found = self._find((LISTS[kind][name],), other)[1]
        if name in _NODES:
            if found["workflow_job_template"] != item["workflow_job_template"]:
                raise Refused("The two nodes are in different workflows.")
            if any(other in item[link] for link in _NODES):
                raise Refused("Relationship not allowed.")
            if item["id"] in self._reached(other):
                raise Refused("Cycle detected.")
        item[name].append(other)

    def _reached(self, node: int) -> set[int]:
        item = self.objects["workflow_job_template_nodes"][node]
        following = {one for name in _NODES for one in item[name]}
        return {node}.union(*(self._reached(one) for one in following))

    def _shown(self, kind: str, item: Object) -> Object:
        url = f"{ROOT}{kind}/{item['id']}/"
        shown = {name: value for name, value in item.items() if name != "survey"}
        shown |= {"url": url, "type": kind.removesuffix("s"), "summary_fields": {}, "related": {}}
        if kind == "job_templates":
            shown["related"] = {"survey_spec": f"{url}survey_spec/"}
        if kind == "projects":
            # AWX responds like this while it fetches the project for the first time.
            shown |= {"scm_revision": "", "summary_fields": {"current_update": {"id": 1}}}
        if kind == "credentials":
            secret = {name for name, field in self._fields(item).items() if field.get("secret")}
            shown["inputs"] = {
                name: HIDDEN if name in secret else value for name, value in item["inputs"].items()
            }
        return shown


def _listed(results: list[Object]) -> Object:
    return {"count": len(results), "next": None, "previous": None, "results": results}


def _check_rrule(rule: str) -> None:
    if not re.fullmatch(r"DTSTART:\d{8}T\d{6}Z RRULE:FREQ=[A-Z]+;\S*INTERVAL=\d+\S*", rule):
        raise Refused(f"rrule: {rule}")


def _survey(spec: Object) -> Object:
    """Return the survey if AWX accepts each of its questions."""
    texts = (spec.get("name"), spec.get("description"))
    if not all(isinstance(text, str) for text in texts) or not spec.get("spec"):
        raise Refused(f"survey: {spec}")
    variables = [question["variable"] for question in spec["spec"]]
    if len(set(variables)) < len(variables):
        raise Refused(f"survey: {variables} has one twice")
    for question in spec["spec"]:
        chosen = question["type"] in ("multiplechoice", "multiselect")
        default = question.get("default", "")
        kind = {"integer": int, "float": float}.get(question["type"], str)
        if (
            not isinstance(question["question_name"], str)
            or not isinstance(question["required"], bool)
            or chosen != ("choices" in question)
            or (chosen and default and default not in question["choices"])
            or not isinstance(default, kind)
            or isinstance(default, bool)
        ):
            raise Refused(f"survey: {question}")
    return spec
