# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Show what galaxy-importer finds in the patterns. Runs on the Python of .venv/packaging.

Prints the pattern files that it finds and their content as JSON. Problems that the importer only
warns about are errors here.
"""

from __future__ import annotations

import json
import logging
import sys

from galaxy_importer import constants
from galaxy_importer.file_parser import PatternsParser
from galaxy_importer.finder import ContentFinder
from galaxy_importer.loaders import get_loader_cls


def main(collection: str) -> None:
    """Load the patterns of the collection in this folder as the importer does."""
    constants.SKIP_PATTERNS_IMPORT_ON_ERROR = False
    finder = ContentFinder()
    found = [
        one
        for one in finder.find_contents(collection)
        if one.content_type == constants.ContentType.PATTERNS
    ]
    contents = [
        get_loader_cls(one.content_type)(
            one.content_type, one.path, collection, {}, None, logging.getLogger()
        ).load()
        for one in found
    ]
    patterns = PatternsParser(collection, contents).get_meta_patterns()
    print(json.dumps({"files": [one.path for one in found], "patterns": patterns}))


if __name__ == "__main__":
    main(sys.argv[1])
