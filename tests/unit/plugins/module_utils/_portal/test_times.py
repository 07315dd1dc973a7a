# Copyright: (c) 2026, the onlyoffice.docspace authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Times in the notation of results, from the first to the last year of the calendar."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from ansible_collections.onlyoffice.docspace.plugins.module_utils._portal.times import (
    in_zone,
    utc_text,
)

EAST, WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (None, None),
        (datetime(2026, 3, 1, 12, 0, 5, 999_999, timezone.utc), "2026-03-01T12:00:05Z"),
        (datetime(2026, 3, 1, 12, 0, 5, tzinfo=EAST), "2026-02-28T22:00:05Z"),
        (datetime(1, 1, 2, tzinfo=timezone.utc), "0001-01-02T00:00:00Z"),
        (datetime(1, 1, 1, tzinfo=EAST), "0001-01-01T00:00:00Z"),
        (datetime.max.replace(tzinfo=WEST), "9999-12-31T23:59:59Z"),
    ],
)
def test_times_are_shown_in_utc(moment, text):
    assert utc_text(moment) == text


@pytest.mark.parametrize("moment", [datetime.min, datetime.max])
@pytest.mark.parametrize("zone", [EAST, WEST])
def test_there_is_a_time_in_every_zone(moment, zone):
    found = in_zone(moment.replace(tzinfo=timezone.utc), zone)

    assert (found.tzinfo, found.year) == (zone, moment.year)
