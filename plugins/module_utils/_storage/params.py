# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The canonical form of storage parameters, and the secrets among them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import OptionError
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.types import (
    FOLDER_TYPES,
    STORAGE_TYPES,
)

# Replaces a secret parameter in results. As an option, it means the current value of the portal, so
# that a user can pass a schedule back to the module.
HIDDEN = "(hidden)"

# Secret keys of third-party modules: ssekey, secretaccesskey, acesskey (sic), apiKey, json (the
# service account of Google Cloud), and other keys with similar names.
_SECRET = re.compile(
    "secret|passw|passphrase|passcode|token|credential|signature|connection[_-]?string|^sas"
    "|auth(?!or(?!i[sz]ation)|_?type)|(?:key|pwd|json|pin|sas)$",
    re.IGNORECASE,
)


# A value longer than this does not fit the server's column (contract 5.2).
LONGEST_VALUE = 255


def params_from_option(
    storage_type: str | None, params: Mapping[Any, Any] | None
) -> Mapping[str, str] | None:
    if params is None:
        return None
    named = {str(key): value for key, value in params.items()}
    if "tenantId" in named:
        raise OptionError("storage_params", "tenantId is set by the server; remove it")
    for key, value in named.items():
        if not isinstance(value, (str, int, float, bool)):
            raise OptionError("storage_params", f"{key} must be a string, a number, or a boolean")
        if not _is_unicode(f"{key}{value}"):
            raise OptionError("storage_params", "it contains an incomplete Unicode character")
    if storage_type is None:
        # The current type of the portal determines later which parameters are valid.
        return canonical_params("Documents", named)
    canonical = canonical_params(storage_type, named)
    problem = params_problem(storage_type, canonical)
    if problem:
        raise OptionError("storage_params", problem)
    return canonical


def _is_unicode(text: str) -> bool:
    """Return whether `text` contains no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def canonical_params(storage_type: str, params: Mapping[str, Any]) -> dict[str, str]:
    """Return `params` for a comparison: as strings, and without the ones that the server adds.

    The server adds `tenantId` and, for types that do not use it, `folderId`. It stores a JSON true
    as "True" (contract 5.4).
    """
    return {
        key: _text(value)
        for key, value in params.items()
        if value is not None
        and key != "tenantId"
        and (key != "folderId" or storage_type in FOLDER_TYPES)
    }


def params_problem(storage_type: str, params: Mapping[str, str]) -> str:
    """Return why the server cannot use these canonical parameters, or ""."""
    entry = STORAGE_TYPES.get(storage_type)
    if entry and entry.required and not params.get(entry.required, "").strip():
        return f"storage_type {storage_type} needs {entry.required}"
    too_long = [key for key, value in params.items() if len(value) > LONGEST_VALUE]
    if too_long:
        return f"{too_long[0]} is longer than {LONGEST_VALUE} characters"
    return ""


def is_secret(key: str) -> bool:
    """Return whether the name of a parameter indicates a secret."""
    return bool(_SECRET.search(key))


def secrets_of(params: Mapping[str, str]) -> list[str]:
    """Return the secret values in `params`."""
    return [value for key, value in params.items() if is_secret(key)]


def masked(params: Mapping[str, str]) -> dict[str, str]:
    """Return `params` with secret values replaced."""
    return {key: HIDDEN if is_secret(key) else value for key, value in params.items()}


def _text(value: Any) -> str:
    text = str(value)
    return text.lower() if text in ("True", "False") else text
