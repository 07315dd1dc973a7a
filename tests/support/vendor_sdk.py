# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""pytest fixtures for the vendor's SDK, with a key of a simulated portal."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from support.portal import Portal
from support.uncounted import unmeasured

if TYPE_CHECKING:
    from docspace_api_sdk import BackupApi

__all__ = ["backups", "sdk"]


@pytest.fixture(scope="session")
def sdk() -> Any:
    """The vendor's package, imported here because its thousands of models take seconds to load."""
    with warnings.catch_warnings(), unmeasured():
        warnings.simplefilter("ignore")  # member names that pydantic uses too
        return importlib.import_module("docspace_api_sdk")


@pytest.fixture
def backups(sdk: Any, portal: Portal) -> Iterator[BackupApi]:
    """The vendor's backup API of a new portal."""
    configuration = sdk.Configuration(host=portal.url, access_token=portal.api_key)
    with sdk.ApiClient(configuration) as client:
        yield sdk.BackupApi(client)
