# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notes which process imports what. Python loads this at its start where PYTHONPATH leads here.

Appends lines to the file named by PARITY_IMPORTS: "<pid> starts <program>", "<pid> forked" and, for
the first import of a module in a process, "<pid> imports <module>".
"""

from __future__ import annotations

import os
import sys

OUTPUT = os.environ.get("PARITY_IMPORTS")


def note(text: str) -> None:
    # One write of less than a block, which processes cannot mix up.
    descriptor = os.open(str(OUTPUT), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(descriptor, f"{os.getpid()} {text}\n".encode())
    os.close(descriptor)


def hook(event: str, arguments: tuple[object, ...]) -> None:
    """Hears of import statements. A file is given for extension modules, announced once more."""
    if event == "import" and arguments[1] is None:
        note(f"imports {arguments[0]}")


class Witness:
    """Hears of importlib's calls: a finder that finds nothing."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        note(f"imports {name}")


if OUTPUT:
    note(f"starts {os.path.basename(sys.orig_argv[1] if len(sys.orig_argv) > 1 else '')}")
    os.register_at_fork(after_in_child=lambda: note("forked"))
    sys.addaudithook(hook)
    sys.meta_path.insert(0, Witness())
