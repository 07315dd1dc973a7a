# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation site: module and role pages and the guides, as docs.ansible.com shows them."""

from __future__ import annotations

import shutil
import zlib
from pathlib import Path

import collection
from commands import CommandFailed, output, run
from paths import BUILD, COLLECTION, ROOT

SITE = BUILD / "site"

# Pages of Ansible's own documentation that the pages made here refer to: label, page and title.
# They are known without asking for them, so that the site is the same without a network.
ANSIBLE_DOCS = "https://docs.ansible.com/projects/ansible/devel/"
LABELS = {
    "action_plugins": ("plugins/action.html#action-plugins", "Action plugins"),
    "ansible_configuration_settings": (
        "reference_appendices/config.html#ansible-configuration-settings",
        "Ansible Configuration Settings",
    ),
    "common_return_values": (
        "reference_appendices/common_return_values.html#common-return-values",
        "Return Values",
    ),
}


def site() -> None:
    """Build the documentation site into .build/site/build/html; a warning is a failure."""
    shutil.rmtree(SITE, ignore_errors=True)
    SITE.mkdir(parents=True)
    env = {"ANSIBLE_COLLECTIONS_PATH": str(collection.linked())}
    run(
        "docs",
        ["antsibull-docs", "sphinx-init", "--dest-dir", str(SITE), "--use-current"]
        + ["--squash-hierarchy", "--lenient", COLLECTION],
        env=env,
    )
    # Where a guide looks for its pictures, from its place in the site as in the checkout.
    shutil.copytree(ROOT / "docs" / "performance", SITE / "performance")
    (SITE / "ansible.inv").write_bytes(_inventory())
    with (SITE / "conf.py").open("a") as conf:
        conf.write(f"\nintersphinx_mapping = {{'ansible': ({ANSIBLE_DOCS!r}, '../ansible.inv')}}\n")
    said = output("docs", ["bash", "build.sh"], cwd=SITE, env=env)
    warnings = [line for line in said.splitlines() if "WARNING" in line or "ERROR" in line]
    if warnings:
        raise CommandFailed(f"Sphinx has {len(warnings)} warnings, the first: {warnings[0]}")
    missing = [name for name in _pages() if not _is_whole(SITE / "build" / "html" / name)]
    if missing:
        raise CommandFailed(f"missing, or without what should be there: {', '.join(missing)}")


def _pages() -> list[str]:
    """The pages that the site must have: of each plugin, role and guide."""
    return [
        *(f"{path.stem}_module.html" for path in ROOT.glob("plugins/modules/[!_]*.py")),
        *(f"{path.stem}_inventory.html" for path in ROOT.glob("plugins/inventory/[!_]*.py")),
        *(f"{path.stem}_filter.html" for path in ROOT.glob("plugins/filter/[!_]*.py")),
        *(f"{path.parts[-3]}_role.html" for path in ROOT.glob("roles/*/meta/argument_specs.yml")),
        *(f"docsite/{path.stem}.html" for path in ROOT.glob("docs/docsite/rst/*.rst")),
    ]


def _is_whole(page: Path) -> bool:
    """Whether a page is there, a guide with a heading, another with a table of options."""
    wanted = "<h1>" if page.parent.name == "docsite" else 'id="parameter-'
    return page.is_file() and wanted in page.read_text()


def _inventory() -> bytes:
    """LABELS as Sphinx reads them."""
    heading = "# Sphinx inventory version 2\n# Project: Ansible\n# Version: devel\n"
    heading += "# The remainder of this file is compressed using zlib.\n"
    lines = [f"{label} std:label -1 {page} {title}\n" for label, (page, title) in LABELS.items()]
    return heading.encode() + zlib.compress("".join(lines).encode())
