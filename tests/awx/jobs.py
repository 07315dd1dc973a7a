# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a job template the way AWX does: ansible-runner on a private data directory.

This follows `awx/main/tasks/jobs.py` and, for credentials, `inject_credential` of AWX: files and
environment variables are rendered with Jinja's sandbox, survey answers become extra variables, and
a slice contains every n-th host by name.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from jinja2.sandbox import ImmutableSandboxedEnvironment
from parity.plays import program

from awx.kit import COLLECTION, Object

LONGEST_JOB_S = 600
HERE = Path(__file__).resolve().parent


class Inventory(NamedTuple):
    """The hosts of an AWX inventory with their variables, and the variables of the inventory."""

    hosts: Mapping[str, Object]
    variables: Object


class Launch(NamedTuple):
    """Values chosen at launch. A slice is its number, starting at 1, and the number of slices."""

    inventory: Inventory
    credential_type: Object
    inputs: Object
    answers: Mapping[str, str] = {}
    slice: tuple[int, int] = (1, 1)
    verbosity: int = 0
    job_type: str | None = None


class Job(NamedTuple):
    """A finished job: the status of ansible-runner, its events, and the folder of its files."""

    status: int
    stdout: str
    events: list[Object]
    folder: Path

    def results(self, action: str) -> dict[str, Object]:
        """The last module result of each host."""
        return {
            event["event_data"]["host"]: event["event_data"]["res"]
            for event in self.events
            if event["event"] in ("runner_on_ok", "runner_on_failed")
            and event["event_data"]["task_action"] == action
        }

    @property
    def schedules(self) -> dict[str, Object]:
        return self.results("onlyoffice.docspace.docspace_backup_schedule")

    @property
    def told(self) -> list[str]:
        """The lines of the only summary."""
        (result,) = self.results("ansible.builtin.debug").values()
        lines: list[str] = result["msg"]
        return lines

    @property
    def failures(self) -> dict[str, str]:
        """The reason why each failed host failed: the message of its last failed task."""
        return {
            event["event_data"]["host"]: event["event_data"]["res"]["msg"]
            for event in self.events
            if event["event"] == "runner_on_failed"
        }


def run(folder: Path, template: Object, launch: Launch) -> Job:
    """Run the job in `folder`, which must not exist, and wait for it."""
    _prepare(folder, template, launch)
    done = subprocess.run(
        [program("ansible-runner"), "run", str(folder), "-p", template["playbook"], "--ident", "1"],
        env=_container(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST_JOB_S,
        check=False,
    )
    return Job(done.returncode, done.stdout + done.stderr, list(_events(folder)), folder)


def _prepare(folder: Path, template: Object, launch: Launch) -> None:
    """Lay out a private data directory as AWX does."""
    environment = folder / "env"
    environment.mkdir(parents=True)
    _lay_out_project(folder / "project")
    (folder / "inventory").mkdir()
    script = folder / "inventory" / "hosts"
    script.write_text(f"#!/usr/bin/env python3\nprint({json.dumps(_script_data(launch))!r})\n")
    script.chmod(0o700)
    trusted = template.get("extra_vars", {})
    answers = {"awx_job_id": 1, **trusted, **launch.answers}
    # AWX marks everything that a person typed as unsafe, so it is never a template. Values that the
    # job template defines can be templates.
    (environment / "extravars").write_text(
        "".join(
            f"{json.dumps(name)}: "
            f"{json.dumps(value) if trusted.get(name) == value else _unsafe(value)}\n"
            for name, value in answers.items()
        )
    )
    (environment / "envvars").write_text(
        json.dumps(injected(launch.credential_type, launch.inputs, environment))
    )
    (environment / "cmdline").write_text(" ".join(_arguments(template, launch)))
    # AWX stores the environment of a job with masked secrets. ansible-runner would not mask them.
    (environment / "settings").write_text(json.dumps({"suppress_env_files": True}))


def _lay_out_project(project: Path) -> None:
    """Create a project with the playbooks of the collection, and a project of a user."""
    for name in ("playbooks", "extensions"):
        shutil.copytree(COLLECTION / name, project / name)
    shutil.copytree(HERE / "project", project / "own")


def _script_data(launch: Launch) -> Object:
    number, count = launch.slice
    names = sorted(launch.inventory.hosts)[number - 1 :: count]
    return {
        "all": {"hosts": names, "vars": launch.inventory.variables},
        "_meta": {"hostvars": {name: launch.inventory.hosts[name] for name in names}},
    }


def _unsafe(value: Any) -> str:
    text = json.dumps(value)
    return f"!unsafe {text}" if isinstance(value, str) else text


def injected(credential_type: Object, inputs: Object, folder: Path) -> dict[str, str]:
    """Write the files of a credential into `folder`, and return its environment variables.

    A field that was left empty is undefined, and a check box that was never changed is false.
    """
    fields = credential_type["inputs"]["fields"]
    untouched = {field["id"]: False for field in fields if field["type"] == "boolean"}
    given = {name: value for name, value in inputs.items() if value not in ("", None)}
    tower = SimpleNamespace(filename=SimpleNamespace())
    values = {"tower": tower, **untouched, **given}
    jinja = ImmutableSandboxedEnvironment()
    for label, text in credential_type["injectors"].get("file", {}).items():
        path = folder / f"credential-{label}"
        path.write_text(jinja.from_string(text).render(**values))
        path.chmod(0o600)
        setattr(tower.filename, label.removeprefix("template."), str(path))
    return {
        name: jinja.from_string(text).render(**values)
        for name, text in credential_type["injectors"].get("env", {}).items()
    }


def _arguments(template: Object, launch: Launch) -> Sequence[str]:
    job_type = launch.job_type or template.get("job_type", "run")
    return [
        *(["--check"] if job_type == "check" else []),
        *(["--diff"] if template.get("diff_mode") else []),
        f"--forks={template.get('forks', 5)}",
        *(["-" + "v" * launch.verbosity] if launch.verbosity else []),
    ]


def _container(folder: Path) -> dict[str, str]:
    """The environment variables of the execution environment, without those of this machine."""
    return {
        "PATH": f"{Path(program('ansible-runner')).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTION.parents[2]),
    }


def _events(folder: Path) -> Iterator[Object]:
    """The events of the job, in order."""
    paths = (folder / "artifacts" / "1" / "job_events").glob("[0-9]*-*.json")
    for path in sorted(paths, key=lambda path: int(path.name.split("-")[0])):
        yield json.loads(path.read_text())
