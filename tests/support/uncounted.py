# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exclude code from coverage if measuring its lines would take as long as running them."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["environment_without_coverage", "unmeasured"]


@contextmanager
def unmeasured() -> Iterator[None]:
    """Measure no lines in the block, including threads that it starts.

    Use this for thousands of generated cases, whose lines other tests measure, and for foreign
    packages.
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
    """The environment of this process, for a program that runs no line of the collection."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
