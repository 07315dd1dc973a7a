# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conversion of the server's list of portals, and their names and addresses in an inventory."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError
from ansible_collections.onlyoffice.docspace.plugins.module_utils._server.api import (
    connection_warnings,
    server_connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._server.wire import (
    host_name,
    portal_address,
    portals_from_wire,
)

SERVER = "https://docs.example.com"

# Contract-rooms 7.
TENANT: dict[str, Any] = {
    "created": "2026-01-10T08:00:00",
    "domain": "p1.docs.example.com",
    "industry": 0,
    "language": "en-US",
    "name": "Portal 1",
    "ownerId": "66faa6e4",
    "portalName": "p1",
    "status": "Active",
    "tenantId": 1,
    "timeZoneId": "Europe/Berlin",
    "timeZoneName": "(UTC+01:00) Berlin",
    "customQuota": -1,
}
STATISTICS: dict[str, Any] = {
    "quotaUsage": {
        "tenantId": 1,
        "storageSize": 9223372036854775807,
        "usedSize": 12345,
        "maxRoomAdminsCount": 2147483647,
        "roomAdminCount": 2,
        "maxUsers": -1,
        "usersCount": 5,
        "maxRoomsCount": -1,
        "roomsCount": 3,
    },
    "owner": {"id": "66faa6e4", "email": "owner@example.com", "displayName": "Owner"},
}
FACTS: dict[str, Any] = {
    "alias": "p1",
    "tenant_id": 1,
    "name": "Portal 1",
    "domain": "p1.docs.example.com",
    "mapped_domain": None,
    "status": "Active",
    "created": "2026-01-10T08:00:00Z",
    "timezone": "Europe/Berlin",
    "language": "en-US",
    "owner_id": "66faa6e4",
    "owner_email": None,
    "owner_name": None,
    "quota": None,
}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({}, {}),
        (
            STATISTICS,
            {
                "owner_email": "owner@example.com",
                "owner_name": "Owner",
                "quota": {
                    "storage_size": 9223372036854775807,
                    "used_size": 12345,
                    "users": 5,
                    "max_users": -1,
                    "room_admins": 2,
                    "max_room_admins": 2147483647,
                    "rooms": 3,
                    "max_rooms": -1,
                },
            },
        ),
        ({"timeZoneId": None}, {"timezone": None}),
        ({"mappedDomain": "p.example.com"}, {"mapped_domain": "p.example.com"}),
        ({"created": "2026-01-10T08:00:00.5Z"}, {}),
        ({"created": "0001-01-01T00:00:00"}, {"created": None}),
        ({"created": "yesterday"}, {"created": None}),
        ({"tenantId": True, "name": 7}, {"tenant_id": None, "name": None}),
    ],
)
def test_a_portal(said, meant):
    assert portals_from_wire({"tenants": [{**TENANT, **said}]}) == [{**FACTS, **meant}]


def test_nothing_that_is_known_of_a_portal_acts_on_a_terminal() -> None:
    owner = {"email": "a@b\x9b", "displayName": "\x1b[2J"}
    (portal,) = portals_from_wire({"tenants": [{**TENANT, "name": "\u202eP", "owner": owner}]})

    shown = (portal["name"], portal["owner_email"], portal["owner_name"])
    assert shown == ("\\u202eP", "a@b\\u009b", "\\u001b[2J")


def test_a_portal_of_which_little_is_said():
    nothing = dict.fromkeys(FACTS)

    assert portals_from_wire({"tenants": [{"portalName": "p1"}]}) == [{**nothing, "alias": "p1"}]


@pytest.mark.parametrize(
    "answer",
    [None, [], "x", {}, {"tenants": None}, {"tenants": {}}, {"tenants": ["p1"]}]
    + [{"tenants": [{**TENANT, "portalName": None}]}],
)
def test_answers_that_make_no_sense(answer):
    with pytest.raises(ValueError, match=r"^(the response is not|a portal in the response has)"):
        portals_from_wire(answer)


@pytest.mark.parametrize(
    ("portal", "by", "name"),
    [
        ({}, "alias", "p1"),
        ({}, "domain", "p1.docs.example.com"),
        ({"alias": "localhost"}, "alias", "docs.example.com"),
        ({"domain": "localhost"}, "domain", "docs.example.com"),
        ({"domain": None}, "domain", "docs.example.com"),
        ({"alias": ""}, "alias", "docs.example.com"),
        ({"alias": "a-1_b.c"}, "alias", "a-1_b.c"),
        ({"alias": "a"}, "alias", "a"),
        ({"alias": "a b"}, "alias", ""),
        ({"alias": "a[1:3]"}, "alias", ""),
        ({"alias": "a:22"}, "alias", ""),
        ({"alias": "-a"}, "alias", ""),
        ({"alias": "a-"}, "alias", ""),
        ({"alias": "a\n"}, "alias", ""),
        ({"alias": "{{ a }}"}, "alias", ""),
    ],
)
def test_names(portal, by, name):
    assert host_name({**FACTS, **portal}, SERVER, by) == name


@pytest.mark.parametrize(
    ("server", "domain", "scheme", "port", "address"),
    [
        (SERVER, "p1.example.com", None, None, "https://p1.example.com"),
        ("http://10.0.0.5:8092", "p1.example.com", None, None, "http://p1.example.com:8092"),
        ("http://10.0.0.5:8092", "p1.example.com", "http", None, "http://p1.example.com:8092"),
        ("http://10.0.0.5:8092", "p1.example.com", "https", None, "https://p1.example.com"),
        ("http://10.0.0.5:8092", "p1.example.com", "https", 8443, "https://p1.example.com:8443"),
        (SERVER, "p1.example.com", None, 8443, "https://p1.example.com:8443"),
        (SERVER, "p1.example.com:444", None, 8443, "https://p1.example.com:444"),
        ("https://example.com/docs", "p1.example.com", None, None, "https://p1.example.com/docs"),
        ("http://10.0.0.5:8092", "localhost", "https", 8443, "http://10.0.0.5:8092"),
        (SERVER, None, None, None, SERVER),
        (SERVER, "", None, None, SERVER),
        (SERVER, "a.example.com/evil", None, None, ""),
        (SERVER, "a@evil.example.com", None, None, ""),
        (SERVER, "{{ x }}", None, None, ""),
        (SERVER, "a.example.com\n", None, None, ""),
    ],
)
def test_addresses(server, domain, scheme, port, address):
    assert portal_address({**FACTS, "domain": domain}, server, scheme, port) == address


# --- the login


def options(**own: Any) -> dict[str, Any]:
    given = {"server_url": SERVER, "validate_certs": True, "timeout": 30, "retries": 3}
    return {**given, "session_token": None, "username": None, "password": None, **own}


BOTH = {"username": "a@example.com", "password": "pa:ß5"}


@pytest.mark.parametrize(
    ("given", "scheme", "key"),
    [
        ({"session_token": "tok"}, "Bearer", "tok"),
        ({"session_token": " Bearer tok\n"}, "Bearer", "tok"),
        ({"session_token": "tok", **BOTH}, "Bearer", "tok"),
        (BOTH, "Basic", base64.b64encode("a@example.com:pa:ß5".encode()).decode()),
        ({"session_token": " ", **BOTH}, "Basic", "YUBleGFtcGxlLmNvbTpwYTrDnzU="),
    ],
)
def test_log_in(given, scheme, key):
    connection = server_connection(options(**given))

    assert (connection.scheme, connection.key, connection.portal) == (scheme, key, SERVER)
    assert key not in repr(connection)


@pytest.mark.parametrize(
    ("given", "option", "words"),
    [
        ({}, "session_token", "required, unless username and password"),
        ({"username": "a@example.com"}, "session_token", "required, unless username and password"),
        ({"password": "pa55"}, "session_token", "required, unless username and password"),
        ({"session_token": "sk-0123"}, "session_token", "it is an API key"),
        ({"session_token": "Bearer sk-0123", **BOTH}, "session_token", "it is an API key"),
        ({"session_token": "a b"}, "session_token", "it must contain only printable ASCII"),
        ({**BOTH, "username": "a:b"}, "username", "without a colon"),
        ({**BOTH, "server_url": "docs.example.com"}, "server_url", "it must start with https://"),
        (
            {**BOTH, "server_url": "https://u:pa55@docs.example.com"},
            "server_url",
            "it must not contain credentials",
        ),
        ({**BOTH, "timeout": 0}, "timeout", "it must be 1 or more"),
        ({**BOTH, "ca_path": "/no/such.pem"}, "ca_path", "there is no file"),
    ],
)
def test_bad_options(given, option, words):
    with pytest.raises(OptionError) as caught:
        server_connection(options(**given))

    text = str(caught.value)
    assert text.startswith(f"{option}: ")
    assert words in text
    told = [name for name in ("api_host", "api_key", "pa55", "sk-0123") if name in text]
    assert told == []


def test_plain_http_is_warned_of():
    connection = server_connection(options(server_url="http://docs.example.com", **BOTH))

    (warning,) = connection_warnings(connection)

    assert "plain http" in warning
    assert "API" not in warning
