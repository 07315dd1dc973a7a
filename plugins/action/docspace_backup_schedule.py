# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.onlyoffice.docspace.plugins.module_utils._ansible.argspec import (
    backup_schedule_spec,
)
from ansible_collections.onlyoffice.docspace.plugins.module_utils._schedule.task import run
from ansible_collections.onlyoffice.docspace.plugins.plugin_utils._in_process import (
    InProcessAction,
)


class ActionModule(InProcessAction):
    """Runs the module of the same name, in the worker if that makes no difference."""

    operation = staticmethod(run)
    argument_spec = backup_schedule_spec()
