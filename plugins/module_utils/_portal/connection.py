# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Connection options, checked before the first request."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    OptionError,
    naming,
)

# The marks of an encrypted private key in PEM format, the new and the old one.
_ENCRYPTED = re.compile(rb"^(?:-----BEGIN ENCRYPTED |Proc-Type:[^\n]*ENCRYPTED)", re.MULTILINE)
_LONGEST_KEY = 1024 * 1024


@dataclass(frozen=True)
class Connection:
    """One portal and how to reach it.

    `portal` is the address without a trailing slash, `timeout` the time limit of one attempt in
    seconds, and `retries` the number of attempts after the first. `scheme` is the authentication
    scheme for `key`. `hidden` contains other secrets that no message may show.
    """

    portal: str
    key: str = field(repr=False)
    validate_certs: bool = True
    ca_path: str | None = None
    client_cert: str | None = None
    client_key: str | None = None
    timeout: int = 30
    retries: int = 3
    scheme: str = "Bearer"
    hidden: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> Connection:
        """Return the connection in the options. Raise OptionError with the invalid option."""
        portal = portal_address(options["api_host"])
        with naming(portal):
            connection = cls(
                portal=portal,
                key=_clean_key(options["api_key"]),
                validate_certs=options["validate_certs"],
                ca_path=_existing(options, "ca_path"),
                client_cert=_existing(options, "client_cert"),
                client_key=_existing(options, "client_key"),
                timeout=_at_least(options, "timeout", 1),
                retries=_at_least(options, "retries", 0),
            )
            if connection.client_key and not connection.client_cert:
                raise OptionError("client_key", "it requires client_cert")
            _check_key(connection)
        return connection

    def warnings(self) -> list[str]:
        """Return warnings about the security of this connection."""
        parts = urlsplit(self.portal)
        found = []
        if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
            found.append(
                f"{self.portal} uses plain http: anyone on the network path can read the API "
                "key. Use https."
            )
        if parts.scheme == "https" and not self.validate_certs:
            found.append(
                f"The certificate of {self.portal} is not validated (validate_certs is false): "
                "anyone on the network path can read the API key. Use ca_path for your "
                "own certificate authority."
            )
        return found


def portal_address(value: str) -> str:
    """Return scheme, host, port, and path prefix. Raise OptionError for an invalid address."""
    text = value.strip()
    try:
        parts = urlsplit(text)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        raise OptionError("api_host", "it is not a valid address") from None
    # Do not show the address before this check, because it can contain a password.
    if "@" in parts.netloc:
        raise OptionError("api_host", "it must not contain credentials; set api_key instead")
    problem = _address_problem(text, parts, port_is_valid)
    if problem:
        raise OptionError("api_host", problem)
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")


def _address_problem(text: str, parts: SplitResult, port_is_valid: bool) -> str:
    if parts.scheme not in ("http", "https"):
        return "it must start with https:// or http://, for example https://portal.example.com"
    if not parts.hostname or not port_is_valid:
        return "it has no host or no valid port; use an address such as https://portal.example.com"
    if not text.isascii() or not text.isprintable() or any(sign in text for sign in ' \\"<>'):
        return "it contains a character that is not allowed in an address"
    if parts.query or parts.fragment:
        return "it must not contain '?' or '#'"
    return ""


def _clean_key(value: str) -> str:
    key = re.sub(r"^Bearer(\s+|$)", "", value.strip())
    if not key:
        raise OptionError("api_key", "it is empty")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise OptionError(
            "api_key", "it must contain only printable ASCII characters without spaces"
        )
    return key


def _check_key(connection: Connection) -> None:
    """Raise OptionError for an encrypted private key. The library would prompt on the terminal."""
    option = "client_key" if connection.client_key else "client_cert"
    path = connection.client_key or connection.client_cert
    if path and os.path.isfile(path):
        try:
            with open(path, "rb") as file:
                text = file.read(_LONGEST_KEY)
        except OSError as error:
            raise OptionError(option, f"{path} cannot be read: {error.strerror}") from None
        if _ENCRYPTED.search(text):
            raise OptionError(
                option, f"the private key in {path} is encrypted; use one without a passphrase"
            )


def _existing(options: Mapping[str, Any], option: str) -> str | None:
    path: str | None = options.get(option)
    if path and not os.path.exists(path):
        raise OptionError(option, f"there is no file {path}")
    return path or None


def _at_least(options: Mapping[str, Any], option: str, least: int) -> int:
    value: int = options[option]
    if value < least:
        raise OptionError(option, f"it must be {least} or more")
    return value


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
