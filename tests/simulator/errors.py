# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's exceptions: their .NET names, HTTP status and hresult (contract 3.2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """The response to a .NET exception."""

    status: int
    hresult: int
    message: str | None = None
    named: bool = True  # False: type and stack are null, hresult is 0


_PLAIN = -2146233088
_DENIED = "Access denied"

ITEM_NOT_FOUND = "ASC.Common.Web.ItemNotFoundException"
FILE_NOT_FOUND = "System.IO.FileNotFoundException"
DIRECTORY_NOT_FOUND = "System.IO.DirectoryNotFoundException"
ARGUMENT = "System.ArgumentException"
ARGUMENT_NULL = "System.ArgumentNullException"
OUT_OF_RANGE = "System.ArgumentOutOfRangeException"
SECURITY = "System.Security.SecurityException"
AUTHORIZING = "ASC.Common.Security.Authorizing.AuthorizingException"
BRUTE_FORCE = "ASC.Web.Core.BruteForceCredentialException"
AUTHENTICATION = "System.Security.Authentication.AuthenticationException"
INVALID_OPERATION = "System.InvalidOperationException"
QUOTA = "ASC.Core.Tenants.TenantQuotaException"
BILLING = "ASC.Core.Billing.BillingException"
NULL_REFERENCE = "System.NullReferenceException"
KEY_NOT_FOUND = "System.Collections.Generic.KeyNotFoundException"
FORMAT = "System.FormatException"
JSON = "System.Text.Json.JsonException"
IO = "System.IO.IOException"
HTTP_REQUEST = "System.Net.Http.HttpRequestException"
GENERAL = "System.Exception"

KINDS: dict[str, Kind] = {
    ITEM_NOT_FOUND: Kind(404, _PLAIN),
    FILE_NOT_FOUND: Kind(404, -2147024894),
    DIRECTORY_NOT_FOUND: Kind(404, -2147024893),
    ARGUMENT: Kind(400, -2147024809),
    ARGUMENT_NULL: Kind(400, -2147467261),
    OUT_OF_RANGE: Kind(400, -2146233086),
    SECURITY: Kind(403, -2146233078, _DENIED),
    AUTHORIZING: Kind(403, _PLAIN, _DENIED),
    BRUTE_FORCE: Kind(403, 0, named=False),
    AUTHENTICATION: Kind(401, 0, named=False),
    INVALID_OPERATION: Kind(403, -2146233079),
    QUOTA: Kind(402, _PLAIN),
    BILLING: Kind(402, _PLAIN),
    NULL_REFERENCE: Kind(500, -2147467261),
    KEY_NOT_FOUND: Kind(500, -2146232969),
    FORMAT: Kind(500, -2146233033),
    JSON: Kind(500, _PLAIN),
    IO: Kind(500, -2146232800),
    HTTP_REQUEST: Kind(500, -2147467259),
    GENERAL: Kind(500, _PLAIN),
}

NULL_TEXT = "Object reference not set to an instance of an object."
FOLDER_TEXT = "The required folder was not found"
PLAN_TEXT = "Your pricing plan does not support this option"


class Thrown(Exception):
    """An exception that the real server would raise. ``type_name`` is a key of KINDS."""

    def __init__(self, type_name: str, message: str) -> None:
        super().__init__(message)
        self.type_name = type_name
        self.message = message


class Invalid(Exception):
    """A model-binding failure (contract 3.3): errors by key."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.errors = {key: [message]}


class Problem(Exception):
    """A ProblemDetails response of a resource filter without an envelope (contract 3.4)."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class Bare(Exception):
    """A response without a body (contract 3.4), with optional headers."""

    def __init__(self, status: int, headers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(str(status))
        self.status = status
        self.headers = headers


class BadInput(Exception):
    """An invalid request to the control interface: 400, or 404 for unknown names."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def null_reference() -> Thrown:
    """The server's error for a missing object."""
    return Thrown(NULL_REFERENCE, NULL_TEXT)


def key_missing(key: str) -> Thrown:
    """The server's error for a missing dictionary key."""
    return Thrown(KEY_NOT_FOUND, f"The given key '{key}' was not present in the dictionary.")


def duplicate_key(key: str) -> Thrown:
    """The server's error for a duplicate dictionary key."""
    return Thrown(ARGUMENT, f"An item with the same key has already been added. Key: {key}")


def access_denied() -> Thrown:
    """The SecurityException of the folder and dump checks."""
    return Thrown(SECURITY, _DENIED)
