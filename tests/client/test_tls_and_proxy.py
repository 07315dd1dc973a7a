# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS, proxies, and other settings of the host that affect requests, with a test CA."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from support.control import Control
from support.portal import Portal

from client.places import Places
from client.support_fake import ScriptedTransport, ok
from client.support_net import HOST, Network
from client.support_runs import Outcome, Waits, client_maker, options, run
from client.support_tls import PROXIED_NAME, Certificates, Proxy, tls_alert, tls_in_front

PASSWORD = "pr0xy-pa55"
TASK: Mapping[str, Any] = {"state": "absent"}


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """One CA for the whole session."""
    return Certificates(tmp_path_factory.mktemp("certificates"))


@dataclass(frozen=True)
class Row:
    """A server, the options and environment variables of the task, and the outcome.

    `server` is the certificate: good, expired, wrong name, or one whose server asks for a client
    certificate. The values of `own` and `env` are names of attributes of Certificates. `kind` is
    the kind of the error, or "" for success. `says` is a part of the message, and `warns` is true
    if there is a warning.
    """

    name: str
    server: str = "good"
    own: Mapping[str, str | bool] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    says: str = ""
    warns: bool = False


def trusting(**more: str | bool) -> Mapping[str, str | bool]:
    """The options with the CA of the portal."""
    return {"ca_path": "ca", **more}


UNCHECKED: Mapping[str, str | bool] = {"validate_certs": False}
BUNDLE = "REQUESTS_CA_BUNDLE"
UNKNOWN_CA = "certificate verify failed"

ROWS = (
    Row("good CA", own=trusting()),
    Row("unknown CA", kind="tls", says=UNKNOWN_CA),
    Row("another CA", own={"ca_path": "other_ca"}, kind="tls", says=UNKNOWN_CA),
    Row("expired certificate", "expired", trusting(), kind="tls", says="expired"),
    Row("wrong name", "wrong name", trusting(), kind="tls", says="'127.0.0.1'"),
    Row("not checked", own=UNCHECKED, warns=True),
    Row("expired, and not checked", "expired", UNCHECKED, warns=True),
    Row("wrong name, and not checked", "wrong name", UNCHECKED, warns=True),
    Row("not checked, with a CA", own={"ca_path": "other_ca", **UNCHECKED}, warns=True),
    Row(
        "client certificate and key",
        "asks",
        trusting(client_cert="client_cert", client_key="client_key"),
    ),
    Row("client certificate with its key", "asks", trusting(client_cert="client_both")),
    Row(
        "client certificate without its key",
        "asks",
        trusting(client_cert="client_cert"),
        kind="tls",
    ),
    Row("file that is no CA", own={"ca_path": "client_key"}, kind="tls"),
    Row("CA of the host", env={BUNDLE: "ca"}),
    Row("other CA of the host", env={BUNDLE: "other_ca"}, kind="tls", says=UNKNOWN_CA),
    Row("CA of the host, by curl's name", env={"CURL_CA_BUNDLE": "ca"}),
    Row("ca_path against the CA of the host", own=trusting(), env={BUNDLE: "other_ca"}),
    Row(
        "other ca_path against the CA of the host",
        own={"ca_path": "other_ca"},
        env={BUNDLE: "ca"},
        kind="tls",
        says=UNKNOWN_CA,
    ),
    Row(
        "not checked against the CA of the host",
        own=UNCHECKED,
        env={BUNDLE: "other_ca"},
        warns=True,
    ),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_tls(
    row: Row,
    portal: Portal,
    control: Control,
    network: Network,
    certificates: Certificates,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    waits: Waits,
) -> None:
    """Whether the portal is reached, the number of attempts, and the message for the user."""
    servers = {
        "good": certificates.server,
        "expired": lambda: certificates.server(expired=True),
        "wrong name": lambda: certificates.server("elsewhere.docspace.test"),
        "asks": certificates.server_that_asks,
    }
    url = tls_in_front(network, servers[row.server](), portal.url)
    for name, value in row.env.items():
        monkeypatch.setenv(name, getattr(certificates, value))
    own = {
        name: getattr(certificates, value) if isinstance(value, str) else value
        for name, value in row.own.items()
    }
    outcome = run(
        options(api_host=url, api_key=portal.api_key, **TASK, **own),
        make_client=client_maker(waits),
    )
    if row.kind:
        assert outcome.error is not None and outcome.error.kind == row.kind, outcome.text
        assert row.says in outcome.error.what and url in outcome.error.what
        assert outcome.error.hint
        assert control.requests(portal.alias) == []
    else:
        assert outcome.result is not None, outcome.text
        assert outcome.result["changed"] is False
        assert len(control.requests(portal.alias)) == 1
        assert bool(outcome.result["warnings"]) is row.warns
        assert all("validate_certs" in warning for warning in outcome.result["warnings"])
    assert waits.asked == []
    assert capfd.readouterr() == ("", "")


def test_client_certificate_that_is_missing(certificates: Certificates, waits: Waits) -> None:
    """A refused handshake is not repeated, and its reason is reported."""
    with tls_alert(certificates.server_that_asks()) as url:
        asked = options(api_host=url, api_key="sk-1", ca_path=certificates.ca, **TASK)
        outcome = run(asked, make_client=client_maker(waits))
    assert outcome.error is not None and outcome.error.kind == "tls", outcome.text
    assert "certificate required" in outcome.error.what
    assert "client_cert" in outcome.error.hint
    assert waits.asked == []


def test_unchecked_certificate_is_no_python_warning(
    portal: Portal, network: Network, certificates: Certificates
) -> None:
    """The warning of the task is enough. urllib3 would print its own for each request."""
    url = tls_in_front(network, certificates.server(), portal.url)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        asked = options(api_host=url, api_key=portal.api_key, validate_certs=False, **TASK)
        outcome = run(asked)
    assert outcome.result is not None
    assert caught == []


PLAIN = (
    ("http://127.0.0.1:1", False),
    ("http://127.8.9.1:1", False),
    ("http://[::1]:1", False),
    ("http://localhost:1", False),
    ("http://portal.localhost:1", False),
    ("http://10.0.0.1", True),
    ("http://portal.example.com", True),
    ("http://localhost.example.com", True),
    ("https://portal.example.com", False),
)


@pytest.mark.parametrize(("address", "warned"), PLAIN)
def test_plain_http(address: str, warned: bool) -> None:
    """Plain http to addresses other than loopback causes a warning."""
    transport = ScriptedTransport([ok()])
    asked = options(api_host=address, api_key="sk-1", **TASK)
    outcome = run(asked, make_client=client_maker(transport=transport))
    assert outcome.result is not None
    texts = outcome.result["warnings"]
    assert len(texts) == warned
    assert all("plain http" in text and address in text for text in texts)


# --- proxies


def through(portal: Portal, scheme: str = "http") -> dict[str, Any]:
    """The options of a task for the portal under a name that only the proxy can resolve."""
    path = urlsplit(portal.url).path
    return options(api_host=f"{scheme}://{PROXIED_NAME}{path}", api_key=portal.api_key, **TASK)


def place_of(url: str) -> tuple[str, int]:
    """The host and port of an address."""
    parts = urlsplit(url)
    assert parts.hostname and parts.port
    return parts.hostname, parts.port


@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "all_proxy"])
def test_http_proxy(
    variable: str,
    portal: Portal,
    control: Control,
    network: Network,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Requests for plain http go to the proxy with the complete address."""
    proxy = Proxy(network, {PROXIED_NAME: place_of(portal.url)})
    monkeypatch.setenv(variable, f"http://{proxy.address}")
    asked = through(portal)
    outcome = run(asked)
    assert outcome.result is not None and outcome.result["changed"] is False
    assert proxy.asked == [f"GET {asked['api_host']}/api/2.0/backup/getbackupschedule?dump=false"]
    assert len(control.requests(portal.alias)) == 1


def test_https_through_a_proxy(
    portal: Portal, network: Network, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With https, the proxy sees the name of the portal, but neither the path nor the key."""
    front = tls_in_front(network, certificates.server(PROXIED_NAME), portal.url)
    proxy = Proxy(network, {PROXIED_NAME: place_of(front)})
    monkeypatch.setenv("https_proxy", f"http://{proxy.address}")
    outcome = run({**through(portal, "https"), "ca_path": certificates.ca})
    assert outcome.result is not None and outcome.result["changed"] is False
    assert proxy.asked == [f"CONNECT {PROXIED_NAME}:443"]
    assert "authorization" not in proxy.heads[0].lower()


def test_https_through_a_proxy_is_checked(
    portal: Portal, network: Network, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate must match the name of the portal behind a proxy too."""
    front = tls_in_front(network, certificates.server("elsewhere.docspace.test"), portal.url)
    proxy = Proxy(network, {PROXIED_NAME: place_of(front)})
    monkeypatch.setenv("https_proxy", f"http://{proxy.address}")
    outcome = run({**through(portal, "https"), "ca_path": certificates.ca})
    assert outcome.error is not None and outcome.error.kind == "tls"
    assert proxy.asked == [f"CONNECT {PROXIED_NAME}:443"]


@pytest.mark.parametrize("no_proxy", ["127.0.0.1", "example.com,127.0.0.0/8", "*"])
def test_no_proxy(
    no_proxy: str, portal: Portal, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A portal in the list of exceptions is reached without the proxy."""
    proxy = Proxy(network)
    monkeypatch.setenv("http_proxy", f"http://{proxy.address}")
    monkeypatch.setenv("no_proxy", no_proxy)
    outcome = run(options(api_host=portal.url, api_key=portal.api_key, **TASK))
    assert outcome.result is not None and outcome.result["changed"] is False
    assert proxy.asked == []


def test_proxy_that_knows_the_user(
    portal: Portal, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user and password of the proxy come from its variable, and are sent only to the proxy."""
    proxy = Proxy(network, {PROXIED_NAME: place_of(portal.url)}, log_in=f"ansible:{PASSWORD}")
    monkeypatch.setenv("http_proxy", f"http://ansible:{PASSWORD}@{proxy.address}")
    outcome = run(through(portal))
    assert outcome.result is not None and outcome.result["changed"] is False
    assert portal.bearer in proxy.heads[0]


REFUSALS = (("http", "proxy", 407, 1), ("https", "connection", None, 4))


@pytest.mark.parametrize(("scheme", "kind", "status", "attempts"), REFUSALS)
def test_proxy_that_refuses(
    scheme: str,
    kind: str,
    status: int | None,
    attempts: int,
    portal: Portal,
    network: Network,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The message names the proxy and contains its response, without the password."""
    proxy = Proxy(network, log_in="ansible:another")
    monkeypatch.setenv(f"{scheme}_proxy", f"http://ansible:{PASSWORD}@{proxy.address}")
    outcome = run(through(portal, scheme))
    assert outcome.error is not None
    assert (outcome.error.kind, outcome.error.status) == (kind, status)
    assert len(proxy.asked) == attempts
    assert "407" in outcome.error.what and "proxy" in outcome.error.hint.lower()
    assert_no_password(outcome)


# Passwords as users type them into a variable. None of them is properly encoded.
TYPED = (
    "http://ansible:pr0xy-pa55@{closed}",
    "http://ansible:pr0xy/pa55@{closed}",
    "http://ansible:pr0xy@pa55@{closed}",
    "http://ansible:pr0xy:pa55@{closed}",
    "http://ansible:pr0xy#pa55@{closed}",
    "http://ansible:pr0xy?pa55@{closed}",
    "http://ansible:pr0xy pa55@{closed}",
    "http://ansible:pr0xy%zzpa55@{closed}",
    "http://ansible:pr0xy-pa55@127.0.0.1:port",
    "http://ansible:pr0xy-pa55@",
    "http://ansible:pr0xy-pa55@proxy.invalid..:3128",
    "ansible:pr0xy/pa55@{closed}",
    "ftp://ansible:pr0xy-pa55@{closed}",
    "socks5://ansible:pr0xy-pa55@{closed}",
)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("typed", TYPED)
def test_password_of_a_proxy(
    typed: str, scheme: str, portal: Portal, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message never shows the password, even if the address of the proxy is mistyped."""
    closed = urlsplit(places.address("closed port")).netloc
    monkeypatch.setenv(f"{scheme}_proxy", typed.format(closed=closed))
    outcome = run(through(portal, scheme))
    assert outcome.error is not None
    assert outcome.error.kind in ("address", "connection")
    assert "proxy" in outcome.error.hint
    assert_no_password(outcome)


def assert_no_password(outcome: Outcome) -> None:
    """No half of the password is visible."""
    assert "pr0xy" not in outcome.text
    assert "pa55" not in outcome.text


# --- what requests must not contain


def test_netrc_does_not_replace_the_key(
    portal: Portal, control: Control, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry for the portal's host is ignored. `requests` would prefer it."""
    entry = tmp_path / "netrc"
    entry.write_text(f"machine {HOST} login somebody password {PASSWORD}\n")
    monkeypatch.setenv("NETRC", str(entry))
    requests.get(portal.url + "/api/2.0/settings", timeout=10)
    outcome = run(options(api_host=portal.url, api_key=portal.api_key, **TASK))
    assert outcome.result is not None
    alone, ours = (one.headers["Authorization"] for one in control.requests(portal.alias))
    assert alone.startswith("Basic ")
    assert ours.startswith("Bearer ") and ours.endswith(portal.api_key[-4:])


def test_headers(portal: Portal, control: Control) -> None:
    """All requests have exactly these headers, and do not return cookies."""
    cookies = {"Set-Cookie": "asc_auth_key=stale; Path=/; HttpOnly"}
    nothing = {"status": 200, "headers": cookies, "body": '{"count":0}'}
    control.fault(nothing, portal=portal.alias, method="GET")
    present = {"storage_type": "DataStore", "hour": 2, "backups_stored": 7}
    for own in (present, TASK):
        outcome = run(options(api_host=portal.url, api_key=portal.api_key, **own))
        assert outcome.result is not None and outcome.result["changed"] is True
    sent = control.requests(portal.alias)
    assert [one.method for one in sent] == ["GET", "POST", "GET", "GET", "DELETE", "GET"]
    always = {"host", "user-agent", "accept", "accept-encoding", "connection", "authorization"}
    extra = {"POST": {"content-type", "content-length"}, "DELETE": {"content-length"}, "GET": set()}
    for one in sent:
        assert {name.lower() for name in one.headers} == always | extra[one.method]
        assert one.headers["Accept"] == "application/json"
        assert one.headers["User-Agent"].startswith("ansible-onlyoffice.docspace/")
        assert one.headers["Authorization"].endswith(portal.api_key[-4:])
    assert sent[1].headers["Content-Type"] == "application/json"
