# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sphinx settings for pages of modules and roles and for guides, similar to docs.ansible.com."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes

project = title = html_short_title = "onlyoffice.docspace"
copyright = "the onlyoffice.docspace authors"  # noqa: A001 - Sphinx's name for it
extensions = ["sphinx_antsibull_ext"]
pygments_style = "ansible"
highlight_language = "YAML+Jinja"
default_role = "any"
html_theme = "sphinx_ansible_theme"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_use_index = False
html_copy_source = False

# Labels in Ansible's documentation that generated pages refer to. They are listed here, so that the
# site can be built without a network, and is always the same.
ANSIBLE_DOCS = "https://docs.ansible.com/projects/ansible/devel/"
LABELS = {
    "action_plugins": "plugins/action.html#action-plugins",
    "ansible_configuration_settings": (
        "reference_appendices/config.html#ansible-configuration-settings"
    ),
    "common_return_values": ("reference_appendices/common_return_values.html#common-return-values"),
}
# A plugin or an option of a plugin.
PLUGIN = re.compile(r"ansible_collections\.ansible\.builtin\.(\w+?)(?:__(.+))?$")


def resolve(_app: object, _env: object, node: Any, content: nodes.Node) -> nodes.reference | None:
    """Link to a page of Ansible's documentation, instead of a warning about a missing page."""
    page = LABELS.get(node["reftarget"], "")
    if found := PLUGIN.match(node["reftarget"]):
        page = f"collections/ansible/builtin/{found[1]}.html" + (f"#{found[2]}" if found[2] else "")
    link = nodes.reference("", "", content, refuri=ANSIBLE_DOCS + page, internal=False)
    return link if page else None


def setup(app: Any) -> None:
    app.connect("missing-reference", resolve)
