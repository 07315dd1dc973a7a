# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Texts from a portal are never templates on the controller.

Before ansible-core 2.19, every text that is not marked as unsafe is a template.
"""

from __future__ import annotations

import json
from pathlib import Path

from parity.plays import play
from support.simulator import Simulator

from fleet.test_audit import PLAYBOOK, told, variables_of

HOUR = 3600


def test_no_text_of_a_portal_is_executed(simulator: Simulator, tmp_path: Path) -> None:
    executed, report = tmp_path / "executed", tmp_path / "report"
    template = f"{{{{ lookup('pipe', 'touch {executed}') }}}}{{% for _ in '123' %}}X{{% endfor %}}"
    portal = simulator.fresh_portal(timezone="UTC")
    folder = str(simulator.control.folder(portal.alias, template, "room"))
    schedule = {
        "storageType": "Documents",
        "storageParams": [{"key": "folderId", "value": folder}],
        "cronParams": {"period": "EveryDay", "hour": 2},
        "backupsStored": 7,
    }
    simulator.control.clock_at("2026-07-01T01:00:00Z")
    assert portal.post("backup/createbackupschedule", schedule).status == 200
    simulator.control.next_backup(portal.alias, seconds=2, outcome="failed", error=template)
    simulator.control.clock_forward(2 * HOUR)

    run = play(
        PLAYBOOK,
        {"portal": variables_of(portal)},
        arguments=["-e", json.dumps({"backup_audit_dest": str(report)})],
    )

    (audited,) = json.loads((report / "backup_audit.json").read_text())["portals"]
    assert audited["facts"]["target"]["title"] == template
    failing = f"The last backup failed: {template}"
    assert failing in [finding["text"] for finding in audited["findings"]]
    assert "% for _ in" in "".join(told(run))
    assert not executed.exists()
    assert run.status == 2
