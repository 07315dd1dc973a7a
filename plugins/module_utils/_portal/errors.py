# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The one exception that ends a task, and what a task reports about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class DocSpaceError(Exception):
    """Something that ends the task, told so that the person who reads it can act.

    `what` says what was attempted and how it ended, `hint` what to do next. `kind` is a
    stable word that plays can test; the other members are empty where they do not apply.
    Neither text may hold a secret: whoever raises the error removes them first.
    """

    def __init__(
        self,
        what: str,
        *,
        kind: str,
        portal: str = "",
        hint: str = "",
        status: int | None = None,
        method: str = "",
        path: str = "",
        retries: int = 0,
        server_message: str = "",
    ) -> None:
        super().__init__(what)
        self.what = what
        self.kind = kind
        self.portal = portal
        self.hint = hint
        self.status = status
        self.method = method
        self.path = path
        self.retries = retries
        self.server_message = server_message
        # The server's name for what it ran into, without its namespace: never told, but language
        # does not change it.
        self.exception = ""
        # Whether the portal has acted on a write all the same, or may have.
        self.unsettled = False
        # Members of the result that hold although the task failed.
        self.done: dict[str, Any] = {}

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.hint) if part)

    def as_result(self) -> dict[str, Any]:
        """The members `msg` and `error` of a failed task, and what it has done."""
        return {
            **({"changed": True} if self.unsettled else {}),
            **self.done,
            "msg": str(self),
            "error": {
                "kind": self.kind,
                "status": self.status,
                "method": self.method,
                "path": self.path,
                "portal": self.portal,
                "retries": self.retries,
                "server_message": self.server_message,
            },
        }


@contextmanager
def after_a_change() -> Iterator[None]:
    """What fails in here fails after the portal has changed, and the result says so."""
    try:
        yield
    except DocSpaceError as error:
        error.unsettled = True
        raise


class OptionError(DocSpaceError):
    """An option has a value that cannot work; no request was sent because of it."""

    def __init__(self, option: str, problem: str, *, portal: str = "") -> None:
        super().__init__(f"{option}: {problem}", kind="options", portal=portal)
        self.option = option
        self.problem = problem

    def __str__(self) -> str:
        where = f" (portal {self.portal})" if self.portal else ""
        return f"{self.what}{where}"


class NoAnswer(Exception):
    """The attempt gave no complete answer.

    `kind` is one of address, connection, timeout, tls, too_large, truncated, malformed; `sent` says
    whether the server may have acted on the request; `cause` is for the user.
    """

    def __init__(self, kind: str, cause: str, *, sent: bool) -> None:
        super().__init__(cause)
        self.kind = kind
        self.cause = cause
        self.sent = sent
