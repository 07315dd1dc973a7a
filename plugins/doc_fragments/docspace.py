# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection options, documented once."""

from __future__ import annotations


class ModuleDocFragment:
    """Options that every module has."""

    DOCUMENTATION = r"""
options:
  api_host:
    description:
      - Address of the portal, such as V(https://portal.example.com), with a path prefix if it has
        one.
      - The scheme is required. Credentials in the address are refused.
      - The environment variable E(DOCSPACE_API_HOST) is used where the option is left out.
    type: str
    required: true
    aliases: [portal_url, url]
  api_key:
    description:
      - An API key (V(sk-...)) of the portal, or a session token.
      - To read, a key needs the scope C(*:read); to change anything, C(*:write). There is no scope
        for backups alone. Its owner must be a DocSpace admin.
      - White space around it and a leading C(Bearer) are removed.
      - The environment variable E(DOCSPACE_API_KEY) is used where the option is left out.
    type: str
    required: true
    aliases: [api_token]
  validate_certs:
    description:
      - Whether the certificate of the portal must be valid.
      - The environment variable E(DOCSPACE_VALIDATE_CERTS) is used where the option is left out.
    type: bool
    default: true
  ca_path:
    description:
      - File with the certificates of the authorities that are trusted, in PEM form.
      - Without it the environment variable E(REQUESTS_CA_BUNDLE) counts, else the authorities that
        come with the C(requests) library.
      - The environment variable E(DOCSPACE_CA_PATH) is used where the option is left out.
    type: path
  client_cert:
    description:
      - File with a client certificate in PEM form, for portals behind a proxy that asks for one.
      - It may hold the private key too.
      - The environment variable E(DOCSPACE_CLIENT_CERT) is used where the option is left out.
    type: path
  client_key:
    description:
      - File with the private key of O(client_cert), where it is not in the same file.
      - The environment variable E(DOCSPACE_CLIENT_KEY) is used where the option is left out.
    type: path
  timeout:
    description:
      - Seconds that one attempt may take in all, up to the last byte of the answer.
      - The environment variable E(DOCSPACE_TIMEOUT) is used where the option is left out.
    type: int
    default: 30
  retries:
    description:
      - Further attempts after the first, where the portal cannot be reached, limits the rate, or
        answers that it is not available just now.
      - A change whose answer was lost is looked up on the portal before it is sent again.
      - The environment variable E(DOCSPACE_RETRIES) is used where the option is left out.
    type: int
    default: 3
requirements:
  - requests
notes:
  - The module talks to the portal from where it runs. Run it on the controller, with
    C(connection=local) or C(delegate_to=localhost).
  - Proxy variables (E(HTTPS_PROXY), E(NO_PROXY)) are respected. A C(.netrc) file and cookies are
    not used.
"""
