/* Copyright: (c) 2026, the onlyoffice.docspace authors
 * GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
 * SPDX-License-Identifier: GPL-3.0-or-later */
"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const [search, verdict, finding, order, reset, shown] =
    ["search", "verdict", "finding", "order", "reset", "shown"].map(find);
  const heads = [...document.querySelectorAll("thead th")];
  const body = document.querySelector("tbody");
  const nothing = document.querySelector(".nothing");
  const rows = [...body.rows].map((row) => ({
    row,
    text: row.textContent.toLowerCase(),
    verdict: row.dataset.verdict,
    findings: row.dataset.findings.split(" "),
    keys: [...row.cells].map((cell) => cell.dataset.key),
  }));

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/);
    let count = 0;
    for (const { row, text, ...of } of rows) {
      const wanted =
        (!verdict.value || of.verdict === verdict.value) &&
        (!finding.value || of.findings.includes(finding.value)) &&
        words.every((word) => text.includes(word));
      row.hidden = !wanted;
      count += wanted;
    }
    shown.textContent = `${count} of ${rows.length} portals`;
    nothing.hidden = count > 0 || !rows.length;
    reset.hidden = !(search.value.trim() || verdict.value || finding.value);
  }

  const { compare } = new Intl.Collator("en", { numeric: true });
  function sort(column, descending) {
    for (const head of heads) head.removeAttribute("aria-sort");
    heads[column].setAttribute("aria-sort", descending ? "descending" : "ascending");
    order.value = column;
    rows.sort((a, b) => compare(a.keys[column], b.keys[column]) * (descending ? -1 : 1));
    body.append(...rows.map(({ row }) => row));
  }

  for (const [column, head] of heads.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => {
      sort(column, head.getAttribute("aria-sort") === "ascending");
    });
    head.append(button);
  }
  for (const link of document.querySelectorAll("[data-filter]")) {
    link.addEventListener("click", () => {
      search.value = verdict.value = finding.value = "";
      find(link.dataset.filter).value = link.dataset.value;
      filter();
    });
  }
  search.addEventListener("input", filter);
  verdict.addEventListener("change", filter);
  finding.addEventListener("change", filter);
  order.addEventListener("change", () => sort(order.value, false));
  reset.addEventListener("click", () => {
    search.value = verdict.value = finding.value = "";
    filter();
    search.focus();
  });
  document.querySelector(".controls").hidden = !rows.length;
  filter();
})();
