# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The plot for the documentation: seconds by the size of an unchanged fleet."""

from __future__ import annotations

import importlib
from pathlib import Path

from benchmark.cells import CANDIDATES, LATENCY_MS
from benchmark.report import Rows


def draw(found: Rows, path: Path) -> None:
    """Plot the unchanged fleets with the fewest forks. The same figures produce the same file."""
    # Only the environment of the benchmark has matplotlib.
    matplotlib = importlib.import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "docspace"
    pyplot = importlib.import_module("matplotlib.pyplot")
    forks = min(row["forks"] for row in found)
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for candidate in CANDIDATES:
        chosen = [
            (row["portals"], row["seconds"], row["fastest"], row["slowest"])
            for row in found
            if (row["candidate"], row["fleet"], row["forks"])
            == (candidate.name, "unchanged", forks)
        ]
        sizes, seconds, fastest, slowest = zip(*sorted(chosen), strict=True)
        label = f"{candidate.name}: {candidate.what}"
        (line,) = axes.plot(sizes, seconds, marker="o", label=label)
        axes.fill_between(sizes, fastest, slowest, color=line.get_color(), alpha=0.3)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(sorted({row["portals"] for row in found}))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter("{x:g}")
        axis.set_minor_formatter("")
    axes.set_xlabel("portals, none of which needs a change")
    axes.set_ylabel("seconds for the whole run")
    axes.set_title(f"One run over a fleet, {forks} forks, {LATENCY_MS} ms latency")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend(fontsize="small")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
