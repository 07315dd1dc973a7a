# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Folders that can and cannot store backups."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.errors import (
    DocSpaceError,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._storage.folder import (
    folder_problem,
)

GOOD = {"id": 12, "rootFolderType": 14, "security": {"Read": True, "Create": True}}


class Portal:
    """Answers every GET with the same response."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[Any] = []

    def get(self, path: str, query: Any) -> Any:
        self.asked.append((path, query))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def malformed(self, path: str, problem: str) -> DocSpaceError:
        return DocSpaceError(problem, kind="malformed", path=path)


@pytest.mark.parametrize(
    ("current", "words"),
    [
        (GOOD, ""),
        ({**GOOD, "rootFolderType": 5}, ""),
        ({**GOOD, "rootFolderType": 20}, "in the archive"),
        ({**GOOD, "rootFolderType": 3}, "in the trash"),
        ({**GOOD, "security": {"Create": False}}, "cannot be written to"),
        ({**GOOD, "security": {}}, "cannot be written to"),
        ({**GOOD, "security": None}, "cannot be written to"),
        ({"id": 12}, "cannot be written to"),
    ],
)
def test_a_folder_that_is_there(current, words):
    problem = folder_problem(Portal({"current": current}), "12")

    assert words in problem
    assert bool(problem) is bool(words)


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [(404, "not_found", "does not exist"), (403, "forbidden", "cannot be seen")],
)
def test_a_folder_that_is_not(status, kind, words):
    error = DocSpaceError("no", kind=kind, status=status)

    assert words in folder_problem(Portal(error), "12")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (403, "scope"),
        (403, "portal_state"),
        (404, "portal_state"),
        (401, "unauthorized"),
        (500, "server"),
        (None, "timeout"),
    ],
)
def test_other_failures_say_nothing_of_the_folder(status, kind):
    error = DocSpaceError("no", kind=kind, status=status)

    with pytest.raises(DocSpaceError) as caught:
        folder_problem(Portal(error), "12")

    assert caught.value is error


@pytest.mark.parametrize("answer", [None, [], {}, {"current": None}, {"current": []}, "x"])
def test_an_answer_that_is_no_folder(answer):
    with pytest.raises(DocSpaceError) as caught:
        folder_problem(Portal(answer), "12")

    assert caught.value.kind == "malformed"


@pytest.mark.parametrize(("folder", "path"), [("12", "12"), ("drive-1-|a/b", "drive-1-%7Ca%2Fb")])
def test_one_request_that_answers_alike_in_every_release(folder, path):
    portal = Portal({"current": GOOD})
    folder_problem(portal, folder)

    assert portal.asked == [(f"/api/2.0/files/{path}", {"count": "1"})]
