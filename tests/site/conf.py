# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings of Sphinx: module and role pages and the guides, as docs.ansible.com shows them."""

from __future__ import annotations

import zlib
from pathlib import Path

project = title = html_short_title = "onlyoffice.docspace"
copyright = "the onlyoffice.docspace authors"  # noqa: A001 - Sphinx's name for it
extensions = ["sphinx.ext.intersphinx", "sphinx_antsibull_ext"]
pygments_style = "ansible"
highlight_language = "YAML+Jinja"
default_role = "any"
html_theme = "sphinx_ansible_theme"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_use_index = False
html_copy_source = False

# Pages of Ansible's own documentation that the pages made here refer to: label, page and title.
# They are known without asking for them, so that the site is the same without a network.
LABELS = {
    "ansible_collections.ansible.builtin.default_filter": (
        "collections/ansible/builtin/default_filter.html",
        "ansible.builtin.default filter",
    ),
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
HEADING = """\
# Sphinx inventory version 2
# Project: Ansible
# Version: devel
# The remainder of this file is compressed using zlib.
"""
_lines = [f"{label} std:label -1 {page} {name}\n" for label, (page, name) in LABELS.items()]
_inventory = Path(__file__).with_name("ansible.inv")
_inventory.write_bytes(HEADING.encode() + zlib.compress("".join(_lines).encode()))
intersphinx_mapping = {
    "ansible": ("https://docs.ansible.com/projects/ansible/devel/", str(_inventory))
}
