# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Blocks and generated parts are found, and replaced in the same place."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs import regions
from docs.blocks import blocks_of, with_text

MARKDOWN = """\
# Title

<!-- docs: file a.yml -->
```yaml
- a
  - b
```

```console
$ one
$ two \\
>   more
printed
```
"""

RST = """\
Title
=====

.. docs: file a.yml

.. code-block:: yaml

   - a
     - b

* In a list:

  .. code-block:: console

     $ one
     $ two \\
     >   more
     printed

Text.
"""


@pytest.fixture(params=[("a.md", MARKDOWN), ("a.rst", RST)], ids=["Markdown", "reStructuredText"])
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    name, text = request.param
    path: Path = tmp_path / name
    path.write_text(text)
    return path


def test_blocks_are_found_with_their_marks(document: Path) -> None:
    yaml, console = blocks_of(document)

    assert (yaml.language, yaml.text, yaml.marks) == ("yaml", "- a\n  - b\n", {"file": "a.yml"})
    assert (console.language, console.marks) == ("console", {})
    assert console.commands == ["one", "two \\\n  more"]


def test_a_block_written_back_changes_nothing_else(document: Path) -> None:
    text = document.read_text()
    _playbook, console = blocks_of(document)

    assert with_text(text, console, console.text) == text

    changed = with_text(text, console, console.text.replace("printed", "other\n\nlines"))
    document.write_text(changed)
    assert blocks_of(document)[1].text == console.text.replace("printed", "other\n\nlines")
    assert (
        changed.replace(changed[changed.index("other") : changed.index("lines") + 5], "printed")
        == text
    )


def test_generated_parts_are_made_by_name() -> None:
    text = "a\n<!-- generated: x y -->\nold\n<!-- end of generated -->\nb\n"

    assert list(regions.names(text)) == ["x y"]
    made = regions.filled(text, lambda name: f"made from {name}")
    assert made == ("a\n<!-- generated: x y -->\n\nmade from x y\n\n<!-- end of generated -->\nb\n")
    assert regions.filled(made, lambda name: f"made from {name}") == made
