# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every check is a session: `make NAME` runs one, and `make test` runs all that a change must pass.

A session is an entry of TEST, MATRIX or BY_NAME: a name, a description, and commands. All of its
commands run, even if one of them fails. The first word of a command is a program or one of
FUNCTIONS. Programs come from .venv/NAME if there is a tests/requirements/NAME.txt, and otherwise
from .venv/test.

To add a check, add an entry to TEST.
"""

from __future__ import annotations

import atexit
import functools
import os
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import antsibull_nox
import nox
from nox.command import CommandFailed

sys.path.insert(0, str(Path(__file__).resolve().parent / "tests"))

from checks.ansibletest import ansible_test
from checks.collection import BUILD, PLACE, copied, install
from checks.environments import enter

nox.options.allow_parallel, nox.options.envdir = True, ".build/nox"

ANSIBLE_LINT = "ansible-lint --offline --strict --nocolor"
MODULES = "ansible-test integration docspace_in_process=false"
# The sessions of `make test`, in the order in which its two lanes start them: first those that
# others need, then the longest. pytest.ini excludes the tests marked `matrix`.
TEST = {
    "package": (
        "Build, install offline, look at the tarball, read every plugin's documentation.",
        "install .build",
        "pytest tests/package",
        # Not needed at run time, and a registry may omit these folders, so later sessions run
        # without them.
        f"env -C .build/collections/{PLACE} rm -r changelogs docs tests",
    ),
    "packaging": ("Make .venv/packaging, whose programs awx runs.",),
    "awx-modules": ("Make .venv/awx-modules, with the collection awx.awx for awx.",),
    "docs": ("The documentation site, without a warning.", "bash tests/site/build.sh"),
    "coverage": (
        "Units and client, and branch coverage of plugins/ by them, 95 % at least.",
        "coverage erase",
        "coverage run -m pytest tests/unit tests/client",
        "coverage combine --quiet",
        "coverage html --quiet --fail-under=0",
        "coverage report",
    ),
    "integration": ("The modules as playbooks run them.", "ansible-test integration"),
    "parity": ("The same plays in ansible's worker and as modules.", "pytest tests/parity"),
    "examples": ("Every example of the documentation, executed.", "pytest tests/docs"),
    "leaks": ("No secret in anything that a run leaves behind.", "pytest tests/leaks"),
    "sanity": ("ansible-test sanity, without suites of our own.", "ansible-test sanity"),
    "awx": ("Credential, job templates and patterns, as AWX runs them.", "pytest tests/awx"),
    "fleet": ("The playbook over many portals, some of them broken.", "pytest tests/fleet"),
    "pages": ("That site in Chromium.", "pytest tests/pages"),
    "units-2.16": (
        "Units and vaults on the oldest ansible-core.",
        "pytest tests/unit",
        "pytest tests/fleet/test_vaults.py tests/fleet/test_templates.py",
    ),
    "contract": ("The simulated portal against the server's contract.", "pytest tests/contract"),
    "lint": (
        "ruff, mypy, yamllint, codespell, changelog fragments.",
        "ruff check .",
        "ruff format --check .",
        "yamllint --strict .",
        "codespell",
        "antsibull-changelog lint",
        "mypy",
    ),
    "ansible-lint": ("Profile production.", ANSIBLE_LINT),
    "oldest": (
        "The HTTP client on the oldest requests and urllib3 that it accepts.",
        # Old libraries leave failed connections for the interpreter to close.
        (
            "pytest tests/client/test_bounds.py tests/client/test_broken_answers.py "
            "tests/client/test_tls_and_proxy.py -W ignore::ResourceWarning "
            "-W ignore::pytest.PytestUnraisableExceptionWarning"
        ),
    ),
    "docs-lint": (
        "Markup and links of the plugins' documentation.",
        (
            "antsibull-docs lint-collection-docs . --plugin-docs --skip-rstcheck "
            "--validate-collection-refs=all --disallow-unknown-collection-refs"
        ),
    ),
    "demo": (
        "The playbook over a small fleet: check, run, run again.",
        "install .build/demo",
        "env PYTHONPATH=tests python -m demo .build/demo/collections .build/demo",
    ),
    "report": ("The files of an audit, read by other programs.", "pytest tests/report"),
    "simulator": ("Parts of the simulated portal, one by one.", "pytest tests/simulator_units"),
    "machinery": ("What runs all this, and the demo's table.", "pytest tests/machinery tests/demo"),
    "fragment": ("A changelog fragment for what users get.", "pytest tests/changelog"),
}
# Additional sessions of `make test-all`.
MATRIX = {
    "sanity-whole": ("ansible-test sanity, every file.", "ansible-test sanity"),
    "integration-modules": ("The same as modules.", MODULES),
    "unit-pythons": ("The unit tests on Python 3.9 and later.", "ansible-test units --venv"),
    "slow": ("The tests marked matrix, which take long.", "pytest -m matrix tests"),
    "packaging-old": ("Make .venv/packaging-old, whose programs importer runs.",),
    "importer": ("What Galaxy and Automation Hub say of the tarball.", "pytest tests/galaxy"),
    "lint-old": ("The same as ansible-lint with an old one.", ANSIBLE_LINT),
    "mutation": (
        "Whether the unit tests notice 85 % of what can be changed in the modules that decide.",
        "mutate tests/mutation/client.toml",
        "mutate tests/mutation/plan.toml",
    ),
}
# The environment of a session if it has a different name, and its Python if it is not the newest.
ENVIRONMENTS = {"units-2.16": "core-2.16", "lint-old": "packaging-old"}
# The ansible-core versions, and the older Pythons that each is tested on besides the newest.
PYTHONS = {
    "core-2.16": "3.11", "core-2.17": "3.11", "core-2.18": "3.11 3.12", "core-2.19": "3.11 3.12",
    "core-2.20": "3.12", "test": "3.12",
}  # fmt: skip
BASICS = ("pytest tests/unit", "ansible-test integration")
ODD_FLEETS = "pytest tests/fleet -k 'vaults or templates or odd_hosts'"
OLDER = ("ansible-test sanity", *BASICS, MODULES, "pytest tests/parity", ODD_FLEETS)
for _core, _pythons in PYTHONS.items():
    if _core != "test":
        _about = "Sanity, units, integration, parity and odd fleets on this ansible-core."
        MATRIX[_core] = (_about, *OLDER)
    for _python in _pythons.split():
        MATRIX[f"{_core}-python{_python}"] = ("Units and integration on this Python.", *BASICS)
        ENVIRONMENTS[f"{_core}-python{_python}"] = f"{_core} {_python}"
# Sessions that run only by name.
BY_NAME = {
    "environment": ("Make .venv/test, so that a bare pytest works.",),
    "units": ("One function at a time, no network.", "pytest tests/unit"),
    "client": ("Modules and HTTP client against the simulated portal.", "pytest tests/client"),
    "format": ("Format and mend the Python files.", "ruff check --fix -eq .", "ruff format ."),
    "changelog": (
        "Write CHANGELOG.md for the version in galaxy.yml: plugins, roles and fragments.",
        "antsibull-changelog release --reload-plugins --update-existing",
    ),
    "audit-picture": (
        "Draw docs/pictures/backup_audit.png, the page of an audit.",
        "env PYTHONPATH=.build/tree:tests python -m report.picture docs/pictures/backup_audit.png",
    ),
    "picture": (
        "Draw docs/demo.svg, what `make demo` shows.",
        "install .build/demo",
        "env PYTHONPATH=tests python -m demo.picture .build/demo/collections .build/demo",
    ),
    "bench": (
        "Measure what a portal costs (ARGS=--quick, or ARGS=--simulator).",
        "install .build/benchmark",
        "env PYTHONPATH=tests python -m benchmark .build/benchmark/collections .build/benchmark",
    ),
}
SESSIONS = TEST | MATRIX | BY_NAME
# Sessions that must run first. Sessions that need `package` use the collection that it installs.
NEEDS = {
    "lint": "extra-checks", "pages": "docs",
    "examples": "package", "parity": "package", "fleet": "package",
    "awx": "package packaging awx-modules", "importer": "package packaging packaging-old",
}  # fmt: skip


@atexit.register
def tell_the_cost() -> None:
    """Print the CPU time, which does not depend on what else is running on the machine."""
    if (used := sum(os.times()[2:4])) > 1:
        print(f"{used:.0f} s of the processors")


def mutate(session: nox.Session, config: str) -> None:
    """Verify that the unit tests detect 85 % of the changes that cosmic-ray makes to a module."""
    tree = BUILD / session.name
    with session.chdir(copied(tree, ".")):
        for line in (
            f"cosmic-ray baseline {config}",
            f"cosmic-ray init {config} results.sqlite --force",
            f"cr-filter-operators results.sqlite {config}",
            f"cosmic-ray exec {config} results.sqlite",
            "cr-report --surviving-only --show-diff results.sqlite",
            "cr-rate --fail-over 15 results.sqlite",
        ):
            session.run(*line.split(), env={"PYTHONPATH": str(tree)})


FUNCTIONS: dict[str, Callable[..., None]] = {
    "ansible-test": ansible_test,
    "install": install,
    "mutate": mutate,
}


def commands(session: nox.Session) -> None:
    """Run the commands of a session of this file, with ARGS if it was requested by name."""
    if "package" in NEEDS.get(session.name, ""):
        session.env["ANSIBLE_COLLECTIONS_PATH"] = str(BUILD / "collections")
    failed = []
    for line in SESSIONS[session.name][1:]:
        program, *words = shlex.split(line)
        if session.name in sys.argv and re.search("pytest|ansible-test|python -m", line):
            words += session.posargs
        try:
            if program in FUNCTIONS:
                FUNCTIONS[program](session, *words)
            else:
                session.run(program, *words)
        except CommandFailed:
            failed.append(line)
    if failed:
        session.error("; ".join(failed))


def in_environment(function: Callable[[nox.Session], None], session: nox.Session) -> None:
    """Run the function of a session in the environment of this session."""
    name, *python = ENVIRONMENTS.get(session.name, session.name).split()
    found = Path("tests", "requirements", f"{name}.txt").exists()
    enter(session, name if found else "test", *python)
    function(session)


for _name, (_about, *_lines) in SESSIONS.items():
    _session = nox.session(
        name=_name,
        requires=NEEDS.get(_name, "").split(),
        default=_name in TEST,
        tags=["matrix"] if _name in MATRIX else [],
    )(commands)
    _session.__doc__ = _about
antsibull_nox.load_antsibull_nox_toml()
for _session in nox.registry.get().values():
    _session.venv_backend = "none"
    _session.func = functools.partial(in_environment, _session.func)
