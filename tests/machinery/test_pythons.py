# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which Python an environment is made with."""

from __future__ import annotations

import pytest
import pythons


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine with these Pythons: the probe reads the version in the name of a file."""

    def having(*versions):
        for version in versions:
            (tmp_path / f"python{version}").write_text("")
        monkeypatch.setattr(pythons, "search_path", lambda: [tmp_path])
        monkeypatch.setattr(pythons, "probe", probed)
        pythons.best.cache_clear()

    def probed(path):
        if not path.is_file():
            return None
        major, minor = path.name.removeprefix("python").split(".")
        return pythons.Python((int(major), int(minor)), path)

    yield having
    pythons.best.cache_clear()


def test_the_newest_python_is_taken_up_to_the_limit(machine):
    machine("3.11", "3.12", "3.13")
    assert str(pythons.best()) == "3.13"
    assert str(pythons.best((3, 12))) == "3.12"


def test_a_python_that_is_too_new_or_too_old_is_not_taken(machine):
    machine("3.9", "3.15")
    with pytest.raises(pythons.NoPython):
        pythons.best()


def test_a_python_is_found_by_its_version(machine):
    machine("3.11", "3.13")
    assert str(pythons.exactly("3.11")) == "3.11"
    with pytest.raises(pythons.NoPython, match=r"No Python 3\.12"):
        pythons.exactly("3.12")
