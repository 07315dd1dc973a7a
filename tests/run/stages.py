# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is checked: one function for each stage, and the table that `make test` works through.

A stage fails by raising. Each is also a make target: `make units`. To add one, write its function
and give it a line in STAGES.
"""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import collection
import demonstration
import fragments
import site_builder
from ansible_test import ansible_test
from commands import CommandFailed, output, run
from paths import BUILD, COLLECTION, ROOT, collection_in

COVERAGE = BUILD / "coverage"


class Stage(NamedTuple):
    """A stage runs if its subject, a pattern below the root, exists, and after what it needs.

    `program` is one of the system's, which no environment can have.
    """

    name: str
    action: Callable[[], None]
    subject: str
    what: str
    needs: tuple[str, ...] = ()
    program: str = ""


def _tree_variables() -> dict[str, str]:
    tree = str(collection.linked())
    return {"PYTHONPATH": tree, "ANSIBLE_COLLECTIONS_PATH": tree}


def _arguments() -> list[str]:
    """What the caller adds: `make units ARGS="-k weekday"`."""
    return shlex.split(os.environ.get("ARGS", ""))


def lint() -> None:
    """Style, types, YAML, changelog and licences; all of them before it fails."""
    packages = [
        f"ansible_collections.{COLLECTION}.{path.parent.relative_to(ROOT).as_posix()}"
        for path in ROOT.glob("plugins/*/*.py")
    ] + [path.parent.name for path in ROOT.glob("tests/*/__init__.py")]
    typed = [f"--package={name.replace('/', '.')}" for name in sorted(set(packages))]
    checks = [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["yamllint", "--strict", "."],
        ["antsibull-changelog", "lint"],
        ["reuse", "lint", "--lines"],
        ["mypy", *typed],
        ["mypy", "tests/run"],
    ]
    places = (collection.linked(), ROOT / "tests", ROOT / "tests" / "run")
    env = {**_tree_variables(), "MYPYPATH": os.pathsep.join(map(str, places))}
    failed = []
    for check in checks:
        try:
            run("test", check, env=env)
        except CommandFailed as error:
            failed.append(str(error))
    if failed:
        raise CommandFailed("; ".join(failed))


def ansible_lint() -> None:
    run("test", ["ansible-lint", "--offline", "--strict", "--nocolor"], env=_tree_variables())


def docs_lint() -> None:
    run(
        "test",
        ["antsibull-docs", "lint-collection-docs", "--plugin-docs", "--skip-rstcheck"]
        + ["--validate-collection-refs=all", "--disallow-unknown-collection-refs", "."],
        env=_tree_variables(),
    )


def _pytest(
    folder: str,
    *,
    environment: str = "test",
    covered: bool = False,
    installed: bool = False,
    whole: bool = False,
) -> None:
    """Run a suite on the checkout, or on what stage `package` installed.

    What takes long, the tests marked `matrix`, is left out unless `whole` is true.
    """
    selection = [] if whole else ["-m", "not matrix"]
    command = ["python", "-m", "pytest", folder, *selection, *_arguments()]
    env = _tree_variables()
    if installed:
        env["ANSIBLE_COLLECTIONS_PATH"] = str(BUILD / "installed")
    if covered:
        COVERAGE.mkdir(parents=True, exist_ok=True)
        suite = Path(folder).name
        for old in COVERAGE.glob(f"data.{suite}*"):
            old.unlink()
        env["COVERAGE_FILE"] = str(COVERAGE / f"data.{suite}")
        command[1:1] = ["-m", "coverage", "run"]
    run(environment, command, env=env)


def units() -> None:
    _pytest("tests/unit", covered=True)


def client() -> None:
    _pytest("tests/client", covered=True)


def leaks() -> None:
    """No secret in anything that a run leaves behind."""
    _pytest("tests/leaks")


def machinery() -> None:
    """The tests of what runs the tests."""
    _pytest("tests/machinery")


def contract() -> None:
    _pytest("tests/contract")


def simulator() -> None:
    """The parts of the simulated portal. They are no part of the collection, so no unit tests."""
    _pytest("tests/simulator_units")


def mutation() -> None:
    """Change the modules that decide, character by character: do the unit tests notice?"""
    env = {"PYTHONPATH": os.pathsep.join([str(collection.linked()), str(ROOT / "tests")])}
    run("mutation", ["python", "-m", "mutation", *_arguments()], env=env)


def coverage() -> None:
    """Branch coverage of plugins/ by the unit and client tests together, at least 95 %."""
    env = {"COVERAGE_FILE": str(COVERAGE / "combined")}
    parts = [str(path) for path in COVERAGE.glob("data.*")]
    run("test", ["coverage", "combine", "--keep", *parts], env=env)
    run("test", ["coverage", "html", "--quiet", "--fail-under=0"], env=env)
    run("test", ["coverage", "report"], env=env)


# What ansible-doc shows: the kind of plugin, and where the collection keeps it.
DOCUMENTED = {
    "module": "plugins/modules/*.py",
    "inventory": "plugins/inventory/*.py",
    "filter": "plugins/filter/*.py",
    "role": "roles/*/meta/argument_specs.yml",
}


def package() -> None:
    """Build, install without a network, and read every plugin's page from what was installed.

    What is not needed at work is removed first: from here on, stages run what is left.
    """
    tarball = collection.build("test")
    collection.check_contents(tarball)
    tree = collection.install("test", tarball)
    collection.strip(tree)
    for kind, pattern in DOCUMENTED.items():
        for path in sorted(collection_in(tree).glob(pattern)):
            _read_page(tree, kind, path.parts[-3] if kind == "role" else path.stem)


def _read_page(tree: Path, kind: str, name: str) -> None:
    """Show the page of a plugin or role as ansible-doc does; raise if it warns or has none."""
    said = output(
        "test",
        ["ansible-doc", "--type", kind, f"{COLLECTION}.{name}"],
        env={"ANSIBLE_COLLECTIONS_PATH": str(tree)},
    )
    # ansible-core warns of a collection of its own, which it keeps without a version.
    warned = [
        line for line in said.splitlines() if "WARNING" in line and "_protomatter" not in line
    ]
    if warned or name not in said:
        raise CommandFailed(f"ansible-doc has trouble with the {kind} {name}")


# Suites that only this project runs. ruff and mypy look at them in every run; ansible-test, which
# takes longer for them than for all the rest, in make test-all.
OWN_SUITES = r"tests/(?!unit/|integration/|config\.yml)"


def sanity() -> None:
    ansible_test("test", "sanity", ["sanity", *_arguments()], without=OWN_SUITES)


def sanity_whole() -> None:
    ansible_test("test", "sanity-whole", ["sanity"])


def unit_pythons() -> None:
    """The unit tests as a contributor to Ansible runs them: on every Python of the modules."""
    ansible_test("test", "units", ["units", "--venv", *_arguments()])


def integration() -> None:
    ansible_test("test", "integration", ["integration", *_arguments()])


def integration_modules(environment: str = "test") -> None:
    """The integration targets once more, on the path that they do not take by themselves."""
    switched_off = {"docspace_in_process": False}
    purpose = f"integration-modules-{environment}"
    ansible_test(environment, purpose, ["integration"], switched_off)


def lint_old() -> None:
    run(
        "packaging-old",
        ["ansible-lint", "--offline", "--strict", "--nocolor"],
        env=_tree_variables(),
    )


def importer(environment: str = "packaging") -> None:
    """What Galaxy and Automation Hub say of the tarball; the status does not tell."""
    (tarball,) = (BUILD / "dist").glob("*.tar.gz")
    folder = BUILD / environment
    folder.mkdir(exist_ok=True)
    said = output(environment, ["python", "-m", "galaxy_importer.main", str(tarball)], cwd=folder)
    complaints = [line for line in said.splitlines() if line.startswith(("ERROR", "WARNING"))]
    if complaints:
        raise CommandFailed(f"galaxy-importer has {len(complaints)} complaints")


def examples() -> None:
    """Every example of the documentation is run from the installed collection."""
    _pytest("tests/docs", installed=True)


def fleet() -> None:
    """The playbook over many portals, some of them broken."""
    _pytest("tests/fleet", installed=True)


def awx() -> None:
    """Credential, job templates and patterns, run with ansible-runner as AWX runs them."""
    _pytest("tests/awx", installed=True)


def pages() -> None:
    """The documentation site in a real browser."""
    _pytest("tests/pages", environment="pages")


def fragment() -> None:
    """Users are told of what changes for them."""
    fragments.check(os.environ.get("BASE", ""))


def parity() -> None:
    """The same plays in ansible's worker and as modules, results compared."""
    _pytest("tests/parity", installed=True)


STAGES = (
    # Longest first: two lanes take them in this order.
    Stage("sanity", sanity, "plugins/modules/*.py", "ansible-test sanity, newest ansible-core"),
    Stage("contract", contract, "tests/contract/test_*.py", "the simulator against the contract"),
    Stage("client", client, "tests/client/test_*.py", "client and modules against the simulator"),
    Stage("integration", integration, "tests/integration/targets/*", "ansible-test integration"),
    Stage("leaks", leaks, "tests/leaks/test_*.py", "no secret in any output"),
    Stage("units", units, "tests/unit", "unit tests"),
    Stage(
        "units-2.16",
        lambda: _pytest("tests/unit", environment="core-2.16"),
        "tests/unit",
        "unit tests, ansible-core 2.16",
    ),
    Stage("ansible-lint", ansible_lint, "galaxy.yml", "ansible-lint, profile production"),
    Stage("package", package, "plugins/modules/*.py", "build, install, ansible-doc"),
    Stage("examples", examples, "tests/docs/test_*.py", "examples, executed", ("package",)),
    Stage("parity", parity, "tests/parity/test_*.py", "both execution paths alike", ("package",)),
    Stage("fleet", fleet, "tests/fleet/test_*.py", "the playbook over a fleet", ("package",)),
    Stage("awx", awx, "tests/awx/test_*.py", "job templates and patterns", ("package",)),
    Stage("demo", demonstration.demo, "playbooks/backup_schedule.yml", "make demo"),
    Stage("docs", site_builder.site, "docs/docsite", "the documentation site, no warnings"),
    Stage("docs-lint", docs_lint, "docs/docsite", "antsibull-docs lint-collection-docs"),
    Stage(
        "pages",
        pages,
        "tests/pages/test_*.py",
        "the site in Chromium",
        ("docs",),
        program="chromedriver",
    ),
    Stage("fragment", fragment, "changelogs/config.yaml", "a changelog fragment for a change"),
    Stage("simulator", simulator, "tests/simulator_units", "parts of the simulated portal"),
    Stage("machinery", machinery, "tests/machinery", "tests of this machinery"),
    Stage("lint", lint, "galaxy.yml", "ruff, mypy, yamllint, changelog, REUSE"),
    Stage("coverage", coverage, "plugins/**/*.py", "branch coverage", ("units", "client")),
)


# Older ansible-cores that the collection supports; tests/requirements/core-X.txt pins each.
OLDER_CORES = ("2.16", "2.17", "2.18", "2.19", "2.20")

# Where an ansible-core runs on older Pythons than the one that its other stages take, the newest.
OLDER_PYTHONS = {
    "2.16": ("3.11",),
    "2.17": ("3.11",),
    "2.18": ("3.11", "3.12"),
    "2.19": ("3.11", "3.12"),
    "2.20": ("3.12",),
    "2.21": ("3.12",),
}


def _basics(environment: str, on: str, what: str, program: str = "") -> Iterator[Stage]:
    """Units and integration in another environment; the stages are named after what they are on."""
    yield Stage(
        f"units-{on}",
        lambda: _pytest("tests/unit", environment=environment),
        "tests/unit",
        f"unit tests, {what}",
        program=program,
    )
    yield Stage(
        f"integration-{on}",
        lambda: ansible_test(environment, f"integration-{on}", ["integration"]),
        "tests/integration/targets/*",
        f"integration, {what}",
        program=program,
    )


def _older_core(core: str) -> Iterator[Stage]:
    """What `make test-all` runs on an older ansible-core, on the newest Python for it."""
    environment, what = f"core-{core}", f"ansible-core {core}"
    yield Stage(
        f"sanity-{core}",
        lambda: ansible_test(environment, f"sanity-{core}", ["sanity"]),
        "plugins/modules/*.py",
        f"ansible-test sanity, {what}",
    )
    yield from _basics(environment, core, what)
    yield Stage(
        f"integration-modules-{core}",
        lambda: integration_modules(environment),
        "tests/integration/targets/*",
        f"integration, as modules, {what}",
    )
    yield Stage(
        f"parity-{core}",
        lambda: _pytest("tests/parity", environment=environment),
        "tests/parity/test_*.py",
        f"both execution paths, {what}",
    )


def _older_python(core: str, version: str) -> Iterator[Stage]:
    """What `make test-all` runs on another Python of the controller, if this machine has it."""
    on = f"python{version}"
    environment = f"core-{core}-{on}" if core in OLDER_CORES else f"test-{on}"
    what = f"ansible-core {core}, Python {version}"
    yield from _basics(environment, f"{core}-{on}", what, program=on)


def _older() -> Iterator[Stage]:
    for core in OLDER_CORES:
        yield from _older_core(core)
    for core, versions in OLDER_PYTHONS.items():
        for version in versions:
            yield from _older_python(core, version)


IN_TEST = {stage.name for stage in STAGES}
MATRIX = (
    Stage("sanity-whole", sanity_whole, "plugins/modules/*.py", "ansible-test sanity, every file"),
    *(stage for stage in _older() if stage.name not in IN_TEST),
    Stage(
        "parity-whole",
        lambda: _pytest("tests/parity", installed=True, whole=True),
        "tests/parity/test_*.py",
        "both execution paths, every target",
        ("package",),
    ),
    Stage(
        "fleet-whole",
        lambda: _pytest("tests/fleet", installed=True, whole=True),
        "tests/fleet/test_*.py",
        "the playbook over a fleet, both paths",
        ("package",),
    ),
    Stage(
        "awx-whole",
        lambda: _pytest("tests/awx", installed=True, whole=True),
        "tests/awx/test_*.py",
        "job templates, role and patterns over a whole fleet",
        ("package",),
    ),
    Stage(
        "integration-modules",
        integration_modules,
        "tests/integration/targets/*",
        "ansible-test integration, as modules",
    ),
    Stage("unit-pythons", unit_pythons, "tests/unit", "unit tests, Python 3.9 and later"),
    Stage("mutation", mutation, "tests/mutation", "whether tests notice a wrong character"),
    Stage("lint-old", lint_old, "galaxy.yml", "ansible-lint 24.12.2"),
    Stage("importer", importer, "plugins/modules/*.py", "galaxy-importer", ("package",)),
    Stage(
        "importer-old",
        lambda: importer("packaging-old"),
        "plugins/modules/*.py",
        "galaxy-importer 0.4.31",
        ("package",),
    ),
)


ALL = (*STAGES, *MATRIX)


def present(stages: Iterable[Stage]) -> list[Stage]:
    """The stages whose subject is there."""
    return [stage for stage in stages if any(ROOT.glob(stage.subject))]


def clean() -> None:
    """Remove what was made, apart from the environments."""
    shutil.rmtree(BUILD, ignore_errors=True)
    shutil.rmtree(ROOT / "tests" / "output", ignore_errors=True)
