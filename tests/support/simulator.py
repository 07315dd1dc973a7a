# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start and stop the simulated portal (``tests/simulator``) in a separate process.

``with Simulator() as simulator:`` provides ``simulator.control`` and ``simulator.url``.
``simulator.fresh_portal()`` creates a portal. The process uses the current interpreter.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from support.answers import Http
from support.control import Control, ControlError, LoggedRequest, User
from support.portal import Owner, Portal
from support.uncounted import environment_without_coverage

__all__ = ["Control", "ControlError", "LoggedRequest", "Owner", "Portal", "Simulator", "User"]

PROGRAM = Path(__file__).resolve().parents[1] / "simulator"
START_WITHIN_S = 30.0
STOP_WITHIN_S = 10.0


class Simulator:
    """A running simulator, as a context manager. The arguments are those of its command line."""

    def __init__(self, **arguments: str | int) -> None:
        self._arguments = arguments
        self._aliases = itertools.count(1)
        self.http = Http()

    def __enter__(self) -> Simulator:
        self._folder = tempfile.TemporaryDirectory(prefix="docspace-simulator-")
        folder = Path(self._folder.name)
        self._ready_file, self._log = folder / "ready.json", folder / "output.txt"
        try:
            with self._log.open("wb") as output:
                self._process = subprocess.Popen(
                    self._command(),
                    env=environment_without_coverage(),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                )
            try:
                self.ready: dict[str, Any] = self._wait_until_ready()
            except BaseException:
                self._stop_process()
                raise
        except BaseException:
            self._folder.cleanup()
            raise
        self.url: str = self.ready["url"]
        self.control = Control(self.ready["control"], self.http)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop_process()
        self.http.close()
        self._folder.cleanup()

    @property
    def pid(self) -> int:
        """The process ID, for example to measure its resources."""
        return self._process.pid

    @property
    def portals(self) -> list[Portal]:
        """The initial portals. Their numbers are not known, so ``id`` is 0."""
        return [
            Portal(0, one["alias"], one["url"], one["api_key"], Owner(**one["owner"]), self.http)
            for one in self.ready["portals"]
        ]

    def fresh_portal(self, **settings: Any) -> Portal:
        """A new portal with a name that this simulator has not used yet."""
        return self.control.portal(f"test-{next(self._aliases)}", **settings)

    def _command(self) -> list[str]:
        command = [sys.executable, str(PROGRAM), "--ready-file", str(self._ready_file)]
        for name, value in self._arguments.items():
            command += ["--" + name.replace("_", "-"), str(value)]
        return command

    def _wait_until_ready(self) -> dict[str, Any]:
        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"the simulator ended at once:\n{self._log.read_text()}")
            try:
                ready: dict[str, Any] = json.loads(self._ready_file.read_text())
                return ready
            except (FileNotFoundError, json.JSONDecodeError):  # missing or incomplete
                time.sleep(0.02)
        raise RuntimeError(f"the simulator was not ready in time:\n{self._log.read_text()}")

    def _stop_process(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
