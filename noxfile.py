# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every check is a session: `make NAME` runs one, `make test` all that a change has to pass.

To add one, give its commands a line in COMMANDS or write a function with @check, and name it in
`nox.options.sessions`.
"""

from __future__ import annotations

import atexit
import functools
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import antsibull_nox
import nox
from nox.command import CommandFailed

sys.path.insert(0, str(Path(__file__).resolve().parent / "tests"))

from checks import collection, environments
from checks.ansibletest import ansible_test
from checks.environments import Function

nox.options.allow_parallel = True
# What `make test` runs. Longest first: its two lanes take them in this order.
nox.options.sessions = [
    "coverage", "sanity", "contract", "leaks", "package", "packaging", "examples", "parity",
    "integration", "awx", "fleet", "units-2.16", "docs", "pages", "ansible-lint", "lint",
    "docs-lint", "extra-checks", "license-check", "demo", "simulator", "machinery", "fragment",
]  # fmt: skip

BUILD, ROOT = collection.BUILD, collection.ROOT
TREE, INSTALLED = collection.linked(), BUILD / "collections"

DOCS_LINT = (
    "antsibull-docs lint-collection-docs . --plugin-docs --skip-rstcheck "
    "--validate-collection-refs=all --disallow-unknown-collection-refs"
)
DOCS_SITE = (
    "antsibull-docs --config-file tests/site/antsibull-docs.cfg collection "
    "--use-current --squash-hierarchy --dest-dir .build/site/rst "
)
# Sessions that are commands, and what they check. pytest.ini leaves out the tests marked `matrix`.
COMMANDS = {
    "units": ("One function at a time, no network.", "pytest tests/unit"),
    "client": ("Modules and HTTP client against the simulated portal.", "pytest tests/client"),
    "coverage": (
        "Both, and branch coverage of plugins/ by them, 95 % at least.",
        "coverage erase",
        "coverage run -m pytest tests/unit tests/client",
        "coverage combine --quiet",
        "coverage html --quiet --fail-under=0",
        "coverage report",
    ),
    "contract": ("The simulated portal against the server's contract.", "pytest tests/contract"),
    "simulator": ("Parts of the simulated portal, one by one.", "pytest tests/simulator_units"),
    "machinery": ("What runs all this, and the table of the demo.", "pytest tests/machinery"),
    "leaks": ("No secret in anything that a run leaves behind.", "pytest tests/leaks"),
    "lint": (
        "ruff, mypy, yamllint, changelog fragments.",
        "ruff check .",
        "ruff format --check .",
        "yamllint --strict .",
        "antsibull-changelog lint",
        "mypy",
        f"mypy --package ansible_collections.{collection.NAME}.plugins",
    ),
    "docs-lint": ("Markup and links of the plugins' documentation.", DOCS_LINT),
    "ansible-lint": ("Profile production.", "ansible-lint --offline --strict --nocolor"),
    "docs": (
        "The documentation site in .build/site, without a warning.",
        "rm -rf .build/site",
        "cp -r tests/site .build/site",
        # Where a guide looks for its pictures, from its place in the site as in the checkout.
        "cp -r docs/performance .build/site/performance",
        "mkdir -m 755 .build/site/rst",
        DOCS_SITE + collection.NAME,
        "sphinx-build -qW --keep-going -c .build/site .build/site/rst .build/site/build/html",
    ),
    "format": (
        "Format the Python files and mend what can be mended.",
        "ruff check --fix --exit-zero --quiet .",
        "ruff format .",
    ),
    "changelog": (
        "Write CHANGELOG.md for the version in galaxy.yml: plugins, roles and fragments.",
        "antsibull-changelog release --reload-plugins --update-existing",
    ),
    "environment": ("Make .venv/test, so that a bare pytest works.",),
}
# The same on what session `package` installed.
ON_INSTALLED = {
    "examples": ("Every example of the documentation, executed.", "pytest tests/docs"),
    "parity": ("The same plays in ansible's worker and as modules.", "pytest tests/parity"),
    "fleet": ("The playbook over many portals, some of them broken.", "pytest tests/fleet"),
    "awx": ("Credential, job templates and patterns, as AWX runs them.", "pytest tests/awx"),
}
# Each ansible-core, and the Pythons of the controller that it is checked on besides the newest.
CORES = {
    "2.16": "3.11", "2.17": "3.11", "2.18": "3.11 3.12", "2.19": "3.11 3.12", "2.20": "3.12",
    "2.21": "3.12",
}  # fmt: skip
# What a tarball may hold at its top; another name there means a hole in galaxy.yml's build_ignore.
SHIPPED = {
    ".ansible-lint", "CHANGELOG.md", "FILES.json", "LICENSE", "MANIFEST.json", "README.md",
    "changelogs", "docs", "extensions", "meta", "playbooks", "plugins", "requirements.txt",
    "roles", "tests",
}  # fmt: skip


# Those of antsibull-nox.toml, in the environment that the others have too.
antsibull_nox.load_antsibull_nox_toml()
for _session in nox.registry.get().values():
    _session.func = environments.inside("test", _session.func)
    _session.venv_backend = "none"


def check(
    environment: str = "test", name: str = "", about: str = "", python: str = "", **options: Any
) -> Callable[[Function], Function]:
    """Make a function a session, run in the environment of tests/requirements/ENVIRONMENT.txt."""

    def decorate(function: Function) -> Function:
        run = environments.inside(environment, function, python)
        run.__doc__ = about or function.__doc__
        name_of = name or function.__name__.replace("_", "-")
        nox.session(name=name_of, venv_backend="none", **options)(run)
        return function

    return decorate


def commands(*lines: str, tree: Path = TREE) -> Function:
    """A function that runs all the lines, even after one has failed; the tests see `tree`."""

    def run(session: nox.Session) -> None:
        session.env.update(PYTHONPATH=str(TREE), ANSIBLE_COLLECTIONS_PATH=str(tree))
        failed = []
        for line in lines:
            try:
                session.run(*shlex.split(line), *(session.posargs if "pytest" in line else []))
            except CommandFailed:
                failed.append(line)
        if failed:
            session.error("; ".join(failed))

    return run


@atexit.register
def tell_the_cost() -> None:
    """What a session takes from the processors does not depend on what else they have to do."""
    if (used := sum(os.times()[2:4])) > 1:
        print(f"{used:.0f} s of the processors")


@check()
def package(session: nox.Session) -> None:
    """Build, install offline, look at what was installed, read every plugin's documentation.

    What is not needed at work, and a registry may leave out, is removed for the sessions after it.
    """
    installed = collection.folder_in(collection.install(session, BUILD))
    found = {path.name for path in installed.iterdir()} - SHIPPED
    found |= {path.name for path in (installed / "tests").iterdir()} - {"config.yml"}
    if found:
        session.error(f"the tarball holds {', '.join(sorted(found))}")
    for name in ("changelogs", "docs", "tests"):
        shutil.rmtree(installed / name)
    env = {"ANSIBLE_COLLECTIONS_PATH": str(INSTALLED)}
    said = str(session.run("ansible-doc", "--metadata-dump", collection.NAME, env=env, silent=True))
    kinds = ("plugins/modules/*.py", "plugins/inventory/*.py", "plugins/filter/*.py", "roles/*")
    names = [path.stem for kind in kinds for path in installed.glob(kind)]
    missing = [name for name in names if f'"{collection.NAME}.{name}": {{' not in said]
    # ansible-core warns of a collection of its own, which it keeps without a version.
    if missing or re.search(r"^(?!.*_protomatter).*WARNING", said, re.M):
        session.error(f"ansible-doc has trouble with a plugin:\n{said}")


@check()
def fragment(session: nox.Session) -> None:
    """A changelog fragment for what users get: since BASE, or else since the last release."""

    def git(*arguments: str) -> str:
        return str(session.run("git", *arguments, silent=True, log=False)).strip()

    def changed(*paths: str) -> str:
        new = git("ls-files", "--others", "--exclude-standard", "--", *paths)
        return git("diff", "--name-only", base, "--", *paths) + new

    released = "changelogs/changelog.yaml"
    base = os.environ.get("BASE") or git("log", "-1", "--format=%H", "--", released)
    for_users = changed("plugins", "roles", "playbooks")
    if for_users and not changed("changelogs/fragments", released):
        session.error(f"changed without a fragment in changelogs/fragments/:\n{for_users}")


@check("demo")
def demo(session: nox.Session) -> None:
    """The playbook over a small fleet: check, run, run again."""
    tree = collection.install(session, BUILD / "demo")
    words = (os.path.relpath(path) for path in (tree, BUILD / "demo"))
    session.run("python", "-m", "demo", *words, env={"PYTHONPATH": "tests"})


@check()
def picture(session: nox.Session) -> None:
    """Draw docs/demo.svg, what `make demo` shows."""
    words = (str(collection.install(session, BUILD / "demo")), str(BUILD / "demo"))
    session.run(
        "python", "-m", "demo.picture", *words, "docs/demo.svg", env={"PYTHONPATH": "tests"}
    )


@check("bench")
def bench(session: nox.Session) -> None:
    """What a portal costs (ARGS=--quick: small fleets; ARGS=--simulator: that alone)."""
    tree = collection.install(session, BUILD / "benchmark")
    # The figures that the documentation shows are those of a full run.
    output = BUILD / "benchmark" if session.posargs else "docs/performance"
    words = [*session.posargs, "--output", str(output), str(tree)]
    session.run("python", "-m", "benchmark", *words, env={"PYTHONPATH": "tests"})


@check("mutation", tags=["matrix"])
def mutation(session: nox.Session) -> None:
    """Whether the unit tests notice nine of ten changes of the modules that decide."""
    session.env["PYTHONPATH"] = str(BUILD / session.name)
    with session.chdir(collection.copied(BUILD / session.name)):
        for config in sorted(ROOT.glob("tests/mutation/*.toml")):
            results = f"{config.stem}.sqlite"
            session.run("cosmic-ray", "baseline", str(config))
            session.run("cosmic-ray", "init", str(config), results)
            session.run("cr-filter-operators", results, str(config))
            session.run("cosmic-ray", "exec", str(config), results)
            session.run("cr-report", "--surviving-only", "--show-diff", results)
            session.run("cr-rate", "--fail-over", "10", results)


@check("packaging-old", "importer-old", requires=["package"], tags=["matrix"])
@check("packaging", requires=["package"], tags=["matrix"])
def importer(session: nox.Session) -> None:
    """What Galaxy and Automation Hub say of the tarball: galaxy-importer."""
    (tarball,) = (BUILD / "dist").glob("*.tar.gz")
    with session.chdir(BUILD):
        said = str(session.run("python", "-m", "galaxy_importer.main", str(tarball), silent=True))
    print(said)
    # The status does not tell.
    if re.search(r"^(ERROR|WARNING)", said, re.M):
        session.error("galaxy-importer complains")


# Suites that only this project runs: ruff and mypy look at them in every run, and ansible-test,
# which takes longer for them than for all the rest, in session `sanity-whole`.
OWN_SUITES = r"noxfile\.py|tests/(?!unit/|integration/|config\.yml)"
sanity = functools.partial(ansible_test, "sanity")
integration = functools.partial(ansible_test, "integration")
modules = functools.partial(ansible_test, "integration", docspace_in_process=False)
units, parity = commands("pytest tests/unit"), commands("pytest tests/parity")


def basics(session: nox.Session) -> None:
    """Units and integration on this ansible-core and Python."""
    units(session)
    integration(session)


def everything(session: nox.Session) -> None:
    """Sanity, units, integration on both paths and parity on this ansible-core."""
    for function in (sanity, units, integration, modules, parity):
        function(session)


for _name, (_about, *_lines) in COMMANDS.items():
    check("test", _name, _about)(commands(*_lines))
for _name, (_about, *_lines) in ON_INSTALLED.items():
    check("test", _name, _about, requires=["package", "packaging"])(
        commands(*_lines, tree=INSTALLED)
    )
for _name, _about, _function in (
    ("integration-modules", "The integration targets as modules.", modules),
    ("sanity-whole", "ansible-test sanity, every file.", sanity),
    ("unit-pythons", "Python 3.9 and later.", functools.partial(ansible_test, "units --venv")),
    ("slow", "The tests marked matrix, which take long.", commands("pytest -m matrix tests")),
):
    check("test", _name, _about, tags=["matrix"])(_function)
check("test", "sanity", "ansible-test sanity.")(functools.partial(sanity, without=OWN_SUITES))
check("test", "integration", "The modules as playbooks run them.")(integration)
check("test", "pages", "The site in Chromium.", requires=["docs"])(commands("pytest tests/pages"))
check("packaging", "packaging", "Make .venv/packaging, whose programs awx runs.")(commands())
check("packaging-old", "lint-old", tags=["matrix"])(commands(*COMMANDS["ansible-lint"][1:]))
check("core-2.16", "units-2.16", "Units, and a fleet with vaults, on the oldest ansible-core.")(
    commands("pytest tests/unit", "pytest tests/fleet/test_vaults.py")
)
for _core, _pythons in CORES.items():
    _environment = "test" if _core == "2.21" else f"core-{_core}"
    if _core != "2.21":
        check(_environment, f"core-{_core}", tags=["matrix"])(everything)
    for _python in _pythons.split():
        check(_environment, f"core-{_core}-python{_python}", python=_python, tags=["matrix"])(
            basics
        )
