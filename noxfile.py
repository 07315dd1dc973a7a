# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every check is a session: `make NAME` runs one, `make test` all that a change has to pass.

To add one, give its commands a line in COMMANDS or write a function with @check, and name it in
`nox.options.sessions`.
"""

from __future__ import annotations

import atexit
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

from checks import collection
from checks.ansibletest import ansible_test
from checks.collection import BUILD, NAME, ROOT
from checks.environments import Function, inside

nox.options.allow_parallel, nox.options.envdir = True, ".build/nox"
# What `make test` runs. Its two lanes take them in this order: what others need, then the longest.
nox.options.sessions = [
    "package", "packaging", "awx-modules", "docs", "coverage", "integration", "parity", "examples",
    "leaks", "sanity", "awx", "fleet", "pages", "units-2.16", "contract", "lint", "ansible-lint",
    "oldest", "docs-lint", "demo", "report", "simulator", "extra-checks", "license-check",
    "machinery", "fragment",
]  # fmt: skip

ANSIBLE_LINT = "ansible-lint --offline --strict --nocolor"
DOCS_LINT = (
    "antsibull-docs lint-collection-docs . --plugin-docs --skip-rstcheck "
    "--validate-collection-refs=all --disallow-unknown-collection-refs"
)
MODULES = "docspace_in_process=false ansible-test integration"
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
    "report": ("The files of an audit, read by other programs.", "pytest tests/report"),
    "machinery": ("What runs all this, and the table of the demo.", "pytest tests/machinery"),
    "leaks": ("No secret in anything that a run leaves behind.", "pytest tests/leaks"),
    "examples": ("Every example of the documentation, executed.", "pytest tests/docs"),
    "parity": ("The same plays in ansible's worker and as modules.", "pytest tests/parity"),
    "fleet": ("The playbook over many portals, some of them broken.", "pytest tests/fleet"),
    "awx": ("Credential, job templates and patterns, as AWX runs them.", "pytest tests/awx"),
    "docs": ("The documentation site, without a warning.", "bash tests/site/build.sh"),
    "pages": ("That site in Chromium.", "pytest tests/pages"),
    "sanity": ("ansible-test sanity, without suites of our own.", "ansible-test sanity"),
    "integration": ("The modules as playbooks run them.", "ansible-test integration"),
    "ansible-lint": ("Profile production.", ANSIBLE_LINT),
    "docs-lint": ("Markup and links of the plugins' documentation.", DOCS_LINT),
    "lint": (
        "ruff, mypy, yamllint, codespell, changelog fragments.",
        "ruff check .",
        "ruff format --check .",
        "yamllint --strict .",
        "codespell",
        "antsibull-changelog lint",
        "mypy",
    ),
    "format": ("Format and mend the Python files.", "ruff check --fix -eq .", "ruff format ."),
    "changelog": (
        "Write CHANGELOG.md for the version in galaxy.yml: plugins, roles and fragments.",
        "antsibull-changelog release --reload-plugins --update-existing",
    ),
    "audit-picture": (
        "Draw docs/pictures/backup_audit.png, the page of an audit.",
        "env PYTHONPATH=.build/tree:tests python -m report.picture docs/pictures/backup_audit.png",
    ),
    "environment": ("Make .venv/test, so that a bare pytest works.",),
    "packaging": ("Make .venv/packaging, whose programs awx runs.",),
    "awx-modules": ("Make .venv/awx-modules, with the collection awx.awx for awx.",),
    "units-2.16": (
        "Units and vaults on the oldest ansible-core.",
        "pytest tests/unit",
        "pytest tests/fleet/test_vaults.py tests/fleet/test_templates.py",
    ),
    "oldest": (
        "The HTTP client on the oldest requests and urllib3 that it accepts.",
        # Old libraries leave it to the interpreter to close what has failed.
        (
            "pytest tests/client/test_bounds.py tests/client/test_broken_answers.py "
            "tests/client/test_tls_and_proxy.py -W ignore::ResourceWarning "
            "-W ignore::pytest.PytestUnraisableExceptionWarning"
        ),
    ),
}
# Those that `make test-all` runs besides.
MATRIX = {
    "sanity-whole": ("ansible-test sanity, every file.", "ansible-test sanity"),
    "integration-modules": ("The same as modules.", MODULES),
    "unit-pythons": ("The unit tests on Python 3.9 and later.", "ansible-test units --venv"),
    "slow": ("The tests marked matrix, which take long.", "pytest -m matrix tests"),
    "lint-old": ("The same with an old ansible-lint.", ANSIBLE_LINT),
}
# Where they run, if not in .venv/test, and what has to be run before.
ENVIRONMENTS = {
    "packaging": "packaging", "awx-modules": "awx-modules", "units-2.16": "core-2.16",
    "oldest": "oldest", "lint-old": "packaging-old",
}  # fmt: skip
NEEDS = {
    "examples": "package", "parity": "package", "fleet": "package",
    "awx": "package packaging awx-modules", "pages": "docs",
}  # fmt: skip
# The environments of ansible-cores, and the Pythons that each is checked on besides the newest.
PYTHONS = {
    "core-2.16": "3.11", "core-2.17": "3.11", "core-2.18": "3.11 3.12", "core-2.19": "3.11 3.12",
    "core-2.20": "3.12", "test": "3.12",
}  # fmt: skip
# What a tarball may hold at its top; another name there means a hole in galaxy.yml's build_ignore.
SHIPPED = (
    ".ansible-lint CHANGELOG.md FILES.json LICENSE MANIFEST.json README.md changelogs docs "
    "extensions meta playbooks plugins requirements.txt roles tests"
)

# Those of antsibull-nox.toml, in the environment that the others have too.
antsibull_nox.load_antsibull_nox_toml()
for _session in nox.registry.get().values():
    _session.func, _session.venv_backend = inside("test", _session.func), "none"


def check(
    environment: str = "test", name: str = "", about: str = "", python: str = "", **options: Any
) -> Callable[[Function], Function]:
    """Make a function a session, run in the environment of tests/requirements/ENVIRONMENT.txt."""

    def decorate(function: Function) -> Function:
        run = inside(environment, function, python)
        run.__doc__ = about or function.__doc__
        nox.session(name=name or function.__name__, venv_backend="none", **options)(run)
        return function

    return decorate


def commands(*lines: str, tree: str = "tree") -> Function:
    """A function that runs all the lines, even after one has failed; the tests see `tree`."""

    def run(session: nox.Session) -> None:
        session.env.update(PYTHONPATH=f"{BUILD}/tree", ANSIBLE_COLLECTIONS_PATH=f"{BUILD}/{tree}")
        failed = []
        for line in lines:
            words = [*shlex.split(line), *(session.posargs if "test" in line else [])]
            try:
                ansible_test(session, words) if "ansible-test" in words else session.run(*words)
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
    found = {path.name for path in installed.iterdir()} - set(SHIPPED.split())
    found |= {path.name for path in (installed / "tests").iterdir()} - {"config.yml"}
    if found:
        session.error(f"the tarball holds {', '.join(sorted(found))}")
    for name in ("changelogs", "docs", "tests"):
        shutil.rmtree(installed / name)
    session.env["ANSIBLE_COLLECTIONS_PATH"] = f"{BUILD}/collections"
    said = str(session.run("ansible-doc", "--metadata-dump", NAME, silent=True))
    kinds = ("plugins/modules/*.py", "plugins/inventory/*.py", "plugins/filter/*.py", "roles/*")
    names = [path.stem for kind in kinds for path in installed.glob(kind)]
    missing = [name for name in names if f'"{NAME}.{name}": {{' not in said]
    # ansible-core warns of a collection of its own, which it keeps without a version.
    if missing or re.search(r"^(?!.*_protomatter).*WARNING", said, re.M):
        session.error(f"ansible-doc has trouble with a plugin:\n{said}")


@check()
def fragment(session: nox.Session) -> None:
    """A changelog fragment for what users get: since BASE, or else since the last release."""

    def git(words: str) -> str:
        return str(session.run("git", *words.split(), silent=True, log=False)).strip()

    def changed(paths: str) -> str:
        new = git(f"ls-files --others --exclude-standard -- {paths}")
        return git(f"diff --name-only {base} -- {paths}") + new

    released = "changelogs/changelog.yaml"
    base = os.environ.get("BASE") or git(f"log -1 --format=%H -- {released}")
    for_users = changed("plugins roles playbooks")
    if for_users and not changed(f"changelogs/fragments {released}"):
        session.error(f"changed without a fragment in changelogs/fragments/:\n{for_users}")


@check("bench", "bench", "Measure what a portal costs (ARGS=--quick, or ARGS=--simulator).")
@check("test", "picture", "Draw docs/demo.svg, what `make demo` shows.")
@check("demo", "demo", "The playbook over a small fleet: check, run, run again.")
def show(session: nox.Session) -> None:
    """Install the collection as a user would, and run a program that uses it."""
    module = {"bench": "benchmark", "picture": "demo.picture"}.get(session.name, session.name)
    folder = (BUILD / module.partition(".")[0]).relative_to(ROOT)
    words = [module, str(collection.install(session, folder)), str(folder), *session.posargs]
    session.run("python", "-m", *words, env={"PYTHONPATH": "tests"})


@check("mutation", tags=["matrix"])
def mutation(session: nox.Session) -> None:
    """Whether the unit tests notice 85 % of what can be changed in the modules that decide."""
    session.env["PYTHONPATH"] = str(BUILD / session.name)
    with session.chdir(collection.copied(BUILD / session.name)):
        for config in sorted(map(str, Path("tests/mutation").glob("*.toml"))):
            for line in (
                f"cosmic-ray baseline {config}",
                f"cosmic-ray init {config} results.sqlite --force",
                f"cr-filter-operators results.sqlite {config}",
                f"cosmic-ray exec {config} results.sqlite",
                "cr-report --surviving-only --show-diff results.sqlite",
                "cr-rate --fail-over 15 results.sqlite",
            ):
                session.run(*line.split())


@check("packaging-old", "importer-old", requires=["package"], tags=["matrix"])
@check("packaging", requires=["package"], tags=["matrix"])
def importer(session: nox.Session) -> None:
    """What Galaxy and Automation Hub say of the tarball: galaxy-importer."""
    (tarball,) = (BUILD / "dist").glob("*.tar.gz")
    with session.chdir(BUILD):
        said = str(session.run("python", "-m", "galaxy_importer.main", str(tarball), silent=True))
    print(said)
    # The exit status does not show it.
    if re.search(r"^(ERROR|WARNING)", said, re.M):
        session.error("galaxy-importer complains")


for _name, (_about, *_lines) in (COMMANDS | MATRIX).items():
    _needs = NEEDS.get(_name, "").split()
    _run = commands(*_lines, tree="collections" if "package" in _needs else "tree")
    _tags = ["matrix"] if _name in MATRIX else []
    check(ENVIRONMENTS.get(_name, "test"), _name, _about, requires=_needs, tags=_tags)(_run)
BASICS = ("pytest tests/unit", "ansible-test integration")
ODD_FLEETS = (
    "pytest tests/fleet/test_vaults.py tests/fleet/test_templates.py tests/fleet/test_odd_hosts.py"
)
OLDER = ("ansible-test sanity", *BASICS, MODULES, "pytest tests/parity", ODD_FLEETS)
for _core, _pythons in PYTHONS.items():
    if _core != "test":
        _about = "Sanity, units, integration, parity and odd fleets on this ansible-core."
        check(_core, _core, _about, tags=["matrix"])(commands(*OLDER))
    for _python in _pythons.split():
        _about = "Units and integration on this Python."
        check(_core, f"{_core}-python{_python}", _about, _python, tags=["matrix"])(
            commands(*BASICS)
        )
