# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure the speed and memory use of fetching large archives, compared with curl.

    make bench ARGS="--copies FOLDER"

Both write to FOLDER, and both flush to disk: the module itself, and curl with `sync`. They take
turns, and the best time of each counts, because other load can only make them slower. On a file
system in memory, such as /dev/shm, the disk has no influence.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from support.portal import Portal
from support.simulator import Simulator

from benchmark.process import Measured, measured

ENDED = "2026-03-01T12:00:00Z"
GIB = 2**30
SIZE, LARGE = GIB, 8 * GIB
ROUNDS = 5

# The expected figures.
LEAST_SHARE, MOST_MIB = 0.8, 150.0

_ONCE = """
import json, sys
from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_fetch_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._backup.fetch import run
defaults = {name: entry.get("default") for name, entry in backup_fetch_spec().items()}
print(json.dumps(run({**defaults, **json.loads(sys.argv[1])}, False)))
"""


def main(folder: Path, collections: Path, output: Path) -> None:
    """Print the figures, and write them to copies.json."""
    env = {**os.environ, "PYTHONPATH": str(collections.resolve())}
    with Simulator() as simulator:
        portal = simulator.fresh_portal()
        figures = {
            **_speed(simulator, portal, folder, env),
            **_memory(simulator, portal, folder, env),
        }
    output.mkdir(parents=True, exist_ok=True)
    (output / "copies.json").write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures, indent=2))


def _speed(
    simulator: Simulator, portal: Portal, folder: Path, env: Mapping[str, str]
) -> dict[str, Any]:
    """MB/s of curl, and of the module with and without verification. The best of several rounds."""
    made = simulator.control.backup(portal.alias, ENDED, pureContentLength=SIZE)
    dest = folder / "docspace-benchmark.tar.gz"
    address = portal.get(f"files/file/{made['fileId']}/presigneduri").response
    curl = ["sh", "-c", 'curl -sf -o "$1" "$2" && sync "$1"', "sh", str(dest), address]
    candidates: dict[str, Callable[[], Measured]] = {
        "curl": lambda: measured(curl, env),
        "verified": lambda: _fetch(portal, dest, env),
        "not_verified": lambda: _fetch(portal, dest, env, verify=False),
        "nothing": lambda: measured([sys.executable, "-c", _ONCE.partition("defaults")[0]], env),
    }
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    for _turn in range(ROUNDS):
        for name, run in candidates.items():
            seconds[name].append(run().seconds)
            dest.unlink(missing_ok=True)
            time.sleep(0.5)
    best = {name: min(each) for name, each in seconds.items()}
    # Python takes the same time to start and to load the libraries for an archive of any size.
    start = best.pop("nothing")
    rates = {n: SIZE / 1e6 / (s if n == "curl" else s - start) for n, s in best.items()}
    return {
        "bytes": SIZE,
        "load": os.getloadavg()[0],
        "file_system": str(folder),
        "mb_per_s": {name: round(rate) for name, rate in rates.items()},
        "share_of_curl": {
            name: round(rate / rates["curl"], 2) for name, rate in rates.items() if name != "curl"
        },
        "wanted_share_of_curl": LEAST_SHARE,
    }


def _memory(
    simulator: Simulator, portal: Portal, folder: Path, env: Mapping[str, str]
) -> dict[str, Any]:
    """The peak memory of the process that fetches and verifies a very large archive."""
    simulator.control.backup(portal.alias, "2026-03-02T12:00:00Z", pureContentLength=LARGE)
    dest = folder / "docspace-benchmark.tar.gz"
    if shutil.disk_usage(folder).free < LARGE:
        return {"large": f"not measured: {folder} has not enough space"}
    try:
        run = _fetch(portal, dest, env)
    finally:
        dest.unlink(missing_ok=True)
    result = json.loads(run.output)
    assert (result["size"], result["verified"]) == (LARGE, True)
    return {
        "large_bytes": LARGE,
        "large_seconds": round(run.seconds, 1),
        "large_cpu_seconds": round(run.cpu_seconds, 1),
        "large_peak_mib": round(run.parent_mib, 1),
        "wanted_peak_mib": MOST_MIB,
    }


def _fetch(portal: Portal, dest: Path, env: Mapping[str, str], verify: bool = True) -> Measured:
    options = {"api_host": portal.url, "api_key": portal.api_key, "dest": str(dest)}
    given = json.dumps({**options, "verify": verify})
    return measured([sys.executable, "-c", _ONCE, given], env)
