# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation of the connection options."""

from __future__ import annotations


class ModuleDocFragment:
    """Options that every module has."""

    DOCUMENTATION = r"""
options:
  api_host:
    description:
      - Address of the portal, such as V(https://portal.example.com), including its path prefix, if
        any.
      - The scheme is required. The address must not contain credentials.
      - If unset, the environment variable E(DOCSPACE_API_HOST) is used.
    type: str
    required: true
    aliases: [portal_url, url]
  api_key:
    description:
      - API key (V(sk-...)) of the portal, or a session token.
      - The key needs the scope C(*:read) to read and C(*:write) to make changes. DocSpace has no
        scope for backups only. The owner of the key must be a DocSpace admin.
      - Surrounding white space and a leading C(Bearer) are removed.
      - If unset, the environment variable E(DOCSPACE_API_KEY) is used.
    type: str
    required: true
    aliases: [api_token]
  validate_certs:
    description:
      - Whether to validate the certificate of the portal.
      - If unset, the environment variable E(DOCSPACE_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - Path of a file with the certificates of the trusted certificate authorities in PEM format.
      - If unset, the environment variable E(DOCSPACE_CA_PATH) is used, then E(REQUESTS_CA_BUNDLE),
        then the certificate authorities of the C(requests) library.
    type: path
  client_cert:
    description:
      - Path of a file with a client certificate in PEM format, for portals behind a proxy that
        requires one.
      - The file can also contain the private key.
      - If unset, the environment variable E(DOCSPACE_CLIENT_CERT) is used.
    type: path
  client_key:
    description:
      - Path of a file with the private key of O(client_cert), if it is not in the same file.
      - If unset, the environment variable E(DOCSPACE_CLIENT_KEY) is used.
    type: path
  timeout:
    description:
      - Time limit of one attempt in seconds, up to the last byte of the response.
      - If unset, the environment variable E(DOCSPACE_TIMEOUT) is used.
    type: int
    default: 30
  retries:
    description:
      - Number of additional attempts if the portal cannot be reached, limits the rate of requests,
        or is temporarily unavailable.
      - If the response to a change is lost, the module reads the portal before it sends the change
        again.
      - If unset, the environment variable E(DOCSPACE_RETRIES) is used.
    type: int
    default: 3
requirements:
  - requests >= 2.25.1
notes:
  - The module sends requests from the host on which it runs. Run it on the control node, with
    C(connection=local) or C(delegate_to=localhost).
  - The module honors the proxy variables E(HTTPS_PROXY) and E(NO_PROXY). It does not use cookies or
    a C(.netrc) file.
"""
