# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the simulator reads what the contract leaves open, one name for each.

If you learn how the real server behaves, change the value here, and the test that names it.
"""

from __future__ import annotations

# A scheduled run that meets a running backup is dropped; its slot counts as used (row 27).
DROPPED_RUN_USES_ITS_SLOT = True
# The second deletebackup of an id answers true, also while its storage is still unreachable.
SECOND_DELETE_IS_TRUE = True
# cancelbackup writes its audit event whenever it answers true, for a finished item too.
CANCELLING_A_FINISHED_ITEM_IS_AUDITED = True
# A restore that loses its worker ends like a failed one: the portal keeps its old data.
LOST_RESTORE_REACTIVATES = True
# Without a zone, the times of the audit filter are the portal's.
AUDIT_FILTER_IN_PORTAL_ZONE = True
