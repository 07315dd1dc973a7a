# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Responses of the simulator's control interface: `lookup('simulator', address)`.

With `body` it sends a POST. The targets talk to the simulator several times in each step, and this
lookup is faster than the uri module, which starts a process per request, and the url lookup, which
prepares TLS.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.request import Request, urlopen

from ansible.plugins.lookup import LookupBase

PATIENCE_S = 60


class LookupModule(LookupBase):
    """The JSON at each address on loopback."""

    def run(self, terms: list[str], variables: Any = None, **kwargs: Any) -> list[Any]:
        body = kwargs.get("body")
        data = None if body is None else json.dumps(body).encode()
        return [self._ask(address, data) for address in terms]

    @staticmethod
    def _ask(address: str, data: bytes | None) -> Any:
        request = Request(address, data, {"Content-Type": "application/json"})  # noqa: S310 - loopback
        with urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310 - loopback
            return json.load(answer)
