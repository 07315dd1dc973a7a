# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files that the inventory plugin accepts."""

from __future__ import annotations

import pytest

from ansible_collections.onlyoffice.docspace.plugins.inventory.docspace_portals import (
    InventoryModule,
)

NAME = "plugin: onlyoffice.docspace.docspace_portals\n"
VAULT = "$ANSIBLE_VAULT;1.1;AES256\n6162\n"


# The last file must be recognized in linear time.
FILES = [NAME, f"---\n{NAME}", f"\ufeff{NAME}", f"\ufeff---\n{NAME}", f"{{\n\t{NAME}", VAULT]
FILES += ["\n" * 1_000_000 + NAME]


@pytest.mark.parametrize("text", FILES)
def test_a_file_for_the_plugin(text, tmp_path):
    path = tmp_path / "portals.yml"
    path.write_text(text, encoding="utf-8")

    assert InventoryModule().verify_file(str(path))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("portals.yml", "plugin: ansible.builtin.constructed\n"),
        ("portals.yml", f"# {NAME}"),
        ("portals.ini", NAME),
        ("portals.ini", VAULT),
    ],
)
def test_a_file_for_another_plugin(name, text, tmp_path):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    assert not InventoryModule().verify_file(str(path))


def test_no_file(tmp_path):
    assert not InventoryModule().verify_file(str(tmp_path / "portals.yml"))
