# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page of an audit in Chromium: wide and narrow, light and dark, with and without script.

The screenshots are saved in .build/pages.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from report.fleets import NOW, RESULTS, fleet, odd_fleet
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.document import (
    Audited,
    Document,
    document,
)
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._audit_report.page import page

SCREENSHOTS = Path(__file__).resolve().parents[2] / ".build" / "pages"
WIDTHS = {"wide": 1400, "narrow": 390}
SCHEMES = ("light", "dark")
AA = 4.5
# Takes less than a second on an idle machine.
LOADS_WITHIN_MS = 5000

RESOURCES = "return performance.getEntriesByType('resource').map(each => each.name)"
OVERFLOW = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Cells with content wider than the cell, and lists with a selection wider than the list.
CUT_OFF = """
const arrow = 20;
const list = (select) => {
  const style = getComputedStyle(select);
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.font = style.font;
  const wanted = canvas.measureText(select.selectedOptions[0].textContent).width;
  return wanted + arrow > select.clientWidth - 2 * parseFloat(style.paddingLeft);
};
const cells = [...document.querySelectorAll("th, td")].filter((c) => c.scrollWidth > c.clientWidth);
const lists = [...document.querySelectorAll("select")].filter((s) => s.offsetParent && list(s));
return [...cells, ...lists].map((each) => each.className || each.id);
"""
LOADED = "return performance.getEntriesByType('navigation')[0].loadEventEnd"
SHOWN = "return [...document.querySelectorAll('tbody tr')].filter(r => r.offsetParent !== null)"
HOSTS = SHOWN + ".map(row => row.querySelector('th bdi').textContent)"
VERDICTS = SHOWN + ".map(row => row.dataset.verdict)"
FOCUSED = "return document.activeElement.id || document.activeElement.textContent.trim()"

# The elements whose text has too little contrast.
CONTRASTS = """
const channels = (color) => color.match(/[\\d.]+/g).map(Number);
const luminance = (rgb) => rgb.slice(0, 3).map((c) => c / 255)
  .map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const ground = (element) => {
  for (let each = element; each; each = each.parentElement) {
    const color = channels(getComputedStyle(each).backgroundColor);
    if (color.length === 3 || color[3] === 1) return color;
  }
  return [255, 255, 255];
};
const found = new Set();
let seen = 0;
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
  if (["SCRIPT", "STYLE", "OPTION"].includes(element.tagName)) continue;
  const pair = [channels(getComputedStyle(element).color), ground(element)].map(luminance);
  const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  seen += 1;
  if (contrast < arguments[0]) found.add(`${element.className} ${contrast.toFixed(2)}`);
}
return [seen, [...found]];
"""


class View:
    """The audit page of a fleet in the browser."""

    def __init__(self, browser: Chrome, folder: Path) -> None:
        self.browser = browser
        self._file = folder / "backup_audit.html"

    def show(self, report: Document, width: str = "wide", scheme: str = "light") -> None:
        self._file.write_text(page(report))
        metrics = {"width": WIDTHS[width], "height": 1000, "deviceScaleFactor": 1}
        self.tell("Emulation.setDeviceMetricsOverride", **metrics, mobile=width == "narrow")
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.tell("Emulation.setEmulatedMedia", features=features)
        self.browser.get_log("browser")
        self.browser.get(self._file.as_uri())

    def tell(self, command: str, **parameters: Any) -> Any:
        return self.browser.execute_cdp_cmd(command, parameters)

    def ask(self, script: str, *arguments: Any) -> Any:
        return self.browser.execute_script(script, *arguments)

    def element(self, selector: str) -> Any:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def choose(self, name: str, value: str) -> None:
        Select(self.element(f"#{name}")).select_by_value(value)

    def picture(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        height = min(self.ask("return document.documentElement.scrollHeight"), 3000)
        clip = {"x": 0, "y": 0, "width": self.ask("return innerWidth"), "height": height}
        taken = self.tell(
            "Page.captureScreenshot", captureBeyondViewport=True, clip={**clip, "scale": 1}
        )
        (SCREENSHOTS / name).write_bytes(base64.b64decode(taken["data"]))


@pytest.fixture
def view(browser: Chrome, tmp_path: Path) -> Iterator[View]:
    view = View(browser, tmp_path)
    yield view
    view.tell("Emulation.clearDeviceMetricsOverride")
    view.tell("Emulation.setEmulatedMedia", media="", features=[])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_and_can_be_read(view: View, width: str, scheme: str) -> None:
    view.show(fleet(20), width, scheme)
    view.picture(f"audit-{width}-{scheme}.png")

    assert view.ask(OVERFLOW) == 0
    seen, found = view.ask(CONTRASTS, AA)
    assert seen > 100
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_long_words_fit(view: View, width: str) -> None:
    view.show(odd_fleet(), width)
    view.picture(f"audit-odd-{width}.png")

    assert view.ask(OVERFLOW) == 0
    assert view.ask(CUT_OFF) == []


def test_no_portal_at_all(view: View) -> None:
    view.show(document([], NOW))

    assert view.element(".lead").text == "No portals were audited."
    assert not view.element(".controls").is_displayed()
    assert not view.element(".nothing").is_displayed()


def test_a_thousand_portals_load_at_once_and_from_nowhere_else(view: View) -> None:
    view.show(fleet(1000))

    assert len(view.ask(HOSTS)) == 1000
    assert view.ask(RESOURCES) == []
    assert view.browser.get_log("browser") == []
    assert 0 < view.ask(LOADED) < LOADS_WITHIN_MS


def test_filters_and_search(view: View) -> None:
    view.show(fleet(40))
    total = len(view.ask(HOSTS))

    view.choose("verdict", "unprotected")
    assert set(view.ask(VERDICTS)) == {"unprotected"}
    view.choose("verdict", "")
    view.choose("finding", "expires")
    assert set(view.ask(VERDICTS)) == {"at_risk"}
    assert view.element("#shown").text == f"{len(view.ask(HOSTS))} of 40 portals"
    view.element("#search").send_keys("nowhere to be found")
    assert view.ask(HOSTS) == []
    assert view.element(".nothing").is_displayed()
    view.element("#reset").click()
    assert len(view.ask(HOSTS)) == total == 40
    assert not view.element("#reset").is_displayed()
    view.element("#search").send_keys("LIMA example.com")
    hosts = view.ask(HOSTS)
    assert hosts
    assert all(host.startswith("lima-") for host in hosts)


def test_counts_lead_to_their_portals(view: View) -> None:
    view.show(fleet(40))

    view.element(".tile.at_risk").click()
    assert set(view.ask(VERDICTS)) == {"at_risk"}
    view.element("[data-value=key_refused]").click()
    assert set(view.ask(VERDICTS)) == {"unprotected"}
    assert view.element("#verdict").get_attribute("value") == ""


@pytest.mark.parametrize("column", range(5))
def test_a_column_sorts_by_a_key_and_back(view: View, column: int) -> None:
    view.show(fleet(30))
    head = view.browser.find_elements(By.CSS_SELECTOR, "thead th")[column]
    keys = SHOWN + f".map(row => row.cells[{column}].dataset.key)"
    key = str if column in (1, 4) else int

    head.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
    upwards = view.ask(keys)
    assert head.get_attribute("aria-sort") == "ascending"
    assert upwards == sorted(upwards, key=key)
    assert len(set(upwards)) > 1
    head.find_element(By.TAG_NAME, "button").send_keys(Keys.SPACE)
    assert head.get_attribute("aria-sort") == "descending"
    assert view.ask(keys) == sorted(upwards, key=key, reverse=True)


def test_a_narrow_screen_sorts_by_a_list(view: View) -> None:
    view.show(fleet(30), "narrow")
    worst_first = view.ask(HOSTS)

    view.choose("order", "1")
    assert view.ask(HOSTS) == sorted(worst_first) != worst_first


def test_the_keyboard_reaches_everything(view: View) -> None:
    view.show(fleet(20))
    reached = []
    for _turn in range(60):
        view.browser.switch_to.active_element.send_keys(Keys.TAB)
        reached.append(view.ask(FOCUSED))

    wanted = ["search", "verdict", "finding", "Verdict", "Portal", "Findings"]
    assert [name for name in wanted if name not in reached] == []
    assert any(name.startswith("Unprotected") for name in reached)
    assert any(name.startswith("https://") for name in reached)


def test_names_are_text(view: View) -> None:
    evil = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    finding = {"name": "target", "severity": "critical", "text": evil, "remedy": evil}
    facts = {"portal": f'https://x/"{evil}', "version": evil}
    result = {"verdict": "unprotected", "findings": [finding], "facts": facts}
    view.show(document([Audited(evil, result)], NOW))

    assert view.ask(HOSTS) == [evil]
    assert view.ask("return document.images.length + document.scripts.length") == 1
    assert view.ask("return document.title").startswith("Backup audit")
    assert view.browser.get_log("browser") == []


def test_it_can_be_read_without_a_script(view: View) -> None:
    view.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        view.show(fleet(20))
    finally:
        view.tell("Emulation.setScriptExecutionDisabled", value=False)

    assert len(view.ask(HOSTS)) == 20
    assert not view.element(".controls").is_displayed()
    assert view.browser.find_elements(By.CSS_SELECTOR, "thead button") == []


def test_it_can_be_printed(view: View) -> None:
    view.show(fleet(20), scheme="dark")
    view.tell("Emulation.setEmulatedMedia", media="print")

    assert len(view.ask(HOSTS)) == 20
    assert not view.element(".controls").is_displayed()
    assert view.element("thead").is_displayed()
    assert view.ask("return getComputedStyle(document.querySelector('h2')).color") == (
        "rgb(26, 31, 38)"
    )


def test_a_screen_reader_finds_its_way(view: View) -> None:
    view.show(document([Audited(name, result) for name, result in RESULTS.items()], NOW))
    nodes = view.tell("Accessibility.getFullAXTree")["nodes"]

    def named(role: str) -> list[str]:
        return [
            node["name"]["value"]
            for node in nodes
            if not node["ignored"] and node["role"]["value"] == role
        ]

    headings = {"Backup audit", "Summary", "Findings", "Portals", "What the verdicts mean"}
    assert set(named("heading")) == headings
    assert named("table") == ["Portals with their verdicts, times and findings, worst first"]
    assert len(named("columnheader")) == 5
    assert len(named("rowheader")) == len(RESULTS)
    assert named("searchbox") == ["Search"]
    assert named("combobox") == ["Verdict", "Finding"]
    assert all(named("link"))
    assert named("banner") and named("main") and named("contentinfo")
