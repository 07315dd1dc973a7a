# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ansible-test with reliable results, on machines with and without a network."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nox
from checks.collection import BUILD, copied

# After these messages it exits with status 0, although it has skipped some tests.
FALSE_GREENS = re.compile(
    r"All targets skipped|WARNING: (Excluding|Skipping tests)|missing virtual environment support"
)
# The tests of this project, except those that ansible-test runs. Only the session `sanity-whole`
# checks them, because ansible-test takes longer for them than for all other files, and ruff and
# mypy check them in every run.
WITHOUT_OWN_SUITES = (".", ":(exclude)noxfile.py", ":(exclude,glob)tests/[!iu]*/**")


def ansible_test(session: nox.Session, *words: str) -> None:
    """Run `ansible-test WORDS` on a new copy of the collection, with a separate home directory.

    Words of the form NAME=VALUE are variables for the integration targets. Two simultaneous runs
    with a common home directory would corrupt each other's caches.
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
    """Put the scripts with which ansible-test installs pip into its cache.

    It would download them from a host that not every network can reach, but every Python already
    has pip.
    """
    cache.mkdir(parents=True, exist_ok=True)
    site = Path(os.environ["VIRTUAL_ENV"]).glob("lib/*/site-packages/ansible_test/_internal")
    source = (next(site) / "python_requirements.py").read_text()
    for version in re.findall(r"pip=.([0-9.]+)", source):
        script = cache / f"get_pip_{version.replace('.', '_')}.py"
        script.write_text("import ensurepip\n\nensurepip.bootstrap(default_pip=True)\n")
