# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every kind of error, guide, and role is documented, and documented requests are correct."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from docs.blocks import BadMark, blocks_of, marks_above
from docs.examples import plugins, text_of
from docs.kinds import documented, kinds
from docs.places import GUIDES, ROOT
from docs.sandbox import Sandbox
from docs.tables import plain, values_of

TROUBLESHOOTING = GUIDES / "troubleshooting.rst"


def test_the_guide_has_every_kind_of_error_once() -> None:
    assert sorted(documented(TROUBLESHOOTING)) == sorted(kinds())


def test_every_kind_has_a_cause_and_a_remedy() -> None:
    sections = re.split(r"^``\w+``\n~+$", TROUBLESHOOTING.read_text(), flags=re.MULTILINE)[1:]

    assert len(sections) == len(kinds())
    assert all(":Cause: " in section and ":Remedy: " in section for section in sections)


def test_the_guide_has_every_kind_that_the_modules_document() -> None:
    described = {
        word
        for module in plugins("modules")
        for word in _kinds_described(yaml.safe_load(text_of(module, "RETURN")))
    }

    assert described and described <= set(documented(TROUBLESHOOTING))


def _kinds_described(returned: Any) -> list[str]:
    kind = returned.get("error", {}).get("contains", {}).get("kind", {})
    return re.findall(r"V\((\w+)\)", " ".join(kind.get("description", "")))


def test_every_guide_is_in_the_table_of_contents() -> None:
    sections = yaml.safe_load((ROOT / "docs/docsite/extra-docs.yml").read_text())["sections"]
    listed = [name for section in sections for name in section["toctree"]]

    assert sorted(listed) == [guide.stem for guide in sorted(GUIDES.glob("*.rst"))]


def test_the_readme_links_every_guide() -> None:
    readme = (ROOT / "README.md").read_text()

    assert not [
        guide.name
        for guide in GUIDES.glob("*.rst")
        if f"(docs/docsite/rst/{guide.name})" not in readme
    ]


def test_every_role_has_a_page() -> None:
    roles = {path.parent.parent for path in ROOT.glob("roles/*/tasks/main.yml")}

    assert roles and all((role / "README.md").is_file() for role in roles)


def test_the_vendors_sample_sends_what_the_vendor_documents(sandbox: Sandbox) -> None:
    (example,) = [
        b for b in blocks_of(GUIDES / "migration.rst") if b.marks.get("file") == "dump.yml"
    ]

    sandbox.play(example.text)

    (post,) = [r for r in sandbox.control.requests("portal") if r.method == "POST"]
    assert json.loads(post.body) == {
        "storageType": "CustomCloud",
        "cronParams": {"period": "EveryDay", "hour": 3, "day": 0},
        "backupsStored": 7,
        "dump": True,
    }


def test_a_mark_that_means_nothing_is_refused() -> None:
    with pytest.raises(BadMark):
        marks_above(["<!-- docs: runs never -->", "```yaml"], 1)
    with pytest.raises(BadMark):
        marks_above(["<!-- docs: not run: -->", "```yaml"], 1)


def test_marks_are_read_over_blank_lines() -> None:
    lines = [".. docs: status 2", "", ".. docs: with output", "", ".. code-block:: console"]

    assert marks_above(lines, 4) == {"status": "2", "with output of": ""}
    assert marks_above([*lines[:2], "Text.", ""], 4) == {}


@pytest.mark.parametrize(
    ("option", "shown"),
    [
        ({"type": "int", "choices": [1, 2, 3, 4, 5]}, "1 to 5"),
        ({"type": "int", "choices": [1, 2, 3, 5, 8]}, "`1`, `2`, `3`, `5`, `8`"),
        ({"type": "str", "choices": ["present", "absent"]}, "`present`, `absent`"),
        ({"type": "path"}, "path"),
    ],
)
def test_values_are_shown_as_a_reader_knows_them(option: dict[str, object], shown: str) -> None:
    assert values_of(option) == shown


def test_markup_of_ansible_becomes_code() -> None:
    assert plain("Needs O(a.b.c#module:period=EveryWeek), V((hidden\\)) or C(x(1\\)).") == (
        "Needs `period=EveryWeek`, `(hidden)` or `x(1)`."
    )
