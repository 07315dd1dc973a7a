# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin as `ansible-inventory` runs it, against simulated portals."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from support.control import Control
from support.portal import Portal
from support.simulator import Simulator

from ansible_collections.onlyoffice.docspace import plugins
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._server.api import (
    read_portals,
    server_connection,
)
from client.support_runs import client_maker

PLUGIN = "onlyoffice.docspace.docspace_portals"
TREE = Path(plugins.__path__[0]).parents[3]
PROGRAMS = Path(sys.executable).parent
READ = "GET /apisystem/portal/get"


@dataclass(frozen=True)
class Shown:
    """The output of `ansible-inventory`, and its exit status."""

    status: int
    output: str
    errors: str

    @property
    def hosts(self) -> dict[str, dict[str, Any]]:
        """The variables of each host."""
        found: dict[str, dict[str, Any]] = json.loads(self.output)["_meta"]["hostvars"]
        return found

    @property
    def text(self) -> str:
        """The complete output on one line, because Ansible wraps lines."""
        return " ".join(f"{self.output} {self.errors}".split())


@dataclass(frozen=True)
class Inventory:
    """A folder for inventory files, and the environment in which they are read."""

    folder: Path
    server: str
    owner: Portal
    environment: dict[str, str] = field(default_factory=dict)

    def show(self, *how: str, name: str = "docspace_portals.yml", **options: Any) -> Shown:
        """Run `ansible-inventory` on a file with these options, in JSON, which is also YAML.

        An option that is None is omitted.
        """
        path = self.folder / name
        given = {"plugin": PLUGIN, "server_url": self.server, **options}
        kept = {option: value for option, value in given.items() if value is not None}
        path.write_text(json.dumps(kept), encoding="utf-8")
        return self.run("ansible-inventory", *(how or ("--list",)), file=name)

    def run(self, program: str, *how: str, file: str = "docspace_portals.yml") -> Shown:
        """Run a program of Ansible with a file in this folder as its inventory."""
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "ANSIBLE_COLLECTIONS_PATH": str(TREE),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true",
            "LC_ALL": "C.UTF-8",
            # Measures the coverage of this program too.
            **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
            **self.environment,
        }
        command = [str(PROGRAMS / program), "-i", str(self.folder / file), *how]
        done = subprocess.run(
            command, env=env, capture_output=True, text=True, timeout=120, check=False
        )
        return Shown(done.returncode, done.stdout, done.stderr)

    def playbook(self, tasks: list[dict[str, Any]]) -> str:
        """Write a playbook that runs these tasks on every host, and return its path."""
        path = self.folder / "play.yml"
        play = {"hosts": "all", "gather_facts": False, "tasks": tasks}
        path.write_text(json.dumps([play]), encoding="utf-8")
        return str(path)

    def given(self, **variables: str) -> Inventory:
        """The same inventory with these environment variables."""
        environment = {**self.environment, **variables}
        return Inventory(self.folder, self.server, self.owner, environment)


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    """A separate server, because the list contains all portals."""
    with Simulator(portals=1) as running:
        yield running


@pytest.fixture
def fleet(server: Simulator) -> Iterator[Control]:
    """The remote control of the server, which has no portals at first."""
    server.control.remove(server.portals[0].alias)
    yield server.control
    server.control.reset()


@pytest.fixture
def inventory(server: Simulator, fleet: Control, tmp_path: Path) -> Inventory:
    """Portals of three kinds, and the owner of the first portal for the login."""
    first = fleet.portal("first", timezone="Europe/Berlin")
    fleet.portal("second", server_version="3.1.0", timezone="Asia/Tokyo")
    fleet.portal("asleep", status="Suspended")
    fleet.clear_requests()
    environment = {
        "DOCSPACE_USERNAME": first.owner.email,
        "DOCSPACE_PASSWORD": first.owner.password,
        "DOCSPACE_RETRIES": "0",
    }
    return Inventory(tmp_path, server.url, first, environment)


def requests(control: Control) -> list[str]:
    """The requests that the server received."""
    return [f"{r.method} {r.path}{r.query and '?'}{r.query}" for r in control.requests()]


class TestHosts:
    def test_one_for_each_active_portal(self, inventory: Inventory, fleet: Control) -> None:
        shown = inventory.show()

        assert (shown.status, shown.errors) == (0, "")
        port = inventory.server.rpartition(":")[2]
        assert set(shown.hosts) == {"first", "second"}
        assert {name: host["docspace_api_host"] for name, host in shown.hosts.items()} == {
            "first": f"http://first.docspace.test:{port}",
            "second": f"http://second.docspace.test:{port}",
        }
        assert {host["ansible_connection"] for host in shown.hosts.values()} == {"local"}
        assert requests(fleet) == [READ]

    def test_what_is_known_of_a_portal(self, inventory: Inventory) -> None:
        first, second = (inventory.show().hosts[name] for name in ("first", "second"))

        portal = first["docspace_portal"]
        assert portal.pop("created").endswith("Z")
        assert portal == {
            "alias": "first",
            "tenant_id": inventory.owner.id,
            "name": "first",
            "domain": "first.docspace.test",
            "mapped_domain": None,
            "status": "Active",
            "timezone": "Europe/Berlin",
            "language": "en-US",
            "owner_id": inventory.owner.owner.id,
            "owner_email": None,
            "owner_name": None,
            "quota": None,
        }
        assert second["docspace_portal"]["timezone"] is None

    def test_statistics(self, inventory: Inventory, fleet: Control) -> None:
        portal = inventory.show(statistics=True).hosts["first"]["docspace_portal"]

        assert portal["owner_email"] == inventory.owner.owner.email
        assert (portal["quota"]["users"], portal["quota"]["rooms"]) == (1, 0)
        assert requests(fleet) == [f"{READ}?statistics=true"]

    def test_a_session_token(self, inventory: Inventory, fleet: Control) -> None:
        user = fleet.user("second", "b@example.com")
        given = inventory.given(DOCSPACE_SESSION_TOKEN=user.token, DOCSPACE_PASSWORD="wrong")

        assert set(given.show().hosts) == {"first", "second"}

    def test_names_and_addresses(self, inventory: Inventory) -> None:
        shown = inventory.show(hostname="domain", portal_scheme="https", portal_port=8443)

        assert {name: host["docspace_api_host"] for name, host in shown.hosts.items()} == {
            "first.docspace.test": "https://first.docspace.test:8443",
            "second.docspace.test": "https://second.docspace.test:8443",
        }

    def test_a_server_from_the_environment(self, inventory: Inventory) -> None:
        given = inventory.given(DOCSPACE_SERVER_URL=f"{inventory.server}/")

        assert set(given.show(server_url=None).hosts) == {"first", "second"}


class TestConstructed:
    RULES: Mapping[str, Any] = {
        "compose": {"docspace_api_host": "'http://127.0.0.1/p/' ~ docspace_portal.alias"},
        "groups": {"old": "docspace_portal.timezone is none"},
        "keyed_groups": [
            {"key": "docspace_portal.timezone | default('unknown', true)", "prefix": "zone"}
        ],
    }

    def test_graph(self, inventory: Inventory) -> None:
        shown = inventory.show("--graph", **self.RULES)

        assert (shown.status, shown.errors) == (0, "")
        groups: dict[str, list[str]] = {}
        for line in shown.output.splitlines():
            name = line.strip(" |-:")
            groups.setdefault(name, []) if name[0] == "@" else groups[list(groups)[-1]].append(name)
        assert groups == {
            "@all": [],
            "@ungrouped": [],
            "@old": ["second"],
            "@zone_Europe_Berlin": ["first"],
            "@zone_unknown": ["second"],
        }

    def test_compose(self, inventory: Inventory) -> None:
        host = inventory.show("--host", "first", **self.RULES)

        address = json.loads(host.output)["docspace_api_host"]
        # Newer releases of ansible-core mark the results of templates.
        plain = address["__ansible_unsafe"] if isinstance(address, dict) else address
        assert plain == "http://127.0.0.1/p/first"

    def test_strict(self, inventory: Inventory) -> None:
        rules: dict[str, Any] = {"compose": {"x": "docspace_portal.nothing.at_all"}}

        lenient = inventory.show(strict=False, **rules)
        strict = inventory.show(strict=True, **rules)

        assert (lenient.status, set(lenient.hosts)) == (0, {"first", "second"})
        assert strict.status != 0


class TestNames:
    """Portals that the simulator cannot provide, so the complete response is made up."""

    @staticmethod
    def answer(fleet: Control, *tenants: Mapping[str, Any]) -> None:
        """Make the server return these portals."""
        plain = {"domain": "p.example.com", "name": "P", "status": "Active", "tenantId": 1}
        body = json.dumps({"tenants": [{**plain, **tenant} for tenant in tenants]})
        fleet.fault({"status": 200, "body": body}, path="/apisystem", times=0)

    def test_a_server_without_a_base_domain(self, inventory: Inventory, fleet: Control) -> None:
        self.answer(fleet, {"portalName": "localhost", "domain": "localhost"})

        shown = inventory.show(portal_scheme="https")

        assert {name: host["docspace_api_host"] for name, host in shown.hosts.items()} == {
            "127.0.0.1": inventory.server
        }

    def test_what_cannot_be_a_host_is_left_out(self, inventory: Inventory, fleet: Control) -> None:
        names = ["good", "a b", "x[1:9]", "good", "{{ 1 }}", "evil"]
        domains = dict.fromkeys(names, "p.example.com") | {"evil": "p@evil.example.com"}
        self.answer(fleet, *({"portalName": name, "domain": domains[name]} for name in names))

        shown = inventory.show()

        assert set(shown.hosts) == {"good"}
        assert shown.text.count("is skipped") == 5
        assert "'x[1:9]'" in shown.text

    def test_a_name_of_a_group_concerns_that_portal_only(
        self, inventory: Inventory, fleet: Control
    ) -> None:
        groups = ["all", "ungrouped", "_meta", "trial", "parent", "utc"]
        names = ["plain", *groups]
        domains = {name: f"{name.lstrip('_')}.example.com" for name in names}
        self.answer(
            fleet,
            *(
                {
                    "portalName": name,
                    "domain": domains[name],
                    "timeZoneId": "utc",
                    # Groups with these names would contain themselves.
                    "name": name if name in ("all", "_meta", "parent") else "P",
                }
                for name in names
            ),
        )

        shown = inventory.show(
            groups={"trial": "docspace_portal.alias == 'plain'", "never": "false"},
            keyed_groups=[
                {"key": "docspace_portal.timezone", "prefix": "", "separator": ""},
                {
                    "key": "docspace_portal.name",
                    "prefix": "",
                    "separator": "",
                    "parent_group": "parent",
                },
            ],
        )

        assert shown.status == 0, shown.errors
        assert set(shown.hosts) == {"plain", *(domains[name] for name in groups)}
        for name in groups:
            warning = f"Portal '{name}' of {inventory.server} is added as host {domains[name]}, "
            assert warning in shown.text
        assert json.loads(shown.output)["trial"]["hosts"] == ["plain"]
        assert json.loads(shown.output)["_meta_"]["hosts"] == ["meta.example.com"]
        assert "The host parent.example.com is not in all of its groups" in shown.text

    def test_a_warning_of_a_name_is_short_and_acts_on_no_terminal(
        self, inventory: Inventory, fleet: Control
    ) -> None:
        self.answer(fleet, {"portalName": "\x9b31m\u202e" + "x" * 10_000, "name": "\x9b\u202eP"})

        shown = inventory.show()

        assert "is skipped" in shown.text
        assert "x" * 300 not in shown.text
        assert not re.search("[\x80-\x9f\u202e]", shown.text)

    @pytest.mark.parametrize("name", ["{{ 6 * 7 }}", "{% if true %}42{% endif %}"])
    def test_a_name_is_never_a_template(
        self, inventory: Inventory, fleet: Control, name: str
    ) -> None:
        self.answer(fleet, {"portalName": "p1", "name": name})
        playbook = inventory.playbook([{"ansible.builtin.debug": {"var": "docspace_portal.name"}}])
        inventory.show()

        shown = inventory.run("ansible-playbook", playbook)

        assert shown.status == 0
        assert name in shown.output
        assert "42" not in shown.output.replace(name, "")


class TestFiles:
    def test_a_vault(self, inventory: Inventory) -> None:
        """Requires the vault password. Empty environment variables do not count as values."""
        config = {"plugin": PLUGIN, "server_url": inventory.server, "timeout": "", "groups": None}
        vault = VaultLib([("default", VaultSecret(b"throw-away"))])
        (inventory.folder / "vaulted.yml").write_bytes(vault.encrypt(json.dumps(config)))
        (inventory.folder / "password").write_text("throw-away")
        password = ("--vault-password-file", str(inventory.folder / "password"))
        blanks = inventory.given(
            DOCSPACE_TIMEOUT="", DOCSPACE_RETRIES=" ", DOCSPACE_CA_PATH="", DOCSPACE_SERVER_URL=""
        )

        opened = blanks.run("ansible-inventory", "--list", *password, file="vaulted.yml")
        closed = blanks.run("ansible-inventory", "--list", file="vaulted.yml")

        assert (opened.status, opened.errors) == (0, "")
        assert set(opened.hosts) == {"first", "second"}
        assert closed.status != 0
        assert "no vault secrets" in closed.text

    @pytest.mark.parametrize("name", ["portals.yaml", "a.docspace_portals.yml"])
    def test_names_of_the_file(self, inventory: Inventory, name: str) -> None:
        assert set(inventory.show(name=name).hosts) == {"first", "second"}

    def test_yaml_as_people_write_it(self, inventory: Inventory) -> None:
        text = f"---\n# All of them\nplugin: {PLUGIN}\nserver_url: {inventory.server}\n"
        (inventory.folder / "all.yml").write_text(text, encoding="utf-8")

        shown = inventory.run("ansible-inventory", "--list", file="all.yml")

        assert set(shown.hosts) == {"first", "second"}

    def test_other_inventories_are_not_touched(self, inventory: Inventory) -> None:
        path = inventory.folder / "hosts.yml"
        path.write_text(json.dumps({"all": {"hosts": {"a": {}}}}), encoding="utf-8")

        enabled = inventory.given(ANSIBLE_INVENTORY_ENABLED=f"{PLUGIN},yaml")
        shown = enabled.run("ansible-inventory", "--graph", file="hosts.yml")

        assert (shown.status, shown.errors) == (0, "")
        assert "--a" in shown.output


class TestCache:
    OPTIONS: Mapping[str, Any] = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile"}

    def options(self, inventory: Inventory) -> dict[str, Any]:
        """Options of a cache in a folder of the test."""
        return {**self.OPTIONS, "cache_connection": str(inventory.folder / "cache")}

    def test_a_second_look_needs_neither_server_nor_password(
        self, inventory: Inventory, fleet: Control
    ) -> None:
        options = self.options(inventory)
        first = inventory.show(**options)
        fleet.fault({"status": 500}, path="/apisystem", times=0)

        again = inventory.given(DOCSPACE_PASSWORD="").show(**options)

        assert (again.status, again.errors) == (0, "")
        assert set(again.hosts) == {"first", "second"}
        assert json.loads(again.output) == json.loads(first.output)
        assert requests(fleet) == [READ]

    def test_flushing(self, inventory: Inventory, fleet: Control) -> None:
        options = self.options(inventory)
        inventory.show(**options)
        fleet.portal("third")

        assert set(inventory.show(**options).hosts) == {"first", "second"}
        # The oldest `ansible-inventory` cannot flush the cache.
        flushed = inventory.run("ansible-playbook", "--flush-cache", inventory.playbook([]))
        assert flushed.status == 0
        assert set(inventory.show(**options).hosts) == {"first", "second", "third"}
        assert requests(fleet) == [READ, READ]

    def test_another_question_has_a_place_of_its_own(
        self, inventory: Inventory, fleet: Control
    ) -> None:
        options = self.options(inventory)
        inventory.show(**options)

        shown = inventory.show(statistics=True, **options)

        assert shown.hosts["first"]["docspace_portal"]["quota"] is not None
        assert len(requests(fleet)) == 2

    def test_it_holds_no_secret(self, inventory: Inventory) -> None:
        inventory.show(**self.options(inventory))

        (kept,) = (inventory.folder / "cache").iterdir()
        assert inventory.owner.owner.password not in kept.read_text(encoding="utf-8")


class TestFailures:
    @pytest.mark.parametrize(
        ("environment", "options", "words"),
        [
            ({"DOCSPACE_PASSWORD": "wr0ng"}, {}, "returned 401. Use a valid session token"),
            ({"DOCSPACE_SESSION_TOKEN": "sk-c4n4ry"}, {}, "session_token: it is an API key"),
            ({}, {"server_url": None}, "server_url"),
            ({}, {"server_url": "http://127.0.0.1:1"}, "received no response: "),
        ],
    )
    def test_a_line_that_says_why(
        self,
        inventory: Inventory,
        environment: dict[str, str],
        options: dict[str, Any],
        words: str,
    ) -> None:
        shown = inventory.given(**environment).show("--graph", **options)

        assert shown.status != 0
        assert words in shown.text
        assert [word for word in ("Traceback", "api_host", "c4n4ry") if word in shown.text] == []

    @pytest.mark.parametrize("password", [None, "wr0ng-c4n4ry"])
    def test_no_secret_is_shown(self, inventory: Inventory, password: str | None) -> None:
        owner = inventory.owner.owner
        secret = password or owner.password
        sent = base64.b64encode(f"{owner.email}:{secret}".encode()).decode()

        shown = inventory.given(DOCSPACE_PASSWORD=secret).show("--list", "-vvvv")

        assert (shown.status == 0) is (password is None)
        assert [word for word in (secret, sent) if word in shown.text] == []


class TestTheCall:
    """The plugin without Ansible."""

    @staticmethod
    def read(inventory: Inventory) -> list[dict[str, Any]]:
        """The portals, as the plugin reads them."""
        options = {
            "server_url": inventory.server,
            "username": inventory.owner.owner.email,
            "password": inventory.owner.owner.password,
            "validate_certs": True,
            "timeout": 30,
            "retries": 1,
        }
        return read_portals(server_connection(options), False, client_maker())

    @pytest.mark.parametrize(
        ("action", "words"),
        [
            ({"html": 502}, "returned 502"),
            ({"status": 200, "body": "<html>"}, "the response is not JSON"),
            ({"status": 200, "body": "[]"}, "the response is not a list of portals"),
            ({"status": 404}, "Check server_url"),
            ({"status": 500, "body": {"error": "error", "message": "No luck"}}, "500: No luck."),
            ({"redirect": "https://other.example.com/"}, "redirects to https://other.example.com/"),
        ],
    )
    def test_a_server_that_fails(
        self, inventory: Inventory, fleet: Control, action: dict[str, Any], words: str
    ) -> None:
        fleet.fault(action, path="/apisystem", times=0)

        with pytest.raises(DocSpaceError) as caught:
            self.read(inventory)

        text = str(caught.value)
        assert words in text
        assert [word for word in ("\n", "api_host", "api_key") if word in text] == []

    def test_a_server_of_the_vendor(self, inventory: Inventory, fleet: Control) -> None:
        for alias in ("first", "second"):
            fleet.change(alias, mode="saas")

        with pytest.raises(DocSpaceError) as caught:
            self.read(inventory)

        assert "returned 403: Method for server edition only." in str(caught.value)
        assert "Only a DocSpace admin of a self-hosted server" in str(caught.value)

    def test_what_may_pass_is_tried_again(self, inventory: Inventory, fleet: Control) -> None:
        fleet.fault({"status": 503}, path="/apisystem")

        assert [portal["alias"] for portal in self.read(inventory)] == ["first", "second"]
        assert requests(fleet) == [READ, READ]
