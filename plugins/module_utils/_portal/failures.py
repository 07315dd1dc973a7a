# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The meaning of a failed response, and the next step for the user. Pure.

Texts of the server are localized. Therefore, only the status, the shape of the body, and the type
of the exception in it determine the meaning (contract 3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.decoding import (
    decoded_json,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import printable

# Texts of nginx, always in English, if there is no valid client certificate.
_NO_CERTIFICATE = re.compile("No required SSL certificate|The SSL certificate error")
_CERTIFICATE_HINT = (
    "The server requires a client certificate: set client_cert and client_key to one it accepts."
)

# Removes secrets from a text, and truncates it.
Clean = Callable[[str], str]

# One character reference of HTML. Limited lengths keep the search fast.
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


@dataclass(frozen=True)
class Failure:
    """A failed response: a stable word for it, the message of the server, and the next step.

    `exception` is the type of the server's exception without its namespace. `refused` means that
    the server clearly rejected the request, so that a write has not happened.
    """

    kind: str
    server_message: str
    hint: str
    exception: str = ""
    refused: bool = True


@dataclass(frozen=True)
class _Body:
    """The body of an error. `shape` is empty, error, validation, problem, text, or other."""

    shape: str
    message: str = ""
    exception: str = ""


# (status, shape or exception type) -> (kind, next step). The most specific row applies. A row
# without a shape applies to all other shapes.
_ROWS: Mapping[tuple[int, str], tuple[str, str]] = {
    (400, ""): (
        "refused",
        (
            "Check that the release of the portal supports the options. DocSpace 3.1 or later is "
            "required."
        ),
    ),
    (401, ""): (
        "unauthorized",
        (
            "Check api_key: an 'sk-' key must be active, not expired and belong to this portal, "
            "and its owner must not be disabled."
        ),
    ),
    (402, "problem"): (
        "payment",
        "The plan of the portal is not paid for: pay for it, then run the playbook again.",
    ),
    (402, ""): (
        "payment",
        "The plan of the portal does not include this: check the plan and its quota.",
    ),
    (403, "empty"): ("scope", ""),
    (403, "problem"): (
        "portal_state",
        (
            "The portal is being restored, moved, or encrypted, or it did not accept the key: "
            "run the playbook again when the portal is active, and check api_key."
        ),
    ),
    (403, "text"): (
        "forbidden",
        (
            "The portal allows only certain IP addresses: add the IP address of this machine in "
            "its security settings."
        ),
    ),
    (403, "AuthorizingException"): (
        "forbidden",
        "The owner of the key must be a DocSpace admin of this portal.",
    ),
    (403, ""): (
        "forbidden",
        "The owner of the key must be a DocSpace admin with the permission to do this.",
    ),
    (404, "empty"): (
        "not_found",
        (
            "Check api_host, including the path prefix, and that the portal runs DocSpace 3.1 "
            "or later."
        ),
    ),
    (404, "problem"): (
        "portal_state",
        "The portal does not exist at this address, is suspended, or is about to be removed.",
    ),
    (404, ""): ("not_found", "Check that it exists and that the owner of the key can see it."),
    (407, ""): ("proxy", "The proxy requires authentication: check the proxy variables."),
    (429, ""): ("rate_limit", "The portal limits the rate of requests: decrease forks or serial."),
    (500, ""): ("server", "Check the log of the portal. The request was not retried."),
    (502, ""): (
        "unavailable",
        "The service of the portal does not respond: run the playbook again later.",
    ),
    (503, ""): (
        "unavailable",
        "The service of the portal does not respond: run the playbook again later.",
    ),
    (504, ""): (
        "unavailable",
        "The service of the portal does not respond: run the playbook again later.",
    ),
}

_NO_FOLDER = (
    "not_found",
    (
        "The folder does not exist: set folderId to the ID of a folder that the owner of the "
        "key can write to."
    ),
)
# The status of these exceptions differs between releases (contract 10).
_EXCEPTIONS: Mapping[str, tuple[str, str]] = {
    "DirectoryNotFoundException": _NO_FOLDER,
    "ItemNotFoundException": _NO_FOLDER,
    "BillingException": _ROWS[402, ""],
    "TenantQuotaException": _ROWS[402, ""],
}


def failure_of(
    status: int, headers: Mapping[str, str], body: bytes, method: str, clean: Clean
) -> Failure:
    """Return the meaning of a response with this `status` to a `method` request.

    Apply `clean` to every text of the server before it is truncated for a message.
    """
    if 300 <= status < 400:
        return _redirect(clean(headers.get("Location", "")))
    read = _read(body, clean)
    row = (
        (read.exception and _ROWS.get((status, read.exception)))
        or _EXCEPTIONS.get(read.exception)
        or _ROWS.get((status, read.shape))
        or _ROWS.get((status, ""))
        or ("unexpected", "Check that api_host is the address of a DocSpace portal.")
    )
    kind, hint = row
    if kind == "scope":
        hint = _scope_hint(method)
    if status == 400 and _NO_CERTIFICATE.search(read.message):
        hint = _CERTIFICATE_HINT
    return Failure(kind, printable(read.message), hint, read.exception, refused=status >= 400)


def _scope_hint(method: str) -> str:
    needed = "*:read (and *:write for changes)" if method == "GET" else "*:write"
    return (
        f"The key does not have the scope {needed}: create a key with this scope or without "
        "restrictions. DocSpace has no scope for backups only."
    )


def _redirect(location: str) -> Failure:
    target = ""
    try:
        parts = urlsplit(location.strip())
        host = parts.netloc.rpartition("@")[2]
        if (parts.scheme in ("http", "https") and host) or location.startswith("/"):
            target = printable(urlunsplit((parts.scheme, host, parts.path, "", "")))
    except ValueError:
        pass  # not a valid address
    wanted = f"The portal redirects to {target}: set" if target else "Set"
    hint = f"{wanted} api_host to the current address of the portal."
    return Failure("redirect", "", hint, refused=bool(target))


def _read(body: bytes, clean: Clean) -> _Body:
    """Return the parts of an error body that messages show, without stack trace (contract 3.1)."""
    text = body.decode("utf-8-sig", "replace").strip()
    if not text:
        return _Body("empty")
    try:
        data = decoded_json(text)
    except (ValueError, RecursionError):
        # Incomplete JSON is not useful for a user, but can contain half of a stack trace.
        return _Body("other", "" if text[0] in '{["' else _plain(clean(text)))
    shape, message, exception = _parts(data)
    return _Body(shape, clean(message), exception)


def _parts(data: Any) -> tuple[str, str, str]:
    """Return the shape of an error in JSON, its message, and the type of the exception."""
    if isinstance(data, str):
        return "text", data, ""
    if not isinstance(data, dict):
        return "other", "", ""
    if isinstance(data.get("error"), dict):
        error = data["error"]
        type_name = _string(error.get("type")).rpartition(".")[2]
        return "error", _string(error.get("message")), type_name
    if isinstance(data.get("message"), str):
        # A response of the service that manages all portals (contract-rooms 7).
        return "other", data["message"], ""
    if isinstance(data.get("response"), dict):
        return "validation", _validation_text(data["response"]), ""
    return "problem", _string(data.get("title")), ""


def _validation_text(problem: Mapping[str, Any]) -> str:
    errors = problem.get("errors")
    lines = []
    if isinstance(errors, dict):
        for member, texts in errors.items():
            listed = texts if isinstance(texts, list) else [texts]
            lines += [f"{member}: {_string(text)}" for text in listed]
    return "; ".join(lines) or _string(problem.get("title"))


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _plain(text: str) -> str:
    """Return plain text unchanged, or the title or the text of an HTML page."""
    if "<" not in text:
        return text
    title = re.search(r"<title[^<>]*>([^<]*)", text, re.IGNORECASE)
    shown = title[1] if title else re.sub(r"<[^<>]*>", " ", text)
    return _REFERENCE.sub(lambda found: unescape(found[0]), shown)
