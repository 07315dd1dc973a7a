# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records which process imports which module. Python loads this file if it is in PYTHONPATH.

Appends lines to the file named by PARITY_IMPORTS: "<pid> starts <program>", "<pid> forked" and, for
the first import of a module in a process, "<pid> imports <module>".
"""

from __future__ import annotations

import os
import sys

OUTPUT = os.environ.get("PARITY_IMPORTS")


def note(text: str) -> None:
    # A single write of less than a block, so that the lines of processes are not mixed.
    descriptor = os.open(str(OUTPUT), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(descriptor, f"{os.getpid()} {text}\n".encode())
    os.close(descriptor)


def hook(event: str, arguments: tuple[object, ...]) -> None:
    """Record import statements. Extension modules cause a second event, which has a file."""
    if event == "import" and arguments[1] is None:
        note(f"imports {arguments[0]}")


class Witness:
    """Records the calls of importlib: a finder that never finds a module."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        note(f"imports {name}")


if OUTPUT:
    note(f"starts {os.path.basename(sys.orig_argv[1] if len(sys.orig_argv) > 1 else '')}")
    os.register_at_fork(after_in_child=lambda: note("forked"))
    sys.addaudithook(hook)
    sys.meta_path.insert(0, Witness())
