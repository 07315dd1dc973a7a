# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: docspace_portals
short_description: The portals of a self-hosted ONLYOFFICE DocSpace server
version_added: 1.0.0
description:
  - Makes a host of each active portal of a self-hosted DocSpace server that has several portals.
    Portals that are suspended or being restored are not listed by the server.
  - A host has C(ansible_connection=local), because a portal is talked to from the controller, its
    address as C(docspace_api_host), which the roles of this collection take, and what the server
    says of it as C(docspace_portal).
  - The API keys of the portals are not part of it. Give C(docspace_api_key) in C(host_vars), in
    C(group_vars), or with O(compose).
  - The name of the inventory file ends in C(.yml) or C(.yaml), and the file names the plugin. You
    can encrypt the file with C(ansible-vault).
  - An option or environment variable that is blank counts as unset.
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
      - The scheme is required. Credentials in the address are refused.
    type: str
    required: true
    env:
      - name: DOCSPACE_SERVER_URL
  session_token:
    description:
      - Session token of a DocSpace admin, as C(POST /api/2.0/authentication) returns it.
      - It takes precedence over O(username) and O(password).
      - An API key (V(sk-...)) is not accepted by this part of the server.
    type: str
    env:
      - name: DOCSPACE_SESSION_TOKEN
  username:
    description:
      - E-mail address of a DocSpace admin of the portal that O(server_url) leads to.
      - It is sent with each request, and no session is created.
    type: str
    env:
      - name: DOCSPACE_USERNAME
  password:
    description: Password of O(username).
    type: str
    env:
      - name: DOCSPACE_PASSWORD
  validate_certs:
    description: Whether the certificate of the server must be valid.
    type: bool
    default: true
    env:
      - name: DOCSPACE_VALIDATE_CERTS
  ca_path:
    description:
      - File with the certificates of the trusted authorities, in PEM format.
      - If unset, the environment variable E(REQUESTS_CA_BUNDLE) applies, or else the authorities
        that come with the C(requests) library.
    type: path
    env:
      - name: DOCSPACE_CA_PATH
  timeout:
    description: Seconds that one attempt may take in all, up to the last byte of the response.
    type: int
    default: 30
    env:
      - name: DOCSPACE_TIMEOUT
  retries:
    description:
      - Number of further attempts if the server cannot be reached, limits the rate, or reports that
        it is temporarily unavailable.
    type: int
    default: 3
    env:
      - name: DOCSPACE_RETRIES
  statistics:
    description:
      - Whether to read the owner and the quota of each portal too, which takes longer. If V(false),
        C(owner_email), C(owner_name), and C(quota) of C(docspace_portal) are V(null).
    type: bool
    default: false
  hostname:
    description:
      - Source of the names of the hosts, V(alias) for the name of the portal, V(domain) for its
        whole domain.
      - A portal that has no name or no domain of its own (V(localhost)) is named after the host in
        O(server_url).
      - If a group of the inventory has the same name, such as V(all), the host is named after the
        domain of the portal, or C(portal-) and the ID of the portal, and a warning says so.
      - A portal whose name is invalid in an inventory, or already in use there, is skipped with a
        warning.
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
      - If unset, the port of O(server_url) is used, unless O(portal_scheme) is another one.
      - A portal on a server without a base domain has the address in O(server_url), whatever this
        option says.
    type: int
notes:
  - Proxy variables (E(HTTPS_PROXY), E(NO_PROXY)) are respected. A C(.netrc) file and cookies are
    not used.
"""

EXAMPLES = r"""
# docspace_portals.yml: every portal of a server. DOCSPACE_USERNAME and DOCSPACE_PASSWORD are in the
# environment, the key of each portal is in host_vars. These two lines are all that is needed.
plugin: onlyoffice.docspace.docspace_portals
server_url: https://docs.example.com

# Groups by time zone, name and size.
statistics: true
compose:
  docspace_owner: docspace_portal.owner_email
groups:
  trial: docspace_portal.alias.startswith('trial-')
  large: docspace_portal.quota.used_size > 10 * 1024 ** 3
keyed_groups:
  - key: docspace_portal.timezone | default('unknown', true)
    prefix: zone

# The server is asked at most once an hour.
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: /var/cache/ansible/docspace
cache_timeout: 3600

# Where the portals are behind another port than the server.
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
    # Since ansible-core 2.19 nothing is a template that is not marked as one.
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
    r"""^[\s{"']*plugin["']?\s*:\s*["']?onlyoffice\.docspace\.docspace_portals\b""", re.MULTILINE
)
_VAULT = "$ANSIBLE_VAULT;"

# Groups of every inventory.
_GROUPS = ("all", "ungrouped")


def _group_name(name: str) -> str:
    """What Ansible makes of `name` as a group, but never one of the groups of every inventory.

    A value of a portal may be the name of a group, and a parent of the group of all is an error.
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
        """Whether the file at `path` is for this plugin: it says so itself.

        Only Ansible can read a vault. `parse` refuses one that turns out to be for another plugin.
        """
        if not super().verify_file(path) or not path.endswith(_FILE_NAMES):
            return False
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            text = file.read()
        return text.startswith(_VAULT) or bool(_NAMES_PLUGIN.search(text))

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        """Fill `inventory` with the portals. AnsibleParserError, in one line, where that fails."""
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        server = self.get_option("server_url").strip().rstrip("/")
        portals = self._portals(path, server, cache)
        for portal, name in zip(portals, self._names(portals, server)):
            self._add(portal, name, server)

    def set_options(
        self, task_keys: Any = None, var_options: Any = None, direct: Any = None
    ) -> None:
        """Ansible's own, with blank options and environment variables left out."""
        given = without_blanks(direct or {})
        with _without_blank_variables():
            super().set_options(task_keys=task_keys, var_options=var_options, direct=given)

    def _portals(self, path: str, server: str, cache: bool) -> list[Facts]:
        """The portals from the cache if it has them, else from the server."""
        keeps = self.get_option("cache")
        key = self._key(path, server)
        if keeps and cache:
            try:
                kept: list[Facts] = self._cache[key]
            except KeyError:
                pass  # there is nothing, or it is too old
            else:
                return kept
        portals = self._read()
        if keeps:
            self._cache[key] = portals
        return portals

    def _key(self, path: str, server: str) -> str:
        """A key of its own for each server, which an environment variable may name."""
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
        # Outside the handler: newer releases of ansible-core tell the whole chain of causes.
        raise AnsibleParserError(message)

    def _names(self, portals: list[Facts], server: str) -> list[str]:
        """The name of the host of each portal; "" for one that is left out."""
        by, hosts = self.get_option("hostname"), self.inventory.hosts
        named = map(_group_name, self.get_option("groups"))
        groups = {*_GROUPS, *self.inventory.groups, *named}
        names = host_names(portals, server, by, groups, hosts)
        found = self._groups_of(portals, names, server)
        if not found.intersection(names):
            return names
        others = host_names(portals, server, by, groups | found, hosts)
        found = self._groups_of(portals, others, server)
        # A group with the name of each host is what the configuration asks for.
        return [name if other in found else other for name, other in zip(names, others)]

    def _groups_of(self, portals: list[Facts], names: list[str], server: str) -> set[str]:
        """The groups in which the hosts will be, if they have these names."""
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
                f"Portal {portal['alias']!r} of {server} is skipped: its name or domain "
                f"({portal['domain']!r}) cannot be used, or is there already."
            )
            return
        wanted = host_name(portal, server, self.get_option("hostname"))
        if name != wanted:
            self.display.warning(
                f"Portal {portal['alias']!r} of {server} is the host {name}, because a group of "
                f"the inventory is called {wanted}."
            )
        self.inventory.add_host(name)
        for variable, value in variables.items():
            self.inventory.set_variable(name, variable, value)
        self._construct(name, variables)

    def _construct(self, name: str, variables: Mapping[str, Any]) -> None:
        """Give the host what `compose`, `groups` and `keyed_groups` say of it."""
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
            # A portal whose values make no group must not end the inventory of all.
            why = printable(str(error))
            self.display.warning(f"The host {name} is not in all of its groups: {why}")


class _GroupNames(InventoryData):
    """An inventory that only takes down which groups would be made."""

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
    """Be without the environment variables of the collection that are blank.

    Ansible would take a blank for a value, and complain about it or use it as a path.
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
    """`value` with no text in it that Ansible would take for a template.

    The owner of a portal chooses its name. A text without braces cannot be a template; it is
    marked as harmless because `ansible-inventory --list` wraps any other.
    """
    if isinstance(value, dict):
        return {name: _inert(entry) for name, entry in value.items()}
    if not isinstance(value, str):
        return value
    return _never_a_template(value) if re.search("[{}]", value) else _harmless(value)
