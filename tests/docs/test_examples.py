# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every example in the documentation of the modules is run unchanged."""

from __future__ import annotations

import json
import re

from docs import examples
from docs.counts import put_schedule
from docs.sandbox import Sandbox

_TASK = re.compile(r"^TASK \[(?P<name>.*?)\] \**$\n(?P<body>(?:(?!TASK|PLAY).*\n)*)", re.MULTILINE)
_OUTCOME = re.compile(r"^(ok|changed|skipping|fatal|failed): \[", re.MULTILINE)


def outcomes(said: str) -> list[tuple[str, str]]:
    """Each task in the output of ansible-playbook, and its outcome."""
    return [
        (found["name"], " ".join(_OUTCOME.findall(found["body"]))) for found in _TASK.finditer(said)
    ]


def test_the_examples_of_every_module_run(sandbox: Sandbox) -> None:
    sandbox.make_folder()
    sandbox.control.folder("portal", "Old backups")
    modules = examples.plugins("modules")

    said = sandbox.play(examples.playbook(modules))

    run = [(name, came) for name, came in outcomes(said) if name != examples.SEED["name"]]
    wanted = [name for module in modules for name in examples.names(examples.tasks_of(module))]
    assert [name for name, _came in run] == wanted
    assert not [name for name, came in run if set(came.split()) - {"ok", "changed"} or not came]


def test_an_example_of_check_mode_writes_nothing(sandbox: Sandbox) -> None:
    put_schedule(sandbox.portal("portal"))
    tasks = [task for one in examples.plugins("modules") for task in examples.tasks_of(one)]
    checks = [task for task in tasks if task.get("check_mode")]
    sandbox.control.clear_requests()

    sandbox.play(examples.as_text(checks))

    assert len(checks) >= 2
    assert {request.method for request in sandbox.control.requests()} == {"GET"}


def test_the_examples_of_every_filter_run(sandbox: Sandbox) -> None:
    sandbox.make_folder()
    filters = examples.plugins("filter")
    wanted = [name for one in filters for name in examples.names(examples.tasks_of(one))]

    run = outcomes(sandbox.play(examples.playbook(filters)))

    assert wanted
    assert [name for name, came in run if name in wanted and came == "ok"] == wanted


def test_the_examples_of_every_inventory_plugin_run(sandbox: Sandbox) -> None:
    portals = ["portal", "second", "trial-one"]
    for name in portals:
        sandbox.portal(name)
    for plugin in examples.plugins("inventory"):
        name = f"{plugin.stem}.yml"
        sandbox.place(name, examples.text_of(plugin))

        said = sandbox.run(f"ansible-inventory -i {name} --list")

        hosts = json.loads(said)["_meta"]["hostvars"]
        assert sorted(host.partition(".")[0] for host in hosts) == portals
