# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connection options: valid values, invalid values, and warnings."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.connection import (
    Connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError

GOOD = {
    "api_host": "https://portal.example.com",
    "api_key": "sk-canary",
    "validate_certs": True,
    "timeout": 30,
    "retries": 3,
}


def connection(**options: Any) -> Connection:
    return Connection.from_options({**GOOD, **options})


@pytest.mark.parametrize(
    ("given", "portal"),
    [
        ("https://portal.example.com", "https://portal.example.com"),
        ("https://portal.example.com/", "https://portal.example.com"),
        (" https://portal.example.com/docs/ ", "https://portal.example.com/docs"),
        ("http://127.0.0.1:8092/p/portal-001", "http://127.0.0.1:8092/p/portal-001"),
        ("https://[::1]:8443", "https://[::1]:8443"),
    ],
)
def test_addresses(given, portal):
    assert connection(api_host=given).portal == portal


@pytest.mark.parametrize(
    "given",
    [
        "",
        "portal.example.com",
        "ftp://portal.example.com",
        "https://",
        "https:///path",
        "https://:443",
        "https://portal.example.com:port",
        "https://portal.example.com:99999",
        "https://[::1",
        "https://portal.example.com?x=1",
        "https://portal.example.com/#x",
        "https://portal example.com",
        "https://portal.example.com/\x00",
        "https://pörtal.example.com",
        "https://user:hunter2@portal.example.com",
        "https://hunter2@portal.example.com",
    ],
)
def test_bad_addresses_are_named_but_no_password_is_repeated(given):
    with pytest.raises(OptionError) as caught:
        connection(api_host=given)

    assert str(caught.value).startswith("api_host: ")
    assert "hunter2" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    "given", ["sk-canary", " sk-canary\n", "Bearer sk-canary", "  Bearer   sk-canary "]
)
def test_keys_are_cleaned(given):
    assert connection(api_key=given).key == "sk-canary"


@pytest.mark.parametrize(
    "given", ["", "  ", "Bearer ", "sk-canäry", "sk-can\nary", "sk-can ary", "sk-canary\x00x"]
)
def test_bad_keys_are_refused_without_being_shown(given):
    with pytest.raises(OptionError) as caught:
        connection(api_key=given)

    assert str(caught.value).startswith("api_key: ")
    assert "can" not in str(caught.value).replace("characters", "").replace("cannot", "")
    assert caught.value.portal == "https://portal.example.com"


def test_the_key_is_not_part_of_the_representation():
    assert "canary" not in repr(connection())


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"timeout": 0}, "timeout"),
        ({"timeout": -5}, "timeout"),
        ({"retries": -1}, "retries"),
        ({"ca_path": "/nowhere/ca.pem"}, "ca_path"),
        ({"client_cert": "/nowhere/cert.pem"}, "client_cert"),
        ({"client_cert": __file__, "client_key": "/nowhere/key.pem"}, "client_key"),
        ({"client_key": __file__}, "client_key"),
    ],
)
def test_other_bad_options(options, named):
    with pytest.raises(OptionError) as caught:
        connection(**options)

    assert caught.value.option == named
    assert "https://portal.example.com" in str(caught.value)


def test_the_smallest_values_are_fine():
    made = connection(timeout=1, retries=0, ca_path=__file__, client_cert=__file__)

    assert (made.timeout, made.retries, made.ca_path) == (1, 0, __file__)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, None),
        ({"api_host": "http://portal.example.com"}, "plain http"),
        ({"api_host": "http://192.168.1.5"}, "plain http"),
        ({"api_host": "http://127.0.0.1:80"}, None),
        ({"api_host": "http://127.8.9.10"}, None),
        ({"api_host": "http://[::1]"}, None),
        ({"api_host": "http://localhost:8092"}, None),
        ({"api_host": "http://portal.localhost"}, None),
        ({"validate_certs": False}, "validate_certs is false"),
        ({"api_host": "http://localhost", "validate_certs": False}, None),
    ],
)
def test_what_is_unsafe_is_warned_of(options, words):
    found = connection(**options).warnings()

    assert len(found) == (1 if words else 0)
    assert all(words in warning for warning in found)


NEW = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIF\n-----END ENCRYPTED PRIVATE KEY-----\n"
OLD = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nMIIF\n"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIF\n-----END CERTIFICATE-----\n"


@pytest.mark.parametrize("key", [NEW, OLD, CERTIFICATE + NEW, "Bag Attributes\n" + OLD])
@pytest.mark.parametrize("option", ["client_key", "client_cert"])
def test_a_private_key_that_is_encrypted_is_refused(key, option, tmp_path):
    path = tmp_path / "key.pem"
    path.write_text(key)
    (tmp_path / "cert.pem").write_text(CERTIFICATE)
    options = {"client_cert": str(tmp_path / "cert.pem"), option: str(path)}

    with pytest.raises(OptionError) as caught:
        connection(**options)

    assert (caught.value.option, "\n" in str(caught.value)) == (option, False)
    assert f"the private key in {path} is encrypted" in str(caught.value)
    assert "MIIF" not in str(caught.value)


@pytest.mark.parametrize(
    "key", [CERTIFICATE, "-----BEGIN PRIVATE KEY-----\nENCRYPTED\n", "ENCRYPTED", ""]
)
def test_a_private_key_that_is_not_encrypted_is_accepted(key, tmp_path):
    path = tmp_path / "key.pem"
    path.write_text(key)

    assert connection(client_cert=str(path)).client_cert == str(path)


def test_a_private_key_that_cannot_be_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "key.pem"
    path.write_text("")

    def refuse(*_given: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(OptionError, match=r"^client_cert: .*cannot be read: Permission denied"):
        connection(client_cert=str(path))
