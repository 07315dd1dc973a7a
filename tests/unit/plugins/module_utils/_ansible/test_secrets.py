# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that are secrets, by name and by value."""

from __future__ import annotations

import time

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.secrets import secrets_in
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.params import is_secret


@pytest.mark.parametrize(
    "name",
    [
        *("secretaccesskey", "acesskey", "ssekey", "json", "apiKey", "accountPwd", "password"),
        *("passphrase", "passcode", "pin", "clientPin", "sas", "sasUrl", "blobSas", "signature"),
        *("connectionString", "connection_string", "auth", "authorization", "oauth", "authToken"),
        *("credentials", "clientSecret"),
    ],
)
def test_a_storage_parameter_named_like_a_secret_is_one(name: str) -> None:
    assert is_secret(name)
    assert "v4lue" in secrets_in({"storage_params": {name: "v4lue"}}, {})


@pytest.mark.parametrize(
    "name",
    [
        *("module", "bucket", "region", "folderId", "filePath", "serviceurl", "use_http"),
        *("forcepathstyle", "cname", "author", "authType", "pinned", "mapping", "keyId", "basis"),
    ],
)
def test_other_storage_parameters_are_shown(name: str) -> None:
    assert not is_secret(name)
    assert secrets_in({"storage_params": {name: "v4lue"}}, {}) == set()


@pytest.mark.parametrize("sign", ["?", "#"])
def test_what_stands_after_the_path_of_an_address_is_a_secret(sign: str) -> None:
    address = f"https://portal.example.com/x{sign}token=t0ken-t0ken&v=1"
    expected = {"token=t0ken-t0ken&v=1", "t0ken-t0ken"}
    assert expected <= secrets_in({"api_host": address}, {})
    assert expected <= secrets_in({}, {"DOCSPACE_API_HOST": address})
    # A short value can be a common word.
    assert "1" not in secrets_in({"api_host": address}, {})


@pytest.mark.parametrize(
    "text", ["/" * 1_000_000, "//a:" * 250_000, "https://a?" * 100_000, "@//" * 300_000]
)
def test_the_worst_option_is_searched_in_linear_time(text):
    # A play may use text from a server as an option.
    started = time.process_time()
    secrets_in({"storage_params": {"filePath": text}}, {})
    assert time.process_time() - started < 20
