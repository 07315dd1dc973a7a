# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# PRIVATE to the collection: it may change in any release.

"""The exceptions that end a task, and their results."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class DocSpaceError(Exception):
    """A failure that ends the task, with a message that helps the user to solve the problem.

    `what` describes the attempted action and its outcome, and `hint` the next step. `kind` is a
    stable word that plays can test. The other attributes are empty if they do not apply. The caller
    must remove secrets from all texts.
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
        # Name of the server's exception without its namespace. Messages do not show it, but unlike
        # the text, it does not depend on the language.
        self.exception = ""
        # Whether the portal has changed, or may have changed, despite the failure.
        self.unsettled = False
        # Values of the result that are valid although the task failed.
        self.done: dict[str, Any] = {}

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.hint) if part)

    def as_result(self) -> dict[str, Any]:
        """Return `msg` and `error` of a failed task, and the changes that it has made."""
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
    """Mark failures inside this context as failures after the portal has changed."""
    try:
        yield
    except DocSpaceError as error:
        error.unsettled = True
        raise


class OptionError(DocSpaceError):
    """An option has an invalid value. No request was sent for it."""

    def __init__(self, option: str, problem: str, *, portal: str = "") -> None:
        super().__init__(f"{option}: {problem}", kind="options", portal=portal)
        self.option = option
        self.problem = problem

    def __str__(self) -> str:
        where = f" (portal {self.portal})" if self.portal else ""
        return f"{self.what}{where}"


@contextmanager
def naming(portal: str) -> Iterator[None]:
    """Add the name of the portal to an OptionError that is raised inside this context."""
    try:
        yield
    except OptionError as error:
        error.portal = portal
        raise


class NoAnswer(Exception):
    """The attempt did not get a complete response.

    `kind` is address, connection, timeout, tls, too_large, truncated, or malformed. `sent` is true
    if the server may have processed the request. `cause` is a text for the user.
    """

    def __init__(self, kind: str, cause: str, *, sent: bool) -> None:
        super().__init__(cause)
        self.kind = kind
        self.cause = cause
        self.sent = sent
