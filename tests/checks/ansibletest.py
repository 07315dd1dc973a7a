# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ansible-test so that its result can be believed, on machines with and without a network."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nox
from checks import collection

# It ends with status 0 after these, although it has tested less than it was asked to.
FALSE_GREENS = re.compile(
    r"All targets skipped|WARNING: (Excluding|Skipping tests)|missing virtual environment support"
)
# Suites that only this project runs: ruff and mypy look at them in every run, and ansible-test,
# which takes longer for them than for all the rest, in session `sanity-whole`.
OWN_SUITES = r"noxfile\.py|tests/(?!unit/|integration/|config\.yml)"

# Installs pip from its wheel, as get-pip does.
GET_PIP = """\
import sys
sys.path.insert(0, {wheel!r})
from pip._internal.cli.main import main
arguments = [a for a in sys.argv[1:] if a not in ("--no-setuptools", "--no-wheel")]
sys.exit(main(["install", "--upgrade", "--force-reinstall"] + arguments))
"""


def ansible_test(session: nox.Session, words: list[str]) -> None:
    """Run `ansible-test ...` on a fresh copy of the collection, in a home of its own.

    Words before it, NAME=VALUE, are variables that the integration targets see. Two runs at the
    same time would spoil each other's caches in a common home.
    """
    home, log = (collection.BUILD / kind / session.name for kind in ("home", "logs"))
    log.parent.mkdir(exist_ok=True)
    provide_pip(session, home)
    without = OWN_SUITES if session.name == "sanity" else ""
    copy = collection.copied(collection.BUILD / session.name, without)
    command = words.index("ansible-test")
    if variables := words[:command]:
        config = copy / "tests" / "integration" / "integration_config.yml"
        config.write_text("\n".join(variables).replace("=", ": "))
    with session.chdir(copy):
        session.run(
            *("bash", "-c", 'set -o pipefail; "${@:2}" 2>&1 | tee "$1"', "tee", str(log)),
            *(*words[command:], "--color", "no"),
            env={"HOME": str(home), "PIP_QUIET": "1"},
        )
    if sign := FALSE_GREENS.search(log.read_text()):
        session.error(f"ansible-test did not test everything: {sign[0]}")


def provide_pip(session: nox.Session, home: Path) -> None:
    """Put the scripts with which ansible-test installs pip into `home`, where it looks for them.

    It would download them from a host of its own, which cannot be reached from everywhere.
    """
    code = "from ansible_test._internal import python_requirements as p; print(p.__file__)"
    source = Path(str(session.run("python", "-c", code, silent=True, log=False)).strip())
    for version in sorted(set(re.findall(r"pip=.([0-9.]+)", source.read_text()))):
        cached = home / ".ansible" / "test" / "cache" / f"get_pip_{version.replace('.', '_')}.py"
        if not cached.is_file():
            cached.parent.mkdir(parents=True, exist_ok=True)
            wheels = ["--quiet", "--no-deps", "--dest", str(home), f"pip=={version}"]
            session.run(sys.executable, "-m", "pip", "download", *wheels)
            (wheel,) = home.glob(f"pip-{version}-*.whl")
            cached.write_text(GET_PIP.format(wheel=str(wheel)))
