# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ansible-test so that its result can be believed, on machines with and without a network."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nox
from checks.collection import BUILD, copied

# It ends with status 0 after these, although it has tested less than it was asked to.
FALSE_GREENS = re.compile(
    r"All targets skipped|WARNING: (Excluding|Skipping tests)|missing virtual environment support"
)
# Suites that only this project runs: ruff and mypy look at them in every run, and ansible-test,
# which takes longer for them than for all the rest, in session `sanity-whole`.
WITHOUT_OWN_SUITES = (".", ":(exclude)noxfile.py", ":(exclude,glob)tests/[!iu]*/**")


def ansible_test(session: nox.Session, *words: str) -> None:
    """Run `ansible-test WORDS` on a fresh copy of the collection, in a home of its own.

    Words like NAME=VALUE are variables that the integration targets see. Two runs at the same time
    would spoil each other's caches in a common home.
    """
    home = BUILD / "home" / session.name
    log = home / "ansible-test.log"
    provide_pip(home / ".ansible" / "test" / "cache")
    files = WITHOUT_OWN_SUITES if session.name == "sanity" else (".",)
    copy = copied(BUILD / session.name, *files)
    variables = [word for word in words if re.fullmatch(r"\w+=\w+", word)]
    if variables:
        config = copy / "tests" / "integration" / "integration_config.yml"
        config.write_text("\n".join(variables).replace("=", ": "))
    tee = ["bash", "-c", 'set -o pipefail; "${@:2}" 2>&1 | tee "$1"', "tee", str(log)]
    command = ["ansible-test", *(word for word in words if word not in variables)]
    with session.chdir(copy):
        session.run(*tee, *command, "--color", "no", env={"HOME": str(home)})
    if sign := FALSE_GREENS.search(log.read_text()):
        session.error(f"ansible-test did not test everything: {sign[0]}")


def provide_pip(cache: Path) -> None:
    """Put the scripts with which ansible-test installs pip where it looks for them first.

    It would download them from a host of its own, which cannot be reached from everywhere. Every
    Python has a pip that does.
    """
    cache.mkdir(parents=True, exist_ok=True)
    site = Path(os.environ["VIRTUAL_ENV"]).glob("lib/*/site-packages/ansible_test/_internal")
    source = (next(site) / "python_requirements.py").read_text()
    for version in re.findall(r"pip=.([0-9.]+)", source):
        script = cache / f"get_pip_{version.replace('.', '_')}.py"
        script.write_text("import ensurepip\n\nensurepip.bootstrap(default_pip=True)\n")
