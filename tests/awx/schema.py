# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The requirements of pattern schema 1.0.0 for meta/pattern.json.

The schema allows unknown names. Here they are errors, so that tests detect misspelled names.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
NAME: Schema = {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[a-z0-9_]+$"}
CONTROLLER_NAME: Schema = {"type": "string", "minLength": 1, "maxLength": 200}
FLAG: Schema = {"type": "boolean"}
WORDS: Schema = {"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True}
QUESTION_TYPES = (
    "text", "textarea", "password", "integer", "float", "multiplechoice", "multiselect",
)  # fmt: skip


def _map(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **(optional or {})},
        "additionalProperties": False,
    }


QUESTION: Schema = {
    **_map(
        {
            "type": {"enum": list(QUESTION_TYPES)},
            "question_name": TEXT,
            "question_description": TEXT,
            "variable": NAME,
            "required": FLAG,
        },
        {"choices": WORDS, "default": {"type": "string"}},
    ),
    "if": {"properties": {"type": {"const": "multiplechoice"}}},
    "then": {"required": ["choices"]},
}

JOB_TEMPLATE = _map(
    {"name": CONTROLLER_NAME, "description": TEXT, "playbook": TEXT},
    {
        "primary": FLAG,
        "ask_credential_on_launch": FLAG,
        "ask_inventory_on_launch": FLAG,
        "ask_verbosity_on_launch": FLAG,
        "labels": WORDS,
        "survey": _map(
            {"name": TEXT, "description": TEXT, "spec": {"type": "array", "items": QUESTION}}
        ),
    },
)

PATTERN = _map(
    {
        "schema_version": {"const": "1.0.0"},
        "name": NAME,
        "title": {"type": "string", "minLength": 1, "maxLength": 64},
        "description": TEXT,
        "short_description": {"type": "string", "pattern": r"[^.]$"},
        "aap_resources": _map(
            {
                "controller_project": _map({"name": CONTROLLER_NAME, "description": TEXT}),
                "controller_job_templates": {
                    "type": "array",
                    "minItems": 1,
                    "items": JOB_TEMPLATE,
                },
            },
            {"controller_labels": WORDS},
        ),
    },
    {"tags": WORDS},
)
