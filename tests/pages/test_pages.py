# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every page is rendered, its links are valid, and its table of options is complete.

The screenshots are saved in .build/site/screenshots.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
import yaml
from PIL import Image
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from pages.conftest import HTML, PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = HTML.parents[1] / "screenshots"
PAGES = sorted(path.relative_to(HTML).as_posix() for path in HTML.rglob("*.html"))
SEARCH = "search.html"

# The minimum and maximum share of dark pixels on a rendered page.
INK = (0.005, 0.5)
DARK = 128

LINKS = "return [...document.querySelectorAll('a[href]')].map(a => a.href)"
IDS = "return [...document.querySelectorAll('[id]')].map(e => e.id)"
# Links in the side bar whose text is wider than the link.
WIDE = """
return [...document.querySelectorAll('nav.wy-nav-side a')]
    .filter(a => a.scrollWidth > a.clientWidth && a.clientWidth).map(a => a.textContent)
"""
LOADED = "return [document.readyState, location.href]"
PICTURES = "return [...document.images].filter(i => !i.naturalWidth).map(i => i.src)"


def _documented(path: Path) -> dict[str, Any]:
    """The options in the documentation of a plugin, without those of fragments."""
    text = path.read_text()
    block = text.split('DOCUMENTATION = r"""', 1)[1].split('"""', 1)[0]
    options: dict[str, Any] = yaml.safe_load(block)["options"]
    return options


def _tables() -> dict[str, set[str]]:
    """The page of each plugin and role, and the options that its table must contain."""
    tables = {}
    for kind in ("module", "inventory"):
        folder = ROOT / "plugins" / ("modules" if kind == "module" else kind)
        for path in folder.glob("[!_]*.py"):
            shared = {"api_host", "api_key"} if kind == "module" else set()
            tables[f"{path.stem}_{kind}.html"] = shared | _documented(path).keys()
    for path in ROOT.glob("roles/*/meta/argument_specs.yml"):
        spec = yaml.safe_load(path.read_text())["argument_specs"]["main"]
        tables[f"{path.parts[-3]}_role.html"] = set(spec["options"])
    return tables


def _open(browser: Chrome, site: str, page: str) -> None:
    """Load a page completely. Under load, Chromium's driver returns before that."""
    address = f"{site}/{page}"
    browser.get_log("browser")
    browser.get(address)
    WebDriverWait(browser, PATIENCE_S).until(
        lambda driver: driver.execute_script(LOADED) == ["complete", address]
    )


def test_every_plugin_role_and_guide_has_a_page() -> None:
    plugins = {"modules": "module", "inventory": "inventory", "filter": "filter"}
    wanted = [
        *(
            f"{path.stem}_{kind}.html"
            for folder, kind in plugins.items()
            for path in (ROOT / "plugins" / folder).glob("[!_]*.py")
        ),
        *(f"{path.parts[-3]}_role.html" for path in ROOT.glob("roles/*/meta/argument_specs.yml")),
        *(f"docsite/{path.stem}.html" for path in ROOT.glob("docs/docsite/rst/*.rst")),
    ]

    assert sorted(set(wanted) - set(PAGES)) == []


@pytest.mark.parametrize("page", [page for page in PAGES if page != SEARCH])
def test_a_page_is_drawn(browser: Chrome, site: str, page: str) -> None:
    _open(browser, site, page)

    heading = browser.find_element(By.CSS_SELECTOR, "[role=main] h1")
    assert heading.is_displayed()
    assert heading.text.strip()
    assert browser.execute_script(PICTURES) == []
    assert browser.execute_script(WIDE) == []
    complaints = [
        entry["message"] for entry in browser.get_log("browser") if site in entry["message"]
    ]
    assert complaints == []

    picture = browser.get_screenshot_as_png()
    SCREENSHOTS.mkdir(exist_ok=True)
    (SCREENSHOTS / f"{page.replace('/', '-').removesuffix('.html')}.png").write_bytes(picture)
    shades = Image.open(io.BytesIO(picture)).convert("L").histogram()
    assert INK[0] < sum(shades[:DARK]) / sum(shades) < INK[1]


def test_links_between_the_pages_lead_somewhere(browser: Chrome, site: str) -> None:
    links, targets = set(), {f"{site}/"}
    for page in PAGES:
        _open(browser, site, page)
        links |= {(page, link) for link in browser.execute_script(LINKS) if link.startswith(site)}
        address = f"{site}/{page}"
        targets |= {address, *(f"{address}#{name}" for name in browser.execute_script(IDS))}
    files = {f"{site}/{path.relative_to(HTML).as_posix()}" for path in HTML.rglob("*.*")}

    assert len(links) > len(PAGES)
    assert [
        (page, link)
        for page, link in sorted(links)
        if link.removesuffix("#") not in targets and urldefrag(link).url not in files - targets
    ] == []


@pytest.mark.parametrize(("page", "options"), sorted(_tables().items()))
def test_the_table_has_every_option(
    browser: Chrome, site: str, page: str, options: set[str]
) -> None:
    _open(browser, site, page)
    rows = browser.find_elements(
        By.XPATH,
        "//section[starts-with(@id, 'parameters')]"
        "//table[contains(@class, 'ansible-option-table')]/tbody/tr",
    )
    shown = {}
    for row in rows:
        name = row.find_element(By.CSS_SELECTOR, ".ansible-option-title")
        text = row.find_element(By.CSS_SELECTOR, "td:last-child .ansible-option-cell")
        assert name.is_displayed()
        assert text.is_displayed()
        shown[name.text.split()[0]] = text.text

    assert options <= shown.keys()
    assert [name for name, text in shown.items() if len(text) < len("One word.")] == []


def test_the_search_finds_an_option(browser: Chrome, site: str) -> None:
    _open(browser, site, f"{SEARCH}?q=backups_stored")
    wanted = "#search-results a[href*='docspace_backup_schedule_module.html']"
    WebDriverWait(browser, PATIENCE_S).until(
        lambda driver: driver.find_elements(By.CSS_SELECTOR, wanted)
    )
