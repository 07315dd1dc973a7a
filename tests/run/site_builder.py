# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation site: module and role pages and the guides, as docs.ansible.com shows them."""

from __future__ import annotations

import shutil

import collection
from commands import run
from paths import BUILD, COLLECTION

SITE = BUILD / "site"


def site() -> None:
    """Build the documentation site into .build/site/build/html."""
    shutil.rmtree(SITE, ignore_errors=True)
    SITE.mkdir(parents=True)
    env = {"ANSIBLE_COLLECTIONS_PATH": str(collection.linked())}
    run(
        "docs",
        ["antsibull-docs", "sphinx-init", "--dest-dir", str(SITE), "--use-current"]
        + ["--squash-hierarchy", "--lenient", COLLECTION],
        env=env,
    )
    run("docs", ["bash", "build.sh"], cwd=SITE, env=env)
