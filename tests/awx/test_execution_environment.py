# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether ansible-builder can read the collection and the execution environment for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from support.packaging import packaged

from awx import kit


def requirements() -> list[str]:
    lines = (kit.COLLECTION / "requirements.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def metadata(name: str) -> Any:
    return yaml.safe_load((kit.COLLECTION / "meta" / name).read_text())


def definition() -> Any:
    return yaml.safe_load((kit.AWX / "execution-environment.yml").read_text())


def test_introspect_finds_the_requirements(tmp_path: Path) -> None:
    pip, bindep = tmp_path / "requirements.txt", tmp_path / "bindep.txt"
    tree = kit.COLLECTION.parents[2]
    packaged(
        "ansible-builder", "introspect", str(tree), "--sanitize",
        "--write-pip", str(pip), "--write-bindep", str(bindep),
    )  # fmt: skip

    assert metadata("execution-environment.yml")["dependencies"] == {"python": "requirements.txt"}
    found = [line.partition("#")[0].strip() for line in pip.read_text().splitlines()]
    assert found == requirements()
    assert [line.partition(">=")[0] for line in found] == ["requests", "urllib3"]
    assert not bindep.exists() or not bindep.read_text().strip()


def test_create_takes_the_collection_and_what_it_lists(tmp_path: Path) -> None:
    context = tmp_path / "context"
    packaged(
        "ansible-builder", "create", "-f", str(kit.AWX / "execution-environment.yml"),
        "-c", str(context), "--output-filename", "Containerfile",
    )  # fmt: skip

    wanted = yaml.safe_load((context / "_build" / "requirements.yml").read_text())
    assert [one["name"] for one in wanted["collections"]] == ["onlyoffice.docspace"]
    steps = (context / "Containerfile").read_text()
    assert "ansible-galaxy collection install" in steps
    # The packages are those that introspect finds in the image. There is no separate list.
    assert "introspect.py introspect" in steps
    assert "python" not in definition()["dependencies"]
    assert not (context / "_build" / "requirements.txt").exists()


def test_the_image_has_an_ansible_core_that_the_collection_runs_on() -> None:
    core = definition()["dependencies"]["ansible_core"]["package_pip"]
    lowest = metadata("runtime.yml")["requires_ansible"].removeprefix(">=").removesuffix(".0")

    assert core == f"ansible-core>={lowest}"
