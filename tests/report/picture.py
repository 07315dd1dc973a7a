# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Draw the picture for the guide: the audit page of a small fleet, in Chromium.

python -m report.picture FILE.png
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from pages.conftest import chromium
from PIL import Image

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.page import page
from report.fleets import fleet

SIZE = {"width": 1200, "height": 1000}
PORTALS = 50
COLORS = 64


def main(target: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "backup_audit.html"
        file.write_text(page(fleet(PORTALS)))
        with chromium(Path(name) / "chromium", shutil.which("chromedriver") or "") as browser:
            metrics = {**SIZE, "deviceScaleFactor": 1, "mobile": True}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            browser.get(file.as_uri())
            shot = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
    shot.quantize(COLORS).save(target, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1])
