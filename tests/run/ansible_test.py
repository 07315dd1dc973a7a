# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ansible-test so that its result can be believed, on machines with and without a network."""

from __future__ import annotations

import json
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import collection
import environments
from commands import CommandFailed, output
from paths import BUILD

# It ends with status 0 after these, although it has tested less than it was asked to.
FALSE_GREENS = (
    "All targets skipped",
    "WARNING: Excluding",
    "WARNING: Skipping tests",
    "missing virtual environment support",
)
DOWNLOAD_TIMEOUT_S = 60


def ansible_test(
    environment: str,
    purpose: str,
    arguments: list[str],
    variables: Mapping[str, object] | None = None,
    without: str = "",
) -> None:
    """Run `ansible-test ARGUMENTS` on a fresh copy of the collection, in a home of its own.

    The integration targets see `variables`. The copy is `without` files that match this pattern.
    Two runs at the same time must have different purposes: they would spoil each other's caches.
    """
    home = BUILD / "home" / purpose
    provide_pip(environment, home)
    copy = collection.copied(purpose, without)
    if variables:
        config = copy / "tests" / "integration" / "integration_config.yml"
        config.write_text(json.dumps(variables))
    said = output(
        environment,
        ["ansible-test", *arguments, "--color", "no"],
        cwd=copy,
        env={"HOME": str(home), "PIP_QUIET": "1"},
    )
    for sign in FALSE_GREENS:
        if sign in said:
            raise CommandFailed(f"ansible-test did not test everything: {sign}")


def provide_pip(environment: str, home: Path) -> None:
    """Put the script with which ansible-test installs pip into `home`, where it looks for it.

    ansible-test downloads it from a host of its own. Where that host cannot be reached, a script
    takes its place that installs the same version of pip from the package index.
    """
    sources = environments.ensure(environment) / "lib"
    (requirements,) = sources.glob("python3*/site-packages/ansible_test/_internal/python_re*.py")
    for version in sorted(set(re.findall(r"pip=.([0-9.]+)", requirements.read_text()))):
        cached = home / ".ansible" / "test" / "cache" / f"get_pip_{version.replace('.', '_')}.py"
        if not cached.is_file():
            cached.parent.mkdir(parents=True, exist_ok=True)
            script = _official(sources, version)
            cached.write_bytes(script or _replacement(environment, version, home / "wheels"))


def _official(sources: Path, version: str) -> bytes | None:
    """The script from where ansible-test itself takes it, or None where that is out of reach."""
    (setup,) = sources.glob(
        "python3*/site-packages/ansible_test/_util/target/setup/requirements.py"
    )
    found = re.search(r"'(https://\S+/get-pip-)%s\.py'", setup.read_text())
    if not found:
        return None
    try:
        address = f"{found[1]}{version}.py"
        with urllib.request.urlopen(address, timeout=DOWNLOAD_TIMEOUT_S) as answer:  # noqa: S310 - https, see the pattern
            return bytes(answer.read())
    except (urllib.error.URLError, TimeoutError):
        return None


REPLACEMENT = """\
import sys
sys.path.insert(0, {wheel!r})
from pip._internal.cli.main import main
arguments = [a for a in sys.argv[1:] if a not in ("--no-setuptools", "--no-wheel")]
sys.exit(main(["install", "--upgrade", "--force-reinstall"] + arguments))
"""


def _replacement(environment: str, version: str, wheels: Path) -> bytes:
    python = environments.ensure(environment) / "bin" / "python"
    subprocess.run(
        [str(python), "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        + ["--no-deps", "--dest", str(wheels), f"pip=={version}"],
        check=True,
    )
    (wheel,) = wheels.glob(f"pip-{version}-*.whl")
    return REPLACEMENT.format(wheel=str(wheel)).encode()
