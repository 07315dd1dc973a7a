# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How storage parameters differ between a write and a read (contract 2.4, 5.4)."""

from __future__ import annotations

from typing import Any

import pytest
from support.portal import Portal
from support.simulator import Simulator

from contract.matrix.bodies import READ, READ_DUMP, WRITE, bare, pairs
from contract.notation import OK
from contract.rows import play
from contract.steps import Folder, Step, get, post
from contract.values import Has, Ref

S3 = {"module": "s3", "bucket": "b", "region": "eu-central-1", "sse": "none"}

# Storage type, posted parameters, parameters that are read.
ROUND_TRIPS: dict[str, tuple[Any, dict[str, Any], dict[str, Any]]] = {
    "documents": ("Documents", {"folderId": Ref("folder")}, {"folderId": Ref("folder")}),
    "documents-number": (
        "Documents",
        {"folderId": Ref("folder", int)},
        {"folderId": Ref("folder")},
    ),
    "documents-and-more": (
        "Documents",
        {"folderId": Ref("folder"), "note": "x"},
        {"folderId": Ref("folder"), "note": "x"},
    ),
    "cloud": ("ThridpartyDocuments", {"folderId": Ref("drive")}, {"folderId": Ref("drive")}),
    "local": ("Local", {"filePath": "/b"}, {"filePath": "/b", "folderId": "/b"}),
    "store": ("DataStore", {}, {"folderId": None}),
    "store-and-more": ("DataStore", {"note": "x"}, {"note": "x", "folderId": None}),
    "custom-cloud": ("CustomCloud", {}, {"folderId": None}),
    "custom-cloud-and-more": ("CustomCloud", {"a": "b"}, {"a": "b", "folderId": None}),
    "undefined-number": (99, {"a": "b"}, {"a": "b", "folderId": None}),
    "consumer": ("ThirdPartyConsumer", S3, S3),
}
TARGETS: list[Step] = [Folder("folder"), Folder("drive", "thirdparty")]


@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_round_trip(simulator: Simulator, name: str) -> None:
    storage_type, posted, read = ROUND_TRIPS[name]
    body = bare(storage_type, pairs(**posted))
    seen = get(READ, OK(Has({"storageParams": read})))
    play(simulator, name, {}, [*TARGETS, post(WRITE, body, OK(True)), seen])


@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_round_trip_of_a_dump_adds_the_portal(simulator: Simulator, name: str) -> None:
    storage_type, posted, read = ROUND_TRIPS[name]
    body = bare(storage_type, pairs(**posted), dump=True)
    seen = get(READ_DUMP, OK(Has({"storageParams": {**read, "tenantId": Ref("tenant", str)}})))
    play(simulator, name, {}, [*TARGETS, post(WRITE, body, OK(True)), seen])


VALUES = {
    "text": ("x", "x"),
    "empty": ("", ""),
    "number": (12, "12"),
    "fraction": (1.5, "1.5"),
    "true": (True, "True"),
    "false": (False, "False"),
    "word-true": ("true", "true"),
}


@pytest.mark.parametrize(("posted", "read"), VALUES.values(), ids=VALUES)
def test_values_become_strings(portal: Portal, posted: Any, read: str) -> None:
    portal.post(WRITE, bare("ThirdPartyConsumer", pairs(module="s3", value=posted)))
    shown = portal.schedule()
    assert shown is not None
    assert shown["storageParams"] == {"module": "s3", "value": read}


def test_a_write_replaces_all_parameters(portal: Portal) -> None:
    portal.post(WRITE, bare("ThirdPartyConsumer", pairs(module="s3", bucket="a", region="r")))
    portal.post(WRITE, bare("ThirdPartyConsumer", pairs(module="s3", bucket="b")))
    shown = portal.schedule()
    assert shown is not None
    assert shown["storageParams"] == {"module": "s3", "bucket": "b"}


def test_a_path_of_more_than_255_characters_is_refused(portal: Portal) -> None:
    too_long = bare("Local", pairs(filePath="/" + "x" * 255))
    assert portal.post(WRITE, too_long).status == 400
    assert portal.schedule() is None
    assert portal.post(WRITE, bare("Local", pairs(filePath="/" + "x" * 254))).status == 200
