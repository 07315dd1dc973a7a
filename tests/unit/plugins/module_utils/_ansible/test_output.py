# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The visible parts of a result: no secrets, no control characters, and unchanged data."""

from __future__ import annotations

import json
from urllib.parse import quote

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.output import (
    HIDDEN_PART,
    HIDDEN_VALUE,
    Output,
)

SECRET = 'a"b\nc\td\\e+f'
ESCAPE = "x\x1b[31m\nok: [portal]\u202ey"


def test_secrets_are_hidden_in_every_member() -> None:
    url, text = quote(SECRET, safe=""), json.dumps(SECRET)[1:-1]
    shown = Output([SECRET]).result(
        {
            "msg": f"no {SECRET}.",
            "error": {"server_message": f"no {url}.", "path": url},
            "warnings": [f"no {text}."],
            "diff": {"before": {"a": [SECRET]}, f"name {text}": 1},
            "exception": f"Traceback\n{SECRET}\n",
            "invocation": {"module_args": {"api_key": SECRET, "url": f"x?{url}"}},
        }
    )
    assert shown == {
        "msg": f"no {HIDDEN_PART}.",
        "error": {"server_message": f"no {HIDDEN_PART}.", "path": HIDDEN_PART},
        "warnings": [f"no {HIDDEN_PART}."],
        "diff": {"before": {"a": [HIDDEN_VALUE]}, f"name {HIDDEN_PART}": 1},
        "exception": f"Traceback\n{HIDDEN_PART}\n",
        "invocation": {"module_args": {"api_key": HIDDEN_VALUE, "url": f"x?{HIDDEN_PART}"}},
    }


def test_nothing_acts_on_a_terminal() -> None:
    shown = Output([]).result(
        {"msg": ESCAPE, "warnings": [ESCAPE], "diff": {"before_header": ESCAPE}, "room": [ESCAPE]}
    )
    assert shown["msg"] == shown["warnings"][0] == "x [31m ok: [portal] y"
    assert shown["room"] == ["x\\u001b[31m\\u000aok: [portal]\\u202ey"]
    assert shown["diff"] == {"before_header": "x\\u001b[31m\\u000aok: [portal]\\u202ey"}


def test_nulls_numbers_and_booleans_stay_what_they_are() -> None:
    result = {"a": None, "b": [None, True, 1234, 1.5], "changed": False}
    assert Output(["None", "on", "e", "1234", "3", "."]).result(result) == result


def test_a_number_that_is_a_secret_is_hidden_among_the_options() -> None:
    options = {"storage_params": {"pin": 1234}, "hour": 3}
    shown = Output(["1234"]).result({"invocation": {"module_args": options}})
    assert shown["invocation"]["module_args"] == {
        "storage_params": {"pin": HIDDEN_VALUE},
        "hour": 3,
    }


def test_what_ansible_makes_of_a_warning_is_left_alone() -> None:
    summary = object()
    assert Output(["x"]).result({"warnings": [summary]}) == {"warnings": [summary]}
