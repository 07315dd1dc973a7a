# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What galaxy-importer, as used by Galaxy and Automation Hub, reports about the tarball."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.packaging import packaged

DIST = Path(__file__).resolve().parents[2] / ".build" / "dist"


@pytest.mark.parametrize("environment", ["packaging", "packaging-old"])
def test_the_importer_takes_the_tarball_without_a_complaint(
    tmp_path: Path, environment: str
) -> None:
    (tarball,) = DIST.glob("*.tar.gz")
    command = ("python", "-m", "galaxy_importer.main", str(tarball))
    said = packaged(*command, cwd=tmp_path, environment=environment)
    # Errors and warnings do not affect the exit status.
    assert re.findall(r"^(?:ERROR|WARNING).*", said, re.M) == []
