# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of the module code with injected time, and their outcomes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import partial
from typing import Any

from hypothesis import HealthCheck, settings
from support.portal import Portal

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_schedule_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.client import Client
from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule import (
    task,
)

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=timezone.utc)


@dataclass
class Waits:
    """Replaces `sleep`: does not wait, and records the requested seconds."""

    asked: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)


@dataclass(frozen=True)
class Outcome:
    """The outcome of a run: a result or an error. The other one is None."""

    result: dict[str, Any] | None
    error: DocSpaceError | None

    @property
    def text(self) -> str:
        """Everything that a user would see, as UTF-8 JSON."""
        shown = self.result if self.error is None else self.error.as_result()
        return json.dumps(shown, ensure_ascii=False, allow_nan=False).encode().decode()


def options_for(portal: Portal, **own: Any) -> dict[str, Any]:
    """The options of a task for `portal` after Ansible has added the defaults."""
    return options(api_host=portal.url, api_key=portal.api_key, **own)


def options(**own: Any) -> dict[str, Any]:
    """All options of docspace_backup_schedule, with defaults for those that are not given.

    `extra_run` differs from its default, which costs an additional request at some hours of the
    day.
    """
    defaults = {name: entry.get("default") for name, entry in backup_schedule_spec().items()}
    unknown = own.keys() - defaults.keys()
    assert not unknown, f"no such options: {unknown}"
    return {**defaults, "extra_run": "allow", **own}


def client_maker(
    waits: Waits | None = None,
    jitter: Callable[[], float] = lambda: 0.5,
    transport: Any = None,
) -> Callable[..., Client]:
    """The argument `make_client` of `run`, for clients that do not really wait."""
    return partial(
        Client,
        sleep=Waits() if waits is None else waits,
        jitter=jitter,
        now=lambda: NOW,
        transport=transport,
    )


def run(
    asked: Mapping[str, Any],
    *,
    check_mode: bool = False,
    make_client: Callable[..., Client] | None = None,
) -> Outcome:
    """Run the module code. Any exception except DocSpaceError breaks the test."""
    try:
        result = task.run(asked, check_mode, make_client or client_maker())
    except DocSpaceError as error:
        return Outcome(None, error)
    return Outcome(result, None)


def seeded(seed: str | int) -> random.Random:
    """A random number generator that returns the same numbers in every run."""
    return random.Random(seed)  # noqa: S311 - for tests, not for secrets


def examples(count: int) -> settings:
    """Settings for this many generated examples, which are the same in every run."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
