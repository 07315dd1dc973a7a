# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Values as a module gets them: plain JSON, without the types of the control node.

These types are unresolved templates, tagged strings, and vaults. Values for a play that are derived
from them must be marked again, so that Ansible never treats a text as a template.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common import json as module_json
from ansible.plugins.action import ActionBase

# In ansible-core 2.19 and later, there are several notations for options and results of modules.
NOTATION = "legacy"
HAS_NOTATIONS = "profile" in inspect.signature(ActionBase._parse_returned_data).parameters

if not HAS_NOTATIONS:
    from ansible.utils.unsafe_proxy import wrap_var


def never_a_template(value: Any) -> Any:
    """Return `value` with texts that Ansible never treats as templates, in any variable.

    In releases with several notations, this is not necessary, because only marked texts are
    templates.
    """
    return value if HAS_NOTATIONS else wrap_var(value)


def as_a_module_gets_them(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of `options` as a module receives them."""
    if HAS_NOTATIONS:
        to_module = module_json.Direction.CONTROLLER_TO_MODULE
        encoder = module_json.get_module_encoder(NOTATION, to_module)
        text = json.dumps(options, cls=encoder)
    else:
        text = json.dumps(options, cls=module_json.AnsibleJSONEncoder, vault_to_text=True)
    given: dict[str, Any] = json.loads(text)
    return given
