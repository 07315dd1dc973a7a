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
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nox
from nox.command import CommandFailed

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "tests"))

from checks import collection, environments
from checks.ansibletest import ansible_test

nox.options.allow_parallel = True
# What `make test` runs. Longest first: its two lanes take them in this order.
nox.options.sessions = [
    "coverage", "sanity", "contract", "leaks", "package", "packaging", "examples", "parity",
    "integration", "awx", "fleet", "units-2.16", "docs", "pages", "ansible-lint", "lint",
    "docs-lint", "demo", "simulator", "machinery", "fragment",
]  # fmt: skip

DOCS_LINT = (
    "antsibull-docs lint-collection-docs --plugin-docs --skip-rstcheck"
    " --validate-collection-refs=all --disallow-unknown-collection-refs ."
)
# Sessions that are commands only, with what each checks. All are run, even after one has failed.
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
        "ruff, mypy, yamllint, changelog fragments, licenses.",
        "ruff check .",
        "ruff format --check .",
        "yamllint --strict .",
        "antsibull-changelog lint",
        "reuse lint --lines",
        "mypy",
        f"mypy --package ansible_collections.{collection.NAME}.plugins",
    ),
    "ansible-lint": ("Profile production.", "ansible-lint --offline --strict --nocolor"),
    "docs-lint": ("Markup and links of the plugins' documentation.", DOCS_LINT),
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
# The same for what session `package` installed.
INSTALLED = {
    "examples": ("Every example of the documentation, executed.", "pytest tests/docs"),
    "parity": ("The same plays in ansible's worker and as modules.", "pytest tests/parity"),
    "fleet": ("The playbook over many portals, some of them broken.", "pytest tests/fleet"),
    "awx": ("Credential, job templates and patterns, as AWX runs them.", "pytest tests/awx"),
}
# Each ansible-core, and the Pythons of the controller that it is checked on besides the newest.
CORES = {
    "2.16": ["3.11"],
    "2.17": ["3.11"],
    "2.18": ["3.11", "3.12"],
    "2.19": ["3.11", "3.12"],
    "2.20": ["3.12"],
    "2.21": ["3.12"],
}
# Suites that only this project runs: ruff and mypy look at them in every run, and ansible-test,
# which takes longer for them than for all the rest, in session `sanity-whole`.
OWN_SUITES = r"noxfile\.py|tests/(?!unit/|integration/|config\.yml)"
DOCUMENTED = ("modules", "inventory", "filter")
# What a tarball may hold at its top; another name there means a hole in galaxy.yml's build_ignore.
SHIPPED = {
    ".ansible-lint", "CHANGELOG.md", "FILES.json", "LICENSE", "MANIFEST.json", "README.md",
    "changelogs", "docs", "extensions", "meta", "playbooks", "plugins", "requirements.txt",
    "roles", "tests",
}  # fmt: skip
NOT_AT_WORK = ("changelogs", "docs", "tests")

BUILD, TREE = collection.BUILD, collection.linked()
Function = Callable[[nox.Session], None]


def check(
    environment: str = "test", name: str = "", *, python: str = "", needs: str = "", tag: str = ""
) -> Callable[[Function], Function]:
    """Make a function a session, run in the environment of tests/requirements/ENVIRONMENT.txt."""

    def decorate(function: Function) -> Function:
        @functools.wraps(function)
        def run(session: nox.Session) -> None:
            environments.enter(session, environment, python)
            function(session)

        about = {"requires": needs.split(), "tags": tag.split(), "venv_backend": "none"}
        nox.session(name=name or function.__name__.replace("_", "-"), **about)(run)
        return function

    return decorate


def commands(about: str, *lines: str, tree: Path = TREE, tests: str = "not matrix") -> Function:
    """What runs the commands, pytest with the arguments of the caller; the tests see `tree`."""

    def run(session: nox.Session) -> None:
        failed = []
        for line in lines:
            words = shlex.split(line)
            if "pytest" in words:
                words += ["-m", tests, *session.posargs]
            try:
                env = {"PYTHONPATH": str(TREE), "ANSIBLE_COLLECTIONS_PATH": str(tree)}
                session.run(*words, env=env)
            except CommandFailed:
                failed.append(line)
        if failed:
            session.error("; ".join(failed))

    run.__doc__ = about
    return run


def ansible(about: str, *arguments: str, without: str = "", **variables: bool) -> Function:
    """What runs ansible-test with these arguments and those of the caller."""

    def run(session: nox.Session) -> None:
        words = [*arguments, *session.posargs]
        ansible_test(session, *words, without=without, **variables)

    run.__doc__ = about
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
    for name in NOT_AT_WORK:
        shutil.rmtree(installed / name)
    env = {"ANSIBLE_COLLECTIONS_PATH": str(BUILD / "collections")}
    said = str(session.run("ansible-doc", "--metadata-dump", collection.NAME, env=env, silent=True))
    names = [path.stem for kind in DOCUMENTED for path in installed.glob(f"plugins/{kind}/*.py")]
    names += [path.parts[-3] for path in installed.glob("roles/*/meta/argument_specs.yml")]
    missing = [name for name in names if f'"{collection.NAME}.{name}": {{' not in said]
    # ansible-core warns of a collection of its own, which it keeps without a version.
    if missing or re.search(r"^(?!.*_protomatter).*WARNING", said, re.M):
        session.error(f"ansible-doc has trouble with a plugin:\n{said}")


@check()
def fragment(session: nox.Session) -> None:
    """A changelog fragment for what users get: since BASE, or else since the last release."""

    def git(*arguments: str) -> list[str]:
        return subprocess.check_output(["git", *arguments], text=True).splitlines()

    released = "changelogs/changelog.yaml"
    base = os.environ.get("BASE") or git("log", "-1", "--format=%H", "--", released)[0]
    changed = git("diff", "--name-only", base) + git("ls-files", "-o", "--exclude-standard")
    for_users = [name for name in changed if name.startswith(("plugins/", "roles/", "playbooks/"))]
    told = [name for name in changed if name.startswith(("changelogs/fragments/", released))]
    if for_users and not told:
        session.error(f"{for_users[0]} has changed without a fragment in changelogs/fragments/")


@check()
def docs(session: nox.Session) -> None:
    """The documentation site in .build/site, without a warning."""
    site, rst = BUILD / "site", BUILD / "site" / "rst"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree("tests/site", site)
    # Where a guide looks for its pictures, from its place in the site as in the checkout.
    shutil.copytree("docs/performance", site / "performance")
    rst.mkdir(mode=0o755)
    session.run(
        *("antsibull-docs", "--config-file", str(site / "antsibull-docs.cfg"), "collection"),
        *("--use-current", "--squash-hierarchy", "--dest-dir", str(rst), collection.NAME),
    )
    command = ["sphinx-build", "--quiet", "--fail-on-warning", "--keep-going", "-c", str(site)]
    session.run(*command, str(rst), str(site / "build" / "html"))


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
    output = BUILD / "benchmark" if session.posargs else ROOT / "docs" / "performance"
    words = [*session.posargs, "--output", str(output), str(tree)]
    session.run("python", "-m", "benchmark", *words, env={"PYTHONPATH": "tests"})


@check("mutation", tag="matrix")
def mutation(session: nox.Session) -> None:
    """Whether the unit tests notice a wrong character in the modules that decide."""
    session.run("python", "-m", "mutation", *session.posargs, env={"PYTHONPATH": f"{TREE}:tests"})


@check("packaging-old", "importer-old", needs="package", tag="matrix")
@check("packaging", needs="package", tag="matrix")
def importer(session: nox.Session) -> None:
    """What Galaxy and Automation Hub say of the tarball: galaxy-importer."""
    (tarball,) = (BUILD / "dist").glob("*.tar.gz")
    with session.chdir(BUILD):
        said = str(session.run("python", "-m", "galaxy_importer.main", str(tarball), silent=True))
    print(said)
    # The status does not tell.
    if re.search(r"^(ERROR|WARNING)", said, re.M):
        session.error("galaxy-importer complains")


units, parity = commands(*COMMANDS["units"]), commands(*INSTALLED["parity"])
integration = ansible("The modules as playbooks run them, in the worker.", "integration")
modules = ansible("The same as modules.", "integration", docspace_in_process=False)
sanity = ansible("ansible-test sanity, every file.", "sanity")
pages = commands("The documentation site in Chromium.", "pytest tests/pages")


def basics(session: nox.Session) -> None:
    """Units and integration on this ansible-core and Python."""
    units(session)
    integration(session)


def everything(session: nox.Session) -> None:
    """Sanity, units, integration on both paths and parity on this ansible-core."""
    for function in (sanity, units, integration, modules, parity):
        function(session)


for _name, _lines in COMMANDS.items():
    check(name=_name)(commands(*_lines))
for _name, _lines in INSTALLED.items():
    check(name=_name, needs="package packaging")(commands(*_lines, tree=BUILD / "collections"))
check(name="slow", needs="package packaging", tag="matrix")(
    commands(
        "What the suites leave out for time: the tests marked matrix.",
        "pytest tests/unit tests/client tests/contract tests/leaks "
        "tests/docs tests/parity tests/fleet tests/awx",
        tree=BUILD / "collections",
        tests="matrix",
    )
)
check("packaging", "packaging")(commands("Make .venv/packaging, whose programs awx runs."))
check(name="pages", needs="docs")(pages)
check(name="sanity")(ansible("ansible-test sanity.", "sanity", without=OWN_SUITES))
check(name="sanity-whole", tag="matrix")(sanity)
check(name="integration")(integration)
check(name="integration-modules", tag="matrix")(modules)
check(name="unit-pythons", tag="matrix")(ansible("Units, Python 3.9 and later.", "units", "--venv"))
check("packaging-old", "lint-old", tag="matrix")(commands(*COMMANDS["ansible-lint"]))
check("core-2.16", "units-2.16")(
    commands(
        "Units, and a fleet with vaults, on the oldest ansible-core.",
        "pytest tests/unit",
        "pytest tests/fleet/test_vaults.py",
    )
)
for _core, _pythons in CORES.items():
    _environment = "test" if _core == "2.21" else f"core-{_core}"
    if _core != "2.21":
        check(_environment, f"core-{_core}", tag="matrix")(everything)
    for _python in _pythons:
        check(_environment, f"core-{_core}-python{_python}", python=_python, tag="matrix")(basics)
