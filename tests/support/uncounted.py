# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is not counted as covered, because counting its lines takes as long as running them."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["environment_without_coverage", "unmeasured"]


@contextmanager
def unmeasured() -> Iterator[None]:
    """Count no lines meanwhile, also not in threads that start meanwhile.

    For thousands of generated cases, whose lines other tests count, and for foreign packages.
    """
    here, in_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    try:
        yield
    finally:
        threading.settrace(in_threads)
        sys.settrace(here)


def environment_without_coverage() -> dict[str, str]:
    """This process's environment, for a program in which no line of the collection runs."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
