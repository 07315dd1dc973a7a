# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules as Ansible runs them: options as input, one result on standard output."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from typing import Any

import pytest
from ansible.module_utils import basic

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible import module as shell
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_schedule_spec,
    connection_spec,
    room_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)

MODULES = "ansible_collections.onlyoffice.docspace.plugins.modules"
KEY = "sk-canary-0123456789"
OPTIONS = {
    "docspace_backup": {"max_age": "soon"},
    "docspace_backup_info": {"retries": -1},
    "docspace_backup_schedule": {"backups_stored": 31},
    "docspace_backup_schedule_info": {"retries": -1},
    "docspace_room": {"title": "t" * 171},
}


@pytest.fixture
def given(monkeypatch):
    """A function that passes options to a module as Ansible does."""

    def give(**options: Any) -> None:
        every = {"api_host": "https://portal.example.com", "api_key": KEY, **options}
        text = json.dumps({"ANSIBLE_MODULE_ARGS": every}).encode()
        monkeypatch.setattr(basic, "_ANSIBLE_ARGS", text)
        # ansible-core 2.19 and later support several notations.
        monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)

    return give


def run(operation: Any, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    """The exit status and the result of a module with this operation."""
    with pytest.raises(SystemExit) as left:
        shell.run_module(operation, room_spec())
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return int(left.value.code or 0), result


@pytest.mark.parametrize("name", OPTIONS)
def test_every_module_refuses_bad_options_in_words(name, given, capsys):
    given(**OPTIONS[name])
    with pytest.raises(SystemExit) as left:
        importlib.import_module(f"{MODULES}.{name}").main()
    result = json.loads(capsys.readouterr().out)

    assert left.value.code == 1
    assert result["failed"] is True
    assert result["msg"].startswith(f"{next(iter(OPTIONS[name]))}: ")
    assert result["error"]["kind"] == "options"
    assert KEY not in json.dumps(result)


@pytest.mark.parametrize("option", ["api_key", "api_token"])
def test_a_blank_key_leaves_a_readable_message(option, given, capsys):
    given(title="Backups", **{"api_key": None, option: "  "})
    with pytest.raises(SystemExit):
        importlib.import_module(f"{MODULES}.docspace_room").main()
    said = json.loads(capsys.readouterr().out)["msg"]

    assert said == "missing required arguments: api_key"


def test_a_result_goes_out_and_its_warnings_beside_it(given, capsys, monkeypatch):
    warned: list[str] = []
    monkeypatch.setattr(basic.AnsibleModule, "warn", lambda _self, text: warned.append(text))

    def operation(options: Mapping[str, Any], check_mode: bool, make_client: Any) -> Any:
        assert (options["title"], options["retries"], check_mode) == ("Backups", 3, True)
        return {"changed": True, "warnings": ["Mind the gap."]}

    given(title="Backups", _ansible_check_mode=True)
    status, result = run(operation, capsys)

    assert status == 0
    assert result["changed"] is True
    assert "warnings" not in result
    assert warned == ["Mind the gap."]


@pytest.mark.parametrize("blank", [None, "", " \t"])
def test_an_option_that_is_blank_is_left_out(blank, given, capsys, monkeypatch):
    def operation(options: Mapping[str, Any], _check_mode: bool, _make_client: Any) -> Any:
        return {"changed": False, "state": options["state"], "timeout": options["timeout"]}

    monkeypatch.setenv("DOCSPACE_TIMEOUT", "7")
    given(title="Backups", state=blank, timeout=blank)
    result = run(operation, capsys)[1]

    assert (result["state"], result["timeout"]) == ("present", 7)


@pytest.mark.parametrize("option", [o for o, e in connection_spec().items() if "fallback" in e])
def test_a_blank_environment_variable_is_left_out(option, given, capsys, monkeypatch):
    def operation(options: Mapping[str, Any], _check_mode: bool, _make_client: Any) -> Any:
        return {"changed": False, "found": options[option]}

    monkeypatch.setenv(f"DOCSPACE_{option.upper()}", " ")
    given(title="Backups")
    result = run(operation, capsys)[1]
    entry = connection_spec()[option]

    assert "failed" not in result
    assert entry.get("required") or result["found"] == entry.get("default")


def test_two_names_for_one_option_are_refused(given, capsys):
    def operation(_options: Mapping[str, Any], _check_mode: bool, _make_client: Any) -> Any:
        raise AssertionError("the portal must not be asked")

    given(title="Backups", url="https://other.example.com", portal_url="")
    status, result = run(operation, capsys)

    assert (status, result["error"]["kind"]) == (1, "options")
    assert "as api_host and as url" in result["msg"]


def test_two_different_keys_are_refused_and_not_shown(given, capsys):
    given(title="Backups", api_token="sk-other-0123456789")
    result = run(lambda *_given: {}, capsys)[1]

    assert "as api_key and as api_token" in result["msg"]
    assert "0123456789" not in str(result)


def test_one_value_under_two_names_will_do(given, capsys):
    given(title="Backups", url="https://portal.example.com", api_token=f" {KEY}")

    assert run(lambda *_given: {"changed": False}, capsys)[1]["changed"] is False


def test_a_refusal_goes_out_with_its_parts(given, capsys):
    def operation(_options: Mapping[str, Any], _check_mode: bool, _make_client: Any) -> Any:
        raise DocSpaceError("GET /x failed.", kind="scope", hint="Make a key.", status=403)

    given(title="Backups")
    status, result = run(operation, capsys)

    assert (status, result["failed"]) == (1, True)
    assert result["msg"] == "GET /x failed. Make a key."
    assert (result["error"]["kind"], result["error"]["status"]) == ("scope", 403)


def test_a_mistake_of_ours_goes_out_without_a_traceback(given, capsys):
    def operation(_options: Mapping[str, Any], _check_mode: bool, _make_client: Any) -> Any:
        raise KeyError(KEY)

    given(title="Backups")
    status, result = run(operation, capsys)

    assert (status, result["error"]["kind"]) == (1, "internal")
    assert "(KeyError in operation, line" in result["msg"]
    assert "https://portal.example.com" in result["msg"]
    assert KEY not in json.dumps(result)
    assert "Traceback" not in json.dumps(result)


def test_missing_requests_are_told_as_ansible_does(given, capsys, monkeypatch):
    monkeypatch.setattr(shell, "REQUESTS_IMPORT_ERROR", "Traceback: no such module")
    given(title="Backups")
    status, result = run(lambda *_given: {}, capsys)

    assert status == 1
    assert result["msg"] == basic.missing_required_lib("requests")


def test_libraries_that_are_too_old_are_refused_by_name(given, capsys, monkeypatch):
    monkeypatch.setattr(shell, "too_old", lambda: "requests 1.0 is too old.")
    given(title="Backups")
    status, result = run(lambda *_given: {}, capsys)

    assert (status, result["msg"]) == (1, "requests 1.0 is too old.")


# A secret with all characters that `repr` and JSON escape.
ODD = "a\"b'c\nd\te\\f"


@pytest.mark.parametrize("given_as", ["a dictionary", "text"])
def test_the_system_log_has_no_secret_in_any_form(given_as, given, capsys, monkeypatch):
    logged: list[str] = []
    monkeypatch.setattr(
        basic.AnsibleModule,
        "log",
        lambda _self, text, log_args: logged.append(f"{text} {log_args}"),
    )
    params = {"module": "google", "bucket": "b", "json": ODD, "pin": 123456}
    given(storage_params=params if given_as == "a dictionary" else json.dumps(params))
    with pytest.raises(SystemExit):
        shell.run_module(lambda *_given: {"changed": False}, backup_schedule_spec())

    assert len(logged) == 1
    assert "bucket" in logged[0]
    for part in (KEY, "123456", 'a"b', "b'c", "b\\'c", "c\nd", "c\\nd", "e\\f", "e\\\\f"):
        assert part not in logged[0]
    assert ODD not in capsys.readouterr().out


def test_a_line_of_the_system_log_cannot_be_made_up(given, capsys, monkeypatch):
    logged: list[str] = []
    monkeypatch.setattr(
        basic.AnsibleModule, "log", lambda _self, text, **_more: logged.append(text)
    )
    given(title="x\nsshd: accepted \x1b[31m")
    run(lambda *_given: {"changed": False}, capsys)

    assert logged[0].isprintable()


def test_nulls_and_numbers_of_a_result_are_not_taken_for_parts_of_a_secret(given, capsys):
    result = {"changed": True, "room": {"id": None, "n": 1234, "title": "None"}, "none": None}
    given(title="Backups", api_key="on", api_host="https://user:234@portal.example.com")
    status, told = run(lambda *_given: dict(result), capsys)

    assert status == 0
    assert told["room"] == {"id": None, "n": 1234, "title": "N********e"}
    assert told["none"] is None
    assert told["changed"] is True


def test_what_a_server_says_does_not_act_on_a_terminal(given, capsys):
    def operation(_options: Mapping[str, Any], _check_mode: bool, _make_client: Any) -> Any:
        raise DocSpaceError("It said \x1b[31m\nok: [p]\u202e.", kind="server", path="/\x9b")

    given(title="Backups")
    told = run(operation, capsys)[1]

    assert told["msg"] == "It said [31m ok: [p] ."
    assert told["error"]["path"] == "/\\u009b"


def test_a_token_after_the_path_of_the_address_is_never_shown(given, capsys, monkeypatch):
    logged: list[str] = []
    monkeypatch.setattr(
        basic.AnsibleModule, "log", lambda _self, text, **_more: logged.append(text)
    )
    given(title="Backups", api_host="https://portal.example.com/?token=t0ken-t0ken#t0ken-t0ken")
    with pytest.raises(SystemExit):
        importlib.import_module(f"{MODULES}.docspace_room").main()
    told = capsys.readouterr().out

    assert "it must not contain" in told
    assert "t0ken" not in told + str(logged)
