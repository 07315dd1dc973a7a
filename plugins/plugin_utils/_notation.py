# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""Values as a module gets them: plain JSON, without the controller's own types.

Those types are templates that are not resolved yet, texts with marks, and vaults. What is made of
such values for a play has to get the mark back that keeps a text from being a template.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common import json as module_json
from ansible.plugins.action import ActionBase

# Since ansible-core 2.19 there are several notations of what modules take and give.
NOTATION = "legacy"
HAS_NOTATIONS = "profile" in inspect.signature(ActionBase._parse_returned_data).parameters

if not HAS_NOTATIONS:
    from ansible.utils.unsafe_proxy import wrap_var


def never_a_template(value: Any) -> Any:
    """`value` with texts that Ansible takes for no templates, in whatever variable they end.

    Releases with several notations need nothing: there, a template is marked as one.
    """
    return value if HAS_NOTATIONS else wrap_var(value)


def as_a_module_gets_them(options: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of `options` as they arrive at a module."""
    if HAS_NOTATIONS:
        to_module = module_json.Direction.CONTROLLER_TO_MODULE
        encoder = module_json.get_module_encoder(NOTATION, to_module)
        text = json.dumps(options, cls=encoder)
    else:
        text = json.dumps(options, cls=module_json.AnsibleJSONEncoder, vault_to_text=True)
    given: dict[str, Any] = json.loads(text)
    return given
