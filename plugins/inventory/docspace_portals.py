# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: docspace_portals
short_description: List the portals of a self-hosted ONLYOFFICE DocSpace server
version_added: 1.0.0
description:
  - Adds a host for each active portal of a self-hosted DocSpace server with several portals. The
    server does not list portals that are suspended or being restored.
  - Each host has the variables C(ansible_connection=local), because the control node sends the
    requests to the portals, C(docspace_api_host), which contains the address of the portal and is
    used by the roles of this collection, and C(docspace_portal), which contains the facts that the
    server reports about the portal.
  - The plugin does not provide the API keys of the portals. Set C(docspace_api_key) in
    C(host_vars), in C(group_vars), or with O(compose).
  - The name of the inventory file must end in C(.yml) or C(.yaml), and the file must contain the
    name of the plugin. You can encrypt the file with C(ansible-vault).
  - A blank option or environment variable counts as unset.
author:
  - The onlyoffice.docspace authors (@onlyoffice)
extends_documentation_fragment:
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
requirements:
  - requests >= 2.25.1
options:
  plugin:
    description: The name of this plugin.
    type: str
    required: true
    choices: [onlyoffice.docspace.docspace_portals]
  server_url:
    description:
      - Address of the server, or of one of its portals, such as V(https://docs.example.com).
      - The scheme is required. The address must not contain credentials.
    type: str
    required: true
    env:
      - name: DOCSPACE_SERVER_URL
  session_token:
    description:
      - Session token of a DocSpace admin, as returned by C(POST /api/2.0/authentication).
      - Takes precedence over O(username) and O(password).
      - For this request, the server does not accept API keys (V(sk-...)).
    type: str
    env:
      - name: DOCSPACE_SESSION_TOKEN
  username:
    description:
      - Email address of a DocSpace admin of the portal at O(server_url).
      - The plugin sends it with each request, and does not create a session.
    type: str
    env:
      - name: DOCSPACE_USERNAME
  password:
    description: Password of O(username).
    type: str
    env:
      - name: DOCSPACE_PASSWORD
  validate_certs:
    description: Whether to validate the certificate of the server.
    type: bool
    default: true
    env:
      - name: DOCSPACE_VALIDATE_CERTS
  ca_path:
    description:
      - Path of a file with the certificates of the trusted certificate authorities in PEM format.
      - If unset, the environment variable E(REQUESTS_CA_BUNDLE) is used, then the certificate
        authorities of the C(requests) library.
    type: path
    env:
      - name: DOCSPACE_CA_PATH
  timeout:
    description: Time limit of one attempt in seconds, up to the last byte of the response.
    type: int
    default: 30
    env:
      - name: DOCSPACE_TIMEOUT
  retries:
    description:
      - Number of additional attempts if the server cannot be reached, limits the rate of requests,
        or is temporarily unavailable.
    type: int
    default: 3
    env:
      - name: DOCSPACE_RETRIES
  statistics:
    description:
      - Whether to also read the owner and the quota of each portal, which takes longer. If
        V(false), C(owner_email), C(owner_name), and C(quota) of C(docspace_portal) are V(null).
    type: bool
    default: false
  hostname:
    description:
      - Source of the host names, V(alias) for the name of the portal, V(domain) for its whole
        domain.
      - If a portal does not have its own name or domain (V(localhost)), the plugin names it after
        the host in O(server_url).
      - If a group of the inventory has the same name, such as V(all), the plugin names the host
        after the domain of the portal, or C(portal-) and the ID of the portal, and shows a warning.
      - If the name of a portal is not valid in an inventory, or is already in use there, the plugin
        skips the portal and shows a warning.
    type: str
    choices: [alias, domain]
    default: alias
  portal_scheme:
    description:
      - Scheme of the addresses of the portals, which the server does not report.
      - If unset, the scheme of O(server_url) is used.
    type: str
    choices: [http, https]
  portal_port:
    description:
      - Port of the addresses of the portals, which the server does not report.
      - If unset, the port of O(server_url) is used, unless O(portal_scheme) is a different scheme.
      - Ignored for a portal on a server without a base domain, which has the address in
        O(server_url).
    type: int
notes:
  - The plugin honors the proxy variables E(HTTPS_PROXY) and E(NO_PROXY). It does not use cookies or
    a C(.netrc) file.
"""

EXAMPLES = r"""
# docspace_portals.yml: List every portal of a server. Set DOCSPACE_USERNAME and DOCSPACE_PASSWORD
# in the environment, and the key of each portal in host_vars. Only the next two lines are required.
plugin: onlyoffice.docspace.docspace_portals
server_url: https://docs.example.com

# Group the portals by time zone, name, and size.
statistics: true
compose:
  docspace_owner: docspace_portal.owner_email
groups:
  trial: docspace_portal.alias.startswith('trial-')
  large: docspace_portal.quota.used_size > 10 * 1024 ** 3
keyed_groups:
  - key: docspace_portal.timezone | default('unknown', true)
    prefix: zone

# Read the list of portals at most once an hour.
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: /var/cache/ansible/docspace
cache_timeout: 3600

# Set the scheme and the port if the portals use a different port than the server.
portal_scheme: https
portal_port: 8443
hostname: domain
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ansible.errors import AnsibleParserError
from ansible.inventory.data import InventoryData
from ansible.plugins.inventory import (
    BaseInventoryPlugin,
    Cacheable,
    Constructable,
    to_safe_group_name,
)

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.given import (
    is_blank,
    without_blanks,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.bounds import (
    REQUESTS_IMPORT_ERROR,
    too_old,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.texts import (
    one_line,
    printable,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._server.api import (
    connection_warnings,
    read_portals,
    server_connection,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._server.names import host_names
from ansible_collections.onlyoffice.docspace.plugins.module_utils._server.wire import (
    Facts,
    host_name,
    portal_address,
)

try:
    # In ansible-core 2.19 and later, a string is a template only if it is marked as one.
    from ansible.template import trust_as_template as _harmless
except ImportError:
    from ansible.utils.unsafe_proxy import wrap_var as _never_a_template

    def _harmless(value: str) -> str:
        return value

else:

    def _never_a_template(value: str) -> str:
        return value


_FILE_NAMES = (".yml", ".yaml")
_NAMES_PLUGIN = re.compile(
    r"""^[ \t{"']*plugin["']?\s*:\s*["']?onlyoffice\.docspace\.docspace_portals\b""", re.MULTILINE
)
_VAULT = "$ANSIBLE_VAULT;"

# Groups of every inventory.
_GROUPS = ("all", "ungrouped", "_meta")


def _group_name(name: str) -> str:
    """Return a valid name for a group, but never the name of a group that every inventory has.

    Otherwise, a portal with a value such as "all" would make that group a child, which is an error.
    """
    safe: str = to_safe_group_name(name)
    return f"{safe}_" if safe in _GROUPS else safe


_OPTIONS = (
    "server_url",
    "session_token",
    "username",
    "password",
    "validate_certs",
    "ca_path",
    "timeout",
    "retries",
)


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Hosts from the list of portals of a server."""

    NAME = "onlyoffice.docspace.docspace_portals"
    _sanitize_group_name = staticmethod(_group_name)
    inventory: Any

    def verify_file(self, path: str) -> bool:
        """Return whether the file at `path` names this plugin.

        Accept every vault, because only Ansible can decrypt it. `parse` rejects a vault that turns
        out to be for another plugin.
        """
        if not super().verify_file(path) or not path.endswith(_FILE_NAMES):
            return False
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            text = file.read()
        return text.startswith(_VAULT) or bool(_NAMES_PLUGIN.search(text))

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        """Add the portals to `inventory`. Raise AnsibleParserError with one line if it fails."""
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        server = self.get_option("server_url").strip().rstrip("/")
        portals = self._portals(path, server, cache)
        for portal, name in zip(portals, self._names(portals, server)):
            self._add(portal, name, server)

    def set_options(
        self, task_keys: Any = None, var_options: Any = None, direct: Any = None
    ) -> None:
        """Set the options without blank options and environment variables."""
        given = without_blanks(direct or {})
        with _without_blank_variables():
            super().set_options(task_keys=task_keys, var_options=var_options, direct=given)

    def _portals(self, path: str, server: str, cache: bool) -> list[Facts]:
        """Return the portals from the cache or, if it does not have them, from the server."""
        keeps = self.get_option("cache")
        key = self._key(path, server)
        if keeps and cache:
            try:
                kept: list[Facts] = self._cache[key]
            except KeyError:
                pass  # no entry, or an expired one
            else:
                return kept
        portals = self._read()
        if keeps:
            self._cache[key] = portals
        return portals

    def _key(self, path: str, server: str) -> str:
        """Return a separate key for each server, because an environment variable can set it."""
        asked = f"{server} {self.get_option('statistics')}"
        return f"{self.get_cache_key(path)}_{hashlib.sha256(asked.encode()).hexdigest()[:8]}"

    def _read(self) -> list[Facts]:
        if REQUESTS_IMPORT_ERROR:
            raise AnsibleParserError("docspace_portals needs the Python library requests.")
        if too_old():
            raise AnsibleParserError(too_old())
        options = {name: self.get_option(name) for name in _OPTIONS}
        try:
            connection = server_connection(options)
            for warning in connection_warnings(connection):
                self.display.warning(warning)
            return read_portals(connection, self.get_option("statistics"))
        except DocSpaceError as error:
            message = one_line(str(error))
        # Outside the handler, because newer releases of ansible-core show all chained exceptions.
        raise AnsibleParserError(message)

    def _names(self, portals: list[Facts], server: str) -> list[str]:
        """Return the host name of each portal, or "" for a portal that is skipped."""
        by, hosts = self.get_option("hostname"), self.inventory.hosts
        named = map(_group_name, self.get_option("groups"))
        groups = {*_GROUPS, *self.inventory.groups, *named}
        names = host_names(portals, server, by, groups, hosts)
        found = self._groups_of(portals, names, server)
        if not found.intersection(names):
            return names
        others = host_names(portals, server, by, groups | found, hosts)
        found = self._groups_of(portals, others, server)
        # A name that is a group either way belongs to a configuration with one group for each host.
        return [name if other in found else other for name, other in zip(names, others)]

    def _groups_of(self, portals: list[Facts], names: list[str], server: str) -> set[str]:
        """Return the groups that are created if the hosts have these names."""
        trial = _GroupNames()
        inventory, self.inventory = self.inventory, trial
        try:
            for portal, name in zip(portals, names):
                if name:
                    trial.add_host(name)
                    self._construct(name, self._variables(portal, server))
        finally:
            self.inventory = inventory
        return trial.constructed

    def _variables(self, portal: Facts, server: str) -> dict[str, Any]:
        address = portal_address(
            portal, server, self.get_option("portal_scheme"), self.get_option("portal_port")
        )
        return {
            "ansible_connection": _inert("local"),
            "docspace_api_host": _inert(address),
            "docspace_portal": _inert(portal),
        }

    def _add(self, portal: Facts, name: str, server: str) -> None:
        """Add one portal as the host `name`, with its variables and groups."""
        variables = self._variables(portal, server)
        if not name or not variables["docspace_api_host"]:
            self.display.warning(
                f"Portal {_named(portal['alias'])} of {server} is skipped: its name or domain "
                f"({_named(portal['domain'])}) is invalid or already in use."
            )
            return
        wanted = host_name(portal, server, self.get_option("hostname"))
        if name != wanted:
            self.display.warning(
                f"Portal {_named(portal['alias'])} of {server} is added as host {name}, because "
                f"the inventory has a group named {wanted}."
            )
        self.inventory.add_host(name)
        for variable, value in variables.items():
            self.inventory.set_variable(name, variable, value)
        self._construct(name, variables)

    def _construct(self, name: str, variables: Mapping[str, Any]) -> None:
        """Apply `compose`, `groups` and `keyed_groups` to the host."""
        strict = self.get_option("strict")
        try:
            self._set_composite_vars(self.get_option("compose"), variables, name, strict=strict)
            self._add_host_to_composed_groups(
                self.get_option("groups"), variables, name, strict=strict
            )
            self._add_host_to_keyed_groups(
                self.get_option("keyed_groups"), variables, name, strict=strict
            )
        except Exception as error:
            if strict:
                raise
            # Values of one portal must not make the inventory of all portals fail.
            why = printable(str(error))
            self.display.warning(f"The host {name} is not in all of its groups: {why}")


def _named(name: str | None) -> str:
    return printable(repr(name))


class _GroupNames(InventoryData):
    """An inventory that only records which groups would be created."""

    def __init__(self) -> None:
        self.constructed: set[str] = set()
        super().__init__()

    def add_group(self, group: str) -> str:
        self.constructed.add(group)
        name: str = super().add_group(group)
        return name

    def add_host(self, host: str, *_group_and_port: Any) -> str:
        name: str = super().add_host(host)
        return name

    def add_child(self, *_group_and_child: str) -> bool:
        return False


@contextlib.contextmanager
def _without_blank_variables() -> Iterator[None]:
    """Hide blank environment variables of the collection for a while.

    Ansible would use a blank as a value, and reject it or use it as a path.
    """
    blank = {
        name: value
        for name, value in os.environ.items()
        if name.startswith("DOCSPACE_") and is_blank(value)
    }
    for name in blank:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(blank)


def _inert(value: Any) -> Any:
    """Return `value` without any text that Ansible would evaluate as a template.

    The owner of a portal chooses its name. A text without braces cannot be a template. It is marked
    as harmless, because `ansible-inventory --list` wraps any other text.
    """
    if isinstance(value, dict):
        return {name: _inert(entry) for name, entry in value.items()}
    if not isinstance(value, str):
        return value
    return _never_a_template(value) if re.search("[{}]", value) else _harmless(value)
