# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Decisions of the simulator where the contract is open, with a name for each.

If you learn how the real server behaves, change the value here and the test that uses its name.
"""

from __future__ import annotations

# A scheduled run that meets a running backup is dropped, and its slot counts as used (row 27).
DROPPED_RUN_USES_ITS_SLOT = True
# The second deletebackup of an ID returns true, even while its storage is still unreachable.
SECOND_DELETE_IS_TRUE = True
# cancelbackup writes its audit event whenever it returns true, even for a finished item.
CANCELLING_A_FINISHED_ITEM_IS_AUDITED = True
# A restore that loses its worker ends like a failed one: the portal keeps its old data.
LOST_RESTORE_REACTIVATES = True
# Times of the audit filter without an offset are in the portal's time zone.
AUDIT_FILTER_IN_PORTAL_ZONE = True
